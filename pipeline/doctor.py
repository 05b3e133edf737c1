"""What is installed, in which version, what is missing, and how to get it."""

from __future__ import annotations

import platform
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata

PACKAGES = ["numpy", "opencv-python-headless", "pdf2image", "pillow", "pydantic", "pypdfium2", "pytesseract", "regex",
            "spacy", "unidecode"]  # fmt: skip


@dataclass(frozen=True)
class Check:
    """One thing that vanban needs: what was found, or how to get it."""

    name: str
    found: str | None
    remedy: str

    @property
    def ok(self) -> bool:
        """Whether it is there."""
        return self.found is not None


def examine() -> list[Check]:
    """Look for every program, language and package that vanban needs."""
    apt = "apt-get install {} (or: make setup)"
    languages = _run(["tesseract", "--list-langs"]) or ""
    vietnamese = "installed" if "vie" in languages.split() else None
    checks = [
        Check("python", platform.python_version(), ""),
        Check("tesseract", _version(["tesseract", "--version"]), apt.format("tesseract-ocr")),
        Check("tesseract vie", vietnamese, apt.format("tesseract-ocr-vie")),
        Check("pdftoppm (poppler)", _version(["pdftoppm", "-v"]), apt.format("poppler-utils")),
        Check("pdfinfo (poppler)", _version(["pdfinfo", "-v"]), apt.format("poppler-utils")),
    ]
    return checks + [Check(name, _package(name), "make setup") for name in PACKAGES]


def _run(command: list[str]) -> str | None:
    """Return what a program prints, None if it is not there or does not answer."""
    if shutil.which(command[0]) is None:
        return None
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout + done.stderr if done.returncode in (0, 99) else None  # old Popplers exit 99 on -v


def _version(command: list[str]) -> str | None:
    text = _run(command)
    words = (text or "").split()
    return next((word for word in words if word[0].isdigit()), "of unknown version") if text is not None else None


def _package(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None
