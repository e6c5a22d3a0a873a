"""Japanese numerals and eras as numbers: 漢数字, full-width digits, 万・億・兆, decimals, 元年."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The Gregorian year before the first of each era; 令和6年 is 2018 + 6."""

ERA_LENGTHS = {"明治": 45, "大正": 15, "昭和": 64, "平成": 31, "令和": 99}
"""The last year of each era; no end is known of the present one."""

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}
POINTS = ".・"
LONGEST = 60
"""A run of more characters is a table or a code, no numeral."""


@lru_cache(maxsize=4096)
def number(numeral: str) -> Fraction | None:
    """Return the exact value of a numeral in any script, or None where it is none.

    Takes what stands between other words: `１２`, `1,200`, `二〇二四`, `百二十三`, `3億2千万`, `1.5億`, `八十七・三`,
    `元` (1, as in 元年).
    """
    from fractions import Fraction

    text = unicodedata.normalize("NFKC", numeral).replace(",", "").replace(" ", "")
    if text == "元":
        return Fraction(1)
    if not 0 < len(text) <= LONGEST:
        return None
    total, block, run = Fraction(0), Fraction(0), ""
    for character in text:
        if character.isdecimal() or (character in POINTS and run and "." not in run):
            run += "." if character in POINTS else character
        elif character in DIGITS:
            run += str(DIGITS[character])
        elif character in POINTS and block:
            run = "0."
        elif character in TENS:
            block += _value(run, 1) * TENS[character]
            run = ""
        elif character in MYRIADS:
            total += (block + _value(run, 0) or 1) * MYRIADS[character]
            block, run = Fraction(0), ""
        else:
            return None
    return total + block + _value(run, 0)


def _value(run: str, empty: int) -> Fraction:
    from fractions import Fraction

    return Fraction(run.rstrip(".")) if run else Fraction(empty)


def integer(numeral: str) -> int | None:
    """Return the value of a whole numeral in any script, or None where it is none: see `number`."""
    if numeral.isdecimal() and len(numeral) <= LONGEST:
        return int(numeral)
    value = number(numeral)
    return int(value) if value is not None and value.denominator == 1 else None


def era_year(era: str, numeral: str) -> int | None:
    """Return the Gregorian year of an era's year (令和, 6 → 2024), or None where either is unknown."""
    count = integer(numeral)
    return None if era not in ERAS or count is None else ERAS[era] + count


def years_without_era(count: int) -> tuple[int, ...]:
    """Return the years that a year without its era may mean: 7年度 is 令和7, 平成7 or 昭和7, 24年 also 2024."""
    years = [first + count for era, first in ERAS.items() if 0 < count <= ERA_LENGTHS[era]]
    return tuple(years + [2000 + count] * (10 <= count < 100))
