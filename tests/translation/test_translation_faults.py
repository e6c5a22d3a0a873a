"""What a translation is held to, text by text; and what is no fault."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from minutes_llm.translation.fields import Field
from minutes_llm.translation.glossary import Glossary, shipped_terms
from minutes_llm.translation.lexicon import Lexicon
from minutes_llm.translation.parallel import faults
from minutes_llm.translation.people import Name, People, Style

NAMES = {"ja": [Name("氷見", "Himi"), Name("林", "Hayashi")], "en": [Name("Ferris", "フェリス")]}


def codes(original: str, text: str, language: str = "ja", to: str = "en") -> list[str]:
    people = People(NAMES[language], Style())
    lexicon = Lexicon(language, to, Glossary(shipped_terms(language, to), language), people)
    found = faults(Field("s1k1", original), text, lexicon, dt.date(2024, 3, 13))
    return [fault.code.removeprefix("translation-") for fault in found]


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("年会費は30万円程度である。", "The annual fee is about 300,000 yen."),
        ("3億2千万円を充てる。", "320 million yen is allotted."),
        ("2割が賛成した。", "Twenty percent were in favour."),
        ("令和6年度に始める。", "It starts in fiscal year 2024."),
        ("5年ほど前に始めた。", "It began about five years ago."),
        ("NISTとX.1060、FIRSTのCTFに触れた。", "NIST, X.1060 and the CTF of FIRST were mentioned."),
        ("デジタル庁の構成員が事務局に尋ねた。", "Members from the Digital Agency asked the Secretariat."),
        ("専門家しか加盟できない。", "Only experts can join."),
        ("実施を検討する。", "Its implementation will be considered."),
        ("遅れる可能性がある。", "It may be delayed."),
        ("林委員は氷見氏に賛成した。", "Member Hayashi agreed with Himi."),
        ("森林を守る。", "Forests are protected."),
        ("加盟の手続", "The procedure for joining"),
        ("市はAPIを使う。町は使わない。", "The city uses the API. The town does not."),
        ("9時から正午まで開ける。", "It is open from 9 a.m. to noon."),
        ("月に1回、1人1時間とする。", "It takes place monthly, for an hour per person."),
        ("（１）開会", "1. Opening"),
    ],
)  # fmt: skip
def test_a_faithful_translation_has_no_fault(original: str, text: str) -> None:
    assert codes(original, text) == []


@pytest.mark.parametrize(
    ("original", "text"),
    [
        line.split("\t")
        for line in (Path(__file__).parent / "faithful.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
    ],
)
def test_what_was_really_said_and_faithfully_translated_has_no_fault(original: str, text: str) -> None:
    assert codes(original, text) == []


@pytest.mark.parametrize(
    ("original", "text", "code"),
    [
        ("3億2千万円を充てる。", "3.2 billion yen is allotted.", "figure"),
        ("2割が賛成した。", "Two percent were in favour.", "figure"),
        ("令和6年度に始める。", "It starts in fiscal year 2023.", "figure"),
        ("5年ほど前に始めた。", "It began five years ago.", "figure"),
        ("会員は12人である。", "There are some members.", "figure-lost"),
        ("FIRSTに加盟した。", "It joined the first body.", ""),
        ("FIRSTに加盟した。", "It joined.", "latin"),
        ("氷見氏が述べた。", "Himei said so.", "name"),
        ("事務局が述べた。", "The office said so.", "term"),
        ("実施を検討する。", "It will be implemented.", "mood"),
        ("遅れる可能性がある。", "It is delayed.", "mood"),
        ("加盟していない。", "It has joined.", "negation"),
        ("加盟した。負担は重い。", "It joined.", "sentences"),
        ("加盟した。負担は重い。", "It joined, and the burden is heavy.", "sentences"),
        ("3人が加盟した。", "One person joined.", "figure-lost"),
        ("加盟した。", "It joined 加盟.", "left-over"),
        ("「連携」を論じた。", "「Cooperation」 was discussed.", "left-over"),
    ],
)
def test_a_fault_is_found(original: str, text: str, code: str) -> None:
    assert codes(original, text)[:1] == ([code] if code else [])


@pytest.mark.parametrize(
    ("original", "text", "found"),
    [
        ("The fee is about £186,000.", "費用は約18万6,000ポンドである。", []),
        ("The fee is about £186,000.", "費用は約186万ポンドである。", ["figure"]),
        ("Ferris asked for GTFS.", "フェリスはGTFSを求めた。", []),
        ("Ferris asked for GTFS.", "フェリスは形式を求めた。", ["latin"]),
        ("Ferris asked for GTFS.", "ファリスはGTFSを求めた。", ["name"]),
        ("The berth is closed.", "The berth is closed.", ["left-over"]),
        ("MINUTES OF THE LAST MEETING", "前回の議事録", []),
    ],
)
def test_a_translation_into_japanese_is_held_to_the_same(original: str, text: str, found: list[str]) -> None:
    assert codes(original, text, "en", "ja") == found


def test_what_no_table_is_there_for_is_not_judged() -> None:
    assert (
        codes("年会費は30万円で、総務省の支援はない。", "La cotisation est de 300 000 yens, sans aide.", to="fr")
        == []
    )
