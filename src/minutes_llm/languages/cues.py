"""What a turn does, told by the cues of its language (`cue_table`): sentences, roles, words, what asks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from operator import add
from typing import Literal

from minutes_llm.languages.cue_table import Cues, Rules

Role = Literal["presider", "chair", "member", "official", "secretariat", "asker", "answerer"]
"""What a label says of a speaker: who calls on others (presider, chair), asks (member, asker) or answers."""

ASKING: frozenset[Role | None] = frozenset({"member", "asker"})
ANSWERING: frozenset[Role | None] = frozenset({"official", "secretariat", "answerer"})
CALLING: frozenset[Role | None] = frozenset({"chair", "presider"})

TAIL = 240
"""How many characters at the end of a sentence tell whether it asks; keeps every search short."""

HEAD = 110
"""How many characters at the beginning of a sentence name its topic."""

LONGEST_QUOTED = 300
"""A bracket that is not closed within so many characters is taken for a slip of the pen."""


@cache
def cues(language: str) -> Cues:
    """Return the cues of a language; those of English for one that has no table of its own."""
    if language == "ja":
        from minutes_llm.languages.ja.cues import CUES
    else:
        from minutes_llm.languages.en.cues import CUES
    return CUES


def first_rule(rules: Rules, text: str) -> str | None:
    """Return the name of the first rule that is found in a text, or None."""
    for name, pattern in rules:
        if pattern.search(text):
            return name
    return None


@lru_cache(maxsize=4096)
def role(label: str | None, language: str) -> Role | None:
    """Return what a label says of its speaker, or None where it says nothing."""
    plain = "".join(unicodedata.normalize("NFKC", label or "").split())
    return first_rule(cues(language).roles, plain)  # type: ignore[return-value]


@lru_cache(maxsize=256)
def sentences(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a text lie, without the white space around them; a new line ends a sentence."""
    found = []
    for start, end in _pieces(text, cues(language).sentence_end):
        inner = text[start:end]
        if stripped := inner.strip():
            left = start + inner.index(stripped)
            found.append((left, left + len(stripped)))
    return tuple(found)


def _pieces(text: str, sentence_end: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the ends of sentences that lie outside brackets."""
    start = 0
    closed = 0
    for match in sentence_end.finditer(text):
        if match.start() < closed:
            continue
        mark = match.group()
        if mark[0] in BRACKETS:
            end = text.find(BRACKETS[mark[0]], match.end(), match.end() + LONGEST_QUOTED)
            closed = end + 1 if end >= 0 and "\n" not in text[match.end() : end] else match.end()
            continue
        yield start, match.end()
        start = match.end()
    yield start, len(text)


BRACKETS = {"「": "」", "『": "』", "（": "）", "(": ")"}
"""Within these a full stop ends no sentence."""


@lru_cache(maxsize=1024)
def grams(text: str, language: str) -> frozenset[str]:
    """Return what a text speaks of: pairs of letters of its content words, or words where words are spaced."""
    table = cues(language)
    found: set[str] = set()
    for run in table.content.findall(unicodedata.normalize("NFKC", text)):
        if run.isascii():
            found.add(run.lower().removesuffix("s"))
        else:
            found.update(map(add, run, run[1:]))
    return frozenset(found - table.weightless)


def name(label: str | None, language: str) -> str:
    """Return the name in a label without posts and courtesies; empty where it holds none."""
    plain = _single_spaced(unicodedata.normalize("NFKC", label or ""))
    return cues(language).name_suffix.sub("", plain).strip()


def names(text: str, label: str | None, language: str) -> bool:
    """Tell whether a text names the one whom a label stands for; a single letter is a name only with its post."""
    called, plain = name(label, language), _single_spaced(unicodedata.normalize("NFKC", text))
    if len(called) > 1:
        return called.casefold() in plain.casefold()
    behind = (plain[place + 1 :] for place, letter in enumerate(plain) if letter == called)
    return any(cues(language).name_suffix.match(post) for post in behind)


def _single_spaced(text: str) -> str:
    """Return a text with its words one space apart where it is written in Latin letters, else without white space."""
    return (" " if text.isascii() else "").join(text.split())


def ordinal(text: str, language: str) -> int | None:
    """Return the number that a text opens with (第２点目 → 2), or None."""
    table = cues(language)
    match = table.ordinal.match(text[:HEAD])
    if match is None:
        return None
    numeral = next(group for group in match.groupdict().values() if group)
    numeral = unicodedata.normalize("NFKC", numeral).lower()
    return int(numeral) if numeral.isdecimal() else table.integers.get(numeral)


def bare(sentence: str) -> str:
    """Return a sentence without the marks that close it and a remark in parentheses behind it."""
    tail = sentence.rstrip("。．.」』 　")
    if tail.endswith(("）", ")", "〕")):
        opening = max(tail.rfind(mark) for mark in "（(〔")
        tail = tail[:opening].rstrip("。．. 　") if opening > 0 else tail
    return tail


def ending(sentence: str) -> str:
    """Return the end of a sentence, without the marks that close it."""
    return bare(sentence[-2 * TAIL :])[-TAIL:]


@lru_cache(maxsize=4096)
def asks(sentence: str, language: str) -> bool:
    """Tell whether a sentence ends as questions do, whoever speaks it."""
    table = cues(language)
    tail = table.vocative.sub("", ending(sentence))
    if first_rule(table.requests, tail):
        return True
    return not first_rule(table.suggests, tail) and first_rule(table.asks, tail) is not None
