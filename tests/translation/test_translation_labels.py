"""Speakers' labels made in the translation from names and terms, a row of `labels.tsv` each."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_llm.translation.glossary import Glossary, Term, shipped_terms
from minutes_llm.translation.lexicon import Lexicon
from minutes_llm.translation.people import Name, People, Style

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "labels.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
TERMS = {
    "青嶺県": "Aone Prefecture",
    "デジタル推進課": "Digital Promotion Division",
    "地域情報化担当": "for Regional Informatization",
}
NAMES = {
    "桐生": "Kiryū",
    "榊": "Sakaki",
    "氷室遼": "Himuro Ryō",
    "氷室": "Himuro",
    "山田太郎": "Yamada Tarō",
    "林": "Hayashi",
    "ジョン・スミス": "John Smith",
}


def lexicon(names: dict[str, str], language: str = "ja", to: str = "en") -> Lexicon:
    terms = [*shipped_terms(language, to), *(Term(term, (form,)) for term, form in TERMS.items())]
    people = People((Name(written, reading) for written, reading in names.items()), Style())
    return Lexicon(language, to, Glossary(terms, language), people)


@pytest.mark.parametrize(("printed", "label"), ROWS, ids=[row[0] for row in ROWS])
def test_a_label_is_made_of_its_parts(printed: str, label: str) -> None:
    assert lexicon(NAMES).label(printed) == label


def test_two_people_whose_names_are_spelled_alike_keep_labels_apart() -> None:
    made = lexicon({"伊藤": "Itō", "伊東": "Itō"}).labels(["伊藤委員", "伊東委員", "伊藤座長"])
    assert made == {
        "伊藤委員": "Ito 伊藤 (Member)",
        "伊東委員": "Ito 伊東 (Member)",
        "伊藤座長": "Ito (Chair)",
    }


def test_one_person_under_two_names_has_one_label() -> None:
    made = lexicon(NAMES).labels(["氷室氏", "氷室さん", "氷室委員"])
    assert made == {"氷室氏": "Himuro", "氷室さん": "Himuro", "氷室委員": "Himuro (Member)"}


def test_english_labels_become_japanese_ones() -> None:
    people = {"OKAFOR-LINDE": "オカフォー＝リンデ", "FERRIS": "フェリス"}
    english = lexicon(people, "en", "ja")
    terms = [Term("Capt.", ("船長",)), Term("Chair", ("議長",))]
    english = Lexicon("en", "ja", Glossary(terms, "en"), english.people)
    assert english.label("MRS. OKAFOR-LINDE") == "オカフォー＝リンデ"
    assert english.label("CAPT. FERRIS") == "フェリス（船長）"
    assert english.label("THE CHAIR") == "議長"
