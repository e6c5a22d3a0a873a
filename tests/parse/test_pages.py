"""What depends on pages and on lengths, which a text file of a case cannot show."""

from __future__ import annotations

from dataclasses import replace

from outlined import source

from minutes_llm.parse import parse

PAGES = (
    "北川市環境審議会\n○関会長　これより審議に入ります。資料を御覧\n",
    "北川市環境審議会\nください。二枚目であります。\n○浜委員　質問は\n",
    "北川市環境審議会\nございません。\n○関会長　以上で終わります。\n",
)


def test_a_line_at_the_edge_of_every_page_is_a_running_head_and_sentences_go_on_over_it() -> None:
    text = "".join(PAGES)
    starts = tuple(text.index(page) for page in PAGES)
    minutes = parse(replace(source(text), pages=starts))
    assert [text[p.start : p.end] for p in minutes.pieces if p.reason == "running-head"] == ["北川市環境審議会"] * 3
    assert [turn.text for section in minutes.sections for turn in section.turns] == [
        "これより審議に入ります。資料を御覧ください。二枚目であります。",
        "質問はございません。",
        "以上で終わります。",
    ]


def test_the_same_lines_without_pages_are_speech() -> None:
    assert not any(piece.reason for piece in parse(source("".join(PAGES))).pieces)


def test_one_line_of_55_000_characters_is_cut_before_its_labels() -> None:
    said = "本日の議題について御説明いたします。" * 150
    text = "".join(f"○浜委員　{said}○関会長　{said}" for _ in range(10)) + "○浜委員　以上です。"
    assert len(text) > 54_000
    minutes = parse(source(text))
    (section,) = minutes.sections
    assert [turn.speaker for turn in section.turns] == ["浜委員", "関会長"] * 10 + ["浜委員"]
    assert {turn.text for turn in section.turns[:-1]} == {said}


def test_one_line_of_55_000_characters_without_labels_is_one_turn_of_nobodys() -> None:
    text = "We had a long talk about nothing in particular. " * 1150
    (section,) = parse(source(text)).sections
    (turn,) = section.turns
    assert (turn.speaker, turn.text) == (None, text.strip())
