"""One section's story, driven by scripted replies: no network, no event loop."""

from __future__ import annotations

from typing import Any

import pytest

from building import Scripted, answer, asking, minutes_of, pair, statement
from minutes_llm.model.digest import Draft
from minutes_llm.section import digest_section
from minutes_llm.work import Reply, run

MINUTES = minutes_of(
    [
        ("青木委員", "加盟国が少ない理由は何か。年会費も教えていただきたい。"),
        ("事務局", "年会費は日本円で30万円程度であり、負担が大きいためと考えている。"),
        ("青木委員", "負担を軽くする仕組みを検討していただきたい。"),
    ]
)
QUESTION = statement("加盟国が少ない理由と年会費を問う。", ("s1t1", "加盟国が少ない理由は何か"))
ANSWER = statement("年会費は30万円程度で、負担が大きいためである。", ("s1t2", "年会費は日本円で30万円程度"))
COMMENT = statement("負担を軽くする仕組みの検討を求める。", ("s1t3", "負担を軽くする仕組みを検討"))
GOOD = answer(
    [("加盟国が少ない理由が論じられた。", ["s1t1", "s1t2"])],
    pairs=[pair("加盟国が少ない理由", QUESTION, ANSWER)],
    comments=[COMMENT],
)


def digested(script: dict[str, list[Any]], budget: int = 12_000) -> tuple[Draft, Scripted]:
    scripted = Scripted(script)
    return run(digest_section(MINUTES.sections[0], MINUTES, asking(budget=budget)), scripted), scripted


def test_a_good_answer_becomes_a_digest_with_speakers_and_offsets_looked_up_by_code() -> None:
    draft, scripted = digested({"s1": [GOOD]})
    (made,) = draft.digest.pairs
    assert made.question.speakers == ("青木委員",)
    assert made.answers[0].speakers == ("事務局",)
    (evidence,) = made.answers[0].evidence
    assert MINUTES.source.text[evidence.start : evidence.end] == evidence.quote == "年会費は日本円で30万円程度"
    assert draft.digest.status == "ok"
    assert draft.findings == ()
    assert len(scripted.asked) == 1


def test_the_prompt_shows_numbered_turns_inside_a_fence_they_cannot_contain() -> None:
    _, scripted = digested({"s1": [GOOD]})
    shown = scripted.asked[0].messages[-1].content
    assert "[s1t2] 事務局: 年会費は日本円で30万円程度" in shown
    fence = next(line for line in shown.splitlines() if line.startswith("=== "))
    assert shown.splitlines().count(fence) == 2
    assert fence not in MINUTES.source.text


@pytest.mark.parametrize(
    ("faulty", "told"),
    [
        (statement("答えた。", ("s1t2", "年会費は日本円で50万円程度")), "年会費は日本円で50万円程度"),
        (statement("答えた。", ("s9t9", "年会費は日本円で30万円程度")), "s9t9"),
    ],
)
def test_evidence_that_is_not_there_is_told_back_once_and_mended(faulty: dict[str, Any], told: str) -> None:
    bad = answer(pairs=[pair("理由", QUESTION, faulty)], comments=[COMMENT])
    draft, scripted = digested({"s1": [bad], "s1 (again)": [GOOD]})
    complaint = scripted.last_message("s1 (again)").content
    assert "pairs[0].answers[0]" in complaint
    assert told in complaint
    assert draft.findings == ()
    assert draft.digest.pairs[0].answers[0].evidence


def test_evidence_that_stays_wrong_is_shown_as_unverified_never_as_fact() -> None:
    bad = answer(
        pairs=[pair("理由", QUESTION, statement("50万円である。", ("s1t2", "年会費は50万円")))], comments=[COMMENT]
    )
    draft, scripted = digested({"s1": [bad], "s1 (again)": [bad]})
    assert draft.digest.pairs[0].answers[0].evidence == ()
    assert {finding.code for finding in draft.findings} >= {"quote-not-found", "unverified"}
    assert len(scripted.asked) == 2


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("申し訳ありませんが、要約は以下の通りです。", "not one JSON value"),
        ('{"summary": []', "not one JSON value"),
        ('{"summary": [], "summary": [], "points": [], "pairs": [], "comments": []}', "stands twice"),
        (
            '{"summary": [{"text": "あ"}], "points": [], "pairs": [], "comments": []}',
            "'turns' is a required property",
        ),
    ],
)
def test_a_reply_that_is_not_the_json_asked_for_is_asked_for_again_with_the_error(text: str, told: str) -> None:
    draft, scripted = digested({"s1": [text], "s1 (again)": [GOOD]})
    assert told in scripted.last_message("s1 (again)").content
    assert draft.digest.status == "ok"


@pytest.mark.parametrize("frame", ["```json\n{}\n```", "<think>まず読む。</think>\n{}", "```\n{}\n```"])
def test_a_fence_or_thinking_around_the_json_is_set_aside(frame: str) -> None:
    import json

    draft, scripted = digested({"s1": [frame.replace("{}", json.dumps(GOOD, ensure_ascii=False))]})
    assert draft.digest.pairs
    assert len(scripted.asked) == 1


def test_three_unreadable_replies_are_a_failed_section_that_says_why() -> None:
    draft, scripted = digested({"s1": ["あ"], "s1 (again)": ["い", "う"]})
    assert draft.digest.status == "failed"
    assert draft.digest.reason
    assert "not one JSON value" in draft.digest.reason
    assert [finding.code for finding in draft.findings if finding.severity == "error"] == ["section-failed"]
    assert len(scripted.asked) == 3


@pytest.mark.parametrize("finish", ["refusal", "filter", "failed"])
def test_what_will_not_be_answered_fails_the_section_with_the_reason(finish: Any) -> None:
    draft, scripted = digested({"s1": [Reply("", finish, "policy 7")]})
    assert draft.digest.status == "failed"
    assert draft.digest.reason is not None
    assert "policy 7" in draft.digest.reason
    assert len(scripted.asked) == 1


@pytest.mark.parametrize("finish", ["length", "overflow"])
def test_what_was_too_long_is_asked_for_in_halves_and_never_again_unchanged(finish: Any) -> None:
    first = answer(pairs=[pair("加盟国が少ない理由", QUESTION, ANSWER)])
    second = answer([("仕組みが求められた。", ["s1t3"])], comments=[COMMENT])
    draft, scripted = digested(
        {
            "s1": [Reply('{"summary": [', finish)],
            "s1a": [first],
            "s1b": [second],
            "s1 summary": [{"summary": [{"text": "全体の要約である。", "turns": ["s1t1", "s1t3"]}]}],
        }
    )
    prompts = [request.messages for request in scripted.asked]
    assert len(set(prompts)) == len(prompts)
    assert [sentence.text for sentence in draft.digest.summary] == ["全体の要約である。"]
    assert draft.digest.pairs[0].id == "s1p1"
    assert draft.digest.comments[0].id == "s1c1"
    assert draft.digest.status == "ok"


def test_one_sentence_that_is_too_long_fails_its_section_and_nothing_else() -> None:
    minutes = minutes_of([("青木委員", "一文だけである。")])
    story = digest_section(minutes.sections[0], minutes, asking())
    draft = run(story, Scripted({"s1": [Reply("", "overflow", "n_ctx 10")]}))
    assert draft.digest.status == "failed"
    assert "n_ctx 10" in (draft.digest.reason or "")


def test_a_section_without_a_turn_asks_nobody() -> None:
    minutes = minutes_of([])
    draft = run(digest_section(minutes.sections[0], minutes, asking()), Scripted({}))
    assert draft.digest.status == "empty"
