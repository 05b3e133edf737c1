"""The catalogue of strings: whole in both languages, used, and the only place that holds words for people."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline import review
from pipeline.review.phrases import Phrases, catalogue

FOLDER = Path(review.__file__).parent
TEMPLATES = sorted((FOLDER / "templates").glob("*.html"))
SOURCES = {path: path.read_text("utf-8") for path in [*TEMPLATES, *FOLDER.glob("*.py")]}
CODES = {"value", "field", "doubt"}  # looked up by what a record holds


def test_every_phrase_stands_in_both_languages_with_the_same_gaps() -> None:
    for key, (vi, en) in catalogue().items():
        assert vi.strip() and en.strip(), key
        assert gaps(vi) == gaps(en), key


def gaps(phrase: str) -> set[str]:
    return set(re.findall(r"\{(\w+)(?::[^}]*)?\}", phrase))


@pytest.mark.parametrize(
    ("share", "text"), [(0.9996, "99%"), (1.0, "100%"), (0.58, "58%"), (-1e308, "0%"), (1e308, "100%")]
)
def test_a_share_is_a_whole_percent_whatever_a_spoiled_record_says(share: float, text: str) -> None:
    assert Phrases("vi").percent(share) == text


@pytest.mark.parametrize(
    ("number", "vi", "en"), [(0, "0 trang", "0 pages"), (1, "1 trang", "1 page"), (1234, "1.234 trang", "1,234 pages")]
)
def test_a_count_has_its_noun_as_one_or_as_many(number: int, vi: str, en: str) -> None:
    said = [phrases.say("list.pages", count=phrases.count(number)) for phrases in (Phrases("vi"), Phrases("en"))]
    assert said == [vi, en]


def test_every_phrase_that_is_asked_for_is_there() -> None:
    for path, source in SOURCES.items():
        for key in re.findall(r'\bsay\("([a-z_]+\.[a-z_.]+)"', source):
            assert key in catalogue(), f"{path.name}: {key}"


def test_every_phrase_is_used() -> None:
    text = "\n".join(SOURCES.values())
    composed = CODES | set(re.findall(r'"(\w+)\.(?:" ~|\{)', text))
    for key in catalogue():
        assert key.partition(".")[0] in composed or re.search(rf"[\"']{re.escape(key)}[\"']", text), key


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_hold_no_words_of_their_own(path: Path) -> None:
    bare = re.sub(r"\{% block look %\}\w*", "", path.read_text("utf-8"))  # a class of the body
    bare = re.sub(r"\{[{%#].*?[#%}]\}", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"<kbd>.*?</kbd>", " ", bare)
    for attribute in ("aria-label", "alt", "title", "placeholder"):
        assert not re.search(rf'{attribute}="[^"{{]*[A-Za-zÀ-ỹ]{{2}}', bare), attribute
    words = re.sub(r"<[^>]*>", " ", bare)
    assert not re.search(r"[A-Za-zÀ-ỹ]{2}", words), words.split()
