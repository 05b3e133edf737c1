"""Functions that SQL over the tables may use: folding, Vietnamese numbers, money and dates. Each with its example."""

from __future__ import annotations

from typing import Final, NamedTuple

MOVED_TONES: Final = "oà òa,oá óa,oả ỏa,oã õa,oạ ọa,oè òe,oé óe,oẻ ỏe,oẽ õe,oẹ ọe,uỳ ùy,uý úy,uỷ ủy,uỹ ũy,uỵ ụy"


class Macro(NamedTuple):
    """A function: how it is called, what it stands for, and an example with its value."""

    call: str
    body: str
    about: str
    example: str
    value: object

    @property
    def statement(self) -> str:
        """The SQL that makes it."""
        return f"CREATE MACRO {self.call} AS {self.body}"


def literal(text: str) -> str:
    """Return a text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def _replaced(text: str, pairs: str) -> str:
    for pair in pairs.split(","):
        old, new = pair.split()
        text = f"replace({text}, '{old}', '{new}')"
    return text


MACROS: Final = (
    Macro(
        "fold(s)", "replace(replace(strip_accents(s), 'đ', 'd'), 'Đ', 'D')",
        "a text without its marks, đ too", "fold('Sở Y tế Đắk Lắk')", "So Y te Dak Lak",
    ),
    Macro("key(s)", "lower(fold(s))", "folded and lower case: what columns …_key hold", "key('Sở Y TẾ')", "so y te"),
    Macro(
        "tones(s)", _replaced("lower(s)", MOVED_TONES),
        "lower case, with tones where they used to stand", "tones('Khánh Hoà')", "khánh hòa",
    ),
    Macro(
        "says(s, asked)",
        "contains(key(s), key(asked)) AND (key(asked) = lower(asked) OR contains(tones(s), tones(asked)))",
        "whether a text has words in it: typed without marks finds all, typed with marks means them",
        "says('Sở Y tế', 'so y te')", True,
    ),
    Macro(
        "found(s, folded, asked)",
        "contains(folded, key(asked)) AND (key(asked) = lower(asked) OR contains(tones(s), tones(asked)))",
        "the same, where a column …_key has the folded text already", "found('Sở Y tế', 'so y te', 'Số y tế')", False,
    ),
    Macro(
        "number_key(s)", "ltrim(replace(upper(fold(s)), ' ', ''), '0')",
        "a document number as columns number_key hold it", "number_key('05 /qđ-UBND')", "5/QD-UBND",
    ),
    Macro(
        "to_number(s)",
        r"try_cast(CASE WHEN regexp_full_match(trim(s), '[-+]?\d{1,3}(\.\d{3})+(,\d+)?') "
        r"THEN replace(replace(trim(s), '.', ''), ',', '.') "
        r"ELSE replace(trim(s), ',', '.') END AS DOUBLE)",
        "a number as Vietnamese print it: 1.250,5", "to_number('1.250,5')", 1250.5,
    ),
    Macro(
        "to_dong(v, unit)",
        "v * CASE WHEN NOT regexp_matches(key(unit), '(dong|vnd)') THEN NULL "
        "WHEN regexp_matches(key(unit), '(nghin|ngan) t[yi]') THEN 1e12 "
        "WHEN regexp_matches(key(unit), '^t[yi]') THEN 1e9 WHEN key(unit) LIKE 'trieu%' THEN 1e6 "
        "WHEN regexp_matches(key(unit), '^(nghin|ngan)') THEN 1e3 ELSE 1 END",
        "an amount in đồng, null where the unit is no money", "to_dong(1.5, 'tỷ đồng')", 1.5e9,
    ),
    Macro(
        "money(s)",
        r"to_dong(to_number(regexp_extract(s, '(\d[\d.,]*\d|\d)\s*((?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|nghìn|ngàn)? ?"
        r"(?:đồng|VNĐ|VND))', 1)), regexp_extract(s, '\d\s*((?:nghìn |ngàn )?(?:tỷ|tỉ|triệu|nghìn|ngàn)? ?"
        r"(?:đồng|VNĐ|VND))', 1))",
        "the first amount of money in a text, in đồng", "money('hỗ trợ 1.250,5 triệu đồng cho xã')", 1250500000.0,
    ),
    Macro(
        "to_day(s)",
        r"coalesce(try_cast(nullif(regexp_extract(s, '\d{4}-\d{2}-\d{2}'), '') AS DATE), "
        r"CAST(try_strptime(nullif(regexp_extract(s, '\d{1,2}/\d{1,2}/\d{4}'), ''), '%d/%m/%Y') AS DATE), "
        r"CAST(try_strptime(nullif(regexp_extract(s, '\d{1,2}-\d{1,2}-\d{4}'), ''), '%d-%m-%Y') AS DATE), "
        r"CAST(try_strptime(nullif(regexp_replace(regexp_extract(lower(s), "
        r"'\d{1,2} tháng \d{1,2} năm \d{4}'), ' tháng | năm ', '/', 'g'), ''), '%d/%m/%Y') AS DATE))",
        "the first day in a text", "to_day('ngày 05 tháng 12 năm 2025')::VARCHAR", "2025-12-05",
    ),
    Macro("show_day(d)", "strftime(d, '%d/%m/%Y')", "a day as printed", "show_day(DATE '2025-12-05')", "05/12/2025"),
    Macro(
        "show_number(v)",
        "replace(replace(replace(rtrim(rtrim(format('{:,.4f}', v), '0'), '.'), ',', '~'), '.', ','), '~', '.')",
        "a number as Vietnamese print it", "show_number(1250.5)", "1.250,5",
    ),
)  # fmt: skip

SAME_BODY: Final = (
    "replace(replace({key}, 'uy ban nhan dan', 'ubnd'), 'hoi dong nhan dan', 'hdnd')"  # one body, two spellings
)

VIEWS: Final = {
    "refs": 'SELECT * FROM "references"',
    "citations": f"""
        SELECT r.document, r.n, c.file, c.number AS citing_number, c.date AS citing_date, c.issuer AS citing_issuer,
               r.role, r.kind, r.number, r.date_text, r.title, r.pinpoint, r.page, r.quote,
               d.document AS cited, d.file AS cited_file, d.date AS cited_date, d.issuer AS cited_issuer,
               d.title AS cited_title,
               CASE WHEN d.document IS NULL THEN NULL
                    WHEN r.date = d.date THEN 'number and date'
                    WHEN r.date_text IS NOT NULL AND d.date IS NOT NULL THEN 'number and year'
                    WHEN r.issuer_key IS NOT NULL AND d.issuer_key IS NOT NULL THEN 'number and issuer'
                    ELSE 'number alone' END AS how
        FROM "references" r
        JOIN documents c ON c.document = r.document
        LEFT JOIN documents d ON d.number_key = r.number_key AND d.document <> r.document
             AND (r.date = d.date OR r.date_text IS NULL OR d.date IS NULL OR r.date_text = d.year::VARCHAR)
             AND (r.issuer_key IS NULL OR d.issuer_key IS NULL
                  OR contains({SAME_BODY.format(key="d.issuer_key")}, {SAME_BODY.format(key="r.issuer_key")})
                  OR contains({SAME_BODY.format(key="r.issuer_key")}, {SAME_BODY.format(key="d.issuer_key")}))
    """,
    "facts": """
        SELECT 'targets' AS kind, document, n, section, display AS text, page, quote, confidence, doubts, review
        FROM targets
        UNION ALL SELECT 'results', document, n, section, concat_ws(' ', indicator, show_number(value), unit), page,
               quote, confidence, doubts, review FROM results
        UNION ALL SELECT 'references', document, n, NULL, concat_ws(' ', kind, number, title), page, quote, confidence,
               doubts, review FROM "references"
        UNION ALL SELECT 'responsibilities', document, n, section,
               concat(array_to_string(units, '; '), ': ', task), page, quote, confidence, doubts, review
               FROM responsibilities
        UNION ALL SELECT 'deadlines', document, n, section, concat(relation, ' ', show_day(due), ': ', task), page,
               quote, confidence, doubts, review FROM deadlines
        UNION ALL SELECT 'tasks', document, n, section, task, page, quote, confidence, doubts, review FROM tasks
    """,
}
"""Tables made of tables: name -> SQL."""
ABOUT_VIEWS: Final = {
    "refs": "the table references under a name that needs no quotation marks",
    "citations": "who cites whom: every reference, joined to the document that it names where the store has it",
    "facts": "targets, results, references, responsibilities, deadlines and tasks in one list",
}
