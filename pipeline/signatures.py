"""Electronic signatures: who signed, for which organisation, when; from the PDF's signature fields or as printed.

Files are only read; nothing here tells whether a signature is valid.
"""

from __future__ import annotations

import re
from typing import Final

_SIGNATURE_LINE: Final = re.compile(
    r"^\W*(?:ký bởi|người ký|được ký bởi|ký số bởi|ký tên|chữ ký (?:số|điện tử)|thời gian ký|ngày ký|giờ ký|ký ngày|"
    r"(?:digitally |electronically )?signed by|signature (?:not )?valid|signing time|signer|"
    r"email|e-mail|thư điện tử|cơ quan|đơn vị|tổ chức|chức vụ|lý do|reason|location|date)\s*:?",
    re.IGNORECASE,
)
_SIGNATURE_HEAD: Final = re.compile(
    r"(?:ký bởi|người ký|ký số bởi|chữ ký (?:số|điện tử)|thời gian ký|ngày ký)\s*:|được ký bởi|signed by\b|"
    r"signature (?:not )?(?:valid|verified)",
    re.IGNORECASE,
)
SIGNATURE_LINES: Final = 8


def without_signature(lines: list[str]) -> list[str]:
    """Return the lines that belong to no printed signature block; the block's values may run over lines."""
    kept: list[str] = []
    inside = 0
    for line in lines:
        if _SIGNATURE_HEAD.search(line):
            inside = SIGNATURE_LINES
        elif inside and not _SIGNATURE_LINE.match(line):
            inside -= 1
        if not inside:
            kept.append(line)
    return kept
