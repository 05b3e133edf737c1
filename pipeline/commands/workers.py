"""The options of every command that reads documents: how many processes, where, and how long a page may take."""

from __future__ import annotations

import argparse
import os
from typing import TYPE_CHECKING

from pipeline.commands.console import positive

if TYPE_CHECKING:
    from pipeline.pool import Pool


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options to a command's parser."""
    parser.add_argument(
        "--jobs", type=positive, default=os.cpu_count() or 1, metavar="N", help="processes (default: one a core)"
    )
    parser.add_argument(
        "--cluster", metavar="ADDRESS", help="read on a Ray cluster instead (host:6379, or auto on one of its machines)"
    )
    parser.add_argument(
        "--page-seconds", type=positive, default=120, metavar="N", help="longest time for a page (default: 120)"
    )


def start(options: argparse.Namespace) -> None:
    """Start, before the readers are loaded here, what loads them for the workers on this machine."""
    if not options.cluster:
        from pipeline.pool import start_server

        start_server()


def pool(options: argparse.Namespace) -> Pool:
    """Return the pool that was asked for.

    Raises:
        MissingProgram: Ray is not installed.
    """
    if options.cluster:
        from pipeline.cluster import RayPool

        return RayPool(options.cluster)
    from pipeline.pool import LocalPool

    return LocalPool(options.jobs)
