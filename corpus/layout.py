"""Lays a sample document out as Decree 30/2020/NĐ-CP does: A4, two-column header, justified body, two-column foot.

`lay_out` is the whole way from a source to placed lines; `drawing.py` turns them into a PDF. The reading order is
fixed here, by the order in which lines are put on a sheet.
"""

from __future__ import annotations

from corpus.paper import A4, Paper, Role, RowTruth, Rule, Sheet, TableTruth
from corpus.ruling import SetRow, cut_row, head_labels, row_truth, ruled_rows
from corpus.setting import Broken, Token, break_lines, natural_width, place, tokens
from corpus.source import Break, Paragraph, Source, SourceError, SourceTable

MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = 56.7, 56.7, 85.0, 45.4
INDENT = 34.0
LEADING = 1.24
PARAGRAPH_GAP = 5.0
SIGNATURE_GAP = 78.0
FACES = {
    "body": ("regular", "j"),
    "bold": ("bold", "j"),
    "bold_italic": ("bold_italic", "j"),
    "italic": ("italic", "j"),
    "centred_bold": ("bold", "c"),
    "centred": ("regular", "c"),
    "centred_italic": ("italic", "c"),
}
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
PARTY_MOTTO = "ĐẢNG CỘNG SẢN VIỆT NAM"


def lay_out(source: Source) -> Paper:
    """Return the document's pages: header, title, body, foot, in reading order.

    Raises:
        SourceError: a table cannot be set. FontError: the typeface is missing, or lacks a character of the text.
    """
    setter = _Setter(source)
    setter.header()
    for number, block in enumerate(source.blocks):
        if isinstance(block, Paragraph):
            setter.paragraph(block, keep_with_next=_is_heading(block) and number + 1 < len(source.blocks))
        elif isinstance(block, SourceTable):
            setter.table(block)
        elif isinstance(block, Break):
            setter.start_page(block.turn)
        else:
            setter.foot()
    return Paper(source.name, setter.sheets, setter.tables)


def _is_heading(paragraph: Paragraph) -> bool:
    return paragraph.form in ("bold", "bold_italic", "centred_bold")


