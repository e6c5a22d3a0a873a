"""A digest scored against a gold: counts that add up, rates that are never made up."""

from __future__ import annotations

import json
from typing import Any

import pytest

from building import Scripted, answer, asking, minutes_of, pair, statement
from minutes_llm.errors import DigestError
from minutes_llm.evaluation import Score, evaluate, parse_gold, total
from minutes_llm.model.digest import Digest
from minutes_llm.pipeline import digest_minutes
from minutes_llm.work import run

TURNS = [
    ("青木委員", "理由は何か。費用はいくらか。"),
    ("事務局", "負担が大きいためである。"),
    ("井上委員", "期日はいつか。"),
    ("上田委員", "仕組みを検討してほしい。"),
]
MINUTES = minutes_of(TURNS)
GOLD = {
    "document": "test",
    "sections": [
        {
            "heading_contains": "議題1",
            "turns": [{"speaker": speaker} for speaker, _ in TURNS],
            "links": [[1, 2]],
            "comments": [4],
            "unanswered": [3],
        }
    ],
}


def made() -> Digest:
    asked = statement("理由を問う。", ("s1t1", "理由は何か"))
    cost = statement("費用を問う。", ("s1t1", "費用はいくらか"))
    when = statement("期日を問う。", ("s1t3", "期日はいつか"))
    said = statement("負担が大きいためである。", ("s1t2", "負担が大きいため"))
    wish = statement("仕組みの検討を求める。", ("s1t4", "仕組みを検討して"))
    pairs = [pair("理由", asked, said), pair("費用", cost), pair("期日", when)]
    given = answer([("理由が問われた。", ["s1t1"])], pairs=pairs, comments=[wish])
    overview = {"overview": [{"text": "理由が論じられた。", "sections": ["s1"]}]}
    script = {"s1": [given], "s1 (again)": [given], "overview": [overview]}
    return run(digest_minutes(MINUTES, asking(), "replay", "m"), Scripted(script))


def scores(gold: dict[str, Any]) -> dict[str, Score]:
    return dict(total(evaluate(made(), parse_gold(json.dumps(gold), "gold.json"))).scores)


def test_links_comments_and_unanswered_questions_are_counted() -> None:
    found = scores(GOLD)
    assert found["links"] == Score(right=1)
    assert found["comments"] == Score(right=1)
    assert found["unanswered"] == Score(right=1)


def test_a_turn_with_an_answered_question_is_not_unanswered_for_another_of_its_questions() -> None:
    gold = json.loads(json.dumps(GOLD))
    gold["sections"][0]["unanswered"] = []
    assert scores(gold)["unanswered"] == Score(wrong=1)


def test_what_a_gold_does_not_judge_and_what_there_is_none_of_has_no_score() -> None:
    gold = json.loads(json.dumps(GOLD))
    del gold["sections"][0]["comments"]
    assert scores(gold)["comments"].f1 is None
    assert Score().precision is None
    assert Score().recall is None
    assert Score(wrong=1).recall is None
    assert Score(right=1, wrong=1, missed=2).f1 == pytest.approx(0.4)


def test_where_turns_differ_in_number_they_are_matched_by_their_speakers() -> None:
    gold = json.loads(json.dumps(GOLD))
    gold["sections"][0]["turns"].insert(0, {"speaker": "座長"})
    gold["sections"][0] |= {"links": [[2, 3]], "comments": [5], "unanswered": [4]}
    assert scores(gold)["links"] == Score(right=1)
    assert scores(gold)["unanswered"] == Score(right=1)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"sections": [{}]}', '{"sections": [1]}'])
def test_what_is_no_gold_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(DigestError, match=r"^gold.json: [^\n]*$"):
        parse_gold(text, "gold.json")
