"""The single-byte and two-byte Vietnamese encodings of before Unicode, as tables from what a PDF or text file shows.

A file in one of these encodings that is read as Windows-1252 (the usual fate) shows other letters in the place of the
Vietnamese ones: TCVN3 "QuyÕt ®Þnh", VNI "Quyeát ñònh". The tables here go from those shown characters to the meant
ones. Facts from public tables: TCVN 5712:1993 (VN3 and the capitals of VN1), RFC 1456 (VISCII), the VPS table of the
Vietnamese Professionals Society, the VNI-Windows key chart. Codes that no letter owns stay as they are.
"""

from __future__ import annotations

from typing import Final, Literal

from diacritics.alphabet import WITH_TONE

Encoding = Literal["tcvn3", "vni", "vps", "viscii"]

# Runs of letters that stand on consecutive codes: first code -> letters.
_TCVN3_RUNS: Final = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
_VISCII_RUNS: Final = {
    0x02: "Ẳ",
    0x05: "ẴẪ",
    0x14: "Ỷ",
    0x19: "Ỹ",
    0x1E: "Ỵ",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
}
_VPS_RUNS: Final = {
    0x02: "ẠẬẶẸỆ",
    0x10: "ỊỌỘỢỤỰ",
    0x19: "Ỵ",
    0x1C: "ẪỮ",
    0x80: "ÀẢÃẤẦẨọỗĂếềểệẮẰẲẾ",
    0x93: "ỀỂỄỐỒỔỖýỷỵỚỜỞ",
    0xA1: "ắằẳẵặỠớÙờởỡŨỨợỪổỬỲỸÍÌộỈĨÓửữÒỎÕựầÁÂấẩẫậđẻÉÊẹỉễịỹƯỦồốÔỏơÈừứÚũưÝẺ",
    0xE0: "àáâãảạă",
    0xE8: "èéêẽìí",
    0xEF: "ĩẴĐòóôõ",
    0xF7: "Ơụùúủ",
    0xFD: "ỶẼỳ",
}

_ALIASES: Final = {
    0xAD: "\u2212",  # the soft hyphen's glyph is a dash, and makers of ToUnicode tables call it a minus
    0xB7: "\u2219",
    0xB5: "\u03bc",
}
"""Other characters under which the glyph of a code is known: PDF writers name glyphs, not codes."""


def _shown(code: int) -> set[str]:
    """Return every character under which a byte may show: Windows-1252, Latin-1 (C1 controls), and the aliases.

    A symbol font has its codes in the private-use area from U+F000 on.
    """
    shown = {chr(code), chr(0xF000 + code)}
    if 0x80 <= code <= 0x9F:
        shown.add(bytes([code]).decode("cp1252", errors="ignore"))
    shown.update(_ALIASES.get(code, ()))
    return shown - {""}


SYMBOL_ASCII: Final = {chr(0xF000 + code): chr(code) for code in range(0x21, 0x7F)}
"""What a symbol font shows of ASCII."""


def _table(runs: dict[int, str]) -> dict[str, str]:
    return {
        shown: letter
        for first, letters in runs.items()
        for code, letter in enumerate(letters, start=first)
        for shown in _shown(code)
    } | SYMBOL_ASCII


TCVN3: Final = _table(_TCVN3_RUNS)
VISCII: Final = _table(_VISCII_RUNS)
VPS: Final = _table(_VPS_RUNS)

# VNI writes a vowel as its letter and a following mark; ơ, ư, đ and the toned i have codes of their own.
_VNI_SINGLE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "î": "ỵ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị"}
_VNI_TONES: Final = {"ø": 1, "ù": 2, "û": 3, "õ": 4, "ï": 5}
_VNI_CIRCUMFLEX: Final = {"â": 0, "à": 1, "á": 2, "å": 3, "ã": 4, "ä": 5}
_VNI_BREVE: Final = {"ê": 0, "è": 1, "é": 2, "ú": 3, "ü": 4, "ë": 5}


def _vni() -> dict[str, str]:
    pairs = dict(_VNI_SINGLE)
    for mark, tone in _VNI_TONES.items():
        for vowel in "aeiouy":
            pairs[vowel + mark] = WITH_TONE[vowel, tone]
        pairs["ô" + mark] = WITH_TONE["ơ", tone]
        pairs["ö" + mark] = WITH_TONE["ư", tone]
    for mark, tone in _VNI_CIRCUMFLEX.items():
        for vowel, shaped in (("a", "â"), ("e", "ê"), ("o", "ô")):
            pairs[vowel + mark] = WITH_TONE[shaped, tone]
    for mark, tone in _VNI_BREVE.items():
        pairs["a" + mark] = WITH_TONE["ă", tone]
    # Typists mix cases ("Ñaõ", "AÂ", "Aâ"): the vowel's case counts, the mark's does not.
    cased = {}
    for shown, letter in pairs.items():
        for mark in {shown[1:], shown[1:].upper()}:
            cased[shown[0] + mark] = letter
            cased[shown[0].upper() + mark] = letter.upper()
    return cased


VNI: Final = _vni()
"""One or two shown characters -> the letter."""