class _Setter:
    """Puts lines on sheets from top to bottom; `y` is the lower edge of what stands on the last sheet."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.size = source.body_size
        self.sheets: list[Sheet] = []
        self.tables: list[TableTruth] = []
        self.landscape = False
        self.y = 0.0
        self.start_page("portrait")

    @property
    def sheet(self) -> Sheet:
        return self.sheets[-1]

    @property
    def left(self) -> float:
        return MARGIN_LEFT if not self.landscape else MARGIN_TOP

    @property
    def measure(self) -> float:
        """Width of the text in points."""
        right = MARGIN_RIGHT if not self.landscape else MARGIN_BOTTOM
        return self.sheet.width - self.left - right

    @property
    def room(self) -> float:
        """Height left on the last sheet in points."""
        return self.sheet.height - MARGIN_BOTTOM - self.y

    def start_page(self, turn: str = "page") -> None:
        """Begin a sheet; from the second on it carries its number at the top, in the middle."""
        if turn != "page":
            self.landscape = turn == "landscape"
        width, height = (A4[1], A4[0]) if self.landscape else A4
        self.sheets.append(Sheet(len(self.sheets) + 1, width, height))
        self.y = MARGIN_TOP
        if self.sheet.number > 1:
            line = Broken([Token(str(self.sheet.number), "regular")], True)
            self.sheet.lines.append(place(line, 0, width, 40.0, 13, "c", "page_number"))

    def block(
        self, text: str, face: str, size: float, x: float, measure: float, top: float, align: str, role: Role
    ) -> float:
        """Set a short block whose lines may be forced by ``//``; return its lower edge."""
        for part in text.split("//"):
            for line in break_lines(tokens(part, face), size, measure):
                top += size * 1.18
                self.sheet.lines.append(place(line, x, measure, top, size, align, role))
        return top

    def header(self) -> None:
        """Set the two-column header, the type's name and the title (*trích yếu*), and the addressees.

        A text that has none of these, as web sites show them, begins with its body.
        """
        fields = self.source.fields
        if not fields:
            return
        split = 0.42 if fields.get("motto") != "party" else 0.48
        left_width = self.measure * split
        right_x, right_width = self.left + left_width, self.measure * (1 - split)
        top = self.y
        y = top
        if "authority" in fields:
            y = self.block(fields["authority"], "regular", 12, self.left, left_width, y, "c", "header_left")
        y = self.block(fields["issuer"], "bold", 12, self.left, left_width, y, "c", "header_left")
        if fields.get("motto") == "party":
            y = self.block("*", "regular", 12, self.left, left_width, y, "c", "header_left")
        else:
            middle = self.left + left_width / 2
            self.sheet.rules.append(Rule(middle - left_width * 0.2, y + 4, middle + left_width * 0.2, y + 4, 0.7))
        number_top = y + 7
        y = self.block(fields["number"], "regular", 13, self.left, left_width, number_top, "c", "header_left")
        if "subject" in fields:
            y = self.block(fields["subject"], "regular", 12, self.left + 6, left_width - 12, y + 3, "c", "header_left")
        right = self.motto(right_x, right_width, top)
        right = self.block(
            fields["place_date"], "italic", 13, right_x, right_width, max(right, number_top), "c", "header_right"
        )
        self.y = max(y, right) + 14
        self.title()

    def motto(self, x: float, measure: float, top: float) -> float:
        """Set *quốc hiệu, tiêu ngữ* (or the Party's line) with the rule below; return the lower edge."""
        if self.source.fields.get("motto") == "party":
            lines = [(PARTY_MOTTO, 14.0)]
        else:
            lines = [(MOTTO[0], 12.0), (MOTTO[1], 13.0)]
        y = top
        for text, size in lines:
            y = self.block(text, "bold", size, x, measure, y, "c", "header_right")
        extent = natural_width(tokens(lines[-1][0], "bold"), lines[-1][1]) / 2
        middle = x + measure / 2
        self.sheet.rules.append(Rule(middle - extent, y + 4, middle + extent, y + 4, 0.7))
        return y + 7

    def title(self) -> None:
        """Set the type's name, the title with its rule, and *Kính gửi*."""
        fields = self.source.fields
        if "kind" in fields:
            self.y = self.block(fields["kind"], "bold", 14, self.left, self.measure, self.y, "c", "body")
        if "title" in fields:
            self.y = self.block(fields["title"], "bold", 14, self.left + 20, self.measure - 40, self.y + 1, "c", "body")
        if "kind" in fields:
            middle = self.left + self.measure / 2
            self.sheet.rules.append(Rule(middle - 45, self.y + 7, middle + 45, self.y + 7, 0.7))
            self.y += 14
        if "to" in fields:
            self.y = self.block(fields["to"], "regular", self.size, self.left, self.measure, self.y + 4, "c", "body")
            self.y += 6
        elif "to" in self.source.lists:
            self.y = self.block("Kính gửi:", "regular", self.size, self.left + 90, 200, self.y + 4, "l", "body")
            for item in self.source.lists["to"]:
                self.y = self.block(f"- {item}", "regular", self.size, self.left + 150, 300, self.y + 2, "l", "body")
            self.y += 6

    def paragraph(self, paragraph: Paragraph, keep_with_next: bool = False) -> None:
        """Set a paragraph; a heading is not left alone at the foot of a page, nor a single line of a paragraph."""
        face, align = FACES[paragraph.form]
        centred = align == "c"
        measure = self.measure - (60 if centred else 0)
        x = self.left + (30 if centred else 0)
        indent = 0.0 if centred else INDENT
        pitch = self.size * LEADING
        lines = [
            line
            for part in paragraph.text.split("//")
            for line in break_lines(tokens(part, face), self.size, measure, indent)
        ]
        self.y += PARAGRAPH_GAP
        for number, line in enumerate(lines):
            left_over = len(lines) - number
            wanted = len(lines) + 2 if keep_with_next and number == 0 else 1
            if number == 0 and len(lines) > 1:
                wanted = max(wanted, 2)
            if left_over == 2 and len(lines) > 2:
                wanted = 2
            if wanted * pitch > self.room:
                self.start_page()
            self.y += pitch
            shift = indent if number == 0 else 0.0
            baseline = self.y - 0.25 * self.size
            self.sheet.lines.append(place(line, x + shift, measure - shift, baseline, self.size, align, "body"))

    def foot(self) -> None:
        """Set *nơi nhận* at the left and the signature at the right; of two signatures, both above *nơi nhận*."""
        lists = self.source.lists
        left_width, right_x = self.measure * 0.47, self.left + self.measure * 0.5
        items = [
            line
            for item in lists.get("recipients", [])
            for line in break_lines(tokens(f"- {item}", "regular"), 11, left_width)
        ]
        sign, cosign = lists.get("sign", []), lists.get("cosign", [])
        addressed, signed = 20 + 13 * len(items), 17 * max(len(sign), len(cosign)) + SIGNATURE_GAP
        if (addressed + signed if cosign else max(addressed, signed)) + 12 > self.room:
            self.start_page()
        top = self.y + 10
        if cosign:
            left = self._signature(sign, self.left, top, "foot_left")
            top = max(left, self._signature(cosign, right_x, top, "foot_right")) + 10
            self.y = self._addressees(items, left_width, top) + 10
        else:
            left = self._addressees(items, left_width, top)
            self.y = max(left, self._signature(sign, right_x, top, "foot_right")) + 10

    def _addressees(self, items: list[Broken], measure: float, top: float) -> float:
        """Set *nơi nhận* below `top`; return its lower edge."""
        if not items:
            return top
        y = self.block("**Nơi nhận:**", "italic", 12, self.left, measure, top, "l", "foot_left")
        for line in items:
            y += 13
            self.sheet.lines.append(place(line, self.left, measure, y, 11, "l", "foot_left"))
        return y

    def _signature(self, lines: list[str], x: float, top: float, role: Role) -> float:
        """Set one signature, half the page wide, with room to sign above the name; return its lower edge."""
        width = self.measure * 0.5
        for number, text in enumerate(lines):
            if number == len(lines) - 1:
                self.sheet.seals.append((x + width / 2, top + SIGNATURE_GAP / 2 + 4))
                top += SIGNATURE_GAP
            top = self.block(text, "bold", 13, x, width, top, "c", role)
        return top

    def table(self, table: SourceTable) -> None:
        """Set a table: rows broken over pages where they do not fit, the head repeated."""
        head, body = ruled_rows(table, self.left, self.measure)
        truth = TableTruth(f"T{len(self.tables) + 1}", table.title, [], head_labels(table), [])
        self.y += 6
        if table.title:
            self.paragraph(Paragraph("centred_bold", table.title), keep_with_next=True)
            self.y += 4
        # A head is not left alone at the foot of a page.
        under_head = self.room - sum(row.height for row in head)
        if body and cut_row(body[0], under_head)[0] is None:
            self.start_page()
        for row in head:
            self.y = row.draw(self.sheet, self.y)
        for number, row in enumerate(body):
            pages = self._table_row(row, head if table.repeat_head else [])
            truth.pages += [page for page in pages if page not in truth.pages]
            truth.rows.append(RowTruth(pages[0], row_truth(table, number)))
        self.tables.append(truth)
        self.y += 8

    def _table_row(self, row: SetRow, head: list[SetRow]) -> list[int]:
        """Draw a row, cut where the page ends; return the numbers of the pages that it stands on.

        Raises:
            SourceError: the row cannot be cut and is taller than a page.
        """
        pages: list[int] = []
        rest: SetRow | None = row
        fresh = False
        while rest is not None:
            now, rest = cut_row(rest, self.room)
            if now is not None:
                self.y = now.draw(self.sheet, self.y)
                pages.append(self.sheet.number)
            elif fresh:
                raise SourceError(f"{self.source.name}: a row of a table is taller than a page")
            else:
                self.start_page()
                for repeated in head:
                    self.y = repeated.draw(self.sheet, self.y)
            fresh = now is None
        return pages
