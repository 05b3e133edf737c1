"""Vanban beside its peers, on the same files, in one run, turn about: ``python -m corpus.bench --shared ../shared``.

Four tables in Markdown: scans (speed, memory, errors), text layers (the same), restoration of garbled and markless
text, and a long colour scan's memory. ``make peers`` sets the peers up; one that is missing is named and left out.

Every program reads from the files to text on disk, as many files at a time as asked; only the bare Tesseract is handed
pages that are already rendered at 300 dpi, and its rendering is not counted. Ratios are quoted, not seconds: this
machine's speed drifts, and programs run in turn drift together.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from pdf2image import convert_from_path, pdfinfo_from_path

from corpus.build import SETS
from corpus.distance import compare, markless
from corpus.peers import FOLDER, LAYER_READERS, MARK_RESTORERS, SCAN_READERS, TESSERACT, Peer
from corpus.processes import Run, timed
from corpus.scoring import Score, score_folders, total

DPI = 300
PAGES_OF_THE_LONG_SCAN = 25
COPIES = 10
TABLES = ("scans", "layers", "restoration", "long")


class Contender(NamedTuple):
    """A program in a comparison: its name, and the command that reads the files into a folder of records."""

    name: str
    command: Callable[[Path], list[str]]


class Figures(NamedTuple):
    """What one program reached in one comparison; `wrong` is the share of words that are, over all texts."""

    comparison: str
    program: str
    pages_per_second: float | None = None
    time_beside_vanban: float | None = None
    cer: float | None = None
    wrong: float | None = None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--samples", type=Path, default=Path("out/corpus"))
    parser.add_argument("--peers", type=Path, default=FOLDER)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--only", choices=TABLES, action="append")
    parser.add_argument("--save", type=Path, metavar="FILE", help="the figures as JSON too, for `corpus.chart`")
    asked = parser.parse_args(arguments)
    wanted = asked.only or TABLES
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(asked.shared, asked.peers, Path(folder), asked.runs, asked.jobs)
        if "scans" in wanted:
            for name, files in _scans(asked.shared, asked.samples):
                if files:
                    bench.scans(name, files)
        if "layers" in wanted:
            for name, files in _layers(asked.shared, asked.samples):
                if files:
                    bench.layers(name, files)
        if "restoration" in wanted:
            bench.restoration()
        if "long" in wanted:
            bench.long_scan(asked.samples / "clean")
        if asked.save:
            asked.save.write_text(
                json.dumps([one._asdict() for one in bench.figures], indent=1, ensure_ascii=False), "utf-8"
            )
    return 0


def _scans(shared: Path, samples: Path) -> Iterator[tuple[str, list[Path]]]:
    yield "real scans", sorted((shared / "realdocs" / "scans").glob("*.pdf"))
    yield "our samples at office level", sorted((samples / "office").glob("s[0-9]*.pdf"))


def _layers(shared: Path, samples: Path) -> Iterator[tuple[str, list[Path]]]:
    yield "real text layers", sorted((shared / "realdocs" / "text_layer").glob("*.pdf"))
    yield "our samples with a text layer", sorted((samples / "text").glob("s[0-9]*.pdf"))


class Bench:
    """The comparisons: each runs all contenders in turn, as often as asked, and prints one table."""

    def __init__(self, shared: Path, peers: Path, scratch: Path, runs: int, jobs: int) -> None:
        self.truths = [*SETS, shared / "gold", shared / "realdocs" / "truth"]
        self.gold, self.peers, self.scratch, self.runs, self.jobs = shared / "gold", peers, scratch, runs, jobs
        self.figures: list[Figures] = []

    def scans(self, name: str, files: Sequence[Path]) -> None:
        """Compare what reads pictures."""
        pictures = _rendered(files, self.scratch / f"pictures of {name}")
        contenders = [self._vanban(files)]
        contenders += self._ready(SCAN_READERS, lambda peer: pictures if peer is TESSERACT else files)
        self._compare(f"{name}: {len(files)} documents, {len(pictures)} pages", contenders, len(pictures))

    def layers(self, name: str, files: Sequence[Path]) -> None:
        """Compare what reads text layers; each file ten times; vanban's time goes on to the facts."""
        files = list(self._copies_of(files))  # enough to tell the work from the start of a program
        pages = sum(pdfinfo_from_path(str(file))["Pages"] for file in files)
        contenders = [self._vanban(files), *self._ready(LAYER_READERS, lambda peer: files)]
        self._compare(f"{name}: {len(files)} documents, {pages} pages", contenders, pages)

    def _copies_of(self, files: Sequence[Path]) -> Iterator[Path]:
        for number in range(COPIES):
            folder = self.scratch / f"copy {number}"
            folder.mkdir(exist_ok=True)
            for file in files:
                copy = folder / (file.name if number == 0 else f"{number} {file.name}")
                copy.write_bytes(file.read_bytes())
                yield copy

    def restoration(self) -> None:
        """Compare what puts letters right again: words that are wrong, before and after."""
        folder = self.scratch / "texts"
        folder.mkdir()
        truth = {}
        for whole in sorted(self.gold.glob("*.txt")):
            stem, spoiled = whole.stem.removesuffix(".ocr"), whole.stem.endswith(".ocr")
            correct = (self.gold / f"{stem}.txt").read_text("utf-8")
            name = f"{stem} garbled" if spoiled else f"{stem} without marks"
            text = whole.read_text("utf-8") if spoiled else markless(correct)
            (folder / f"{name}.txt").write_text(text, "utf-8")
            truth[name] = correct
        files = sorted(folder.glob("*.txt"))
        contenders = [Contender("as it came", _copies(files)), self._vanban(files)]
        contenders += self._ready(MARK_RESTORERS, lambda peer: files)
        print("\nWords wrong after restoration\n")
        print(f"| program | {' | '.join(truth)} |\n|---|{'---:|' * len(truth)}")
        for contender in contenders:
            out = self.scratch / f"restored by {contender.name}"
            timed(contender.command(out))
            texts = {path.name.split(".")[0]: _text(path) for path in out.glob("*.txt.json")}
            wrong = [compare(texts.get(name, ""), text).errors["raw"].wer for name, text in truth.items()]
            print(f"| {contender.name} | {' | '.join(f'{share:.2%}' for share in wrong)} |", flush=True)
            self.figures.append(Figures("restoration", contender.name, wrong=sum(wrong) / len(wrong)))

    def long_scan(self, clean: Path) -> None:
        """Measure the memory of one long colour scan, made from our own samples."""
        parts = sorted(clean.glob("s[0-9]*.pdf"))
        if not parts:
            return
        pages = (image.convert("RGB") for part in parts for image in convert_from_path(part, dpi=DPI))
        images = list(itertools.islice(pages, PAGES_OF_THE_LONG_SCAN))
        whole = self.scratch / "long.pdf"
        images[0].save(whole, save_all=True, append_images=images[1:], resolution=DPI)
        run = timed(self._vanban([whole]).command(self.scratch / "long"))
        print(f"\n{PAGES_OF_THE_LONG_SCAN}-page {DPI} dpi colour scan: {run.seconds:.1f} s, "
              f"largest process {run.peak_mib:.0f} MiB")  # fmt: skip

    def _vanban(self, files: Sequence[Path]) -> Contender:
        read = [sys.executable, "-m", "pipeline", "extract", *map(str, files), "--jobs", str(self.jobs)]
        return Contender("vanban", lambda out: [*read, "--out", str(out)])

    def _ready(self, peers: Sequence[Peer], files: Callable[[Peer], Sequence[Path]]) -> Iterator[Contender]:
        for peer in peers:
            reason = peer.missing(self.peers)
            if reason:
                print(f"{peer.name} is left out: {reason}", file=sys.stderr)
            else:
                yield Contender(peer.name, _command(peer, self.peers, files(peer), self.jobs))

    def _compare(self, title: str, contenders: Sequence[Contender], pages: int) -> None:
        runs: dict[str, list[Run]] = {contender.name: [] for contender in contenders}
        for number in range(self.runs):
            for contender in contenders:
                runs[contender.name].append(timed(contender.command(self._out(title, contender.name, number))))
        print(f"\n{title}, {self.jobs} at a time, {self.runs} runs in turn\n")
        print("| program | pages/s | time beside vanban | largest process | CER | word recall | precision |")
        print("|---|---:|---:|---:|---:|---:|---:|")
        for name, done in runs.items():
            ratio = statistics.median(
                run.seconds / ours.seconds for run, ours in zip(done, runs["vanban"], strict=True)
            )
            seconds = statistics.median(run.seconds for run in done)
            text = self._score(self._out(title, name, 0)).text
            errors = (f"{text.errors['raw'].cer:.2%} | {text.recall:.4f} | {text.precision:.4f}"
                      if text.numbers else "– | – | –")  # fmt: skip
            self.figures.append(Figures(
                title.partition(":")[0], name, pages / seconds, ratio, text.errors["raw"].cer if text.numbers else None
            ))  # fmt: skip
            print(f"| {name} | {pages / seconds:.2f} | {ratio:.2f} | {max(run.peak_mib for run in done):.0f} MiB | "
                  f"{errors} |", flush=True)  # fmt: skip

    def _out(self, title: str, name: str, number: int) -> Path:
        return self.scratch / title.partition(":")[0] / f"{name} {number}"

    def _score(self, out: Path) -> Score:
        _join_pages(out)
        groups = score_folders(out, self.truths)
        return total({f"{group} {name}": score for group, scores in groups.items() for name, score in scores.items()})


