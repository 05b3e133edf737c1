"""Every command that the READMEs print is run as printed, in the order in which it stands.

The pages of docs/ have tests of their own: what they print is for a server, or answered in the page itself.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
READMES = sorted(ROOT.glob("README*.md"))
PAGES = [*READMES, *sorted(ROOT.glob("docs/*.md"))]
BLOCK = re.compile(r"^```(?:sh|console)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("make ",)
"""`.ci/run` runs these."""
SERVES = re.compile(r"\bvanban review\b")
SECONDS = 420


def commands(page: Path) -> list[str]:
    """Return the lines of a page's shell blocks, continued lines joined."""
    blocks = BLOCK.findall(page.read_text("utf-8"))
    lines = "\n".join(blocks).replace("\\\n", " ").splitlines()
    return [line for line in map(str.strip, lines) if line and not line.startswith(("#", *ELSEWHERE))]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a checkout is, where what the commands write does not lie in the way."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("corpus", "docs", "tests"):
        (folder / name).symlink_to(ROOT / name)
    program = folder / ".venv" / "bin" / "vanban"
    program.parent.mkdir(parents=True)
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m pipeline "$@"\n')
    program.chmod(0o755)
    (program.parent / "python").symlink_to(sys.executable)
    return folder


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{folder}/.venv/bin:{os.environ['PATH']}"}
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, capture_output=True, text=True, timeout=SECONDS
    )


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_commands_run_as_printed(page: Path, desk: Path) -> None:
    printed = commands(page)
    if printed and not (desk / "out" / "records").exists():
        assert run(".venv/bin/vanban extract corpus/built/text --out out/records/text", desk).returncode == 0
    for command in printed:
        if SERVES.search(command):
            done = run(f"timeout --signal=INT 20 {command} --port 0", desk)
            assert "http://127.0.0.1:" in done.stdout + done.stderr, f"{command}\n{done.stdout}{done.stderr}"
            continue
        done = run(command, desk)
        assert done.returncode == 0, f"{page.name}: {command}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"


def test_the_readmes_print_the_same_commands() -> None:
    assert commands(ROOT / "README.md") == [
        line.replace("--lang vi", "--lang en") for line in commands(ROOT / "README.vi.md")
    ]


def test_every_page_that_is_pointed_at_is_there() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name} points at {target}"
