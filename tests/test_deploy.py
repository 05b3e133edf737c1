"""The units that `make install-nightly` writes, without installing them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def install(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "deploy" / "install-nightly.sh", *map(str, arguments)], capture_output=True, text=True, check=False,
        env={**os.environ, "DESTDIR": str(folder)},
    )  # fmt: skip


def test_the_units_name_the_places_and_satisfy_systemd(tmp_path: Path) -> None:
    inbox, units = tmp_path / "inbox", tmp_path / "etc" / "systemd" / "system"
    inbox.mkdir()
    done = install(tmp_path, inbox, "/srv/vanban", "root", "22:15")
    assert done.returncode == 0, done.stderr
    service, timer = ((units / f"vanban-nightly.{kind}").read_text("utf-8") for kind in ("service", "timer"))
    assert f"nightly --inbox {inbox} --out /srv/vanban\n" in service
    assert "OnCalendar=*-*-* 22:15\n" in timer
    for hardening in ("PrivateNetwork=yes", "PrivateTmp=yes", f"ReadOnlyPaths={inbox} ", "ProtectSystem=strict"):
        assert hardening in service
    assert not re.search(r"@[A-Z]+@", service + timer)
    if shutil.which("systemd-analyze") and (ROOT / ".venv" / "bin" / "vanban").exists():
        checked = subprocess.run(
            ["systemd-analyze", "verify", *units.iterdir()], capture_output=True, text=True, check=False
        )
        assert (checked.returncode, checked.stderr) == (0, "")


def test_a_service_of_its_own_user_is_exposed_to_little(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not installed")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    assert install(tmp_path, inbox, "/srv/vanban", "daemon", "22:15").returncode == 0
    unit = tmp_path / "etc" / "systemd" / "system" / "vanban-nightly.service"
    told = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=10", "--no-pager", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize(
    ("inbox", "store", "said"),
    [
        ("{tmp}", "{tmp}/store", "lies in the inbox"),
        ("in", "/srv/vanban", "whole path"),
        ("{tmp}", "/srv/van ban", "spaces"),
        ("{tmp}/no", "/srv/vanban", "no such folder"),
        ("", "/srv/vanban", "Usage"),
    ],
)
def test_places_that_cannot_be_are_refused(tmp_path: Path, inbox: str, store: str, said: str) -> None:
    done = install(tmp_path, inbox.format(tmp=tmp_path), store.format(tmp=tmp_path))
    assert done.returncode == 2 and said in done.stderr
    assert not (tmp_path / "etc").exists()
