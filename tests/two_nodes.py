"""A Ray cluster of two nodes on this machine, each a raylet with one core; and pools beside each other.

    python -m tests.two_nodes [rounds]

The same scans are read in turn by one process, by two, and by the two raylets; told is the time from the first page to
the last, without the loading of models, and what all processes together took of the processor in it. Time wants a
machine that has two cores to itself; time of the processor tells on a loaded one, too.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from corpus.processes import family
from pipeline.batch import Batch
from pipeline.intake import Input
from pipeline.pool import LocalPool, Pool
from pipeline.run import Settings

ROOT = Path(__file__).parents[1]
NAPS, NAP_SECONDS = 100, 0.5  # a page of a scan takes longer
DOCUMENTS = sorted((ROOT / "corpus" / "built").glob("[!t]*/*.pdf"))


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster, yield its address, end it."""
    from ray.cluster_utils import Cluster

    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        nodes.add_node(num_cpus=1)
        yield nodes.address
    finally:
        nodes.shutdown()


class Stopwatch:
    """A batch's watcher that counts pages, from the moment when the models are loaded: at the first page read."""

    def __init__(self) -> None:
        self._moments: list[tuple[float, float]] = []

    def pages_found(self, count: int) -> None: ...

    def page_read(self) -> None:
        self._moments.append((time.monotonic(), processor_seconds()))

    def ended(self, outcome: object) -> None: ...

    @property
    def a_page(self) -> Cost:
        first, last = self._moments[0], self._moments[-1]
        pages = max(1, len(self._moments) - 1)
        return Cost((last[0] - first[0]) / pages, (last[1] - first[1]) / pages)


class Cost(NamedTuple):
    """What a page took: seconds, and seconds of the processor."""

    seconds: float
    processor: float


def processor_seconds() -> float:
    """Return what this process and all below it, those that have ended too, have taken of the processor."""
    ticks = 0
    for process in family(os.getpid()):
        with suppress(OSError):
            status = Path(f"/proc/{process}/stat").read_text("utf-8").rpartition(")")[2].split()
            ticks += sum(map(int, status[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(pool: Pool, out: Path) -> Cost:
    """Read the documents and return what each page took."""
    watch = Stopwatch()
    inputs = (Input(path, f"{number}-{path.name}") for number, path in enumerate(DOCUMENTS))
    Batch(out, Settings(), pool=pool, watcher=watch).run(inputs)
    return watch.a_page


def busy(pool: Pool) -> float:
    """Return how many processes a pool keeps busy with tasks that only sleep: so told on a loaded machine too."""
    with pool:
        tasks = {pool.schedule(time.sleep, (NAP_SECONDS,), 60.0) for _ in range(2 * pool.width)}
        wait(tasks)  # now all processes are there
        left, running, started = NAPS, set[Future[Any]](), time.monotonic()
        while left or running:
            while left and len(running) < 2 * pool.width:
                running.add(pool.schedule(time.sleep, (NAP_SECONDS,), 60.0))
                left -= 1
            running -= wait(running, return_when=FIRST_COMPLETED).done
        return NAPS * NAP_SECONDS / (time.monotonic() - started)


def main() -> None:
    """Measure the pools in turn."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    from pipeline.cluster import RayPool

    with tempfile.TemporaryDirectory(prefix="vanban-nodes-") as folder, cluster() as address:
        for name, pool in (("one job", LocalPool(1)), ("two jobs", LocalPool(2)), ("two raylets", RayPool(address))):
            print(f"{name} keep {busy(pool):.2f} processes busy", flush=True)
        for turn in range(rounds):
            single = measure(LocalPool(1), Path(folder, f"single-{turn}"))
            local = measure(LocalPool(2), Path(folder, f"local-{turn}"))
            remote = measure(RayPool(address), Path(folder, f"remote-{turn}"))
            for what, one, two, far in zip(("seconds", "seconds of processor"), single, local, remote, strict=True):
                faster = f" ({one / two:.2f} times as fast)" if what == "seconds" else f" ({two / one - 1:+.1%})"
                print(
                    f"{what} a page: one job {one:.2f}, two jobs {two:.2f}{faster},"
                    f" two raylets {far:.2f} ({far / two - 1:+.1%}); load {os.getloadavg()[0]:.1f}",
                    flush=True,
                )


if __name__ == "__main__":
    main()
