"""Mentions of one document are put together: by type and number, by name, by the name of what has a number elsewhere.

The first citation tells number and date, later ones leave them out (Decree 30/2020/NĐ-CP, Appendix I, II.6).
"""

from __future__ import annotations

from typing import Final

from diacritics.folding import fold
from pipeline.parsing.citations import Mention, plain
from pipeline.parsing.laws import LAWS
from pipeline.parsing.patterns import Bounded

_WHERE: Final = Bounded(r" tren (?:toan )?dia ban .*$")
_YEARED: Final = Bounded(r"/(?:19|20)\d\d/")
"""A number with its year is given once: another day beside it is a slip of the pen."""
_ANY_KIND: Final = frozenset(("Văn bản", "Công văn"))
_LAWS: Final = frozenset(("Luật", "Bộ luật", "Pháp lệnh"))


def joined(mentions: list[Mention]) -> list[list[Mention]]:
    """Return the mentions, which are in the order of the text, document by document."""
    groups: list[list[Mention]] = []
    known: dict[tuple[str, str], list[list[Mention]]] = {}
    for mention in mentions:
        name = plain(mention.number) if mention.number else _bare(mention.title or "")
        if not mention.number:
            name = next((n for kind, n in known if kind == mention.kind and _same(kind, n, name)), name)
        same = known.setdefault((mention.kind, name), [])
        group = next((g for g in same if _dates_agree(g, mention) or _YEARED.search(name)), None)
        if group is None:
            group = []
            same.append(group)
            groups.append(group)
        group.append(mention)
    return _settled(_laws_joined(groups))


def _laws_joined(groups: list[list[Mention]]) -> list[list[Mention]]:
    """Join "Luật Đất đai" with "Luật Đất đai số 31/2024/QH15": a law's number stands where it is first cited."""
    laws = [g for g in groups if g[0].kind in _LAWS]
    full = [(g[0].kind, name, g) for g in laws if g[0].number and (name := _bare(g[0].title or ""))]
    merged: set[int] = set()
    for group in laws:
        kind, name = group[0].kind, _bare(group[0].title or "")
        same = [g for k, n, g in full if k == kind and (n == name or _begins(kind, n, name))]
        if not group[0].number and name and len(same) == 1 and _dates_agree(same[0], group[0]):
            same[0].extend(group)
            merged.add(id(group))
    return [group for group in groups if id(group) not in merged]


def _settled(groups: list[list[Mention]]) -> list[list[Mention]]:
    """Join "văn bản số 92/TTr-UBND" with "Tờ trình số 92/TTr-UBND": the fuller type is the type."""
    numbered = sorted((g for g in groups if g[0].number and g[0].kind not in _ANY_KIND), key=lambda g: len(g[0].kind))
    told = {plain(g[0].number): g for g in numbered}
    out: list[list[Mention]] = []
    for group in groups:
        other = told.get(plain(group[0].number)) if group[0].number else None
        if other is not None and _is_less_of(group[0].kind, other[0].kind) and _dates_agree(other, group[0]):
            other[:] = sorted([*other, *group], key=lambda m: (m.kind != other[0].kind, m.start))
        else:
            out.append(group)
    return out


def _is_less_of(kind: str, other: str) -> bool:
    """ "Văn bản" may be any type, "Kế hoạch" a "Kế hoạch liên tịch"."""
    return kind in _ANY_KIND or other.startswith(f"{kind} ")


def _bare(title: str) -> str:
    """A title for comparing, without where it holds: "Luật Thi đua khen thưởng" is "Luật Thi đua, khen thưởng"."""
    words = " ".join("".join(c if c.isalnum() else " " for c in fold(title).lower()).split())
    words = words.replace("mttq", "mat tran to quoc")
    return _WHERE.sub("", words)


def _same(kind: str, one: str, other: str) -> bool:
    """Whether two names are of one document: the shorter opens the longer, or they have the same words."""
    return _begins(kind, one, other) or (len(one) == len(other) and sorted(one.split()) == sorted(other.split()))


def _begins(kind: str, one: str, other: str) -> bool:
    """Whether a shorter name opens the longer: "Luật Bầu cử" for "Luật Bầu cử đại biểu Quốc hội …".

    A law's short name is one where no law in force is called so; other documents need three words.
    """
    short, long = sorted((one, other), key=len)
    enough = short not in LAWS if kind == "Luật" else len(short.split()) > 2
    goes_on = long.startswith(f"{short} ") and not any(c.isdigit() for c in long[len(short) :])
    return bool(short) and enough and goes_on


def _dates_agree(group: list[Mention], mention: Mention) -> bool:
    dates = {m.date for m in group if m.date}
    return not dates or mention.date is None or mention.date in dates
