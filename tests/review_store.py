"""A small store to be reviewed: a plan with facts and boxes, a page on its side, a hostile record; and their files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from PIL import Image, ImageDraw

from pipeline import store
from pipeline.analysis import tabulate
from pipeline.intake import Input, identify
from pipeline.records import Record
from pipeline.review.answers import Answers
from pipeline.review.app import make_app
from pipeline.review.desk import Desk
from pipeline.review.guard import Gate
from pipeline.review.pictures import Pictures
from pipeline.review.shelf import Shelf
from pipeline.run import extract
from tests.conftest import text_pdf

PLAN = "ke_hoach.pdf"
TURNED = "quay/so_do.png"
HOSTILE = "doc_hai.txt"
PAGES = [
    [
        "UBND TỈNH BÌNH GIANG", "SỞ THỦY LỢI", "Số: 27/KH-STL", "Bình Giang, ngày 03 tháng 02 năm 2026", "KẾ HOẠCH",
        "Nâng cấp hồ chứa trên địa bàn tỉnh năm 2026", "Căn cứ Quyết định số 608/QĐ-UBND ngày 02/4/2025 của UBND tỉnh;",
        "I. MỤC TIÊU", "1. Phấn đấu đến hết năm 2026 hoàn thành 95% số hồ chứa phải nâng cấp.",
        "2. Tỷ lệ hồ chứa được kiểm định đạt tối thiểu 80%.",
    ],
    [
        "II. TỔ CHỨC THỰC HIỆN", "1. Văn phòng Sở chủ trì, báo cáo Giám đốc Sở trước ngày 15/12/2026.",
        "2. Phòng Kế hoạch theo dõi, tổng hợp kết quả thực hiện.",
    ],
]  # fmt: skip
BLOCK = (200.0, 400.0, 320.0, 430.0)
"""A black block on the turned page, in points of the page upright."""
NASTY = '<script>alert("a")</script><img src=x onerror=alert(1)>\u202etxt.exe\u200f &amp; "dấu"'


@dataclass(frozen=True)
class Shop:
    """A store with the folder of its originals, and what serves it."""

    store: Path
    originals: Path
    cache: Path

    def desk(self, **changes: Any) -> Desk:
        """Return what requests share."""
        values: dict[str, Any] = {
            "shelf": Shelf(self.store),
            "answers": Answers(self.store),
            "pictures": Pictures(self.cache, workers=1),
            "folders": (self.originals,),
        }
        return Desk(**{**values, **changes})

    def client(self, gate: Gate | None = None, **changes: Any) -> TestClient:
        """Return a client that follows no redirects; it speaks to the loopback."""
        app = make_app(self.desk(**changes), gate)
        return TestClient(app, base_url="http://127.0.0.1:8765", follow_redirects=False, raise_server_exceptions=False)


def make_shop(folder: Path) -> Shop:
    """Make the store under a folder, with tables."""
    shop = Shop(folder / "store", folder / "originals", folder / "cache")
    (shop.originals / "quay").mkdir(parents=True)
    plan = text_pdf(shop.originals / PLAN, PAGES)
    store.write_json(_plan(plan.read_bytes(), str(plan)), shop.store / f"{PLAN}.json")
    store.write_json(_turned(shop.originals / TURNED), shop.store / f"{TURNED}.json")
    store.write_json(_hostile(shop.originals / HOSTILE), shop.store / f"{HOSTILE}.json")
    tabulate.refresh(shop.store)
    return shop


@cache
def _plan(data: bytes, path: str) -> dict[str, Any]:
    """Read the plan as any document is read, then doubt one of its figures."""
    record = extract(Input(Path(path), PLAN))
    record.targets[1].doubts = ["number_disputed"]
    record.targets[1].confidence = 0.61
    return record.model_dump(mode="json", by_alias=True)


def _blank(path: Path, name: str, pages: list[dict[str, Any]]) -> dict[str, Any]:
    identity = identify(path)
    lists = ("sections", "targets", "results", "references", "responsibilities", "deadlines", "tables", "warnings")
    return {
        "schema": "vanban/1",
        "producer": "vanban 0",
        "settings": "",
        "source": {
            "path": name, "sha256": identity.sha256, "bytes": identity.size_bytes, "media_type": identity.media_type,
            "pages": len(pages),
        },
        "header": {"title": name, "number": "1/KH"},
        "pages": pages,
        **{kind: [] for kind in lists},
    }  # fmt: skip


def _fact(quote: str, page: int | None, box: tuple[float, ...] | None) -> dict[str, Any]:
    return {
        "indicator": quote, "direction": "reach", "comparator": ">=", "value": 75, "unit": "điểm", "period": "2026",
        "baseline": None, "display": quote, "section": None, "confidence": 0.9,
        "evidence": {"page": page, "lines": [1, 1], "bbox": box, "quote": quote, "span": [0, len(quote)]},
    }  # fmt: skip


def _turned(path: Path) -> dict[str, Any]:
    """Draw an upright page with a block, lay it on its side as a scanner might, and say so in its record."""
    dpi = 144
    upright = Image.new("L", (595 * dpi // 72, 842 * dpi // 72), 255)
    ImageDraw.Draw(upright).rectangle([side * dpi / 72 for side in BLOCK], fill=0)
    upright.transpose(Image.Transpose.ROTATE_90).save(path, dpi=(dpi, dpi))  # against the clock: undone clockwise
    line = {"text": "khối đen", "raw": "khối đen", "bbox": BLOCK, "confidence": 1.0}
    page = {
        "number": 1, "width": 595.0, "height": 842.0, "text_source": "ocr", "confidence": 0.9, "lines": [line],
        "rotation_degrees": 90,
    }  # fmt: skip
    return {**_blank(path, TURNED, [page]), "targets": [_fact("khối đen", 1, BLOCK)]}


def _hostile(path: Path) -> dict[str, Any]:
    path.write_text(NASTY, "utf-8")
    line = {"text": NASTY, "raw": NASTY, "bbox": None, "confidence": 1.0}
    page = {"number": 1, "width": None, "height": None, "text_source": "text", "confidence": 1.0, "lines": [line]}
    record = _blank(path, HOSTILE, [page])
    record["header"] = {"title": NASTY, "issuer": NASTY, "number": "=1+1|cmd"}
    record["targets"] = [_fact(NASTY, None, None)]
    record["warnings"] = [{"page": None, "code": "<b>", "message": NASTY}]
    return record


def read(shop: Shop, name: str) -> Record:
    """Read one of the records back."""
    return store.read_record(shop.store / f"{name}.json")
