"""Small pages drawn for the tests of the picture stages: fictional text, a known place for every line."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf"),
)
A5_INCHES = (5.83, 8.27)
LINES = (
    "Căn cứ kế hoạch công tác năm 2031 của Trung tâm Bến Mây về",
    "việc sắp xếp hồ sơ lưu trữ tại các tổ chuyên môn, bộ phận một",
    "cửa và kho tư liệu số 17 đường Hoa Gạo, phường Suối Trong;",
    "Xét đề nghị của Tổ trưởng Tổ tổng hợp tại buổi họp giao ban,",
    "Trung tâm yêu cầu các tổ thực hiện những việc sau đây, bảo",
    "đảm đúng thời hạn, không để dồn việc sang quý tiếp theo.",
)


def drawing(lines: tuple[str, ...] = LINES, dpi: int = 150, repeat: int = 3) -> Image.Image:
    """Draw lines of 13-point text on an A5 page, black on white; skip the test where no font has the letters."""
    font_path = next((path for path in FONTS if path.exists()), None)
    if font_path is None:
        pytest.skip("no font with Vietnamese letters is installed")
    page = Image.new("RGB", (int(A5_INCHES[0] * dpi), int(A5_INCHES[1] * dpi)), "white")
    pen, font = ImageDraw.Draw(page), ImageFont.truetype(str(font_path), round(13 * dpi / 72 * 0.85))
    for number, line in enumerate(lines * repeat):
        pen.text((0.5 * dpi, (0.6 + 0.26 * number) * dpi), line, fill="black", font=font)
    return page


def pixels(page: Image.Image) -> npt.NDArray[np.uint8]:
    """The picture as an array, grey or RGB."""
    return np.asarray(page, dtype=np.uint8)
