"""Every file in `cases/` is one layout or one trap: a text, and what has to be understood of it.

A case is a file of three parts: a first line that says what is true, `=== source` with the minutes, `=== expected`
with the outline of them. To add one, write the first two parts, run this file, and copy what it prints after reading
it with care: a `⏎` is where a paragraph ends. F01 to F26 are the layouts of `docs/formats.md`, T01 to T15 the traps
of the first layout, Q question and answer marks, N the noise around minutes and texts that are none.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from outlined import outline

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def _parts(case: Path) -> tuple[str, str]:
    _, _, rest = case.read_text(encoding="utf-8").partition("\n=== source\n")
    source, _, expected = rest.partition("\n=== expected\n")
    return source + "\n", expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_is_understood_as_its_file_says(case: Path) -> None:
    source, expected = _parts(case)
    assert outline(source) == expected


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case_with_crlf_is_understood_in_the_same_way(case: Path) -> None:
    source, expected = _parts(case)
    assert outline(source.replace("\n", "\r\n")) == expected


def test_every_layout_and_every_trap_has_a_case() -> None:
    names = {case.stem.split("-")[0].rstrip("abc") for case in CASES}
    assert names >= {f"F{number:02}" for number in range(1, 27)} | {f"T{number:02}" for number in range(1, 16)}
