"""A limit on what a run may cost stops it before a request, never after."""

from __future__ import annotations

import pytest

from minutes_llm.cost import limited, prices
from minutes_llm.errors import BudgetReached, InputError
from minutes_llm.model.digest import Usage
from minutes_llm.work import Message, Reply, Request


def request(tokens: int) -> Request:
    return Request("s1", (Message("user", "…"),), "section", {}, tokens=tokens)


def test_what_could_go_past_the_limit_is_not_asked() -> None:
    asked: list[int] = []

    def answer(request: Request) -> Reply:
        asked.append(request.tokens)
        return Reply("", usage=Usage(1, request.tokens, 10))

    guarded = limited(answer, "m", max_tokens=1000, max_cost=None)
    guarded(request(500))
    with pytest.raises(BudgetReached, match="--max-tokens 1,000"):
        guarded(request(400))
    assert asked == [500]
    guarded(request(200))


def test_what_an_answer_really_took_counts_in_place_of_what_was_expected() -> None:
    guarded = limited(lambda request: Reply("", usage=Usage(1, 10, 0)), "m", max_tokens=250, max_cost=None)
    for _ in range(8):
        guarded(request(100))


def test_a_limit_on_cost_needs_a_price() -> None:
    with pytest.raises(InputError, match="--max-tokens"):
        limited(lambda request: Reply(""), "a-model-of-ones-own", None, 1.0)


def test_a_known_model_has_a_price_and_an_unknown_one_none() -> None:
    known = prices("gpt-5-mini")
    assert known is not None
    assert known.completion > known.prompt > 0
    assert known.of(1_000_000, 0) == known.prompt
    assert prices("a-model-of-ones-own") is None


def test_no_limit_is_no_guard() -> None:
    def answer(request: Request) -> Reply:
        return Reply("")

    assert limited(answer, "m", None, None) is answer
