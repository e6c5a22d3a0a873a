"""The page on formats says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from minutes_llm.parse.labels import BULLETS, LEGEND, NONE, TABLE

PAGE = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_every_grammar_stands_on_the_page_in_order_with_its_example() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| `([^`]*)` \|", PAGE.partition("## Sections")[0], re.MULTILINE)
    assert rows == [(grammar.name, grammar.example) for grammar in (*TABLE, LEGEND, BULLETS, NONE)]


def test_every_finding_stands_on_the_page_with_its_values() -> None:
    code = (Path(__file__).parents[2] / "src/minutes_llm/parse/findings.py").read_text(encoding="utf-8")
    given = set(re.findall(r'Finding\(\s*"([a-z-]+)"', code))
    listed = set(re.findall(r"^\| `([a-z-]+)` \|", PAGE.partition("## Findings")[2], re.MULTILINE))
    assert given == listed
