"""Faithful statements raise nothing; altered in a figure, a unit, a date, an era or a power of ten, each is found."""

import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minutes_llm.checking.figures import figures, figures_differ, unsupported
from minutes_llm.checking.wording import modality_changes

MEETING = dt.date(2024, 3, 13)
HERE = Path(__file__).parent


def rows(table: str) -> list[list[str]]:
    lines = (HERE / table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


PAIRS, EXCHANGES = rows("faithful.tsv"), rows("exchanges.tsv")


def other_digit(match: re.Match[str]) -> str:
    return str((int(match[0]) + 3) % 9 + 1)


def alterations(statement: str) -> Iterator[tuple[str, str]]:
    """Yield a kind and an altered statement: every digit in turn by another, every exchange of the table once."""
    for digit in re.finditer("[1-9]", statement):
        yield "digit", statement[: digit.start()] + other_digit(digit) + statement[digit.end() :]
    for kind, word, other in EXCHANGES:
        if re.search(word, statement):
            yield kind, re.sub(word, other, statement, count=1)


TAMPERED = [
    (language, kind, altered, source) for language, said, source in PAIRS for kind, altered in alterations(said)
]


@pytest.mark.parametrize(("language", "statement", "source"), PAIRS)
def test_a_faithful_statement_raises_nothing(language: str, statement: str, source: str) -> None:
    assert unsupported(statement, [source], language, on=MEETING) == ()
    assert modality_changes(statement, [source], language) == ()


@pytest.mark.parametrize(("language", "kind", "altered", "source"), TAMPERED)
def test_an_altered_statement_is_found(language: str, kind: str, altered: str, source: str) -> None:
    if kind == "negation":
        assert "negation" in [change.kind for change in modality_changes(altered, [source], language)]
    else:
        assert unsupported(altered, [source], language, on=MEETING)


def test_there_are_enough_alterations_of_every_kind() -> None:
    kinds = [kind for _, kind, _, _ in TAMPERED]
    assert len(kinds) > 200
    assert {"digit", "era", "scale", "unit", "date", "direction", "hedge", "negation"} <= set(kinds)


@pytest.mark.parametrize(("language", "statement", "source"), PAIRS)
def test_offsets_are_those_of_the_text_as_given(language: str, statement: str, source: str) -> None:
    assert all(source[figure.start : figure.end] == figure.text for figure in figures(source, language, MEETING))


def test_a_figure_lost_in_translation_is_told_from_one_that_was_altered() -> None:
    doubts = figures_differ("会費は30万円で、5社が払う。", "The fee is 3 million yen.", "ja", "en")
    assert [(doubt.reason, doubt.figure.text) for doubt in doubts] == [("scale", "3 million yen"), ("lost", "5社")]
    assert doubts[0].nearest is not None
    assert doubts[0].nearest.text == "30万円"
