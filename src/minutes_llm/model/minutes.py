"""What minutes are, as the values that everything else passes on.

All are frozen and hold tuples, so that a value can be shared between threads and compared. Offsets are
half-open and count code points of `Source.text`. What is not known is None or empty, never guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a reader should know about the minutes or the digest; content, never an exception.

    `code` is stable and machine-readable (`weekday-mismatch`); `values` are the facts its sentence is made
    of, as (name, value) pairs, so that it can be worded in any language (`wording.message`).
    """

    code: str
    severity: Severity
    values: tuple[tuple[str, str], ...] = ()
    start: int | None = None
    end: int | None = None
    section: str | None = None
    turn: str | None = None
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """One document as the text that was read from it.

    `sha256` is of the bytes read; `encoding` is the codec, or `pdf`, `docx`, `html` for extracted text;
    `pages` are the offsets at which pages begin, where the file has any.
    """

    name: str
    text: str
    sha256: str
    encoding: str
    pages: tuple[int, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """A group of attendees as the header lists it."""

    group: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Material:
    """A document handed out at the meeting: its label as printed (`資料３－１`) and its title."""

    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the header says of the meeting; `start` and `end` are clock times as `HH:MM`."""

    title: str | None = None
    date: dt.date | None = None
    start: str | None = None
    end: str | None = None
    place: str | None = None
    attendees: tuple[Group, ...] = ()
    materials: tuple[Material, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a long turn that puts or answers one question, with an id of its own (`s1t3p2`)."""

    id: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's uninterrupted speech.

    `speaker` is the label as printed without its marks, or None where none is printed. `text` is what was
    said: lines joined, paragraphs kept apart by a newline, without label, stage directions and page
    furniture. `spans` are the stretches of the source that `text` was made from, in order; `start` and `end`
    enclose them. `directions` are the stage directions inside. `replies_to` is the turn that the document's
    own marks ((問)/(答), an arrow, an indent) say this one answers.
    """

    id: str
    speaker: str | None
    text: str
    start: int
    end: int
    spans: tuple[tuple[int, int], ...]
    directions: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    replies_to: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """One agenda item: its heading as printed (lines joined; empty where none is) and its turns."""

    id: str
    heading: str
    start: int
    end: int
    turns: tuple[Turn, ...]


PieceKind = Literal["header", "heading", "label", "speech", "direction", "unclaimed", "blank"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the source and what it was taken for; all pieces of a document tile it exactly.

    `reason` says why something is unclaimed (`page-stamp`, `page-number`, `running-head`, `rule`, `chrome`,
    `closing`, …). `blank` is white space only.
    """

    kind: PieceKind
    start: int
    end: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """The label grammar that a document was read with: its name in the table, and how sure that is (0 to 1)."""

    grammar: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Minutes:
    """A document understood: its header, agenda sections, speaker turns, and what became of every character."""

    source: Source
    language: str
    meeting: Meeting
    sections: tuple[Section, ...]
    pieces: tuple[Piece, ...]
    labels: Labels
    findings: tuple[Finding, ...] = ()
