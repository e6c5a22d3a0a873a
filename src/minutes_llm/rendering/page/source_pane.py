"""The source as blocks to read, cut where an item of the digest quotes it.

Lines are shown joined, as the turns have them, while marks are offsets in the source as read; so every character
shown keeps the offset it came from. Stage directions and page furniture inside a turn stay where they stood. The
work is linear in the length of the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from minutes_llm.model.minutes import Minutes, Piece, Section, Turn


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the source that something on the page points at, and the anchor of that something."""

    start: int
    end: int
    item: str


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that the same items point at; an `aside` is a stage direction or page furniture."""

    text: str
    items: tuple[str, ...] = ()
    aside: bool = False


BlockKind = Literal["header", "heading", "turn", "aside"]


@dataclass(frozen=True, slots=True)
class Block:
    """A turn, a heading, the header, or what stands between them; `id` is the turn's or the section's."""

    kind: BlockKind
    runs: tuple[Run, ...]
    id: str | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A block before it is cut: its text, and for each of its characters the offset it came from."""

    kind: BlockKind
    start: int
    text: str
    places: Sequence[int]
    id: str | None = None
    speaker: str | None = None
    asides: tuple[Piece, ...] = ()


def blocks(minutes: Minutes, marks: Iterable[Mark]) -> tuple[Block, ...]:
    """Return everything of the source that is more than white space, in order, with the marks in their places."""
    stretches = sorted(_stretches(minutes), key=lambda stretch: stretch.start)
    starts = [stretch.start for stretch in stretches]
    marked: list[list[Mark]] = [[] for _ in stretches]
    for mark in marks:
        at = bisect_right(starts, mark.start) - 1
        if at >= 0:
            marked[at].append(mark)
    source = minutes.source.text
    return tuple(
        Block(stretch.kind, tuple(_runs(stretch, found, source)), stretch.id, stretch.speaker)
        for stretch, found in zip(stretches, marked, strict=True)
    )


def _stretches(minutes: Minutes) -> Iterator[_Stretch]:
    """Yield every stretch to show; headings before the turns that may begin at the same character."""
    source = minutes.source.text
    loose = _Loose(minutes)
    for section in minutes.sections:
        if section.heading:
            text, places = _placed(section.heading, loose.heading(section), source, section.start)
            yield _Stretch("heading", section.start, text, places, section.id)
        for turn in section.turns:
            text, places = _placed(turn.text, turn.spans, source, turn.start)
            yield _Stretch("turn", turn.start, text, places, turn.id, turn.speaker, loose.inside(turn))
    for kind, start, end in loose.between():
        yield _Stretch(kind, start, source[start:end], range(start, end))


class _Loose:
    """The pieces that are no speech and no label, handed out to the turns and sections they stand in."""

    def __init__(self, minutes: Minutes) -> None:
        self._pieces = [p for p in minutes.pieces if p.kind in ("header", "heading", "direction", "unclaimed")]
        self._starts = [piece.start for piece in self._pieces]
        self._body = min((section.start for section in minutes.sections), default=len(minutes.source.text))
        self._taken: set[Piece] = set()

    def heading(self, section: Section) -> tuple[tuple[int, int], ...]:
        """Take the pieces that a section's heading was made of."""
        end = section.turns[0].start if section.turns else section.end
        pieces = [piece for piece in self._within(section.start, end) if piece.kind == "heading"]
        self._taken.update(pieces)
        return tuple((piece.start, piece.end) for piece in pieces)

    def inside(self, turn: Turn) -> tuple[Piece, ...]:
        """Take the stage directions and page furniture inside a turn."""
        pieces = self._within(turn.start, turn.end)
        self._taken.update(pieces)
        return tuple(pieces)

    def between(self) -> Iterator[tuple[BlockKind, int, int]]:
        """Yield what nobody took; all of the header that comes before the first section as one."""
        header = [piece.end for piece in self._pieces if piece.kind == "header" and piece.end <= self._body]
        end = max(header, default=0)
        if header:
            yield "header", self._starts[0], end
        for piece in self._pieces:
            if piece.start >= end and piece not in self._taken:
                yield ("heading" if piece.kind == "heading" else "aside"), piece.start, piece.end

    def _within(self, start: int, end: int) -> list[Piece]:
        return self._pieces[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


def _placed(text: str, spans: Sequence[tuple[int, int]], source: str, start: int) -> tuple[str, Sequence[int]]:
    """Return a text and where each of its characters stands in the source it was joined from.

    White space that joining put in shares the place of the character before it. Where text and source differ in
    more than white space, the source's own lines are shown.
    """
    letters = [at for a, b in spans for at in range(a, b) if not source[at].isspace()]
    if [c for c in text if not c.isspace()] != [source[at] for at in letters]:
        places = [at for a, b in spans for at in range(a, b)]
        return ("".join(source[at] for at in places), places) if spans else (text, [start] * len(text))
    places, at, left = [], start, iter(letters)
    for character in text:
        if not character.isspace():
            at = next(left)
        places.append(at)
    return text, places


def _runs(stretch: _Stretch, marks: Sequence[Mark], source: str) -> Iterator[Run]:
    """Yield a stretch cut at every edge of a mark, with its asides put back in between."""
    text, places = stretch.text, stretch.places
    spans = [(bisect_left(places, mark.start), bisect_left(places, mark.end), mark.item) for mark in marks]
    asides = [(bisect_left(places, piece.start), source[piece.start : piece.end]) for piece in stretch.asides]
    edges = {0, len(text)} | {a for a, _, _ in spans} | {b for _, b, _ in spans} | {at for at, _ in asides}
    for start, end in pairwise([*sorted(edges), len(text)]):
        yield from (Run(aside, aside=True) for at, aside in asides if at == start)
        if start < end:
            yield Run(text[start:end], tuple(dict.fromkeys(i for a, b, i in spans if a <= start and end <= b)))
