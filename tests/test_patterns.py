"""Patterns that are compiled late: all of them can be, and they do what compiled ones do."""

from __future__ import annotations

import gc
import pkgutil
import re
from importlib import import_module

import pytest

import minutes_llm
from minutes_llm import patterns
from minutes_llm.patterns import late


def test_every_pattern_of_the_package_can_be_compiled() -> None:
    for module in pkgutil.walk_packages(minutes_llm.__path__, "minutes_llm."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.unfreeze()  # the command freezes what there is when it ends
    made = [each for each in gc.get_objects() if isinstance(each, patterns._Late)]
    assert len(made) > 200
    for each in made:
        re.compile(each.pattern, each._flags)


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
