"""A text is evened out alike by stretches and character by character, and every character has its way back."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_llm.languages.folded import _by_character, fold

LETTERS = st.text(st.sampled_from("aZm1 \n\t\u3000あ亜ア１Ａ％〜－—、。①²㎡㈱½ｶﾞ’"))


@given(st.one_of(LETTERS, st.text()))
def test_stretch_by_stretch_as_character_by_character(text: str) -> None:
    assert fold(text) == _by_character(text)


@given(LETTERS)
def test_every_character_comes_from_where_its_offset_says(text: str) -> None:
    folded = fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert folded.offsets[-1] == len(text)
    assert list(folded.offsets) == sorted(folded.offsets)
    for character, offset in zip(folded.text, folded.offsets, strict=False):
        assert character in {" ", "※"} or character in unicodedata.normalize("NFKC", text[offset]) + "-~'/"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("第 ３回", "第3回"),
        ("3 000 people", "3 000 people"),
        ("　議題１　", "議題1"),
        ("a\n b", "a\nb"),
        ("10〜12月", "10~12月"),
        ("㈱北浜", "(株)北浜"),
        ("5m²と注①", "5m2と注※"),
    ],
)
def test_what_is_evened_out(text: str, folded: str) -> None:
    assert fold(text).text == folded
