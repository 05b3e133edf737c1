"""Every document ever read, to be asked, searched and exported.

    records (JSON, the truth) -> tabulate -> parts (Parquet and a search index) -> database, search -> answers, export

Read in this order: `columns` and `schema` (the tables, as data); `tabulate` (records into parts); `parts` (what makes
up the tables of a store, replaced atomically); `database`, `messages`, `engine`, `macros` (SQL over them, read only,
in a process of its own); `questions` (canned ones); `fulltext` and `search`; `answers`, `workbook`, `export` and
`truths` (what leaves the store).
"""
