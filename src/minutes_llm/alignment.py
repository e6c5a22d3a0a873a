"""Which part of an answer answers which part of a question, by what both speak about."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from minutes_llm.languages.cues import HEAD, grams, ordinal, sentences

FEWEST_WORDS = 6
"""A text that tells less than so many words do is compared as if it told so much: one shared word is no proof."""

NUMBERED = 0.5
"""What it counts that question and answer carry the same number."""

IN_STEP = 0.08
"""What it counts that question and answer stand at the same place among their like."""

LEAST = 0.1
"""Below this likeness nothing is said to answer anything."""

ALSO = 0.25
"""An answer that is not divided also answers what one of its sentences is so near to, and nearest of all."""


class Part(NamedTuple):
    """A part of a turn (or a whole turn, without a passage) that asks or answers."""

    turn: str
    passage: str | None
    text: str


def likeness(asked: frozenset[str], said: frozenset[str]) -> float:
    """Return how much of the smaller of two sets of words is in the other, from 0 to 1."""
    return len(asked & said) / max(min(len(asked), len(said)), FEWEST_WORDS)


def align(asked: Sequence[Part], said: Sequence[Part], language: str) -> tuple[tuple[Part, ...], ...]:
    """Return for each question the parts that answer it, in order.

    Each part answers what it is nearest to, by its first words and by all of them, and a turn that is not divided
    also what one of its sentences speaks of.
    """
    told = weights([part.text for part in (*asked, *said)], language)
    words = [grams(part.text, language) for part in asked]
    numbers = _numbers(asked, language)
    found: list[list[Part]] = [[] for _ in asked]
    for place, part in enumerate(said):
        number = ordinal(part.text, language)
        head, whole = grams(part.text[:HEAD], language), grams(part.text, language)
        scores = [
            shared(own, head, told)
            + shared(own, whole, told) / 2
            + NUMBERED * (number is not None and number == numbers[index])
            + IN_STEP * (1 - abs(index / len(asked) - place / len(said)))
            for index, own in enumerate(words)
        ]
        best = max(scores)
        least = max(best, LEAST + IN_STEP) if part.passage else best
        also = frozenset() if part.passage else _touched(words, part.text, told, language)
        for index, score in enumerate(scores):
            if score >= least or index in also:
                found[index].append(part)
    return tuple(map(tuple, found))


def _touched(asked: Sequence[frozenset[str]], text: str, told: dict[str, float], language: str) -> frozenset[int]:
    """Return which questions the single sentences of a text speak of, each of the nearest alone."""
    touched: set[int] = set()
    for start, end in sentences(text, language):
        said = grams(text[start:end], language)
        scores = [shared(own, said, told) for own in asked]
        best = max(scores)
        if best >= ALSO and scores.count(best) == 1:
            touched.add(scores.index(best))
    return frozenset(touched)


def _numbers(asked: Sequence[Part], language: str) -> list[int | None]:
    """Return the numbers that questions open with; none where a speech begins to count anew."""
    numbers = [ordinal(part.text, language) for part in asked]
    known = [number for number in numbers if number is not None]
    return numbers if len(known) == len(set(known)) else [None for _ in asked]


def weights(texts: Sequence[str], language: str) -> dict[str, float]:
    """Return how much each word of some texts tells: the fewer of them it stands in, the more."""
    counts = Counter(gram for text in texts for gram in grams(text, language))
    return {gram: math.log(1 + len(texts) / count) for gram, count in counts.items()}


def shared(asked: frozenset[str], said: frozenset[str], weights: dict[str, float]) -> float:
    """Return how much of what is told by the smaller of two sets of words is in the other, from 0 to 1."""
    total = min(sum(weights.get(gram, 1.0) for gram in asked), sum(weights.get(gram, 1.0) for gram in said))
    return sum(weights.get(gram, 1.0) for gram in sorted(asked & said)) / max(total, FEWEST_WORDS)
