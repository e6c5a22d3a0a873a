"""A section as the parts it is asked in: one where it fits the budget, else cut where an exchange ends.

A question is kept with its answers; only an exchange that is longer than the whole budget is cut inside, and a turn
that is, at the end of a sentence. Every turn is in exactly one part, or in neighbouring ones piece by piece.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from minutes_llm.model.minutes import Section, Turn
from minutes_llm.patterns import late
from minutes_llm.tokens import estimate

SENTENCE_END = late(r"(?<=[。！？\n])|(?<=[.!?])\s")
LABEL_TOKENS = 12
"""What the id and the label before each turn add to its text."""


class Slice(NamedTuple):
    """A turn, or a stretch of one that is too long for any part."""

    turn: Turn
    text: str


Part = tuple[Slice, ...]


def plan(section: Section, language: str, budget: int) -> tuple[Part, ...]:
    """Return the parts of a section, in order, each within the budget of tokens where that can be done.

    Tokens are estimated, rather too high, and never counted: a plan is the same on every machine, whether a model's
    table of tokens is there or not, and so are the requests that recordings answer.
    """
    sized = [each for turn in section.turns for each in _slices(turn, budget)]
    slices, sizes = [piece for piece, _ in sized], [size for _, size in sized]
    if sum(sizes) <= budget:
        return (tuple(slices),) if slices else ()
    joined = _joined(section, slices, language)
    parts: list[Part] = []
    start, size = 0, 0
    for index, more in enumerate(sizes):
        if size + more > budget and index > start:
            cut = next((at for at in range(index, start, -1) if at not in joined), index)
            parts.append(tuple(slices[start:cut]))
            start, size = cut, sum(sizes[cut:index])
        size += more
    parts.append(tuple(slices[start:]))
    return tuple(parts)


def halves(part: Part) -> tuple[Part, Part] | None:
    """Return a part as two that are about as long, or None where it is one sentence."""
    if len(part) == 1:
        pieces = _sentences(part[0].text)
        middle = _middle([len(piece) for piece in pieces])
        if not 0 < middle < len(pieces):
            return None
        turn = part[0].turn
        return (Slice(turn, "".join(pieces[:middle])),), (Slice(turn, "".join(pieces[middle:])),)
    middle = _middle([len(piece.text) for piece in part])
    return part[:middle], part[middle:]


def _slices(turn: Turn, budget: int) -> list[tuple[Slice, int]]:
    """Return a turn in slices, each with its tokens and those of its label: one where it fits."""
    whole = Slice(turn, turn.text)
    if (tokens := _tokens(whole)) <= budget:
        return [(whole, tokens)]
    slices: list[Slice] = []
    text, size = "", LABEL_TOKENS
    for sentence in _sentences(turn.text):
        more = estimate(sentence)
        if text and size + more > budget:
            slices.append(Slice(turn, text))
            text, size = "", LABEL_TOKENS
        text, size = text + sentence, size + more
    return [(piece, _tokens(piece)) for piece in (*slices, Slice(turn, text))]


def _tokens(piece: Slice) -> int:
    return estimate(piece.text) + LABEL_TOKENS


def _sentences(text: str) -> list[str]:
    ends = [match.end() for match in SENTENCE_END.finditer(text)]
    bounds = [0, *ends, len(text)]
    return [text[a:b] for a, b in zip(bounds, bounds[1:], strict=False) if a < b]


def _joined(section: Section, slices: Sequence[Slice], language: str) -> set[int]:
    """Return the indexes at which a cut would part a question from an answer."""
    from minutes_llm.discourse import links  # imported where it is used: most sections are not cut

    first = {piece.turn.id: index for index, piece in reversed(list(enumerate(slices)))}
    joined: set[int] = set()
    for link in links(section, language):
        places = [first[turn] for turn in (link.question, *link.answers)]
        joined.update(range(min(places) + 1, max(places) + 1))
    return joined


def _middle(sizes: Sequence[int]) -> int:
    """Return the index that parts the sizes into two runs of nearly equal sum, neither empty where there are two."""
    half, total = sum(sizes) / 2, 0
    for index, size in enumerate(sizes):
        total += size
        if total >= half:
            return min(index + 1, len(sizes) - 1)
    return 0
