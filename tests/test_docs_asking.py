"""The questions of docs/asking.md, asked of the samples: what the page says is what the program answers."""

from __future__ import annotations

import csv
import io
import re
import shlex
from pathlib import Path
from typing import NamedTuple

import pytest

from pipeline import cli, store
from pipeline.analysis import tabulate
from pipeline.intake import Input
from pipeline.run import extract

ROOT = Path(__file__).parents[1]
SAMPLES = sorted((ROOT / "corpus" / "built" / "text").glob("s0*.pdf"))
PAGE = (ROOT / "docs" / "asking.md").read_text("utf-8")
QUESTION = re.compile(r"### (?P<title>\d+\..*?)\n\n```sh\n(?P<command>vanban .*?)\n```\n\n(?P<table>(?:\|.*\n)+)")


class Asked(NamedTuple):
    """A question of the page: its title, its command, the rows that it shows."""

    title: str
    command: str
    rows: list[dict[str, str]]


def questions() -> list[Asked]:
    asked = []
    for match in QUESTION.finditer(PAGE):
        lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in match["table"].splitlines()]
        rows = [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]
        asked.append(Asked(match["title"], match["command"], rows))
    return asked


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("samples")
    for path in SAMPLES:
        store.write_record(extract(Input(path, path.name)), folder / f"{path.name}.json")
    tabulate.refresh(folder)
    return folder


def test_there_are_ten() -> None:
    assert len(questions()) == 10
    assert all(asked.rows for asked in questions())


@pytest.mark.parametrize("asked", questions(), ids=lambda asked: asked.title[:40])
def test_the_page_says_what_is_answered(samples: Path, asked: Asked, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    words = [word.replace("STORE", str(samples)) for word in shlex.split(asked.command)[1:]]
    assert cli.main([*words, "--format", "csv"]) == 0
    answer = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8"), newline="")))
    shown = [{name: row[name].removeprefix("'") for name in asked.rows[0]} for row in answer]
    assert shown == asked.rows


def test_what_is_due_names_only_what_was_asked(samples: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    asked = next(asked for asked in questions() if " promises " in asked.command)
    words = [word.replace("STORE", str(samples)) for word in shlex.split(asked.command)[1:]]
    assert cli.main([*words, "--format", "csv"]) == 0
    answer = list(csv.DictReader(io.StringIO(capfdbinary.readouterr().out.decode("utf-8"), newline="")))
    assert "Phòng Cải cách hành chính" in answer[1]["lead"]
    assert "/03/2025" in answer[1]["due"]
    assert "/12/2025" not in answer[1]["due"]
