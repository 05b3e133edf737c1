"""Who vanban is measured beside, and how each is got: ``python -m corpus.peers --into out/peers``.

Each peer has a virtual environment of its own, so that none decides which version of a library another gets. A peer
that is no Python package is a Debian package; where one is missing it is named and left out of the comparison.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

FOLDER = Path("out/peers")
READER = Path(__file__).with_name("peer_reader.py")


class Peer(NamedTuple):
    """A program that does a part of what vanban does: its name in tables, its reader, its package, its programs."""

    name: str
    reader: str
    requirement: str | None = None
    programs: tuple[str, ...] = ()

    def python(self, folder: Path) -> Path:
        """Return the interpreter that runs this peer's reader."""
        return self._environment(folder) / "bin" / "python" if self.requirement else Path(sys.executable)

    def _environment(self, folder: Path) -> Path:
        return folder / (self.requirement or "").partition("==")[0]

    def missing(self, folder: Path) -> str | None:
        """Return what this machine lacks to run the peer, for people; None if nothing."""
        for program in self.programs:
            if shutil.which(program) is None:
                return f"{program} is not installed"
        return None if self.python(folder).exists() else "not set up; run `make peers`"

    def command(self, folder: Path, files: Sequence[Path], out: Path, jobs: int) -> list[str]:
        """Return the command that reads `files` into records under `out`."""
        return [str(self.python(folder)), str(READER), self.reader, *map(str, files),
                "--out", str(out), "--jobs", str(jobs)]  # fmt: skip

    def set_up(self, folder: Path) -> None:
        """Make the peer's environment, if it has one and it is not there.

        Raises:
            subprocess.CalledProcessError: pip could not install it.
        """
        if self.requirement is None or self.python(folder).exists():
            return
        environment = self._environment(folder)
        subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
        try:
            pip = [str(environment / "bin" / "pip"), "install", "-q", "--disable-pip-version-check", self.requirement]
            subprocess.run(pip, check=True)
        except subprocess.CalledProcessError:
            shutil.rmtree(environment)
            raise


TESSERACT = Peer("Tesseract vie", "tesseract", programs=("tesseract",))
SCAN_READERS = (
    TESSERACT,
    Peer("OCRmyPDF", "ocrmypdf", "ocrmypdf==17.13.0", ("tesseract", "gs", "unpaper")),
    Peer("kreuzberg", "kreuzberg_ocr", "kreuzberg==4.10.4", ("tesseract",)),
)
LAYER_READERS = (
    Peer("pdftotext", "pdftotext", programs=("pdftotext",)),
    Peer("pypdfium2", "pypdfium2", "pypdfium2==5.15.2"),
    Peer("kreuzberg", "kreuzberg", "kreuzberg==4.10.4"),
    Peer("pdfplumber", "pdfplumber", "pdfplumber==0.11.10"),
)
MARK_RESTORERS = (Peer("pyvi", "pyvi", "pyvi==0.1.1"),)


def main(arguments: Sequence[str] | None = None) -> int:
    """Set every peer up; return 1 if one could not be."""
    parser = argparse.ArgumentParser(prog="python -m corpus.peers", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder for their environments")
    asked = parser.parse_args(arguments)
    missing = []
    for peer in (*SCAN_READERS, *LAYER_READERS, *MARK_RESTORERS):
        print(f"{peer.name}: {peer.requirement or 'a program of the system'}", flush=True)
        try:
            peer.set_up(asked.into)
        except subprocess.CalledProcessError as error:
            print(f"  could not be installed: {error}", file=sys.stderr)
        reason = peer.missing(asked.into)
        if reason:
            missing.append(f"{peer.name}: {reason}")
    for sentence in missing:
        print(sentence, file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
