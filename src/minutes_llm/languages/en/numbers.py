"""The figures of an English text as quantities: numbers with what they count, dates, clock times, numbered things.

The rules are tried in the order of `RULES` at every place where a figure could begin, and the first that reads
something wins.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import zip_longest

from minutes_llm.languages.folded import fold
from minutes_llm.languages.quantities import (
    FINER,
    PERIODS,
    Amount,
    Day,
    Direction,
    Figure,
    Hedge,
    Label,
    Period,
    Reading,
    Relative,
    joined,
    kind_of,
    of_unit,
    resolved,
    with_year_of,
)
from minutes_llm.patterns import late

# --- number words ----------------------------------------------------------------------------------------------
# `thirty-five`, `three hundred and twenty`, `3.2 million`, `a dozen`. `one` alone is a figure of speech as often as a
# count; it is read, but as a loose figure, and so are `first` to `tenth` and `half` without `of`.
UP_TO_TWENTY = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
SMALL = {word: value for value, word in enumerate(UP_TO_TWENTY)}
BY_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
TENS = {word: 20 + 10 * place for place, word in enumerate(BY_TENS)}
LARGE = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ABBREVIATED = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
UP_TO_TENTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
ORDINALS = {word: value for value, word in enumerate(UP_TO_TENTH, start=1)}
PARTS = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "tenth": 10} | {
    "thirds": 3, "quarters": 4, "fifths": 5, "tenths": 10,
}  # fmt: skip
IMPLIED: dict[str, tuple[int, tuple[str, ...]]] = {
    **dict.fromkeys(("twice", "double", "doubled", "doubling", "twofold"), (2, ("times", "occasion"))),
    **dict.fromkeys(("threefold", "triple", "tripled"), (3, ("times", "occasion"))),
    **dict.fromkeys(("both", "a couple of"), (2, ("",))),
    **dict.fromkeys(("halved", "halving"), (50, ("percent",))),
    **dict.fromkeys(("around the clock", "round-the-clock"), (24, ("hour",))),
    "noon": (12 * 60, ("clock",)),
    "fortnight": (2, ("week",)),
    "every other week": (2, ("week",)),
    "every other month": (2, ("month",)),
    "every other year": (2, ("year",)),
}
"""What says a figure without a number word; it is always loose."""
SEVERAL = {
    "several": 1, "a few": 1, "a handful of": 1, "few": 1, "dozens": 10, "tens": 10, "hundreds": 100,
    "thousands": 1000, "millions": 10**6,
}  # fmt: skip

# --- what is counted -------------------------------------------------------------------------------------------
# The unit is one word of `languages.quantities`, shared with every language. A noun that is not here counts something
# unknown, which agrees with anything.
NOUNS: dict[str, str] = {
    "yen": "yen|jpy",
    "dollar": "dollars?|usd",
    "euro": "euros?|eur",
    "pound": "pounds?|gbp",
    "won": "won",
    "yuan": "yuan|renminbi",
    "percent": "percent|per cent|%",
    "point": "percentage points?|points?|pp",
    "times": "fold|times as|times the|times more",
    "person": "people|persons?|members?|participants?|employees|staff|residents|students|attendees|workers|experts|"
    "patients|individuals|women|men|children|trainees|users|citizens|pupils|teachers|engineers|researchers",
    "household": "households?",
    "country": "countries|country|nations?",
    "organisation": "organi[sz]ations?|companies|company|firms?|institutions?|agencies|bodies|"
    "corporations?|enterprises?",
    "municipality": "municipalities|cities|towns|villages",
    "ward": "wards?",
    "prefecture": "prefectures?",
    "case": "cases?|incidents?|examples?|reports",
    "item": "items?|points?|issues?|things?|topics?",
    "place": "places?|locations?|sites?|bases?",
    "area": "areas?|regions?|fields?|districts?",
    "facility": "facilities|facility|stores?|shops?",
    "school": "schools?|universities",
    "machine": "vehicles?|machines?|buses|cars",
    "question": "questions?",
    "kind": "types?|kinds?",
    "stage": "stages?|steps?|phases?",
    "layer": "layers?|tiers?",
    "proposal": "proposals?|bills?",
    "page": "pages?",
    "slide": "slides?",
    "vote": "votes?",
    "seat": "seats?",
    "group": "groups?|teams?",
    "project": "projects?|programmes?|programs?",
    "age": "years old|years of age|year-olds?|-year-olds?",
    "year": "years?|year-long|yr",
    "month": "months?",
    "week": "weeks?",
    "day": "days?",
    "night": "nights?",
    "hour": "hours?|hrs?",
    "minute": "minutes?|mins?",
    "second": "seconds?(?!-)",
    "quarter": "quarters",
    "mile": "(?:nautical )?miles?",
    "kilometre": "kilomet(?:re|er)s?|km",
    "metre": "met(?:re|er)s?|(?-i:m)",
    "centimetre": "centimet(?:re|er)s?|cm",
    "millimetre": "millimet(?:re|er)s?|mm",
    "kilogram": "kilograms?|kg",
    "gram": "grams?|(?-i:g)",
    "tonne": "tonnes?|tons?",
    "hectare": "hectares?|ha",
    "square metre": "square met(?:re|er)s?|m2",
    "square kilometre": "square kilomet(?:re|er)s?|km2",
    "cubic metre": "cubic met(?:re|er)s?|m3",
    "litre": "lit(?:re|er)s?|l",
    "kilowatt": "kilowatts?|kw",
    "kilowatt hour": "kilowatt[- ]hours?|kwh",
    "megawatt": "megawatts?|mw",
    "gigawatt": "gigawatts?|gw",
    "megabyte": "megabytes?|mb",
    "gigabyte": "gigabytes?|gb",
    "terabyte": "terabytes?|tb",
    "degree": "degrees",
}
UNITS = [(unit, late(rf"[ -]?(?:{words})(?![A-Za-z])", re.I)) for unit, words in NOUNS.items()]
ADJECTIVE = late(
    r" (?!(?:of|in|on|at|and|or|to|for|by|from|with|the|a|is|are|was|were)\b)[A-Za-z]+(?:-[A-Za-z]+)?+(?= )", re.I
)
AFTER_ADJECTIVE = frozenset(
    {
        "person",
        "household",
        "country",
        "organisation",
        "municipality",
        "case",
        "item",
        "place",
        "area",
        "facility",
        "school",
        "question",
    }
)

# --- hedges ----------------------------------------------------------------------------------------------------
HEDGES_BEFORE: dict[Hedge, str] = {
    "just over": "just over|slightly over|a little over|slightly more than|a little more than",
    "just under": "just under|slightly under|a little under|slightly less than|a little less than",
    "about": "about|around|approximately|approx\\.?|roughly|some|nearly|almost|close to|circa|ca\\.|"
    "(?:an )?estimated(?: (?:cost|total|price|value|sum|figure) of| at)?",
    "at least": "at least|(?:no|not) (?:fewer|less) than|a minimum of|minimum of",
    "at most": "at most|up to|(?:no|not) more than|not exceed(?:ing)?|(?:maximum|ceiling|limit) of|capped at|within",
    "up to": "limited to",  # a limit, or (`use was limited to 3 households`) no more than that
    "over": "over",  # of durations: "more than" of all else
    "more than": "more than|above|in excess of|exceed(?:s|ed|ing)?(?: the [a-z -]{3,40} of)?|upwards of",
    "less than": "less than|fewer than|under|below",
}
HEDGES_BEHIND: dict[Hedge, str] = {
    "about": " or so| or thereabouts",
    "just over": "[ -]range",
    "at least": " (?:or|and) (?:more|older|over|above|higher|greater|up)|\\+",
    "at most": " (?:or|and) (?:less|fewer|below|under|younger|lower)",
}
BEFORE = [(hedge, late(rf"(?<![A-Za-z])(?:{words}) (?:an? |the )?$", re.I)) for hedge, words in HEDGES_BEFORE.items()]
GOING_AROUND = late(r"\b(?:go|goes|going|went|gone|walk\w*|turn\w*|get|gets|getting|got) around $", re.I)
BEHIND = [(hedge, late(f"(?:{words})(?![A-Za-z])", re.I)) for hedge, words in HEDGES_BEHIND.items()]
DIRECTIONS: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    ("ago", late(" (?:ago|before|earlier)(?![A-Za-z])")),
    ("later", late(" (?:later|from now|after)(?![A-Za-z])")),
)

# --- numerals --------------------------------------------------------------------------------------------------
ANY_WORD = "|".join([*SMALL, *TENS])
OF_EVERY = (
    rf"(?:(?:[0-9,]+|{ANY_WORD})(?: [a-z]+)? (?:in (?:every|each)|out of(?: every| each)?)|(?:1|one)(?: [a-z]+)? in) "
)
SHARE = late(rf"{OF_EVERY}(?!(?:1[89]|20)[0-9]{{2}}\b)(?:[0-9]|(?:{ANY_WORD})\b)", re.I)
SHARE_BEFORE = late(rf"(?<![0-9A-Za-z]){OF_EVERY}$", re.I)
"""`about 1 in every 20 students`: what is `about` is the share, and other languages say it of the 20."""

NUMERAL = late(
    r"(?:(?P<digits>(?:[0-9]{1,3}(?:,[0-9]{3}(?![0-9])){1,9}+|[0-9]{1,40}+(?![0-9]))(?:\.[0-9]{1,40}+)?+)"
    rf"|(?P<words>(?:an?(?= (?:{'|'.join(LARGE)})\b)|{ANY_WORD})(?:-(?:{ANY_WORD})(?![A-Za-z]))?+)(?![A-Za-z]))"
    rf"(?P<large>(?:[ -]?(?:{'|'.join(LARGE)})(?![A-Za-z])"
    rf"(?: (?:and )?(?:{ANY_WORD})(?:-(?:{ANY_WORD}))?(?![A-Za-z-]))?+)*+)"
    r"(?P<short>(?:k|m|mn|bn|tn)(?![A-Za-z0-9]))?+(?P<half> and a half)?",
    re.I,
)
CALENDAR = (
    *("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul", "August Aug"),
    *("September Sept Sep", "October Oct", "November Nov", "December Dec"),
)
MONTHS = {name: month for month, names in enumerate(CALENDAR, start=1) for name in names.split()}
MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})(?![a-z])\.?"
YEAR = r"(?P<year>(?:1[89]|20)[0-9]{2})(?![0-9])"
DAY = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?(?![0-9A-Za-z:.,]?[0-9%])"
DATES = (
    late(rf"{MONTH} {DAY}(?:,? {YEAR})?"),  # March 13, 2024; March 13
    late(rf"{DAY} (?:of )?{MONTH}(?:,? {YEAR})?"),  # 13 March 2024
    late(rf"{MONTH},? (?:of )?{YEAR}"),  # March 2024
    late(r"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>[01]?[0-9])[-/](?P<day>[0-3]?[0-9])(?![0-9])"),  # 2024-03-13
)
LONE_MONTH = late(rf"{MONTH}(?! [0-9])")
FISCAL = late(
    r"(?:(?:fiscal|financial) (?:year )?|FY ?)(?P<year>(?:19|20)?[0-9]{2})(?![0-9])(?:[/-][0-9]{2}(?![0-9]))?|"
    r"(?P<first>(?:19|20)[0-9]{2})[/-](?P<next>[0-9]{2})(?![0-9/-])(?: (?:fiscal|financial) year)?|"
    r"(?P<year2>(?:19|20)[0-9]{2}) (?:fiscal|financial) year",
    re.I,
)
AGES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
DECADE = late(rf"(?:(?P<year>(?:19|20)?[0-9]0)'?s|(?P<word>{'|'.join(AGES)}))(?![A-Za-z])")
CLOCK = late(
    r"(?P<hour>[0-2]?[0-9])(?:[:.](?P<minute>[0-5][0-9])(?![0-9]))?"
    r"(?:[ ]?(?P<half>[ap])\.?m\b\.?|(?<=[0-9]:[0-9]{2})| o'clock)",
    re.I,
)
PER = late(r"per(?: (?P<person>capita)\b|(?= (?!cent\b|annum\b|the\b)[A-Za-z]))", re.I)
RELATIVE = late(
    r"(?P<which>the year before last|this|last|next|the current|the coming) ?"
    r"(?P<what>(?:fiscal |financial )?year|month)?(?![A-Za-z])|(?P<day>yesterday|today|tomorrow)(?![A-Za-z])",
    re.I,
)
RELATIVE_MONTH = late(
    rf"{MONTH}(?: {DAY})?,? (?:of )?(?P<which>this|last|next|the current|the coming) year(?![A-Za-z])", re.I
)
NEAR_MONTH = late(rf"(?P<side>last|next) {MONTH}", re.I)
OFFSETS = {
    "this": 0,
    "the current": 0,
    "last": -1,
    "next": 1,
    "the coming": 1,
    "yesterday": -1,
    "today": 0,
    "tomorrow": 1,
}
LABEL = late(
    r"(?:(?:(?:document|material|reference|attachment|annex|handout|exhibit|figure|table|version)s?|appendix) "
    r"|[A-Za-z][A-Za-z./_+-]{0,19})(?P<digits>[0-9]+(?:[-.][0-9]+)*+)[A-Za-z]*(?![0-9])|"
    r"(?P<hyphened>[0-9]+(?:-[0-9]+){2,}+|[0-9]+(?:\.[0-9]+){2,}+)|"
    r"(?P<lettered>[0-9]+(?!(?:km|mm|cm|kg|(?-i:m|g|t)|ha|kw|kwh|mw|gw|mb|gb|tb|l|k|bn|mn|tn|pp|st|nd|rd|th|am|pm|s|x)(?![A-Za-z]))[A-Za-z]+[0-9]*+)",
    re.I,
)
ORDINAL = late(
    rf"(?P<digits>[0-9]{{1,9}})(?:st|nd|rd|th)(?![A-Za-z])|(?P<word>{'|'.join(ORDINALS)})(?![A-Za-z])(?!s)|"
    r"(?:article|section|chapter|clause|paragraph|item|agenda item|no\.?|number|question|#) ?"
    r"(?P<named>[0-9]{1,9})(?![0-9.-])",
    re.I,
)
HALF = late(
    rf"(?:(?:an? )?half(?:[ -]an?)?[ -]|(?P<and>an? ))(?P<of>year|hour|day|{'|'.join(LARGE)})(?(and) and a half)"
    "(?![A-Za-z])",
    re.I,
)
PART = late(
    rf"(?:(?P<count>an?|{ANY_WORD})[ -])?(?P<part>{'|'.join(sorted(PARTS, key=len, reverse=True))})(?![A-Za-z])"
    r"(?P<of> of| the)?",
    re.I,
)
IMPLIED_FIGURE = late(f"(?P<word>{'|'.join(IMPLIED)})(?![A-Za-z])", re.I)
SCALE = late(f"[ -](?:{'|'.join(LARGE)})(?![A-Za-z])", re.I)
SCALES = "|".join([*SEVERAL, *LARGE])
VAGUE = late(
    f"(?:(?P<few>several|a few) )?(?P<word>{SCALES})(?![A-Za-z])(?: of (?P<more>thousands|millions|billions))?", re.I
)
CURRENCY = late(r"(?P<sign>US\$|[¥$€£]|JPY ?|USD ?|EUR ?)(?=[0-9])")
SIGNS = {
    "¥": "yen",
    "JPY": "yen",
    "$": "dollar",
    "US$": "dollar",
    "USD": "dollar",
    "€": "euro",
    "EUR": "euro",
    "£": "pound",
}
NUMBERED = late(r"(?P<low>[0-9]{1,3})-(?P<high>[0-9]{1,3})(?![0-9]|[-.,:][0-9])")
AND = late(",? and |,? ")
THE_TWO = late(r"\b(?:the|these|those|between|either of) (?:other )?$", re.I)
FROM_TO = late(r",? (?:to|and|or|until|through)(?: (?:early|mid|late|the end of))? | ?[-~] ?", re.I)
LINK = late(r" ?- ?| ?~ ?| to | or | and ", re.I)
START = late(r"(?<![A-Za-z0-9])(?:[0-9¥$€£#]|[A-Za-z][A-Za-z./_+-]*)")


COMPOUND_LIMIT = late(r"(?<=\b(?:under|above))-(?=[a-z0-9]+-)|(?<=\bover)-(?=[a-z0-9]+-)", re.I)
"""The hyphen behind the limit in `under-ten-metre boats`."""


def figures(text: str, on: dt.date | None) -> tuple[Figure, ...]:
    """Return the figures of an English text in order; `on` is the day that `last year` counts from."""
    folded = fold(COMPOUND_LIMIT.sub(" ", text.replace("\n", " ")))
    found = []
    for figure in _with_years(folded.text, tuple(_scan(folded.text, on))):
        start, end = folded.span(figure.start, figure.end)
        found.append(figure._replace(start=start, end=end, text=text[start:end]))
    return tuple(found)


def _scan(text: str, on: dt.date | None) -> Iterator[Figure]:
    position = 0
    while start := START.search(text, position):
        figure = next((f for rule in RULES if (f := rule(text, start.start(), on))), None)
        if figure:
            yield figure
        position = figure.end if figure else start.end()


def _with_years(text: str, found: tuple[Figure, ...]) -> Iterator[Figure]:
    """Yield the figures, each date of `July to September 2023` with its year."""
    for figure, after in zip_longest(found, found[1:]):
        linked = after and FROM_TO.fullmatch(text, figure.end, after.start)
        yield with_year_of(figure, after) if after and linked else figure


def _figure(text: str, start: int, end: int, readings: tuple[Reading, ...], loose: bool = False) -> Figure:
    first = readings[0]
    if isinstance(first, Amount):
        kind = kind_of(first.unit)
    elif isinstance(first, Label):
        kind = "identifier"
    else:
        fiscal = first.period == "fiscal year" if isinstance(first, Relative) else first.fiscal
        kind = "fiscal year" if fiscal else "date"
    return Figure(kind, readings, start, end, text[start:end], loose=loose)


def _relative(text: str, start: int, on: dt.date | None) -> Figure | None:
    if dated := RELATIVE_MONTH.match(text, start):
        day = int(dated["day"]) if dated["day"] else None
        month = MONTHS.get(dated["month"].capitalize())
        return _since(text, start, dated.end(), Relative("year", OFFSETS[dated["which"].lower()], month, day), on)
    if near := NEAR_MONTH.match(text, start):
        return _near_month(text, start, near, on)
    match = RELATIVE.match(text, start)
    if not match or not (match["day"] or match["what"] or match["which"].lower().startswith("the year")):
        return None
    period: Period = "day" if match["day"] else "month" if (match["what"] or "").lower() == "month" else "year"
    if (match["what"] or "").lower().startswith("f"):
        period = "fiscal year"
    offset = OFFSETS.get((match["day"] or match["which"]).lower(), -2)
    return _since(text, start, match.end(), Relative(period, offset), on)


def _near_month(text: str, start: int, match: re.Match[str], on: dt.date | None) -> Figure:
    """Read `next April`: the coming one or the one of next year, as speakers differ."""
    month = MONTHS.get(match["month"].capitalize(), 1)
    step = 1 if match["side"].lower() == "next" else -1
    readings: tuple[Reading, ...] = (Relative("year", step, month),)
    if on:
        nearest = on.year + step * ((month - on.month) * step <= 0)
        readings += (Day((nearest, on.year + step), month),)
    return _figure(text, start, match.end(), readings)


def _since(text: str, start: int, end: int, relative: Relative, on: dt.date | None) -> Figure:
    readings = (relative, resolved(relative, on)) if on else (relative,)
    return _figure(text, start, end, readings, loose=relative.period == "day" and relative.offset == 0)


def _date(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = next((m for pattern in DATES if (m := pattern.match(text, start))), None)
    if not match:
        return None
    said = match.groupdict()
    month = MONTHS.get(match["month"]) or int(match["month"])
    day = int(said["day"]) if said.get("day") else None
    years = (int(said["year"]),) if said.get("year") else ()
    if not 1 <= month <= 12 or not 1 <= (day or 1) <= 31:
        return None
    return _figure(text, start, match.end(), (Day(years, month, day),))


def _month(text: str, start: int, on: dt.date | None) -> Figure | None:
    """Read a month that stands alone; `May` and `March` only behind a word that asks for a date."""
    match = LONE_MONTH.match(text, start)
    asked = re.search(r"(?:\b(?:in|by|since|until|of|from|to|last|next|this|early|mid|late|through|end of)[ -])$",
                      text[max(0, start - 8) : start], re.I)  # fmt: skip
    if not match or (match["month"] in ("May", "March", "Mar", "Jan", "Jun") and not asked):
        return None
    return _figure(text, start, match.end(), (Day((), MONTHS[match["month"]]),))


def _fiscal(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = FISCAL.match(text, start)
    if not match:
        return None
    if match["first"] and (int(match["first"]) + 1) % 100 != int(match["next"]):
        return None
    year = int(match["year"] or match["first"] or match["year2"])
    return _figure(text, start, match.end(), (Day((year if year > 100 else 2000 + year,), fiscal=True),))


def _decade(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = DECADE.match(text, start)
    if not match:
        return None
    year = int(match["year"]) if match["year"] else 20 + 10 * AGES.index(match["word"])
    unit = "decade" if year >= 1000 else "decade of age"
    readings = [_amount(year, unit)] + [_amount(1900 + year, "decade")] * (year < 100)
    return _figure(text, start, match.end(), tuple(readings))


def _clock(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = CLOCK.match(text, start)
    if not match or int(match["hour"]) > 24 or not (match["minute"] or match["half"] or match[0].endswith("clock")):
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        hours = [hour % 12 + (12 if match["half"].lower() == "p" else 0)]
    else:
        hours = [hour] if ":" in match[0] else [hour, hour + 12]
    return _figure(text, start, match.end(), tuple(_amount(h * 60 + minute, "clock") for h in hours))


def _label(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = LABEL.match(text, start)
    if not match or CURRENCY.match(text, start):
        return _numbered(text, start)
    digits = match["digits"] or match["hyphened"] or re.sub("[A-Za-z]", "", match["lettered"])
    return _figure(text, start, match.end(), (Label(digits),))


def _numbered(text: str, start: int) -> Figure | None:
    """Read `2-6` before no unit: the name of a document, or a range of something."""
    match = NUMBERED.match(text, start)
    if not match or _unit(text, match.end())[0] or SCALE.match(text, match.end()):
        return None
    label, low, high = Label(match[0]), int(match["low"]), int(match["high"])
    ranges = (Amount(Fraction(low), Fraction(high)),) if low < high else ()
    return _figure(text, start, match.end(), (label, *ranges))


def _ordinal(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = ORDINAL.match(text, start)
    if not match:
        return None
    word = match["word"]
    value = ORDINALS[word.lower()] if word else int(match["digits"] or match["named"])
    return _figure(text, start, match.end(), (_amount(value, "nth"),), loose=bool(word))


ONE_OF_TWO = late(r"\b(?:first|second|latter|former|other) $", re.I)


def _part(text: str, start: int, on: dt.date | None) -> Figure | None:
    """Read `half of`, `two-thirds`; a lone `third` or `quarter` is none, nor is `the first half of` the year."""
    match = PART.match(text, start)
    if not match:
        return None
    word, count = match["part"].lower(), (match["count"] or "").lower()
    if not count and (word not in ("half", "halves") or ONE_OF_TWO.search(text, max(0, start - 8), start)):
        return None
    share = Fraction(SMALL.get(count, TENS.get(count, 1)), PARTS[word])
    end = match.end("part")
    figure = _figure(text, start, end, (_amount(share * 100, "percent"),), loose=not match["of"] and word == "half")
    return figure._replace(hedge=_hedge_before(text, start))


def _half(text: str, start: int, on: dt.date | None) -> Figure | None:
    """Read `half a year`, `a year and a half`, `half a million yen`."""
    match = HALF.match(text, start)
    if not match or ONE_OF_TWO.search(text, max(0, start - 8), start):
        return None
    value, what = Fraction(3 if match["and"] else 1, 2), match["of"].lower()
    unit, end = _unit(text, match.end()) if what in LARGE else (what, match.end())
    return _behind(text, start, end, _amount(value * LARGE.get(what, 1), unit), loose=False, on=on)


def _implied(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = IMPLIED_FIGURE.match(text, start)
    if not match:
        return None
    value, units = IMPLIED[match["word"].lower()]
    figure = _figure(text, start, match.end(), tuple(_amount(value, unit) for unit in units), loose=True)
    return figure._replace(hedge=_hedge_before(text, start))


def _per(text: str, start: int, on: dt.date | None) -> Figure | None:
    """Read what a rate is for as the one that it is in other languages: `per metre`, 「1メートル当たり」."""
    match = PER.match(text, start)
    if not match:
        return None
    unit, end = ("person", match.end()) if match["person"] else _unit(text, match.end())
    return _figure(text, start, end, (_amount(1, unit),), loose=True)


def _vague(text: str, start: int, on: dt.date | None) -> Figure | None:
    match = VAGUE.match(text, start)
    if not match or (not match["few"] and match["word"].lower() in ("few", *LARGE)):
        return None
    word = match["word"].lower()
    scale = SEVERAL.get(word) or LARGE[word] * (1 if word != "dozen" else 0) or 10
    if match["more"]:
        scale *= SEVERAL.get(match["more"].lower(), 10**9)
    unit, end = _unit(text, match.end())
    return _behind(text, start, end, of_unit(Fraction(2 * scale), Fraction(9 * scale), unit), loose=scale == 1)


def _quantity(text: str, start: int, on: dt.date | None) -> Figure | None:
    sign = CURRENCY.match(text, start)
    first = NUMERAL.match(text, sign.end() if sign else start)
    if not first:
        return None
    low = high = _value(first)
    end = first.end()
    link = LINK.match(text, end)
    again = CURRENCY.match(text, link.end()) if link else None
    second = NUMERAL.match(text, again.end() if again else link.end()) if link else None
    if link and second and _is_range(text, start, first, link, second):
        high, end = _value(second), second.end()
        large = second["large"].strip().lower()
        low *= LARGE.get(large, 1) if not first["large"] else 1
    unit, end = (SIGNS[sign["sign"].strip()], end) if sign else _unit(text, end)
    amount, end = _joined(text, end, of_unit(low, high, unit))
    return _behind(text, start, end, amount, _is_loose(text, start, first[0].lower(), unit), on)


def _is_loose(text: str, start: int, numeral: str, unit: str) -> bool:
    """Tell whether a number is a manner of speaking: `one of them`, `the two` that were named before."""
    if unit in ("percent", "point", "times", "age"):
        return False
    return numeral == "one" or (numeral == "two" and bool(THE_TWO.search(text, max(0, start - 16), start)))


def _joined(text: str, end: int, whole: Amount) -> tuple[Amount, int]:
    """Return a duration with the part of it told in a finer unit (`2 hours and 40 minutes`), and where it ends."""
    link = AND.match(text, end) if whole.unit in FINER else None
    part = NUMERAL.match(text, link.end()) if link else None
    if not part:
        return whole, end
    unit, behind = _unit(text, part.end())
    duration = joined(whole, of_unit(_value(part), _value(part), unit))
    return (duration, behind) if duration else (whole, end)


def _is_range(text: str, start: int, first: re.Match[str], link: re.Match[str], second: re.Match[str]) -> bool:
    """Tell `60 to 70 countries`, `five or six`, `between 5 and 6` from two numbers that happen to be neighbours."""
    low, high = _value(first), _value(second)
    word = link[0].strip().lower()
    if word == "and":
        return low < high and text[:start].lower().endswith("between ")
    return low < high * (LARGE.get(second["large"].strip().lower(), 1) if not second["large"] else 1)


def _value(match: re.Match[str]) -> Fraction:
    """Return the value of a number in digits or words."""
    if match["digits"]:
        value = Fraction(match["digits"].replace(",", ""))
    else:
        value = Fraction(_words(match["words"].lower()))
    total = Fraction(0)
    for part in re.findall("[a-z]+", match["large"].lower()):
        if part in LARGE and LARGE[part] > 100:
            total, value = total + (value or 1) * LARGE[part], Fraction(0)
        elif part in LARGE:
            value *= LARGE[part]
        elif part != "and":
            value += _words(part)
    value += Fraction(1, 2) if match["half"] else 0
    return (total + value) * ABBREVIATED.get((match["short"] or "").lower(), 1)


def _words(words: str) -> int:
    return 1 if words in ("a", "an") else sum(SMALL.get(word, TENS.get(word, 0)) for word in words.split("-"))


def _unit(text: str, end: int) -> tuple[str, int]:
    """Return what is counted, by the next word or the one after an adjective, and where it ends."""
    for unit, pattern in UNITS:
        if match := pattern.match(text, end):
            return unit, match.end()
    adjective = ADJECTIVE.match(text, end)
    if adjective:
        for unit, pattern in UNITS:
            if unit in AFTER_ADJECTIVE and (match := pattern.match(text, adjective.end())):
                return unit, match.end()
    return "", end


def _behind(text: str, start: int, end: int, amount: Amount, loose: bool, on: dt.date | None = None) -> Figure:
    """Return the figure with the hedge around it, its other readings, and the `ago` or `later` behind it."""
    hedge = _hedge_before(text, start)
    if SHARE.match(text, start):
        hedge = ""
    elif share := SHARE_BEFORE.search(text[max(0, start - 40) : start]):
        hedge = _hedge_before(text, start - len(share[0]))
    if hedge == "over" and amount.unit not in PERIODS:
        is_year = any(isinstance(reading, Day) for reading in _other_readings(text, start, end, amount))
        hedge = "" if is_year and "," not in text[start:end] else "more than"
    for name, pattern in BEHIND:
        if match := pattern.match(text, end):
            hedge, end = hedge or name, match.end()
    readings: tuple[Reading, ...] = (amount, *_other_readings(text, start, end, amount))
    direction: Direction = ""
    if amount.unit in PERIODS:
        direction, end = next(((d, m.end()) for d, p in DIRECTIONS if (m := p.match(text, end))), ("", end))
        if direction and on and amount.unit == "year" and amount.low == amount.high:
            readings += (Day((on.year + int(amount.low) * (-1 if direction == "ago" else 1),)),)
    return _figure(text, start, end, readings, loose)._replace(hedge=hedge, direction=direction)


def _other_readings(text: str, start: int, end: int, amount: Amount) -> Iterator[Reading]:
    said = text[start:end]
    if amount.low == amount.high and not amount.unit and re.fullmatch("(?:1[89]|20)[0-9]{2}", said):
        yield Day((int(said),), fiscal=None)
    if not amount.unit and text.startswith(" times", end):
        yield amount._replace(unit="times")
        yield amount._replace(unit="occasion")


def _hedge_before(text: str, start: int) -> Hedge:
    before = text[max(0, start - 60) : start]
    if GOING_AROUND.search(before):
        return ""
    return next((hedge for hedge, pattern in BEFORE if pattern.search(before)), "")


def _amount(value: Fraction | int, unit: str) -> Amount:
    return Amount(Fraction(value), Fraction(value), unit)


RULES: tuple[Callable[[str, int, dt.date | None], Figure | None], ...] = (
    _relative,  # last year, next fiscal year, this month
    _fiscal,  # FY2024, fiscal 2024
    _date,  # March 13, 2024
    _month,  # in March
    _decade,  # the 1980s
    _clock,  # 3 p.m., 15:00
    _label,  # X.1060, Document 3-1, 5G
    _ordinal,  # 3rd, third, Article 9
    _half,  # half a year, a year and a half
    _part,  # half of, two-thirds
    _implied,  # twice, both, around the clock
    _per,  # per metre, per capita
    _vague,  # several hundred, dozens
    _quantity,  # about 300,000 yen, five or six people
)
