"""Every document ever read, to be asked, searched and exported.

    records (JSON, the truth) -> tabulate -> parts (Parquet and a search index) -> database, search -> answers, export

Read in this order: `schema` (the tables and columns), `tabulate` (records into parts), `parts` (what makes up the
tables of a store, replaced atomically), `database` and `engine` (SQL over them, read only), `questions` (canned ones),
`search` (full text), `answers` and `export` (what leaves the store).
"""
