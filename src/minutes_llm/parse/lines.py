"""The source as lines: where each begins and ends, with and without the white space around it.

A line's `text` has no white space at either end (a label grammar anchored at the end of a line would otherwise miss
every label that is followed by a stray space) and is a slice of the source, so that offsets stay true.
"""

from __future__ import annotations

from typing import NamedTuple

from minutes_llm.patterns import late

_PHYSICAL = late(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class Line(NamedTuple):
    """One line: `text` is `source[start:end]`, `begin` is where its indent begins. A blank line's text is empty."""

    text: str
    begin: int
    start: int
    end: int

    @property
    def indent(self) -> int:
        """The number of white-space characters before the text."""
        return self.start - self.begin


def lines(text: str) -> tuple[Line, ...]:
    """Return the physical lines of a text, whether they end in LF, CRLF or CR."""
    if text.count("\r") != text.count("\r\n"):
        return tuple(line(text, match.start(), match.end()) for match in _PHYSICAL.finditer(text))
    found = []
    begin = 0
    for raw in text.split("\n"):
        after = begin + len(raw)
        stripped = raw.strip()
        if stripped == raw and raw:
            found.append(Line(raw, begin, begin, after))
        elif stripped:
            start = begin + raw.index(stripped)
            found.append(Line(stripped, begin, start, start + len(stripped)))
        elif begin < len(text):
            end = min(after + 1, len(text))
            found.append(Line("", begin, end, end))
        begin = after + 1
    return tuple(found)


def line(text: str, begin: int, stop: int) -> Line:
    """Return the stretch of a text as a line."""
    raw = text[begin:stop]
    stripped = raw.strip()
    start = begin + (len(raw) - len(raw.lstrip()))
    return Line(stripped, begin, start, start + len(stripped))


def squeeze(text: str) -> str:
    """Return a text without any white space: how texts, names and keys are compared."""
    return "".join(text.split())
