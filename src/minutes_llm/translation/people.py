"""People's names spelled once and for all, whichever way a document, a list or a model gave their reading.

Default style: the order the name has in the original, so the family name first for Japanese names, and no macrons.
That is how the Japanese government writes since January 2020 (its agreement of October 2019 on names in official
documents in Latin script), and how its pages spell: `Kono Taro`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from minutes_llm.errors import InputError
from minutes_llm.languages.folded import fold
from minutes_llm.languages.ja.address import BODY_ENDINGS, COURTESIES, READING
from minutes_llm.languages.ja.names import TITLES
from minutes_llm.languages.ja.romaji import KANA, romaji
from minutes_llm.translation.glossary import KANJI, KATAKANA, contains, key_of, rows

MACRON = "\u0304"


@dataclass(frozen=True, slots=True)
class Style:
    """How names of people are spelled in Latin script."""

    family_first: bool = True
    macrons: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name as written in the original, and its reading: the same words in the same order.

    `confirmed` is a reading that a person gave, in a list or in the document; `sure` is the model's word on its own.
    """

    written: str
    reading: str
    confirmed: bool = False
    sure: bool = True

    @property
    def key(self) -> str:
        """The name as it is compared: width, case and idle white space evened out."""
        return key_of(self.written).casefold()


def spelled(name: Name, style: Style) -> str:
    """Return how a name is spelled from first to last in a translation."""
    words = name.reading.split()
    if not style.family_first and re.search(f"[{KANJI}ぁ-ん]", name.written):
        words = [*words[1:], *words[:1]]
    text = " ".join(words)
    return text if style.macrons else _without_macrons(text)


def parse_names(text: str, name: str) -> tuple[Name, ...]:
    """Return the names of a table: name, reading (kana or Latin letters), note.

    Raises InputError for a broken row, and for a person with two readings.
    """
    found: dict[str, tuple[int, Name]] = {}
    for line, cells in rows(text, name):
        reading = romaji(cells[1]) if KANA.fullmatch(cells[1]) else cells[1]
        given = Name(cells[0], reading, confirmed=True)
        earlier, other = found.setdefault(given.key, (line, given))
        if other.reading.casefold() != reading.casefold():
            raise InputError(
                f"{name}, line {line}: {cells[0]} has two readings, {other.reading} in line {earlier} "
                f"and {reading} here; keep one"
            )
    return tuple(given for _, given in found.values())


def furigana(text: str) -> tuple[Name, ...]:
    """Return the names whose reading a Japanese text gives in parentheses."""
    found = (Name(match["written"], romaji(match["kana"]), confirmed=True) for match in READING.finditer(text))
    return tuple({name.key: name for name in reversed(list(found))}.values())


def with_families(names: Iterable[Name]) -> tuple[Name, ...]:
    """Return names and, of those written in two words, the family names alone, where all read them alike."""
    names = tuple(names)
    families: dict[str, set[Name]] = {}
    for name in names:
        written, reading = name.written.split(), name.reading.split()
        if len(written) == len(reading) == 2 and re.search(f"[{KANJI}ぁ-ん]", name.written):
            families.setdefault(written[0], set()).add(Name(written[0], reading[0], name.confirmed))
    return (*names, *(family for readings in families.values() if len(readings) == 1 for family in readings))


class People:
    """The names of one document; of two with the same key the first counts."""

    def __init__(self, names: Iterable[Name], style: Style) -> None:
        self.style = style
        self.names: dict[str, Name] = {}
        for name in names:
            self.names.setdefault(name.key, name)

    def spelled(self, name: Name) -> str:
        """Return the one spelling of a name."""
        return spelled(name, self.style)

    def within(self, text: str) -> tuple[Name, ...]:
        """Return the people whom a text names, a full name before the family name in it."""
        text = fold(text).text
        longest_first = sorted(self.names.values(), key=lambda name: (-len(name.key), name.key))
        found: list[Name] = []
        for name in longest_first:
            pattern = _mention(name.key)
            if pattern.search(text):
                found.append(name)
                text = pattern.sub(" ", text)
        return tuple(found)

    def two_ways(self) -> tuple[tuple[Name, Name], ...]:
        """Return the names that are part of a fuller one and are not spelled as in it."""
        pairs = ((part, full) for part in self.names.values() for full in self.names.values())
        return tuple(
            (part, full)
            for part, full in pairs
            if part.key != full.key
            and _is_part(part.key, full.key)
            and not _is_read_within(_without_macrons(part.reading), _without_macrons(full.reading))
        )

    def known_by(self, name: Name) -> Name:
        """Return the fullest name that a name is part of, by which two mentions are one person."""
        fuller = [other for other in self.names.values() if _is_part(name.key, other.key)]
        return max(fuller, key=lambda other: len(other.key), default=name)


def _is_part(part: str, full: str) -> bool:
    """Tell whether a name begins a fuller one written without spaces, or is one of its words."""
    if part.isascii():
        return bool(re.search(rf"(?<![^\W_]){re.escape(part)}(?![^\W_])", full))
    return full.startswith(part)


def _is_read_within(part: str, full: str) -> bool:
    """Tell whether the reading of a part of a name stands in that of the whole; kana run on, Latin words do not."""
    return contains(full, part, "en" if part.isascii() else "ja")


@lru_cache(maxsize=4096)
def _mention(key: str) -> re.Pattern[str]:
    """Return what a mention of a name looks like: no part of a longer word, one kanji with a title behind it.

    Where a title follows, a body's name may stand right before it.
    """
    name = re.escape(key)
    if key.isascii():
        return re.compile(rf"(?<![^\W_]){name}(?![^\W_])", re.IGNORECASE)
    script = KATAKANA if re.fullmatch(f"[{KATAKANA}・]+", key) else KANJI
    titled = f"(?=(?:{TITLES}|{'|'.join(COURTESIES)}))"
    free = f"(?<![{script}])"
    after_body = f"(?<=[{BODY_ENDINGS}])" if len(key) > 1 else "(?!)"
    alone = "(?!)" if len(key) == 1 else f"(?![{script}])"
    return re.compile(f"(?:{free}|{after_body}){name}{titled}|{free}{name}{alone}")


def _without_macrons(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", decomposed.replace(MACRON, ""))
