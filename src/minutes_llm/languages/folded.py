"""A copy of a text in which only the words differ, and the way back from it to the text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from minutes_llm.patterns import late

DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | {ord("〜"): "~", ord("∼"): "~", ord("⁄"): "/", ord("’"): "'"}
NOTE = "※"
ORNAMENTS = ("<circle>", "<super>", "<sub>")
"""Decompositions of characters that count notes and list items (①, ²): their digits are no figures."""

_UNBROKEN = late(r"[\S\n]+")


class Folded(NamedTuple):
    """A text with width, dashes and idle white space evened out; `offsets[i]` is where its character i came from.

    `offsets` has one entry more than `text`, the length of the original, so that any span can be carried back.
    """

    text: str
    offsets: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a non-empty stretch of the copy stands in the original."""
        return self.offsets[start], self.offsets[end - 1] + 1


@lru_cache(maxsize=512)
def fold(text: str) -> Folded:
    """Return the text with full-width forms, dashes and the spaces around Japanese characters evened out.

    `第 ３回` becomes `第3回`. A space between two Latin words or two numbers stays, as one space, and a newline
    stays: it ends a paragraph. Character by character, so that every character keeps its place in the original.
    """
    evened = text.translate(_EVENED)
    if len(evened) != len(text) or NOTE in evened:
        return _by_character(text)
    return _by_stretch(evened)


def _by_stretch(text: str) -> Folded:
    """Return a text folded of which each character that stays is one character."""
    stretches: list[str] = []
    offsets: list[int] = []
    end = 0
    for match in _UNBROKEN.finditer(text):
        if stretches and _is_latin(stretches[-1][-1]) and _is_latin(match[0][0]):
            stretches.append(" ")
            offsets.append(end)
        stretches.append(match[0])
        offsets.extend(range(match.start(), match.end()))
        end = match.end()
    return Folded("".join(stretches), (*offsets, len(text)))


def _by_character(text: str) -> Folded:
    """Return a text folded in which a character may become several."""
    characters: list[str] = []
    offsets: list[int] = []
    pending: int | None = None
    for offset, original in enumerate(text):
        if original.isspace() and original != "\n":
            pending = offset if pending is None else pending
            continue
        piece = _EVENED[ord(original)]
        if piece == NOTE and characters[-1:] == ["m"]:
            piece = unicodedata.normalize("NFKC", original)
        if pending is not None and characters and _is_latin(characters[-1]) and _is_latin(piece[:1]):
            characters.append(" ")
            offsets.append(pending)
        pending = None
        characters.extend(piece)
        offsets.extend([offset] * len(piece))
    return Folded("".join(characters), (*offsets, len(text)))


class _Evened(dict[int, str]):
    """What each character becomes, found out when it is first met; white space is for others to even out."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.decomposition(character).startswith(ORNAMENTS):
            self[code] = NOTE
        elif character.isspace():
            self[code] = character
        else:
            self[code] = unicodedata.normalize("NFKC", character).translate(DASHES)
        return self[code]


_EVENED = _Evened()


def _is_latin(character: str) -> bool:
    return bool(character) and ord(character) < 0x2E80 and character != "\n"
