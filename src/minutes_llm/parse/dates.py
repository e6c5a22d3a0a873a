"""The dates and clock times that a header states, with where they stand and what weekday is printed beside them."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from minutes_llm.languages.en import header as en
from minutes_llm.languages.ja import header as ja
from minutes_llm.languages.ja.numerals import era_year, integer
from minutes_llm.parse.lines import squeeze


class Day(NamedTuple):
    """A date as printed at `start:end`; `weekday` is 0 (Monday) to 6, `printed` the weekday's own characters."""

    date: dt.date
    start: int
    end: int
    weekday: int | None = None
    printed: str = ""


def days(text: str) -> tuple[Day, ...]:
    """Return the dates in a text in order, all Japanese forms and the English ones; impossible dates are left out."""
    found: list[Day] = []
    lowered = text.lower()
    english = en.DATES if any(month in lowered for month in en.MONTHS) else ()
    for pattern, read in ((ja.DATE, _japanese), (ja.DIGIT_DATE, _digits), *((each, _english) for each in english)):
        found.extend(day for match in pattern.finditer(text) if (day := read(match)))
    return tuple(sorted(found, key=lambda day: (day.start, -day.end)))


def _japanese(match: re.Match[str]) -> Day | None:
    if match.group("era"):
        year = era_year(squeeze(match.group("era")), match.group("count"))
    else:
        year = integer(match.group("year"))
    return _day(match, year, integer(match.group("month")), integer(match.group("day")), ja.WEEKDAYS)


def _digits(match: re.Match[str]) -> Day | None:
    year, month, day = (int(match.group(name)) for name in ("year", "month", "day"))
    return _day(match, year, month, day, ja.WEEKDAYS)


def _english(match: re.Match[str]) -> Day | None:
    month = en.MONTHS[match.group("month").lower()]
    return _day(match, int(match.group("year")), month, int(match.group("day")), en.WEEKDAYS)


def _day(
    match: re.Match[str], year: int | None, month: int | None, day: int | None, weekdays: str | tuple[str, ...]
) -> Day | None:
    printed = match.group("weekday") or ""
    try:
        date = dt.date(year or 0, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None
    weekday = weekdays.index(printed.lower()) if printed else None
    return Day(date, match.start(), match.end(), weekday, printed)


def times(text: str) -> tuple[str, ...]:
    """Return the clock times in a text as `HH:MM`, in order; an afternoon hour carries on to the next time."""
    found: list[tuple[int, int, int]] = []
    afternoon = False
    for match in ja.TIME.finditer(text):
        half = squeeze(match.group("half") or "")
        hour = integer(match.group("hour"))
        minute = integer(match.group("colon") or match.group("minute") or "0") if not match.group("thirty") else 30
        if hour is None or minute is None:
            continue
        if (
            half == "午後"
            and hour < 12
            or (not half and afternoon and hour < 12 and found and hour * 60 + minute < found[-1][1] * 60)
        ):
            hour += 12
        afternoon = half == "午後" or (afternoon and not half)
        found.append((match.start(), hour, minute))
    if not found:
        found = [time for match in en.TIME.finditer(text) if (time := _english_time(match))]
    return tuple(f"{hour:02}:{minute:02}" for _, hour, minute in found if hour <= 24 and minute < 60)


def _english_time(match: re.Match[str]) -> tuple[int, int, int] | None:
    if match.group("hour24"):
        return (match.start(), int(match.group("hour24")), int(match.group("minute24")))
    hour, minute = int(match.group("hour")), int(match.group("minute") or 0)
    if hour > 12:
        return None
    afternoon = match.group("half")[0] in "pP"
    return (match.start(), hour % 12 + (12 if afternoon else 0), minute)
