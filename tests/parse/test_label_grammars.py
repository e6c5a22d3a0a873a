"""The table of label grammars: every example is read by its own grammar; a format can be set by hand."""

from __future__ import annotations

import re

import pytest
from outlined import source

from minutes_llm.errors import InputError
from minutes_llm.parse import parse
from minutes_llm.parse.labels import BULLETS, NAMES, NONE, TABLE, Grammar
from minutes_llm.parse.speakers import anonymous, has_role, never


@pytest.mark.parametrize("grammar", [*TABLE, BULLETS], ids=lambda grammar: grammar.name)
def test_an_example_is_read_by_its_grammar(grammar: Grammar) -> None:
    marks = grammar.read(grammar.example)
    assert marks, grammar.example
    assert 0 <= marks[0].start <= marks[0].end <= marks[0].stop <= len(grammar.example)


@pytest.mark.parametrize("grammar", TABLE, ids=lambda grammar: grammar.name)
def test_a_document_of_examples_is_read_by_their_grammar(grammar: Grammar) -> None:
    answer = grammar.example.replace("問", "答")
    text = f"{grammar.example}\nこれで三回目となります。\n\n{answer}\nよろしくお願いします。\n\n" * 3
    labels = parse(source(text)).labels
    assert labels.grammar == grammar.name


def test_a_line_of_prose_is_read_by_the_grammar_of_none() -> None:
    assert NONE.read(NONE.example) == ()


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("○議長（浅井純君）　ただいまより", "議長（浅井純君）"),
        ("◆（白木正子君）　伺います。", "（白木正子君）"),
        ("○２０番（鈴村まさし議員）　　伺います。", "２０番（鈴村まさし議員）"),
        ("○おおたに康裕議長　　ただいま", "おおたに康裕議長"),
        ("○塩谷　委員長　　次に", "塩谷　委員長"),
        ("○総務部長（関　嵩君）　お答えします。", "総務部長（関　嵩君）"),
        ("○参考人（みどり大学（名誉）教授　大山明君）　古いものです。", "参考人（みどり大学（名誉）教授　大山明君）"),
        ("〇百十四番（山田はじめ君）　伺います。", "百十四番（山田はじめ君）"),
        ("○委員：賛成です。", "委員"),
    ],
)
def test_a_glyph_is_followed_by_the_label_as_printed(line: str, speaker: str) -> None:
    turn = parse(source(line + "以上。\n" + line + "以上。\n")).sections[0].turns[0]
    assert turn.speaker == speaker


@pytest.mark.parametrize("text", ["〇・五％の増でございます。", "○○委員から御指摘がありました。", "〇三年からです。"])
def test_a_zero_and_a_masked_name_are_no_labels(text: str) -> None:
    body = f"○議長（浅井純君）　始めます。\n{text}\n○議長（浅井純君）　終わります。\n"
    (turn,) = parse(source(body)).sections[0].turns
    assert text in turn.text


def test_a_speaker_format_may_be_a_pattern() -> None:
    text = "甲>はい。\n乙>いいえ。\n"
    turns = parse(source(text), speaker_format=r"(?P<label>\w+)>").sections[0].turns
    assert [(turn.speaker, turn.text) for turn in turns] == [("甲", "はい。"), ("乙", "いいえ。")]


@pytest.mark.parametrize("speaker_format", ["gryph", "(?P<label>", r"\w+>"])
def test_a_wrong_speaker_format_is_refused_with_what_there_is(speaker_format: str) -> None:
    with pytest.raises(InputError, match=re.escape(speaker_format)) as refused:
        parse(source(""), speaker_format=speaker_format)
    assert "\n" not in str(refused.value)
    assert "(?P<label>" in speaker_format or all(name in str(refused.value) for name in NAMES)


@pytest.mark.parametrize(
    "label", ["後田主査", "JICO 井手氏", "A委員", "委員Ａ", "２０番", "上野:NKH記者", "記 者", "Mayor Hall"]
)
def test_a_role_or_a_form_of_address_ends_a_label(label: str) -> None:
    assert has_role(label)
    assert not never(label)


@pytest.mark.parametrize(
    "label",
    [
        "資料の説明",
        "開会",
        "議題",
        "日 時",
        "１",
        "14:00",
        "資料１",
        "Topic",
        "https",
        "出席委員",
        "質疑応答",
        "平成18年3月",
    ],
)
def test_a_key_a_heading_or_a_number_is_never_a_speaker(label: str) -> None:
    assert never(label)


def test_several_people_share_an_anonymous_label() -> None:
    assert all(map(anonymous, ("委員", "記 者", "Q", "Ｑ１", "（事務局）", "男性株主")))
    assert not any(map(anonymous, ("大谷委員", "委員長", "議長", "知事", "Anna", "Ａ委員")))


def test_a_nick_or_a_capital_role_may_be_a_speaker_though_it_is_a_header_key_too() -> None:
    assert not any(map(never, ("chair", "CHAIR", "THE CHAIR", "Mr. Slade", "資料係長（浜）")))
    assert all(map(never, ("present", "In attendance", "Papers", "資料３")))
