"""Lines read as headings: one of each style, with the number that it has."""

from __future__ import annotations

import pytest

from minutes_llm.parse.headings import FIRST, heading


@pytest.mark.parametrize(
    ("line", "style", "number"),
    [
        ("## Secretary report", "##", None),
        ("日程第２　議案第３号", "programme", 2),
        ("議題１　地域計画について", "item", 1),
        ("Topic: Budget", "topic", None),
        ("【開会】", "bracket【", None),
        ("◆議題（１）「案」、事務局より説明。", "glyph◆", None),
        ("（２）議題", "paren", 2),
        ("３．閉会", "number", 3),
        ("十、その他", "number", 10),
        ("①予算について", "circle", 1),
        ("⑩決算について", "circle", 10),
        ("⑪防災について", "circle", 11),
        ("⑳その他", "circle", 20),
        ("Ⅱ　報告", "roman", None),
    ],
)
def test_a_heading_is_read_with_its_style_and_number(line: str, style: str, number: int | None) -> None:
    found = heading(line)
    assert found
    assert (found.style, found.number) == (style, number)
    assert line[0] in FIRST


@pytest.mark.parametrize(
    "line", ["", "本日は御多忙のところ、ありがとうございます。", "予算について", "2024年度の予算"]
)
def test_a_line_of_another_form_is_none(line: str) -> None:
    assert heading(line) is None
