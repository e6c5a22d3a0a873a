"""Every figure of a statement held against the source: borne out as a quantity, or doubted with the reason.

Quantities are compared, never strings: `30万円` is `¥300,000` and not `30万人`. What follows from the source but is
not said there (a sum, `two of the three`) is not borne out. A figure exchanged for another figure of the same source
is not seen: what a figure is said of, code cannot tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import Literal, NamedTuple

from minutes_llm.languages import tables
from minutes_llm.languages.quantities import (
    FINER,
    MEASURES,
    MONEY,
    PERIODS,
    Amount,
    Day,
    Figure,
    Hedge,
    Label,
    Reader,
    Reading,
    Relative,
)

Reason = Literal["absent", "unit", "scale", "direction", "hedge", "lost"]
RANK: tuple[Reason | None, ...] = (None, "hedge", "direction", "scale", "unit", "absent")
"""From borne out to not there at all; of several figures in the source the one that comes nearest counts."""

SAME_HEDGE: dict[Hedge, Hedge] = {"more than": "at least", "less than": "at most"}
NEAR_HEDGES: dict[Hedge, set[Hedge]] = {
    "just over": {"about", "at least", "over"},
    "just under": {"about", "at most"},
    "over": {"", "at least"},
    "up to": {"", "at most"},
}
STRICT = (
    MONEY | PERIODS | MEASURES | {"percent", "point", "times", "person", "country", "age", "nth", "clock", "decade"}
)
"""Units that `三つの` or `3点` cannot stand for."""

GENERAL = {
    "place": {"facility", "school", "building", "area", "room"},
    "case": {"proposal", "project", "question"},
    "long thing": {"proposal", "project", "route", "case"},
    "route": {"machine"},
    "nth": {"day"},
}
"""Counters of one language that the noun itself stands for in another (`施設14か所`, `14 facilities`)."""

SMALLER = FINER | {"week": (7, "day")}


class Doubt(NamedTuple):
    """A figure that the other text does not bear out, and why.

    `absent`: no such quantity. `unit`: the number is there, of something else. `scale`: off by a power of ten.
    `direction`: ago and later exchanged. `hedge`: the quantity is there, but `about` or `at least` was added, lost
    or exchanged. `lost` (between an original and its translation): the original's figure has no counterpart.
    `nearest` is the figure of the other text that it was most likely made from.
    """

    figure: Figure
    reason: Reason
    nearest: Figure | None = None


@lru_cache(maxsize=1024)
def figures(text: str, language: str, on: dt.date | None = None) -> tuple[Figure, ...]:
    """Return every figure of a text, in order.

    `on` is the day it was said, from which `昨年` and `next month` are resolved. Japanese is read for `ja` and `zh`
    (the numerals are shared), English for every other language.
    """
    reader: Reader = tables(language, "numbers").figures
    return reader(text, on)


def unsupported(
    statement: str,
    sources: Sequence[str],
    language: str,
    source_language: str | None = None,
    on: dt.date | None = None,
) -> tuple[Doubt, ...]:
    """Return the figures of a statement that none of its sources bears out, each with the reason.

    `source_language` is the statement's language where none is given. The day of the meeting, `on`, is known to all
    and needs no source.
    """
    stated = figures(statement, language, on)
    if all(figure.loose for figure in stated):
        return ()
    said = [figure for text in sources for figure in figures(text, source_language or language, on)]
    return _doubts(stated, said, on)


def figures_differ(
    original: str, translation: str, original_language: str, translation_language: str, on: dt.date | None = None
) -> tuple[Doubt, ...]:
    """Return the figures that a translation altered, added or (reason `lost`) left out."""
    before, after = figures(original, original_language, on), figures(translation, translation_language, on)
    altered = _doubts(after, before, on)
    explained = {id(doubt.nearest) for doubt in altered}
    missing = (doubt.figure for doubt in _doubts(before, after, on) if id(doubt.figure) not in explained)
    return altered + tuple(Doubt(figure, "lost") for figure in missing)


def _doubts(statement: Sequence[Figure], sources: Sequence[Figure], on: dt.date | None) -> tuple[Doubt, ...]:
    ends = {end for figure in statement for end in _ends(figure)}
    doubts = (_doubt(figure, sources, ends, on) for figure in statement if not figure.loose)
    return tuple(doubt for doubt in doubts if doubt)


def _doubt(figure: Figure, sources: Sequence[Figure], ends: set[Amount], on: dt.date | None) -> Doubt | None:
    """Return what is doubtful about a figure, or None where a source bears it out."""
    if on and any(_is_today(reading, on) for reading in figure.readings):
        return None
    if any(_says_the_same(figure, source) for source in sources):
        return None
    best, nearest = RANK.index("absent"), None
    for source in sources:
        rank = RANK.index(_difference(figure, source, ends, on))
        if rank < best:
            best, nearest = rank, source
        if best == 0:
            return None
    reason = RANK[best]
    return None if reason is None or _both_ends(figure, sources) else Doubt(figure, reason, nearest)


def _says_the_same(figure: Figure, source: Figure) -> bool:
    """Tell whether two figures are said in the same words, which is how most are borne out."""
    return source.text == figure.text and (source.readings, source.hedge, source.direction) == (
        figure.readings,
        figure.hedge,
        figure.direction,
    )


def _difference(figure: Figure, source: Figure, ends: set[Amount], on: dt.date | None) -> Reason | None:
    """Return what keeps one figure of the source from bearing out a figure; None where nothing does."""
    pairs = [(ours, theirs) for ours in figure.readings for theirs in source.readings]
    found = min((_compared(ours, theirs, ends, on) for ours, theirs in pairs), key=RANK.index)
    if found is not None:
        return found
    if figure.direction and source.direction and figure.direction != source.direction:
        return "direction"
    return None if _same_hedge(figure, source) else "hedge"


def _compared(ours: Reading, theirs: Reading, ends: set[Amount], on: dt.date | None) -> Reason | None:
    if isinstance(ours, Amount) and isinstance(theirs, Amount):
        return _amounts(ours, theirs, ends)
    if isinstance(ours, Day) and isinstance(theirs, Day):
        return None if _within(ours, theirs, on) else "absent"
    if isinstance(ours, Relative) and isinstance(theirs, Relative):
        same = (ours.period, ours.offset) == (theirs.period, theirs.offset)
        parts = ((ours.month, theirs.month), (ours.day, theirs.day))
        return None if same and all(part in (None, said) for part, said in parts) else "absent"
    if isinstance(ours, Label) or isinstance(theirs, Label):
        return None if _digits(ours) == _digits(theirs) is not None else "absent"
    return "absent"


def _amounts(ours: Amount, theirs: Amount, ends: set[Amount]) -> Reason | None:
    if ours.unit != theirs.unit and (ours.low, ours.high) == (theirs.low, theirs.high) and ours.unit in PERIODS:
        return None if _same_unit(ours.unit, theirs.unit) else "unit"
    ours, theirs = _common_unit(ours, theirs)
    agree = _same_unit(ours.unit, theirs.unit)
    if (ours.low, ours.high) == (theirs.low, theirs.high):
        return None if agree else "unit"
    if agree and ours.low == ours.high and ours.low in (theirs.low, theirs.high):
        other = theirs.high if ours.low == theirs.low else theirs.low
        whole = theirs.unit == "clock" or Amount(other, other, ours.unit) in ends
        return None if whole else "hedge"
    return "scale" if agree and _power_of_ten(ours, theirs) else "absent"


def _common_unit(ours: Amount, theirs: Amount) -> tuple[Amount, Amount]:
    """Return two durations in the same unit: a year is twelve months, a week seven days."""
    for _ in range(2):
        if ours.unit == theirs.unit or not {ours.unit, theirs.unit} <= PERIODS:
            break
        if ours.unit in SMALLER and ours.unit != "minute" or theirs.unit == "second":
            ours = _smaller(ours)
        else:
            theirs = _smaller(theirs)
    return ours, theirs


def _smaller(amount: Amount) -> Amount:
    times, unit = SMALLER.get(amount.unit, (1, amount.unit))
    return Amount(amount.low * times, amount.high * times, unit)


def _same_unit(ours: str, theirs: str) -> bool:
    if ours == theirs or not ours or not theirs:
        return True
    return _stands_for(ours, theirs) or _stands_for(theirs, ours)


def _stands_for(counter: str, unit: str) -> bool:
    return unit not in STRICT if counter == "item" else unit in GENERAL.get(counter, ())


def _power_of_ten(ours: Amount, theirs: Amount) -> bool:
    if not ours.low or not theirs.low or ours.low * theirs.high != ours.high * theirs.low:
        return False
    ratio = max(ours.low / theirs.low, theirs.low / ours.low)
    return ratio.denominator == 1 and str(ratio.numerator).strip("0") == "1" and ratio > 1


def _within(ours: Day, theirs: Day, on: dt.date | None) -> bool:
    """Tell whether a date says no more than another, to which the meeting lends year and month where it has none."""
    years = theirs.years or ((on.year,) if on else ())
    month = theirs.month or (on.month if on and theirs.day and not theirs.years else None)
    if ours.years and not set(ours.years) & set(years):
        return False
    if ours.years and theirs.years and None not in (ours.fiscal, theirs.fiscal) and ours.fiscal != theirs.fiscal:
        return False
    if ours.years and not theirs.years and (ours.fiscal or not theirs.month):
        return False
    return ours.month in (None, month) and ours.day in (None, theirs.day)


def _is_today(reading: Reading, on: dt.date) -> bool:
    if not isinstance(reading, Day) or None in (reading.month, reading.day):
        return False
    return _within(reading, Day((on.year,), on.month, on.day), None)


def _digits(reading: Reading) -> str | None:
    if isinstance(reading, Label):
        return reading.digits
    if isinstance(reading, Amount) and reading.low == reading.high and reading.unit in ("", "nth"):
        return str(reading.low)
    return None


def _same_hedge(ours: Figure, theirs: Figure) -> bool:
    first, second = (SAME_HEDGE.get(hedge, hedge) for hedge in (ours.hedge, theirs.hedge))
    ranged = any(isinstance(r, Amount) and r.low < r.high for r in (*ours.readings, *theirs.readings))
    near = second in NEAR_HEDGES.get(first, ()) or first in NEAR_HEDGES.get(second, ())
    return first == second or near or (ranged and {first, second} <= {"", "about", "just over"})


def _ends(figure: Figure) -> tuple[Amount, ...]:
    return tuple(
        reading for reading in figure.readings if isinstance(reading, Amount) and reading.low == reading.high
    )


def _both_ends(figure: Figure, sources: Sequence[Figure]) -> bool:
    """Tell whether a range is borne out by two figures of the source, one for each end (`3%から5%`)."""
    amount = figure.readings[0]
    if not isinstance(amount, Amount) or amount.low == amount.high:
        return False
    said = [end for source in sources for end in _ends(source)]
    return all(_is_said(end, amount.unit, said) for end in (amount.low, amount.high))


def _is_said(value: Fraction, unit: str, said: Iterable[Amount]) -> bool:
    return any(amount.low == value and _same_unit(amount.unit, unit) for amount in said)
