"""Japanese numerals and eras as integers: 漢数字, full-width digits, 元年."""

from __future__ import annotations

import unicodedata

ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
"""The Gregorian year before the first of each era; 令和6年 is 2018 + 6."""

DIGITS = {"〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "億": 10**8, "兆": 10**12, "京": 10**16}


def integer(numeral: str) -> int | None:
    """Return the value of a numeral in any script, or None where it is none.

    Takes what stands between other words: `１２`, `1,200`, `二〇二四`, `百二十三`, `3億2千万`, `元` (1, as in 元年).
    """
    text = unicodedata.normalize("NFKC", numeral).replace(",", "").replace(" ", "")
    if text == "元":
        return 1
    if not text:
        return None
    total = block = 0
    run = ""
    for character in text:
        if character.isdecimal():
            run += character
        elif character in DIGITS:
            run += str(DIGITS[character])
        elif character in TENS:
            block += (int(run) if run else 1) * TENS[character]
            run = ""
        elif character in MYRIADS:
            block += int(run) if run else 0
            total += (block or 1) * MYRIADS[character]
            block, run = 0, ""
        else:
            return None
    return total + block + (int(run) if run else 0)


def era_year(era: str, numeral: str) -> int | None:
    """Return the Gregorian year of an era's year (令和, 6 → 2024), or None where either is unknown."""
    count = integer(numeral)
    return None if era not in ERAS or count is None else ERAS[era] + count
