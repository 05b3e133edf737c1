"""The cluster gives the records of one machine, byte for byte. Skipped where Ray is not installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import store
from pipeline.nightly.premises import Premises
from tests import conftest
from tests.test_pipeline_batch import FAULTS, VERSION
from tests.two_nodes import cluster

ROOT = Path(__file__).parents[1]
pytest.importorskip("ray")


@pytest.fixture(scope="module")
def inbox(tmp_path_factory: pytest.TempPathFactory, tinos: Path) -> Path:
    """A long text document, a scan, a text, and a damaged file."""
    folder = tmp_path_factory.mktemp("inbox")
    conftest.text_pdf(folder / "layer.pdf", [conftest.LINES] * 5)
    conftest.scanned_pdf(folder / "scan.pdf", [conftest.LINES, conftest.LINES])
    (folder / "ocr.txt").write_text("Số: 12/KH-STL\n" + "\n".join(conftest.LINES), "utf-8")
    (folder / "damaged.pdf").write_bytes(b"%PDF-1.4\nxyz")
    return folder


@pytest.fixture(scope="module")
def nodes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of two raylets whose Tesseract kills its caller, once; and what is there once it has."""
    program = tmp_path_factory.mktemp("bin") / "tesseract"
    once = f"if mkdir {program}.once 2>/dev/null; then {FAULTS['kills its caller']}; fi"
    program.write_text(f'#!/bin/sh\n{VERSION}{once}\nexec {shutil.which("tesseract")} "$@"\n')
    program.chmod(0o755)
    before = os.environ["PATH"]
    os.environ["PATH"] = f"{program.parent}:{before}"
    try:
        with cluster() as found:
            os.environ["PATH"] = before
            yield found, Path(f"{program}.once")
    finally:
        os.environ["PATH"] = before


def vanban(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=ROOT, check=False)


def records(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in Premises(out).records()}


def test_two_nodes_give_the_records_of_one_machine_though_a_worker_is_killed(
    inbox: Path, nodes: tuple[str, Path], tmp_path: Path
) -> None:
    address, killed = nodes
    local = vanban("extract", inbox, "--out", tmp_path / "local", "--jobs", 2)
    assert local.returncode == 1, local.stderr
    night = vanban("nightly", "--inbox", inbox, "--out", tmp_path / "far", "--cluster", address, "--rest-seconds", 0)
    assert night.returncode == 1, night.stderr
    assert records(tmp_path / "far") == records(tmp_path / "local")
    assert len(records(tmp_path / "far")) == 3 and killed.exists()
    again = vanban("extract", inbox, "--out", tmp_path / "far", "--cluster", address)
    assert "3 unchanged" in again.stdout, again.stdout + again.stderr
    store.read_record(tmp_path / "far" / "scan.pdf.json")


def test_no_cluster_at_the_address_is_said(inbox: Path, tmp_path: Path) -> None:
    done = vanban("extract", inbox, "--out", tmp_path / "out", "--cluster", "127.0.0.1:9")
    assert done.returncode == 2 and "127.0.0.1:9" in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
