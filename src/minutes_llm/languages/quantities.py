"""What a figure says, as a value that is the same in every language and script.

`30万円`, `¥300,000` and `300 thousand yen` are one `Amount`; `令和6年3月13日` and `March 13, 2024` one `Day`. Some
figures can be read in two ways (`6年` is six years, or the sixth year of an era): they carry all their readings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from fractions import Fraction
from typing import Literal, NamedTuple, TypeAlias

Hedge = Literal[
    "", "about", "just over", "just under", "at least", "more than", "at most", "less than", "over", "up to"
]  # fmt: skip
"""`over three years` may be more than three or during three, `２回まで` at most two or as many as two."""

Direction = Literal["", "ago", "later"]
Period = Literal["year", "fiscal year", "month", "day"]
Kind = Literal[
    "number", "money", "percent", "point", "times", "ordinal", "count", "age", "measure",
    "duration", "date", "fiscal year", "clock", "identifier",
]  # fmt: skip


class Amount(NamedTuple):
    """A number, or a range of numbers, of something; `unit` is an English word, empty where none is known.

    Percent counts in hundredths (`2割` and `a fifth` are 20), `nth` is an ordinal, `clock` minutes after midnight.
    """

    low: Fraction
    high: Fraction
    unit: str = ""


class Day(NamedTuple):
    """A date or the part of one that is said. `years` are the years it may mean, most often one, none if unsaid.

    `fiscal` is None where the text does not tell a fiscal year from a calendar year (`令和5、6年度`).
    """

    years: tuple[int, ...] = ()
    month: int | None = None
    day: int | None = None
    fiscal: bool | None = False


class Relative(NamedTuple):
    """A date told from the day of speaking: `昨年` is one year back (−1), `来年3月` the March of one year on."""

    period: Period
    offset: int
    month: int | None = None
    day: int | None = None


class Label(NamedTuple):
    """A number that names something (`資料３－１`, `X.1060`): `digits` are its own (`3-1`, `1060`)."""

    digits: str


Reading: TypeAlias = Amount | Day | Relative | Label


class Figure(NamedTuple):
    """A quantity in a text: its readings, how it is hedged, and where it stands (code points, half-open).

    A `loose` figure is half a figure of speech (`一つ`, `one of them`, `２点目`): it can bear out another, and needs
    nothing to bear it out.
    """

    kind: Kind
    readings: tuple[Reading, ...]
    start: int
    end: int
    text: str
    hedge: Hedge = ""
    direction: Direction = ""
    loose: bool = False


Reader: TypeAlias = Callable[[str, dt.date | None], tuple[Figure, ...]]
"""Turns a text into its figures, relative dates resolved by the day it was said on."""


MONEY = frozenset({"yen", "dollar", "euro", "pound", "won", "yuan"})
PERIODS = frozenset({"year", "month", "week", "day", "hour", "minute", "second", "quarter"})
MEASURES = frozenset(
    {
        "mile", "kilometre", "metre", "centimetre", "millimetre", "kilogram", "gram", "tonne", "hectare",
        "square metre",
        "square kilometre", "cubic metre", "litre", "kilowatt", "kilowatt hour", "megawatt", "gigawatt", "gigabyte",
        "terabyte", "megabyte", "degree", "kilo",
    }
)  # fmt: skip
FINER = {"year": (12, "month"), "hour": (60, "minute"), "minute": (60, "second")}
"""The units of a duration told in two parts (`2時間40分`, `2 hours and 40 minutes`)."""

ALONE: dict[str, Kind] = {
    "": "number", "percent": "percent", "point": "point", "times": "times", "nth": "ordinal", "age": "age",
    "clock": "clock",
}  # fmt: skip


def kind_of(unit: str) -> Kind:
    """Return the kind of quantity that a unit makes of a number."""
    if unit in ALONE:
        return ALONE[unit]
    if unit in MONEY:
        return "money"
    if unit in PERIODS:
        return "duration"
    return "measure" if unit in MEASURES else "count"


def resolved(relative: Relative, on: dt.date) -> Day:
    """Return the date that a relative one means when it is said on a day; the fiscal year begins in April."""
    if relative.period == "day":
        day = on + dt.timedelta(days=relative.offset)
        return Day((day.year,), day.month, day.day)
    if relative.period == "month":
        months = on.year * 12 + on.month - 1 + relative.offset
        return Day((months // 12,), months % 12 + 1, relative.day)
    fiscal = relative.period == "fiscal year"
    year = on.year - (fiscal and on.month < 4) + relative.offset
    return Day((year,), relative.month, relative.day, fiscal)


def joined(whole: Amount, rest: Amount) -> Amount | None:
    """Return a duration told in two parts as one, in the finer unit; None where the two are not parts of one."""
    times, finer = FINER.get(whole.unit, (0, ""))
    if rest.unit != finer or whole.low != whole.high or rest.high >= times:
        return None
    return Amount(whole.low * times + rest.low, whole.low * times + rest.high, finer)


def with_year_of(figure: Figure, dated: Figure) -> Figure:
    """Return a date that may also mean the year of another one: the September of `from July 2023 to September`."""
    years = next((day.years for day in dated.readings if isinstance(day, Day) and day.month), ())
    lent = (day._replace(years=years) for day in figure.readings if isinstance(day, Day) and day.month)
    own = any(isinstance(day, Day) and day.years for day in figure.readings)
    return figure if own or not years else figure._replace(readings=(*figure.readings, *lent))


def of_unit(low: Fraction, high: Fraction, unit: str) -> Amount:
    """Return the amount, its bounds in order."""
    return Amount(min(low, high), max(low, high), unit)
