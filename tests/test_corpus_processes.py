"""Whose child a process is, also while processes end."""

from __future__ import annotations

import os
import subprocess
import sys

from corpus.processes import family


def test_a_family_has_the_children_of_children() -> None:
    code = (
        "import subprocess, sys; p = subprocess.Popen([sys.executable, '-c', 'input()']);"
        "print(p.pid, flush=True); p.wait()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        grandchild = int(process.stdout.readline())
        assert {process.pid, grandchild} <= set(family(os.getpid()))
        process.communicate("\n", timeout=30)
    assert process.pid not in family(os.getpid())


def test_one_who_has_ended_has_no_children() -> None:
    done = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    assert family(int(done.stdout)) == [int(done.stdout)]
