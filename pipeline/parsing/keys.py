"""Keys of units: the same body has the same key, however it is printed ("UBND tỉnh", "Ủy ban nhân dân tỉnh Lai Châu").

A key is the unit's name folded, abbreviations spelled alike, without what only counts or honours it; a body that the
document names by its rank alone ("Sở", "Văn phòng Sở", "UBND tỉnh") takes the name or the place of the issuer.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from diacritics.folding import fold
from pipeline.parsing.patterns import Bounded
from pipeline.parsing.places import Province, province_in, slug
from pipeline.records import Facts, Header

_SPELLINGS: Final = tuple((Bounded(rf"(?<![a-z])(?:{pattern})(?![a-z])"), spelling) for pattern, spelling in (
    (r"uy ban nhan dan|uy ban nd", "ubnd"), (r"hoi dong nhan dan", "hdnd"),
    (r"(?:uy ban )?(?:mttq|mat tran to quoc)(?: viet nam| vn)?|ubmttq(?:vn)?", "mttq"), (r"bao hiem xa hoi", "bhxh"),
    (r"doan thanh nien(?: cong san ho chi minh| cs ho chi minh)?", "doan thanh nien"),
    (r"tp\.?(?= )|t\.p\.?(?= )", "thanh pho"), (r"\bvp\b", "van phong"), (r"khcn|kh&cn", "khoa hoc va cong nghe"),
    (r"gd ?(?:&|va) ?dt|gddt", "giao duc va dao tao"), (r"tnmt|tn ?& ?mt", "tai nguyen va moi truong"),
    (r"nn ?& ?mt|nnmt", "nong nghiep va moi truong"), (r"vhttdl|vhtt ?& ?dl", "van hoa the thao va du lich"),
    (r"ldtbxh|ld-?tb ?& ?xh", "lao dong thuong binh va xa hoi"),
))  # fmt: skip
_HONOURS: Final = Bounded(
    r"^(?:cac |nhung |dong chi |dong chi |d/c |tap the |tat ca |toan the |ong |ba )+|\s*\([^()]*\)|"
    r"\slien quan$|\s(?:co|duoc|tren dia ban) .*$"
)
_RANKED: Final = Bounded(
    r"^(?P<body>ubnd|hdnd|mttq|cong an|tinh uy|thanh uy|tinh doan|kho bac(?: nha nuoc)?|bhxh|thanh tra|"
    r"van phong ubnd|van phong hdnd|chu tich ubnd|chanh van phong ubnd|hoi [a-z ]+?|"
    r"bo chi huy quan su|ban dan toc|dai [a-z ]+?|bao [a-z ]+?)(?P<rank> (?:tinh|thanh pho))?$"
)
_DEPARTMENT: Final = Bounded(r"(?:^|.* )so (?!nganh|ban )[a-z ]+$")
_OWN: Final = Bounded(r"(?:^|(?<= ))(?P<head>so|chi cuc|cuc|ban|truong|benh vien|trung tam)$")


@dataclass(frozen=True)
class Issuer:
    """The issuing body as keys need it: the name under which it speaks of itself, and its province."""

    name: str
    province: Province | None

    @classmethod
    def of(cls, header: Header) -> Issuer:
        """Return the issuer that a header prints."""
        name = _spelled(header.issuer or "")
        texts = (header.issuer, header.authority, header.place)
        found = (province_in(text) for text in texts if text)
        return cls(name, next((province for province in found if province is not None), None))


def unit_key(unit: str, issuer: Issuer) -> str:
    """Return the key of a unit as printed in a document of `issuer`."""
    name = _HONOURS.sub("", _spelled(unit)).strip()
    own = _OWN.search(name)
    if own and issuer.name.startswith(own["head"] + " "):
        name = name[: own.start("head")] + issuer.name
    if issuer.province is None or province_in(name) is not None:
        return slug(name)
    ranked = _RANKED.match(name)
    if ranked:
        name = f"{ranked['body']} {'thanh pho' if issuer.province.city else 'tinh'} {issuer.province.slug}"
    elif _DEPARTMENT.match(name):
        name = f"{name.removesuffix(' tinh').removesuffix(' thanh pho')} {issuer.province.slug}"
    return slug(name)


def add_keys(facts: Facts) -> None:
    """Give every responsibility and deadline the keys of its units."""
    issuer = Issuer.of(facts.header)
    for given in facts.responsibilities:
        given.unit_keys = [unit_key(unit, issuer) for unit in given.units]
    for due in facts.deadlines:
        due.unit_keys = [unit_key(unit, issuer) for unit in due.units]


@lru_cache(maxsize=4096)
def _spelled(text: str) -> str:
    """Fold a name and spell its abbreviations out, or what has a common abbreviation in."""
    words = " ".join(fold(text).lower().replace(",", " ").replace(" - ", " ").split())
    for pattern, spelling in _SPELLINGS:
        words = pattern.sub(spelling, words)
    return " ".join(words.split())
