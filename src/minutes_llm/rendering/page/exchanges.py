"""Who asked whom, as a table of how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from minutes_llm.model.digest import Digest, Pair

NOBODY = ""
"""Stands for a speaker whom no label names."""


@dataclass(frozen=True, slots=True)
class Exchanges:
    """How many questions each asker put to each answerer; `unanswered` are those nobody answered, by asker."""

    askers: tuple[str, ...]
    answerers: tuple[str, ...]
    counts: Counter[tuple[str, str]]
    unanswered: Counter[str]


def exchanges(digest: Digest) -> Exchanges:
    """Return who asked whom how often, in the order in which people first spoke up."""
    pairs = [pair for section in digest.sections for pair in section.pairs]
    askers = dict.fromkeys(asker for pair in pairs for asker in asked_by(pair))
    answerers = dict.fromkeys(answerer for pair in pairs for answerer in answered_by(pair))
    counts = Counter(
        (asker, answerer) for pair in pairs for asker in asked_by(pair) for answerer in answered_by(pair)
    )
    unanswered = Counter(asker for pair in pairs if not pair.answers for asker in asked_by(pair))
    return Exchanges(tuple(askers), tuple(answerers), counts, unanswered)


def asked_by(pair: Pair) -> tuple[str, ...]:
    """Return who put a question."""
    return pair.question.speakers or (NOBODY,)


def answered_by(pair: Pair) -> tuple[str, ...]:
    """Return who answered it, each once."""
    return tuple(dict.fromkeys(name for answer in pair.answers for name in answer.speakers or (NOBODY,)))


def speakers(digest: Digest) -> tuple[str, ...]:
    """Return everyone to whom the digest gives a statement, in the order of appearance."""
    return tuple(dict.fromkeys(name for name in _spoken(digest) if name))


def _spoken(digest: Digest) -> Iterator[str]:
    for section in digest.sections:
        for point in section.points:
            yield from point.speakers
        for pair in section.pairs:
            yield from asked_by(pair)
            yield from answered_by(pair)
        for comment in section.comments:
            yield from comment.speakers
