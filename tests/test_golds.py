"""Every document with a gold is parsed as its gold says: header, sections, turns, findings.

A folder under `fixtures` or `tests/golds` is one case; `tests/golds/README.md` says what a gold holds.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from minutes_llm.model.minutes import Minutes, Section
from minutes_llm.parse import parse
from minutes_llm.sources.reading import read_source

TESTS = Path(__file__).parent
GOLDS = sorted([*(TESTS / "golds").glob("*/gold.json"), *(TESTS.parent / "fixtures").glob("*/gold.json")])
each_gold = pytest.mark.parametrize("gold", GOLDS, ids=lambda gold: gold.parent.name)


@cache
def _gold(path: Path) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return gold


@cache
def _parsed(path: Path) -> Minutes:
    return parse(read_source(path.parent / _gold(path)["document"]))


def _spoken(path: Path) -> list[tuple[Section, dict[str, Any]]]:
    """Return the sections in which somebody speaks, each beside its gold; a difference in their number fails.

    A narrative under a heading of its own is kept as a turn of nobody's, but no gold judges it.
    """
    spoken = [section for section in _parsed(path).sections if any(turn.speaker for turn in section.turns)]
    return list(zip(spoken, _gold(path)["sections"], strict=True))


def _squeeze(text: str) -> str:
    return "".join(text.split())


@each_gold
def test_the_header_says_what_the_gold_says(gold: Path) -> None:
    meeting, expected = _parsed(gold).meeting, _gold(gold)["meeting"]
    assert {
        "title": _squeeze(meeting.title or ""),
        "date": str(meeting.date),
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "attendee_groups": {group.group: len(group.names) for group in meeting.attendees},
        "materials": len(meeting.materials),
    } == {**expected, "title": _squeeze(expected["title"])}


@each_gold
def test_the_sections_have_the_headings_of_the_gold(gold: Path) -> None:
    for section, expected in _spoken(gold):
        assert _squeeze(expected["heading_contains"]) in _squeeze(section.heading)
        assert bool(section.heading) == bool(expected["heading_contains"])


@each_gold
def test_the_turns_are_those_of_the_gold_to_the_character(gold: Path) -> None:
    for section, expected in _spoken(gold):
        assert [
            (turn.speaker, said[:15], said[-15:], len(said))
            for turn in section.turns
            for said in [_squeeze(turn.text)]
        ] == [
            (turn["speaker"], turn["first"], turn["last"], turn["characters_without_space"])
            for turn in expected["turns"]
        ]


@each_gold
def test_the_findings_are_those_of_the_gold(gold: Path) -> None:
    found = [":".join([each.code, *(v for n, v in each.values if n == "speaker")]) for each in _parsed(gold).findings]
    assert found == _gold(gold)["findings"]


@each_gold
def test_every_turn_of_a_gold_is_in_exactly_one_class(gold: Path) -> None:
    for section in _gold(gold)["sections"]:
        linked = {turn for link in section["links"] for turn in link}
        classed = [*linked, *section["comments"], *section["procedural"], *section["unanswered"]]
        assert sorted(classed) == list(range(1, len(section["turns"]) + 1))
