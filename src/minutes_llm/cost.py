"""What a run will cost before it is made, and a limit on it while it is.

Prices come from a maintained table (`genai-prices`, the extra `prices`); a model that it does not know has no price,
which is said and never guessed. How long answers will be is not known beforehand: they are taken for ANSWER_SHARE of
their prompt.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from minutes_llm.errors import BudgetReached, InputError
from minutes_llm.work import Answer, Reply, Request

ANSWER_SHARE = 0.7
"""Tokens of an answer for each token of its prompt, seen on minutes of every length; rather too many than too few."""


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of a million tokens, in US dollars."""

    prompt: float
    completion: float

    def of(self, prompt_tokens: float, completion_tokens: float) -> float:
        """Return what tokens cost, in US dollars."""
        return (prompt_tokens * self.prompt + completion_tokens * self.completion) / 1_000_000


def prices(model: str) -> Prices | None:
    """Return a model's prices; None where the table is not installed or does not know the model."""
    try:
        from genai_prices import Usage, calc_price
    except ImportError:
        return None
    try:
        prompt = calc_price(Usage(input_tokens=1_000_000), model_ref=model).total_price
        completion = calc_price(Usage(output_tokens=1_000_000), model_ref=model).total_price
    except LookupError:
        return None
    return Prices(float(prompt), float(completion))


def limited(answer: Answer, model: str, max_tokens: int | None, max_cost: float | None) -> Answer:
    """Return an answerer that raises BudgetReached before a request that could go past a limit on the whole run.

    Raises InputError where a limit on cost is set and the model's price is not known.
    """
    if max_tokens is None and max_cost is None:
        return answer
    known = prices(model)
    if max_cost is not None and known is None:
        raise InputError(
            f"--max-cost: the price of {model} is not known (pip install 'minutes-llm[prices]'); use --max-tokens"
        )
    return _Limited(answer, max_tokens, max_cost, known)


class _Limited:
    """Counts what was spent and what is under way; refuses what would go past the limit."""

    def __init__(self, answer: Answer, max_tokens: int | None, max_cost: float | None, known: Prices | None) -> None:
        self.answer = answer
        self.max_tokens = max_tokens
        self.max_cost = max_cost
        self.prices = known
        self.prompt = self.completion = 0.0
        self.lock = threading.Lock()

    def __call__(self, request: Request) -> Reply:
        expected = request.tokens * ANSWER_SHARE
        with self.lock:
            self._check(request, expected)
            self.prompt += request.tokens
            self.completion += expected
        reply = self.answer(request)
        with self.lock:
            self.prompt += reply.usage.prompt_tokens - request.tokens
            self.completion += reply.usage.completion_tokens - expected
        return reply

    def _check(self, request: Request, expected: float) -> None:
        prompt, completion = self.prompt + request.tokens, self.completion + expected
        if self.max_tokens is not None and prompt + completion > self.max_tokens:
            raise BudgetReached(f"{request.label} was not asked: it could go past --max-tokens {self.max_tokens:,}")
        if self.max_cost is not None and self.prices and self.prices.of(prompt, completion) > self.max_cost:
            raise BudgetReached(f"{request.label} was not asked: it could go past --max-cost {self.max_cost:g}")
