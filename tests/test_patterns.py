"""Patterns that are compiled late do what compiled ones do."""

from __future__ import annotations

import re

import pytest

from minutes_llm.patterns import late


def test_a_late_pattern_finds_what_a_compiled_one_finds() -> None:
    digits, compiled = late("([0-9])X", re.IGNORECASE), re.compile("([0-9])X", re.IGNORECASE)
    text = "1x 2X 3"
    assert digits.findall(text) == compiled.findall(text) == ["1", "2"]
    assert digits.sub("-", text) == compiled.sub("-", text)
    assert [found.span() for found in digits.finditer(text)] == [found.span() for found in compiled.finditer(text)]
    assert digits.groups == compiled.groups == 1
    assert digits.pattern == compiled.pattern


def test_a_pattern_with_an_error_says_so_when_it_is_used() -> None:
    broken = late("(")
    with pytest.raises(re.error):
        broken.search("")
