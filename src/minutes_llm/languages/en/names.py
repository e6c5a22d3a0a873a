"""What a name looks like in English text: people by their titles, the rest by capital letters."""

from __future__ import annotations

from minutes_llm.patterns import late

# `Dr. Asano`, `Professor Lindqvist`, `Ms Okafor`.
PERSON = late(
    r"(?:Mr|Mrs|Ms|Dr|Prof|Professor|Minister|Mayor|Governor|Councillor|Senator|Commissioner|Chairman|Secretary)\.? "
    r"(?P<name>[A-Z][A-Za-z'-]+(?: [A-Z][A-Za-z'-]+){0,2})"
)

# `National Harbour Board`, `Ministry of Internal Affairs`: capitalised words, joined by `of`, `for`, `and`.
BODY = late(r"(?<![A-Za-z])[A-Z][A-Za-z'-]*+(?: (?:(?:of|for|the|and|&|on) )?(?:the )?[A-Z][A-Za-z'-]*+){1,7}")

# `NIST`, `JPCERT/CC`, `X.1060`, `IoT`: two capitals, or letters with digits.
LATIN = late(
    r"(?<![A-Za-z0-9])(?=[A-Za-z./&-]*?(?:[A-Z][A-Za-z./&-]*?[A-Z]|[0-9]))"
    r"[A-Za-z][A-Za-z0-9]*(?:[./&-][A-Za-z0-9]+)*"
)
NOT_TERMS = late(
    r"[A-Z][a-z]+(?:-[A-Za-z][a-z]+)+|(?:FY|Q[1-4]|H[12])-?[0-9]*|[A-Z]|I'[a-z]+|(?:JPY|USD|EUR|GBP)[0-9,.]*|OK|AM|PM|Q&A|Q|A",
)
_OPENERS = """
A An The This That These Those In On At By For From With As If When While After Before However Also And But Or So
It He She They We You I There Here Its Their His Her Our Both Each Every All Some Many Most Several No Not Yes
One Two Three Four Five According Although Because Since Until During Under Over Through Then Thus Therefore
Regarding Concerning What Which Who How Why Where Is Are Was Were Can Could Will Would Should May Might Do Does
Did Has Have Had Member Members Section Article Document Question Answer Comment Item Mr Ms Mrs Dr
"""
OPENERS = frozenset(_OPENERS.split())
"""Words that are capitalised only because they begin a sentence."""
_CALENDAR = """
January February March April May June July August September October November December Monday Tuesday Wednesday
Thursday Friday Saturday Sunday
"""
CALENDAR = frozenset(_CALENDAR.split())
