"""Everything that code can find has words, in every language that code writes."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from minutes_llm.languages import LANGUAGES, words
from minutes_llm.model.minutes import Finding
from minutes_llm.wording import complaint, failure, message
from minutes_llm.work import Finish

SOURCE = Path(__file__).parents[1] / "src" / "minutes_llm"
CODE = re.compile(r"\b(?:Finding|_?finding|fault)\(\s*\"([a-z]+(?:-[a-z]+)*)\"")


def codes() -> set[str]:
    """Return every finding code that stands in the source."""
    return {code for file in SOURCE.rglob("*.py") for code in CODE.findall(file.read_text("utf-8"))}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_finding_has_words(language: str) -> None:
    assert len(codes()) > 20
    assert codes() <= set(words(language).FINDINGS)


def test_the_languages_say_the_same_things_with_the_same_values() -> None:
    ours, theirs = words("ja"), words("en")
    for table in ("WORDS", "FINDINGS", "FAILURES", "OUTCOMES", "MADE_BY", "LANGUAGE_NAMES"):
        assert getattr(ours, table).keys() == getattr(theirs, table).keys(), table
    for code, template in ours.FINDINGS.items():
        assert fields(template) == fields(theirs.FINDINGS[code]), code


def fields(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_not_to_answer_has_words(language: str) -> None:
    for finish in (*(set(get_args(Finish)) - {"stop"}), "unreadable"):
        assert failure(finish, "why", language) not in (finish, f"{finish} (why)")


def test_a_finding_is_worded_from_its_values_and_braces_in_them_are_text() -> None:
    finding = Finding("weekday-mismatch", "warning", (("date", "2024-03-13"), ("actual", "水"), ("printed", "{x}")))
    assert message(finding, "ja") == "2024-03-13の曜日は（水）だが、原文には（{x}）とある"


@pytest.mark.parametrize(
    ("item", "place"),
    [
        ("s2p3q", "pairs[2].question"),
        ("s2p3a1", "pairs[2].answers[0]"),
        ("s10k1", "points[0]"),
        ("s1c2", "comments[1]"),
        ("s1s2", "summary[1]"),
        ("o1", "overview[0]"),
    ],
)
def test_a_complaint_names_the_place_in_the_models_own_answer(item: str, place: str) -> None:
    assert complaint(Finding("unverified", "warning", item=item), "en").startswith(f"{place}: ")
