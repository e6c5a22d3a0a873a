"""Every turn is accounted for, and what a digest leaves out or turns round is told at its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from building import minutes_of
from minutes_llm.checking.ledger import ledger, section_ledger_findings, untouched
from minutes_llm.model.digest import Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Finding, Minutes

SAID = (
    ("西座長", "それでは、議題に入ります。港湾課から説明をお願いします。"),
    ("港湾課長", "岸壁の改修は令和八年度から三か年で進める計画である。"),
    (
        "南委員",
        "岸壁の改修に要する鋼材の調達先を教えていただきたい。また、漁業協同組合への休業補償は検討しているのか。",
    ),
    ("港湾課長", "鋼材は県内の業者から調達する。"),
    ("北川委員", "工事の囲いに絵を飾った例がある。" * 15),
    ("西座長", "ほかに御意見はございませんか。以上で議事を終了します。"),
)


def _statement(name: str, turn: str) -> Statement:
    return Statement(name, "", (turn,), (), ())


COMPLETE = SectionDigest(
    "s1",
    "議題1",
    "ok",
    summary=(Sentence("改修は三か年で進む。", ("s1t2",)),),
    pairs=(Pair("s1p1", "鋼材", _statement("s1p1q", "s1t3"), (_statement("s1p1a1", "s1t4"),), ("休業補償",)),),
    comments=(_statement("s1c1", "s1t5"),),
)


@pytest.fixture
def minutes() -> Minutes:
    return minutes_of(SAID)


def _told(minutes: Minutes, digest: SectionDigest) -> list[tuple[str, str | None, str | None]]:
    found: tuple[Finding, ...] = section_ledger_findings(digest, minutes.sections[0], minutes.language)
    assert all(finding.section == "s1" for finding in found)
    return [(finding.code, finding.turn, finding.item) for finding in found]


def test_each_turn_has_one_line_that_says_where_it_went(minutes: Minutes) -> None:
    entries = ledger(minutes, [COMPLETE])
    assert [(entry.turn, entry.outcome) for entry in entries] == [
        ("s1t1", "procedural"),
        ("s1t2", "summarised"),
        ("s1t3", "pair"),
        ("s1t4", "pair"),
        ("s1t5", "comment"),
        ("s1t6", "procedural"),
    ]
    assert [entry.rule is not None for entry in entries] == [True, False, False, False, False, True]
    assert [entry.speaker for entry in entries] == [speaker for speaker, _ in SAID]


def test_a_section_without_a_digest_leaves_what_was_said_in_it_unaccounted(minutes: Minutes) -> None:
    outcomes = [entry.outcome for entry in ledger(minutes, [])]
    assert outcomes == ["procedural", *["unaccounted"] * 4, "procedural"]


def test_a_complete_digest_yields_no_finding(minutes: Minutes) -> None:
    assert _told(minutes, COMPLETE) == []


def test_a_question_that_no_pair_has_is_told(minutes: Minutes) -> None:
    assert ("question-without-pair", "s1t3", None) in _told(minutes, replace(COMPLETE, pairs=()))


def test_a_question_that_is_only_a_comment_is_still_without_a_pair(minutes: Minutes) -> None:
    digest = replace(COMPLETE, pairs=(), comments=(*COMPLETE.comments, _statement("s1c2", "s1t3")))
    assert _told(minutes, digest) == [("question-without-pair", "s1t3", None)]


def test_a_long_turn_that_nothing_cites_is_told_and_a_short_one_is_not(minutes: Minutes) -> None:
    assert _told(minutes, replace(COMPLETE, comments=(), summary=())) == [("turn-uncited", "s1t5", None)]


def test_an_answer_given_before_its_question_is_told(minutes: Minutes) -> None:
    pair = replace(COMPLETE.pairs[0], answers=(_statement("s1p1a1", "s1t2"),))
    assert _told(minutes, replace(COMPLETE, pairs=(pair,))) == [("answer-before-question", "s1t2", "s1p1a1")]


def test_parts_that_no_answer_touches_are_told_where_the_digest_calls_nothing_open(minutes: Minutes) -> None:
    pair = replace(COMPLETE.pairs[0], open=())
    assert _told(minutes, replace(COMPLETE, pairs=(pair,))) == [("parts-unanswered", "s1t3", "s1p1")]


def test_a_section_that_failed_is_not_told_what_it_lacks(minutes: Minutes) -> None:
    assert _told(minutes, SectionDigest("s1", "議題1", "failed", reason="length")) == []


def test_a_turn_of_another_document_is_passed_over(minutes: Minutes) -> None:
    pair = Pair("s1p2", "", _statement("s1p2q", "s9t9"), (_statement("s1p2a1", "s9t8"),))
    assert _told(minutes, replace(COMPLETE, pairs=(*COMPLETE.pairs, pair))) == []


def test_a_part_with_words_of_its_own_in_an_answer_is_answered() -> None:
    asked = ("鋼材の調達先はどこか。", "漁業協同組合への休業補償はあるのか。")
    assert untouched(asked, ["鋼材は県内で調達する。休業補償は来年度に決める。"], "ja") == ()
    assert untouched(asked, ["鋼材は県内で調達する。"], "ja") == asked[1:]


def test_nothing_is_called_open_where_the_answer_shares_no_word_at_all() -> None:
    assert untouched(("鋼材の調達先はどこか。", "漁業協同組合への休業補償はあるのか。"), ["はい。"], "ja") == ()
