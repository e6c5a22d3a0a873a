"""Most lines and speeches are read a short way; it gives what the long way would."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from outlined import source
from test_parse_properties import SOUP

from minutes_llm.model.minutes import Minutes, Turn
from minutes_llm.parse import parse
from minutes_llm.parse.choice import Choice
from minutes_llm.parse.labels import BULLETS, NONE, TABLE, Grammar
from minutes_llm.parse.lines import lines
from minutes_llm.parse.passages import SHORTEST_TURN, find_cuts, may_be_cut

TESTS = Path(__file__).parents[1]
TEXTS = {
    str(file.relative_to(TESTS.parent)): file.read_text("utf-8")
    for folder in (TESTS, TESTS.parent / "fixtures")
    for file in sorted(folder.rglob("*.txt"))
    if "files" not in file.parts
}
ROWS = importlib.import_module("minutes_llm.parse.rows")


class _Everything(frozenset[str]):
    """A set in which any line could begin with something to be looked at."""

    def __contains__(self, item: object) -> bool:
        return True

    def __or__(self, other: object) -> _Everything:
        return self


def line_by_line(text: str) -> Minutes:
    """Return minutes of which no two lines were read together."""
    with pytest.MonkeyPatch.context() as patched:
        for name in ("_LOOKED_AT", "_ALONE"):
            patched.setattr(ROWS, name, _Everything())
        return parse(source(text))


@pytest.mark.parametrize("name", TEXTS)
def test_lines_that_are_read_together_give_what_each_alone_would(name: str) -> None:
    assert parse(source(TEXTS[name])) == line_by_line(TEXTS[name])


@settings(max_examples=300, deadline=None)
@given(SOUP)
def test_so_it_is_with_any_text(text: str) -> None:
    assert parse(source(text)) == line_by_line(text)


def test_lines_are_read_together() -> None:
    page = lines("事務局：資料のとおり、\nこの案とする。\n御意見を求める。\n")
    labels = {0: next(grammar for grammar in TABLE if grammar.name == "colon").read(page[0].text)[0]}
    setting = ROWS.Setting(Choice(NONE, 1.0, labels), {}, frozenset(), None)
    assert [row.kind for row in ROWS.rows(page, 0, setting)] == ["label", "texts"]


@pytest.mark.parametrize("grammar", [*TABLE, BULLETS], ids=lambda grammar: grammar.name)
def test_a_grammar_reads_no_line_that_is_passed_over(grammar: Grammar) -> None:
    for text in (*TEXTS.values(), *(each.example for each in TABLE)):
        rows = lines(text)
        worth = {index for index, _ in grammar.worth_reading(rows, 0)}
        assert {index for index, row in enumerate(rows) if row.text and grammar.read(row.text)} <= worth


@pytest.mark.parametrize("name", TEXTS)
def test_a_speech_that_is_not_read_for_parts_has_none(name: str) -> None:
    minutes = parse(source(TEXTS[name]))
    for turn in (turn for section in minutes.sections for turn in section.turns):
        if len(turn.text) >= SHORTEST_TURN and not may_be_cut(turn.text, minutes.language):
            assert find_cuts(turn, minutes.language) == []


OPENINGS = st.sampled_from(
    [
        "まず、",
        "まずは、",
        "初めに、",
        "次に、",
        "次は、",
        "次の質問、",
        "続きまして、",
        "最後に、",
        "それから、",
        "あと、",
        "もう一点、",
        "もう１つですが、",
        "２点目、",
        "２つ目は、",
        "第２に、",
        "第三は、",
        "その２、",
        "質問３、",
        "問４．",
        "防災の２問目、",
        "大きな２点目は、",
        "３項目めの",
    ]
)
SUBJECTS = st.sampled_from(
    [
        "防災について",
        "補助金について",
        "橋の件",
        "雪の対策に関して",
        "市と県の関係",
        "三つの案の比較",
        "目標の達成について",
    ]
)
ENDINGS = st.sampled_from(
    [
        "、どう進めるのか伺います。",
        "ですが、期限はいつか。",
        "につきましては、進めている。",
        "伺います。",
        "です。",
        "お聞きします。",
        "教えていただきたい。",
        "お答えする。",
        "でございますが、順に進める。",
        "。",
        "お聞きしてもよろしいですか？",
        "伺います！",
        "なのか。",
    ]
)
SPEECHES = st.lists(st.tuples(st.one_of(st.just(""), OPENINGS), SUBJECTS, ENDINGS).map("".join), min_size=1).map(
    "お答えを申し上げる。".join
)


@settings(max_examples=400, deadline=None)
@given(SPEECHES, st.sampled_from(["大谷委員", "防災課長", None]))
def test_no_speech_at_all_that_is_not_read_for_parts_has_any(text: str, speaker: str | None) -> None:
    turn = Turn("s1t1", speaker, text, 0, len(text), ((0, len(text)),))
    assert may_be_cut(text, "ja") or find_cuts(turn, "ja") == []


@pytest.mark.parametrize(
    "heading", ["補助金について伺います。", "補助金についてお聞きしてもよろしいですか？", "補助金について伺います！"]
)
def test_a_speech_whose_second_question_is_only_named_is_cut(heading: str) -> None:
    text = (
        "橋の工事は令和五年度から始まり、今年の末に終わるはずと聞くが、遅れている。その理由は何でしょうか。"
        f"{heading}令和五年度から額が減っているが、申し込みは増えている。その理由は何でしょうか。"
    )
    turn = Turn("s1t1", "大谷委員", text, 0, len(text), ((0, len(text)),))
    assert may_be_cut(text, "ja")
    assert len(find_cuts(turn, "ja")) == 1
