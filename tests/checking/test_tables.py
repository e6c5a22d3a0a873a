"""The tables beside this file: add a line to one of them to pin down another case."""

import datetime as dt
from pathlib import Path

import pytest

from minutes_llm.checking.figures import figures_differ, unsupported
from minutes_llm.checking.names import unknown_names
from minutes_llm.checking.wording import modality_changes, mood_differs, negation_differs

HERE = Path(__file__).parent
MEETING = dt.date(2024, 3, 13)


def rows(table: str) -> list[list[str]]:
    lines = (HERE / table).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize(("languages", "statement", "source", "verdict"), rows("figures.tsv"))
def test_a_figure_is_borne_out_or_doubted_as_the_table_says(
    languages: str, statement: str, source: str, verdict: str
) -> None:
    language, _, source_language = languages.partition("<")
    doubts = unsupported(statement, [source], language, source_language or None, MEETING)
    assert "、".join(doubt.reason for doubt in doubts) == verdict.replace("ok", "")


@pytest.mark.parametrize(("language", "statement", "source", "verdict"), rows("names.tsv"))
def test_only_names_that_no_source_knows_are_named(language: str, statement: str, source: str, verdict: str) -> None:
    unknown = unknown_names(statement, [source], language)
    assert "、".join(name.text for name in unknown) == verdict.replace("ok", "")
    assert all(statement[name.start : name.end] == name.text for name in unknown)


@pytest.mark.parametrize(("language", "statement", "source", "verdict"), rows("wording.tsv"))
def test_a_change_of_wording_is_suspected_as_the_table_says(
    language: str, statement: str, source: str, verdict: str
) -> None:
    changes = modality_changes(statement, [source], language)
    assert "、".join(change.kind for change in changes) == verdict.replace("ok", "")
    assert all(0 < change.confidence <= 1 and change.source == source for change in changes)


@pytest.mark.parametrize(("japanese", "english", "verdict"), rows("translations.tsv"))
def test_a_translation_has_the_same_figures_denials_and_moods(japanese: str, english: str, verdict: str) -> None:
    found: list[str] = [doubt.reason for doubt in figures_differ(japanese, english, "ja", "en", MEETING)]
    found += ["negation"] * (negation_differs(japanese, english, "ja", "en") > 0)
    found += mood_differs(japanese, english, "ja", "en")
    assert "、".join(found) == verdict.replace("ok", "")


@pytest.mark.parametrize("line", [row for row in rows("translations.tsv") if row[2] == "ok"], ids=lambda row: row[0])
def test_the_comparison_holds_from_english_to_japanese_as_well(line: list[str]) -> None:
    assert figures_differ(line[1], line[0], "en", "ja", MEETING) == ()
    assert negation_differs(line[1], line[0], "en", "ja") == 0
    assert mood_differs(line[1], line[0], "en", "ja") == ()
