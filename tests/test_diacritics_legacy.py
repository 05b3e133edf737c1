from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diacritics.alphabet import LETTERS, MARKED
from diacritics.encodings import TCVN3, VISCII, VNI, VPS
from diacritics.legacy import (
    ENCODINGS,
    capital_font,
    convert,
    decode,
    decode_blocks,
    hinted,
    looks_legacy,
    raise_capitals,
)

CASES = json.loads((Path(__file__).parent / "cases" / "legacy.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES["decode"], ids=lambda case: case["shown"][:30])
def test_decodes(case: dict[str, str]) -> None:
    decoded = decode(case["shown"], case.get("font"))
    assert (decoded.text, decoded.encoding) == (case["meant"], case["encoding"])


@pytest.mark.parametrize("text", CASES["leave_alone"])
def test_leaves_alone(text: str) -> None:
    assert decode(text).text == text
    assert not looks_legacy(text)


@pytest.mark.parametrize("case", CASES["convert"], ids=lambda case: case["shown"][:30])
def test_signs_stay_signs(case: dict[str, str]) -> None:
    assert convert(case["shown"], case["encoding"]) == case["meant"]  # type: ignore[arg-type]


def test_every_small_letter_has_its_code() -> None:
    small = {letter for letter in MARKED if letter.islower()}
    for table in (TCVN3, VISCII, VPS, VNI):
        assert small <= set(table.values())
    for table in (VISCII, VPS, VNI):
        assert set(table.values()) >= MARKED


@pytest.mark.skipif(shutil.which("iconv") is None, reason="the tables are compared with those of iconv")
@pytest.mark.parametrize(("name", "table", "first"), [("TCVN", TCVN3, 0xA1), ("VISCII", VISCII, 0x80)])
def test_tables_agree_with_iconv(name: str, table: dict[str, str], first: int) -> None:
    for code in range(first, 0x100):
        done = subprocess.run(
            ["iconv", "-f", name, "-t", "UTF-8"], input=bytes([code]), capture_output=True, check=False
        )
        if done.returncode == 0 and (letter := done.stdout.decode()) in LETTERS:
            assert table[chr(code)] == letter, hex(code)


@pytest.mark.parametrize(
    ("font", "encoding", "capital"),
    [
        (".VnTime", "tcvn3", False),
        ("ABCDEF+.VnTimeH,Bold", "tcvn3", True),
        ("FBHPFO+VnTimeHBold", "tcvn3", True),
        (".VnArialH", "tcvn3", True),
        (".VnHelvetica", "tcvn3", False),
        ("VNI-Times", "vni", False),
        ("VPSTimes", "vps", False),
        ("TimesNewRomanPSMT", None, False),
        ("Arial,Bold", None, False),
        ("", None, False),
        (None, None, False),
    ],
)
def test_font_names(font: str | None, encoding: str | None, capital: bool) -> None:
    assert hinted(font) == encoding
    assert capital_font(font) is capital


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("CộNG HòA Xã HộI CHủ NGHĩA VIệT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Về UBND xã", "Về UBND xã"),
        ("Hà Nam, ngày 5", "Hà Nam, ngày 5"),
        ("Sở Y tế BáO CáO", "Sở Y tế BÁO CÁO"),
        ("Ban Xã HộI", "Ban Xã HỘI"),
        ("", ""),
    ],
)
def test_capitals_are_raised_where_the_line_is_in_capitals(line: str, raised: str) -> None:
    assert " ".join(raise_capitals(line.split())) == raised


def test_a_line_without_spaces_is_no_work_without_end() -> None:
    line = "x" * 100_000 + "é"
    assert decode_blocks(line).text == line
    assert raise_capitals(["é"] * 20_000 + ["AB"])[-1] == "AB"


def test_a_font_name_alone_decides_nothing() -> None:
    good = "Sở Nội vụ chủ trì, phối hợp với các đơn vị liên quan tổng hợp kết quả."
    assert decode(good, ".VnTime").text == good


def test_a_file_is_decoded_paragraph_by_paragraph() -> None:
    shown = ["C¨n cø QuyÕt ®Þnh sè 12/Q§-UB ngµy 5 th¸ng 3.", "UÛy ban nhaân daân tænh quyeát ñònh nhö sau:"]
    meant = ["Căn cứ Quyết định số 12/QĐ-UB ngày 5 tháng 3.", "Ủy ban nhân dân tỉnh quyết định như sau:"]
    kept = "Điều 1. Giữ nguyên.\n"
    decoded = decode_blocks("\n\n".join([*shown, kept]))
    assert decoded.text == "\n\n".join([*meant, kept])
    assert decoded.encoding == "tcvn3"


@given(
    st.text(
        alphabet="".join(sorted(MARKED)) + "abcdghiklmnopqrstuvxy ABCD0123.,-/()%\n\u00ad\u2212\u00a0", max_size=200
    )
)
def test_whatever_is_given_lines_and_ascii_stay(text: str) -> None:
    for encoding in ENCODINGS:
        done = convert(text, encoding)
        assert done.count("\n") == text.count("\n")
        assert len(done.split()) == len(text.split())
    assert re.sub(r"[^0-9]", "", decode(text).text) == re.sub(r"[^0-9]", "", text)


@given(st.text(alphabet="abcxyzABC 0123456789.,;:/()%", max_size=300))
def test_ascii_is_never_touched(text: str) -> None:
    assert decode(text).text == text
