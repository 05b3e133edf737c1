"""How text layers spell Vietnamese: in the codes of the old fonts, or as an engine without Vietnamese garbles it."""

from __future__ import annotations

import random

from diacritics.alphabet import MARKED
from diacritics.encodings import TCVN3, VISCII, VNI, VPS
from diacritics.folding import fold


def inverse(table: dict[str, str]) -> dict[str, str]:
    """Return letter -> shown character, the Windows-1252 one where there is one."""
    back: dict[str, str] = {}
    for shown, letter in sorted(table.items(), key=lambda item: (_not_1252(item[0]), item[0])):
        if not "\ue000" <= shown <= "\uf8ff":
            back.setdefault(letter, shown)
    return back


def _not_1252(text: str) -> bool:
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return True
    return False


BACK = {name: inverse(table) for name, table in (("tcvn3", TCVN3), ("vni", VNI), ("vps", VPS), ("viscii", VISCII))}
QUOTES = str.maketrans("“”‘’–…", "\"\"''-.")


def encode(text: str, encoding: str) -> str:
    """Write Unicode text in a legacy encoding; a TCVN3 capital that has no code comes out small."""
    back = BACK[encoding]
    out = []
    if encoding in ("vps", "viscii"):  # codes of curly quotes are letters there
        text = text.translate(QUOTES)
    for letter in text:
        shown = back.get(letter) or (back.get(letter.lower()) if encoding == "tcvn3" else None) or letter
        if encoding == "vni" and len(shown) == 2:
            shown = shown[0] + (shown[1].upper() if letter.isupper() else shown[1].lower())
        out.append(shown)
    return "".join(out)


def garble(text: str, rng: random.Random) -> str:
    """Return what an English engine makes of Vietnamese print."""
    swaps = {"ư": ["tr", "u", "ir"], "ơ": ["o'", "0", "a"], "đ": ["d", "cl"], "ộ": ["(>", "o", "9"], "ạ": ["q", "a"]}
    out = []
    for letter in text:
        low = letter.lower()
        if low in swaps and rng.random() < 0.7:
            out.append(rng.choice(swaps[low]))
        elif letter in MARKED and rng.random() < 0.25:
            out.append(rng.choice(["", "~", "6", "e", "é", "ii", "l"]))
        elif letter.isalpha() and rng.random() < 0.04:
            out.append(rng.choice("Iil1!tfc("))
        else:
            out.append(fold(letter))
    return "".join(out)


def broken(word: str, rng: random.Random) -> list[str]:
    at = next((index for index, letter in enumerate(word) if letter in MARKED), 0)
    if at == 0 or rng.random() < 0.5:
        return [word]
    if word[at + 1 :] and rng.random() < 0.4:
        return [word[:at], word[at : at + 1], word[at + 1 :]]
    return [word[:at], word[at:]]
