"""The layout of the code, held by a test: which way imports point, one outside tool in one file, one place that prints.

Reasons stand in docs/architecture.md.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FOLDERS = {"pipeline", "diacritics", "models", "corpus"}
MAY_IMPORT = {
    "pipeline": {"pipeline", "diacritics", "models"},
    "diacritics": {"diacritics", "models"},  # restore() finds its own model when none is handed in
    "models": {"models"},
    "corpus": {"corpus"},
}
STAGES = ["intake", "pages", "textlayer", "cleaning", "ocr", "layout", "restoring", "parsing", "store"]
KNOWS_STAGES = {"run", "batch", "commands", "corrections", "analysis", "nightly", "review", "learning"}
ONE_TOOL_ONE_FILE = {
    "cv2": {"pipeline/cleaning.py", "pipeline/leaders.py", "pipeline/linework.py"},
    "pytesseract": {"pipeline/tesseract.py"},
    "pdf2image": {"pipeline/pages.py"},
    "pypdfium2": {"pipeline/pages.py", "pipeline/pdfium.py", "pipeline/textlayer.py"},
    "cryptography": {"pipeline/signatures.py"},
    "pebble": {"pipeline/pool.py"},
    "spacy": {"pipeline/parsing/spans.py"},
    "ray": {"pipeline/cluster.py"},
    "fsspec": {"pipeline/nightly/remote.py"},
    "duckdb": {"pipeline/analysis/engine.py"},
    "xlsxwriter": {"pipeline/analysis/workbook.py"},
    "uvicorn": {"pipeline/review/server.py"},
    "pyarrow": {"pipeline/analysis/parts.py"},
    "jax": {f"pipeline/learning/{name}.py" for name in ("fitting", "guessing", "network")},
    "optax": {f"pipeline/learning/{name}.py" for name in ("fitting", "guessing")},
    "rich": {"pipeline/commands/console.py", "pipeline/commands/watch.py", "pipeline/display.py"},
}


def modules(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def imports(path: Path) -> Iterator[str]:
    """Yield the full names that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def test_folders_are_there() -> None:
    assert all(modules(folder) for folder in FOLDERS)


@pytest.mark.parametrize("folder", sorted(FOLDERS))
def test_imports_point_one_way(folder: str) -> None:
    for path in modules(folder):
        crossed = {name.split(".")[0] for name in imports(path)} & FOLDERS
        assert crossed <= MAY_IMPORT[folder], f"{path.relative_to(ROOT)} imports {crossed - MAY_IMPORT[folder]}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    paths = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for folder in FOLDERS
        for path in modules(folder)
    }
    order: TopologicalSorter[str] = TopologicalSorter()
    for name, path in paths.items():
        named = {found if found in paths else found.rpartition(".")[0] for found in imports(path)}
        order.add(name, *((named & paths.keys()) - {name}))
    order.prepare()  # a circle raises CycleError, which names it


def test_training_is_never_imported_at_run_time() -> None:
    for folder in ("pipeline", "diacritics", "models"):
        for path in modules(folder):
            if not {"training", "learning"} & set(path.parts):
                trains = ("diacritics.training", "pipeline.learning")
                assert not any(name.startswith(trains) for name in imports(path)), path


def test_stages_do_not_import_stages() -> None:
    for path in modules("pipeline"):
        stage = path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")
        if stage in KNOWS_STAGES:
            continue
        others = {f"pipeline.{other}" for other in STAGES if other != stage}
        crossed = {name for name in imports(path) if any(f"{name}.".startswith(f"{o}.") for o in others)}
        assert not crossed, f"{path.relative_to(ROOT)} imports {crossed}"


@pytest.mark.parametrize("tool", sorted(ONE_TOOL_ONE_FILE))
def test_one_outside_tool_one_file(tool: str) -> None:
    users = {
        str(path.relative_to(ROOT))
        for path in modules("pipeline") + modules("diacritics") + modules("models")
        if "training" not in path.parts and any(name.split(".")[0] == tool for name in imports(path))
    }
    assert users == ONE_TOOL_ONE_FILE[tool]


def test_only_the_commands_print() -> None:
    for path in modules("pipeline"):
        if path.parent.name != "commands":
            calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
            assert not any(isinstance(call.func, ast.Name) and call.func.id == "print" for call in calls), path


def test_every_module_opens_with_a_docstring() -> None:
    for folder in FOLDERS:
        for path in modules(folder):
            assert ast.get_docstring(ast.parse(path.read_text("utf-8"))), path.relative_to(ROOT)


def test_no_registry_stands_in_a_lock_file() -> None:
    for lock in ROOT.glob("*.lock"):
        assert "://" not in lock.read_text("utf-8"), lock.name
