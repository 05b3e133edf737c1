"""What a Vietnamese syllable may be: onset, rime, tone.

The structure is closed and small, so a token can be judged without a word list: "nghiệp" may be a syllable, "nghịep"
and "ciia" may not. Loan spellings that print uses without marks (kg, zalo, PAR) are none; that is the point.
"""

from __future__ import annotations

from functools import cache
from typing import Final

from diacritics.alphabet import TONED, split_tone


def _set(listing: str) -> frozenset[str]:
    return frozenset(listing.split())


_ONSETS: Final = _set("b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x qu") | {""}
_FRONT: Final = frozenset("ieêy")
"""Vowels before which print spells k, gh, ngh, and never c, g, ng (but gi)."""

# Rimes without tone. A rime that ends in p, t, c or ch is checked: it takes sắc or nặng only.
_RIMES: Final = _set(
    """
    a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
    i ia ich im in inh ip it iu  iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot  oong ooc  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
    oa oac oach oai oam oan oang oanh oao oap oat oay  oăc oăm oăn oăng oăt  oe oen oeo oet
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt  uân uâng uât uây  uê uêch uên uênh  uơ
    uy uya uych uyên uyêt uynh uyt uyn uyu uyp
    ư ưa ưc ưi ưng ưt ưu ưm ươc ươi ươm ươn ương ươp ươt ươu
    y yên yêm yêt yêu yêng
    """
)
_AFTER_Q: Final = _set(
    "a ac ach ai an ang anh ao at au ay ăc ăm ăn ăng ăp ăt ân âng ât ây e en eo et ê êch ên ênh êt i ia in it iu ich"
    " inh o ôc ơ ơi ơn y ych yên yêt ynh yt yu yêu iên iêt"
)
_AFTER_GI: Final = _set("êc êm ên êng êp êt êu a")
"""Rimes that share gi's own i: giếng, giết. Others follow gi whole (gia, giáo, giữa) or are i-rimes after g (gì)."""

_STOPS: Final = ("p", "t", "c", "ch")
LONGEST: Final = len("nghiêng")
_LETTERS: Final = frozenset("".join(_ONSETS | _RIMES)) | frozenset(TONED)
"""What syllables are made of: whatever else is in a word, nothing of it need be taken apart or remembered."""


@cache
def _sound(onset: str, rime: str) -> bool:
    """Whether print joins this onset and this rime (both without tone)."""
    if onset == "q":
        return False
    if onset == "qu":
        return rime in _AFTER_Q
    if rime not in _RIMES:
        return False
    if onset in ("k", "gh", "ngh"):
        return rime[0] in _FRONT and (onset == "k" or rime[0] != "y")
    if onset in ("c", "g", "ng"):
        return rime[0] not in _FRONT
    if rime[0] == "y" and rime != "y":
        return onset == ""
    return onset != "" or not rime.startswith("iê")  # iê without an onset is spelt yê


def _divisions(bare: str) -> list[tuple[str, str]]:
    """Return every way to cut a toneless syllable into onset and rime."""
    return [(bare[:cut], bare[cut:]) for cut in range(min(3, len(bare) - 1) + 1) if bare[:cut] in _ONSETS]


@cache
def _structure(bare: str) -> bool:
    for onset, rime in _divisions(bare):
        if _sound(onset, rime):
            return True
        if onset == "gi" and rime in _AFTER_GI:
            return True
    return bare in _IRREGULAR


_IRREGULAR: Final = frozenset(("gi", "gin", "gim"))
"""gi with its own i as the whole vowel: gì, gìn, gìm."""


def is_syllable(token: str) -> bool:
    """Return whether `token` is built like one Vietnamese syllable, whatever its case.

    The tone must stand on a vowel that may carry it: one tone at most, sắc or nặng on a checked rime, and either of
    the two placements on an open oa, oe, uy.
    """
    if not token or len(token) > LONGEST:
        return False
    lower = token.lower()
    if not _LETTERS.issuperset(lower):
        return False
    bare, tone = split_tone(lower)
    if not _structure(bare):
        return False
    if bare.endswith(_STOPS) and tone not in (2, 5):
        return False
    return tone == 0 or _well_placed(lower, bare)


def _well_placed(lower: str, bare: str) -> bool:
    """Whether exactly one letter bears the tone and it is the one that print puts it on."""
    bearing = [index for index, letter in enumerate(lower) if TONED.get(letter, ("", 0))[1]]
    return len(bearing) == 1 and bearing[0] in _tone_places(bare)


@cache
def _tone_places(bare: str) -> tuple[int, ...]:
    """Return the places in a toneless syllable where print may put the tone."""
    start = 0
    if bare.startswith("qu") or (bare.startswith("gi") and len(bare) > 2 and bare[2] in "aăâeêioôơuưy"):
        start = 2
    vowels = [index for index in range(start, len(bare)) if bare[index] in "aăâeêioôơuưy"]
    if not vowels:
        return (1,) if bare.startswith("gi") else ()
    shaped = [index for index in vowels if bare[index] in "ăâêôơư"]
    if shaped:
        return (shaped[-1],)  # ươ bears it on ơ
    if len(vowels) == 1:
        return (vowels[0],)
    closed = vowels[-1] < len(bare) - 1
    if len(vowels) == 3:
        return (vowels[1],)
    if closed:
        return (vowels[1],)
    pair = bare[vowels[0] : vowels[1] + 1]
    return tuple(vowels) if pair in ("oa", "oe", "uy") else (vowels[0],)
