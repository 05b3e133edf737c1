"""Keys of units and provinces: the same body, the same key; what was a province, and when."""

from __future__ import annotations

import pytest

from pipeline.parsing.keys import Issuer, unit_key
from pipeline.parsing.places import province_in, provinces
from pipeline.records import Header

SO_Y_TE = Issuer.of(Header(authority="UBND TỈNH LAI CHÂU", issuer="SỞ Y TẾ", place="Lai Châu"))


@pytest.mark.parametrize(
    ("units", "key"),
    [
        (("Sở", "Sở Y tế", "SỞ Y TẾ", "Sở Y tế tỉnh Lai Châu", "Sở Y tế (Chi cục Dân số)"), "so-y-te"),
        (("UBND tỉnh", "Ủy ban nhân dân tỉnh", "Uỷ ban nhân dân tỉnh Lai Châu"), "ubnd-tinh-lai-chau"),
        (("Sở KHCN", "Sở Khoa học và Công nghệ"), "so-khoa-hoc-va-cong-nghe-lai-chau"),
        (("Văn phòng Sở", "Văn phòng Sở Y tế"), "van-phong-so-y-te-lai-chau"),
        (("các phòng chuyên môn", "Phòng chuyên môn"), "phong-chuyen-mon"),
    ],
)
def test_one_body_has_one_key(units: tuple[str, ...], key: str) -> None:
    keys = {unit_key(unit, SO_Y_TE) for unit in units}
    assert all(found.startswith(key) for found in keys)
    assert len({found.replace("-tinh-lai-chau", "-lai-chau") for found in keys}) == 1


def test_sixty_three_became_thirty_four() -> None:
    assert sum(province.was("2025-06-30") for province in provinces().values()) == 63
    assert sum(province.was("2025-07-01") for province in provinces().values()) == 34


@pytest.mark.parametrize(
    ("text", "name", "successor"),
    [
        ("UBND TỈNH HÀ GIANG", "Hà Giang", "Tuyên Quang"),
        ("Sở Y tế TP. Hồ Chí Minh", "Hồ Chí Minh", None),
        ("TP HCM", "Hồ Chí Minh", None),
        ("tỉnh Thừa Thiên Huế", "Thừa Thiên Huế", "Huế"),
        ("tỉnh Đak Lak", "Đắk Lắk", None),
    ],
)
def test_provinces_by_their_names(text: str, name: str, successor: str | None) -> None:
    province = province_in(text)
    assert province is not None
    assert (province.name, province.successor) == (name, successor)


def test_no_province() -> None:
    assert province_in("Bộ Tài chính") is None
