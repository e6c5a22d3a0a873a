"""Terms whose translation is fixed: tables of them, where they stand in a text, whether a translation has them."""

from __future__ import annotations

import pytest

from minutes_llm.errors import InputError
from minutes_llm.translation.glossary import Glossary, Term, glossed_terms, is_used, parse_terms, shipped_terms

SHIPPED = Glossary(shipped_terms("ja", "en"), "ja")


def found(text: str) -> list[str]:
    return [term.term for term in SHIPPED.within(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (
            "総務省と内閣サイバーセキュリティセンターの事務局",
            ["総務省", "内閣サイバーセキュリティセンター", "事務局"],
        ),
        ("分科会の構成員", ["分科会", "構成員"]),
        ("専門委員会の専門委員", ["専門委員会", "専門委員"]),
        ("課長補佐が課長に報告する", ["課長補佐", "課長"]),
        ("内部会計を改める", []),
        ("全国会議の名簿", []),
        ("総務省 と 総 務 省", ["総務省"]),
        ("オブザーバーとして", ["オブザーバー"]),
        ("ＪＰＣＥＲＴコーディネーションセンター", ["JPCERTコーディネーションセンター"]),
    ],
)
def test_a_term_is_found_whole_and_never_inside_a_longer_word(text: str, terms: list[str]) -> None:
    assert found(text) == terms


@pytest.mark.parametrize(
    ("forms", "translation", "used"),
    [
        (("Local Government",), "Local governments were asked.", True),
        (("Digital Agency",), "The digital agencies of two countries", True),
        (("Director-General",), "the director general's view", True),
        (("Public Comment",), "Public comments were invited.", True),
        (("plan",), "as planned", True),
        (("Chair", "Chairperson"), "The Chairperson agreed.", True),
        (("Regional Information Center (RISC/JP)",), "RISC/JP said so.", True),
        (("Regional Information Center (RISC/JP)",), "The Regional Information Center said so.", True),
        (("Audit & Supervisory Board Member",), "an audit and supervisory board member", True),
        (("Secretariat",), "The office answered.", False),
        (("Ministry of Justice",), "The ministry of finance and justice", False),
        (("Chair",), "Armchairs were bought.", False),
    ],
)
def test_a_term_may_be_inflected_but_not_exchanged(forms: tuple[str, ...], translation: str, used: bool) -> None:
    assert is_used(Term("語", forms), translation, "en") is used


def test_what_ships_serves_the_other_direction_where_it_says_one_thing_only() -> None:
    reversed_terms = {term.term: term.forms for term in shipped_terms("en", "ja")}
    assert reversed_terms["World Bank"] == ("世界銀行",)
    assert "Chair" not in reversed_terms
    english = Glossary(shipped_terms("en", "ja"), "en")
    assert [term.term for term in english.within("The World Bank has a world bank of data.")] == ["World Bank"]
    assert shipped_terms("ja", "fr") == ()


def test_every_shipped_term_stands_in_a_text_of_its_own_and_names_its_source() -> None:
    for term in SHIPPED.terms.values():
        assert found(term.term) == [term.term]
        assert all(form.strip() == form and form for form in term.forms)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("国際協力機構（JICA）の協力", {"国際協力機構": "JICA"}),
        ("一般財団法人地域情報標準化センター(RISC/JP)", {"地域情報標準化センター": "RISC/JP"}),
        ("JICA（国際協力機構）の協力", {"国際協力機構": "JICA"}),
        ("会議（WEB）を開く", {}),
    ],
)
def test_terms_that_the_document_glosses_are_taken_from_it(text: str, terms: dict[str, str]) -> None:
    assert {term.term: term.forms[0] for term in glossed_terms(text, "ja")} == terms


# --- tables ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "term,translation,note\n港湾課,Port Division,\n",
        "\ufeff港湾課\tPort Division\n",
        "# of a port\n\n港湾課,Port Division\n",
        '"港湾課","Port Division"\n',
    ],
)
def test_a_table_may_be_csv_or_tsv_with_or_without_a_heading(text: str) -> None:
    assert [(term.term, term.forms) for term in parse_terms(text, "terms.csv")] == [("港湾課", ("Port Division",))]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("港湾課,Port Division\n水産課\n", "line 2"),
        ("港湾課,\n", "line 1"),
        (",Port Division\n", "line 1"),
        ('港湾課,"Port\n', "line 1"),
        ("港湾課,Port Division\n\n港湾課,Harbour Division\n", "line 3"),
    ],
)
def test_a_broken_row_is_named_in_one_line(text: str, line: str) -> None:
    with pytest.raises(InputError, match=f"terms.csv, {line}") as error:
        parse_terms(text, "terms.csv")
    assert "\n" not in str(error.value)
