"""Names of people: their readings from lists, furigana and kana, and where a text mentions them."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_llm.errors import InputError
from minutes_llm.languages.ja.romaji import romaji
from minutes_llm.translation.people import Name, People, Style, furigana, parse_names, spelled, with_families

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "romaji.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("kana", "latin"), ROWS, ids=[row[1] for row in ROWS])
def test_kana_become_hepburn(kana: str, latin: str) -> None:
    assert romaji(kana) == latin


@pytest.mark.parametrize(
    ("style", "spelling"),
    [
        (Style(), "Kono Taro"),
        (Style(macrons=True), "Kōno Tarō"),
        (Style(family_first=False), "Taro Kono"),
    ],
)
def test_a_name_is_spelled_in_the_style_asked_for(style: Style, spelling: str) -> None:
    assert spelled(Name("河野太郎", "Kōno Tarō"), style) == spelling


def test_a_foreign_name_keeps_its_order() -> None:
    assert spelled(Name("ジョン・スミス", "John Smith"), Style(family_first=False)) == "John Smith"


def test_a_list_gives_readings_in_kana_or_latin_letters() -> None:
    given = parse_names("name,reading\n氷見 遼,ひみ りょう\n蔦谷,Tsutatani,from the ministry\n", "names.csv")
    assert [(name.written, name.reading) for name in given] == [("氷見 遼", "Himi Ryō"), ("蔦谷", "Tsutatani")]
    assert all(name.confirmed for name in given)


def test_two_readings_for_one_person_are_refused_in_one_line_that_names_both() -> None:
    with pytest.raises(
        InputError, match="names.csv, line 2: 氷見遼 has two readings, Himi Ryō in line 1 and Hyōmi Ryō"
    ):
        parse_names("氷見 遼,ひみ りょう\n氷見遼,ひょうみ りょう\n", "names.csv")
    assert len(parse_names("氷見 遼,ひみ りょう\n氷見遼,Himi Ryō\n", "names.csv")) == 1


def test_the_family_name_of_a_name_in_two_words_is_known_too_unless_it_is_read_in_two_ways() -> None:
    one = Name("氷見 遼", "Himi Ryō")
    assert {name.key for name in with_families([one])} == {"氷見遼", "氷見"}
    assert {name.key for name in with_families([one, Name("氷見 栞", "Hyōmi Shiori")])} == {"氷見遼", "氷見栞"}


def test_furigana_are_read_from_the_text() -> None:
    given = furigana("蔦谷 凛（つたたに りん）、海野汐（うんの　しお）、資料（さんこう資料）")
    assert {name.key: name.reading for name in given} == {"蔦谷凛": "Tsutatani Rin", "海野汐": "Unno Shio"}


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("氷見氏が述べた。", ["氷見"]),
        ("氷見遼氏が述べた。", ["氷見遼"]),
        ("氷見は述べた。", ["氷見"]),
        ("林委員が述べた。", ["林"]),
        ("森林を守る。林を守る。", []),
        ("農林委員会が述べた。", []),
        ("氷見沢を渡る。", []),
    ],
)
def test_a_mention_is_a_name_and_no_part_of_a_word(text: str, named: list[str]) -> None:
    people = People([Name("氷見", "Himi"), Name("氷見遼", "Himi Ryō"), Name("林", "Hayashi")], Style())
    assert [name.written for name in people.within(text)] == named


def test_a_family_name_read_otherwise_than_in_the_full_name_is_spelled_two_ways() -> None:
    torn = People([Name("氷見", "Hyōmi"), Name("氷見遼", "Himi Ryō")], Style())
    assert [(part.written, full.written) for part, full in torn.two_ways()] == [("氷見", "氷見遼")]
    assert People([Name("氷見", "Himi"), Name("氷見遼", "Himi Ryō")], Style()).two_ways() == ()
