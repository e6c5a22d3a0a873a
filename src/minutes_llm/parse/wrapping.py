"""Whether a document's lines were broken by a typesetter, and how two lines go together again.

A document is hard-wrapped when its lines have a hard edge: nearly all are no longer than it, and many lines that
reach it do not end a sentence. Japanese and Chinese lines are then joined with nothing between them (a word may break
anywhere, `サイバ` / `ーセキュリティ`), Latin ones with a space. A document with one paragraph a line is not touched.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from minutes_llm.languages.ja.lines import SENTENCE_END
from minutes_llm.parse.lines import Line

_WIDEST = 150
"""Columns: a line of more than 75 Chinese characters was broken by nobody."""

_PAGE = 60
"""Columns from which two broken lines are evidence enough."""

_ENOUGH = 20_000
"""Lines by which a document is judged."""

_WIDE = "\u2e80"
"""The first character of the scripts that are written without spaces."""

_STOPS = frozenset(SENTENCE_END + '.?!"”…')


def width(text: str) -> int:
    """Return about how many columns a text takes: two for each character from U+0800 on, by the bytes of its UTF-8.

    Among them are the marks that East Asian fonts have wide and others narrow (Unicode Standard Annex 11). Letters of
    two bytes (é) count one and a half.
    """
    return len(text) if text.isascii() else (len(text) + len(text.encode("utf-8", "surrogatepass"))) // 2


def ends_a_sentence(text: str) -> bool:
    """Return whether a line ends where a sentence can end."""
    return text[-1:] in _STOPS


def edge(lines: Sequence[Line]) -> int | None:
    """Return the column at which the lines are wrapped, or None where they are not."""
    lines = lines[:_ENOUGH]
    widths = [width(line.text) if len(line.text) < _WIDEST else _WIDEST + 1 for line in lines]
    written = sorted(each for each in widths if each)
    if len(written) < 4:
        return None
    longest = written[min(len(written) - 1, int(len(written) * 0.98))]
    if longest > _WIDEST or longest < 30:
        return None
    reached = [i for i, each in enumerate(widths[:-1]) if each >= longest * 0.85 and widths[i + 1]]
    broken = sum(1 for i in reached if not ends_a_sentence(lines[i].text))
    return (
        longest
        if broken >= (2 if longest >= _PAGE else 3)
        and broken * 2 >= len(reached)
        and len(reached) * 12 >= len(written)
        else None
    )


def glue(before: str, after: str) -> str:
    """Return what goes between two lines of one paragraph: a space between Latin words, nothing elsewhere."""
    return " " if _latin(before[-1:]) and _latin(after[:1]) else ""


def _latin(character: str) -> bool:
    return "" < character < _WIDE and unicodedata.east_asian_width(character) not in "WF"


def paragraphs(lines: Sequence[Line], edge: int | None) -> str:
    """Return lines that follow one another as the paragraphs they are, with newlines between these."""
    said = [lines[0].text]
    for above, line in pairwise(lines):
        last = above.text[-1]
        if edge is None or (last in _STOPS and not goes_on(above, line, edge)):
            said.append("\n")
        elif last < _WIDE:
            said.append(glue(last, line.text))
        said.append(line.text)
    return "".join(said)


def goes_on(above: Line, line: Line, edge: int) -> bool:
    """Return whether a paragraph goes on in the line under it: no sentence ends above, or one does at the edge."""
    return not ends_a_sentence(above.text) or (width(above.text) >= edge * 0.8 and line.indent <= above.indent)