def _command(peer: Peer, folder: Path, files: Sequence[Path], jobs: int) -> Callable[[Path], list[str]]:
    return lambda out: peer.command(folder, files, out, jobs)


def _copies(files: Sequence[Path]) -> Callable[[Path], list[str]]:
    """Return the command that makes records of texts as they are."""
    program = (
        "import json, pathlib, sys\n"
        "out = pathlib.Path(sys.argv[1]); out.mkdir()\n"
        "for name in sys.argv[2:]:\n"
        "    path = pathlib.Path(name); lines = [{'text': t} for t in path.read_text('utf-8').split('\\n')]\n"
        "    (out / f'{path.name}.json').write_text(json.dumps({'pages': [{'number': 1, 'lines': lines}]}))\n"
    )
    return lambda out: [sys.executable, "-c", program, str(out), *map(str, files)]


def _text(record: Path) -> str:
    pages = json.loads(record.read_text("utf-8"))["pages"]
    return "\n".join(line["text"] for page in pages for line in page["lines"])


def _rendered(scans: Sequence[Path], folder: Path) -> list[Path]:
    folder.mkdir(parents=True)
    pictures = []
    for scan in scans:
        for number, image in enumerate(convert_from_path(scan, dpi=DPI), start=1):
            pictures.append(folder / f"{scan.stem}.page{number:04}.ppm")
            image.save(pictures[-1])
    return pictures


def _join_pages(out: Path) -> None:
    """Make one record of the records of single pages, which the bare program was handed."""
    pages: dict[str, list[dict[str, object]]] = {}
    for path in sorted(out.glob("*.page*.ppm.json")):
        stem, _, number = path.name.removesuffix(".ppm.json").rpartition(".page")
        lines = json.loads(path.read_text("utf-8"))["pages"]
        pages.setdefault(stem, []).append({"number": int(number), "lines": lines[0]["lines"] if lines else []})
        path.unlink()
    for stem, found in pages.items():
        (out / f"{stem}.pdf.json").write_text(json.dumps({"pages": found}, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
