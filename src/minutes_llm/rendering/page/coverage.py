"""What of the source the digest covers, as a strip to scale."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from minutes_llm.model.digest import Digest, Outcome

WIDTH = 1000.0
"""Units that the length of the source is drawn on."""

# Covered turns stand on the base line, the taller the more of them is in the digest; a turn that is left out hangs
# below it. So the picture does not need its colours to be read.
_SHAPES: dict[Outcome, tuple[int, int]] = {
    "pair": (0, 16),
    "comment": (5, 11),
    "summarised": (9, 7),
    "procedural": (13, 3),
    "unaccounted": (17, 7),
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One turn on the strip: where it begins and how wide it is, in `WIDTH`ths of the source, and how high."""

    turn: str
    outcome: Outcome
    x: float
    width: float
    y: int
    height: int


def strip(digest: Digest) -> tuple[Bar, ...]:
    """Return a bar for each line of the ledger."""
    unit = WIDTH / max(digest.source.characters, max((entry.end for entry in digest.ledger), default=0), 1)
    return tuple(
        Bar(
            entry.turn,
            entry.outcome,
            round(entry.start * unit, 3),
            round((entry.end - entry.start) * unit, 3),
            *_SHAPES[entry.outcome],
        )
        for entry in digest.ledger
    )


def tally(digest: Digest) -> dict[Outcome, int]:
    """Return how many turns came to each outcome."""
    counts = Counter(entry.outcome for entry in digest.ledger)
    return {outcome: counts[outcome] for outcome in _SHAPES}


def shape(outcome: Outcome) -> tuple[int, int]:
    """Return where the bar of an outcome begins and how high it is."""
    return _SHAPES[outcome]
