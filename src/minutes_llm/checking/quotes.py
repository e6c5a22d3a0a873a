"""A quotation found in the turn it is said to stand in, and where in the source.

Quotations are compared on a normalised copy, because lines are wrapped in mid-word, digits come in two widths, and a
page stamp may stand in the middle of a sentence: white space is left out, each character is folded by NFKD (Unicode
Standard Annex 15) and a few look-alikes that NFKD keeps apart are folded too. The copy remembers where each of its
characters came from; what is kept as evidence is the turn's own text there.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain, count, repeat
from typing import NamedTuple

from minutes_llm.model.digest import Evidence
from minutes_llm.model.minutes import Turn

SHORTEST_QUOTE = 4
"""A quotation of fewer characters proves nothing, unless the whole turn is no longer."""

LOOK_ALIKES = str.maketrans(dict.fromkeys("−‐–—―", "-") | {"〜": "~", "’": "'", "‘": "'", "“": '"', "”": '"'})


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Return a text without white space, with widths and look-alikes folded, for comparison only."""
    return "".join(unicodedata.normalize("NFKD", text).translate(LOOK_ALIKES).split())


_folded_character = cache(folded.__wrapped__)
"""Texts are folded character by character, and there are far fewer characters than there is text: all are kept, and
push no text out of those that `folded` keeps."""


class Spoken(NamedTuple):
    """What was said in a turn, folded for comparison.

    For each character `offsets` has its place in the source and `places` its place in the turn's text.
    """

    turn: Turn
    text: str
    offsets: tuple[int, ...]
    places: tuple[int, ...]

    def locate(self, quote: str) -> Evidence | None:
        """Return the quotation as it stands in the source, or None where it does not stand in this turn."""
        wanted = folded(quote)
        if not wanted or len(wanted) < min(SHORTEST_QUOTE, len(self.text)):
            return None
        first = self.text.find(wanted)
        if first < 0:
            return None
        last = first + len(wanted) - 1
        start, end = self.offsets[first], self.offsets[last] + 1
        passage = next((p.id for p in self.turn.passages if p.start <= start and end <= p.end), None)
        quoted = self.turn.text[self.places[first] : self.places[last] + 1]
        return Evidence(self.turn.id, quoted, start, end, passage)


def spoken(turn: Turn, source: str) -> Spoken:
    """Return what was said in a turn, ready to find quotations in."""
    offsets = chain.from_iterable(_places(source[start:end], start) for start, end in turn.spans)
    text = "".join(map(_folded_character, turn.text))
    return Spoken(turn, text, tuple(offsets), tuple(_places(turn.text, 0)))


def _places(text: str, start: int) -> Iterator[int]:
    """Return the place of each character that is left of a text when it is folded; `start` is that of the first."""
    lengths = map(len, map(_folded_character, text))
    return chain.from_iterable(map(repeat, count(start), lengths))


class Transcript:
    """The turns of a section by their ids, ready to find quotations in: each is folded when it is first asked for."""

    def __init__(self, turns: Iterable[Turn], source: str) -> None:
        self.turns = {turn.id: turn for turn in turns}
        self._source = source
        self._spoken: dict[str, Spoken] = {}

    def spoken(self, turn: str) -> Spoken:
        """Return what was said in a turn."""
        if turn not in self._spoken:
            self._spoken[turn] = spoken(self.turns[turn], self._source)
        return self._spoken[turn]

    def speakers(self, turns: Iterable[str]) -> tuple[str, ...]:
        """Return the labels of turns, each once, in order; turns without a label add none."""
        return tuple(dict.fromkeys(label for turn in turns if (label := self.turns[turn].speaker)))


def locate(turn: Turn, quote: str, source: str) -> Evidence | None:
    """Return a quotation as it stands in a turn of the source, or None where it does not."""
    return spoken(turn, source).locate(quote)


def stands(evidence: Evidence, turn: Turn, source: str) -> bool:
    """Tell whether evidence is true to the source: its characters are those at its offsets, inside the turn."""
    stretches = (source[max(start, evidence.start) : min(end, evidence.end)] for start, end in turn.spans)
    inside = turn.start <= evidence.start < evidence.end <= turn.end
    return inside and folded("".join(stretches)) == folded(evidence.quote) != ""
