"""A small file system of its own, where the machine permits one: to be filled up, and to be made read-only."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(folder: Path, size: str = "4m") -> Iterator[bool]:
    """Mount an empty file system of this size on a folder; yield whether that was permitted."""
    folder.mkdir(parents=True, exist_ok=True)
    permitted = _mount("-t", "tmpfs", "-o", f"size={size}", "none", str(folder))
    try:
        yield permitted
    finally:
        if permitted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def remount(folder: Path, *options: str) -> None:
    """Change the options of what is mounted there: ``ro``, ``rw``, ``size=…``."""
    assert _mount("-o", ",".join(("remount", *options)), str(folder)), "it was mounted, and cannot be remounted"


def _mount(*arguments: str) -> bool:
    try:
        return subprocess.run(["mount", *arguments], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False
