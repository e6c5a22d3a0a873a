"""The values that everything else passes on: what minutes are, and what a digest of them is.

All are frozen and hold tuples, so that a value can be shared between threads and compared. Offsets are
half-open and count code points of `Source.text`. What is not known is None or empty, never guessed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
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


# --- minutes -------------------------------------------------------------------------------------------------


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


# --- digest --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quotation: the turn it stands in, its characters as in the source, and where they are."""

    turn: str
    quote: str
    start: int
    end: int
    passage: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a summary and the turns (or, in an overview, the sections) it rests on."""

    text: str
    rests_on: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A point, question, answer or comment: what is stated, and the quotations that bear it out.

    `turns` are the turns it rests on and `speakers` their labels, looked up by code. No evidence means that
    nothing verified bears it out: it is shown as unverified.
    """

    id: str
    text: str
    turns: tuple[str, ...]
    speakers: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with its answers (none, one or several) and what of it no answer touched."""

    id: str
    topic: str
    question: Statement
    answers: tuple[Statement, ...]
    open: tuple[str, ...] = ()


Status = Literal["ok", "failed", "empty"]


@dataclass(frozen=True, slots=True)
class SectionDigest:
    """The digest of one section. `failed` carries the reason in its place; `empty` had no turn to digest."""

    id: str
    heading: str
    status: Status
    summary: tuple[Sentence, ...] = ()
    points: tuple[Statement, ...] = ()
    pairs: tuple[Pair, ...] = ()
    comments: tuple[Statement, ...] = ()
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """The digest of a section, or of a part of one, and what is to be said of it."""

    digest: SectionDigest
    findings: tuple[Finding, ...] = ()


Outcome = Literal["pair", "comment", "summarised", "procedural", "unaccounted"]


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one turn: its line in the ledger. `rule` names why a turn counts as procedural."""

    turn: str
    speaker: str | None
    start: int
    end: int
    outcome: Outcome
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Requests and tokens, summed over every attempt, also those that failed."""

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
        )


@dataclass(frozen=True, slots=True)
class Provenance:
    """What made a digest: engine, model, version, a hash of each prompt it was asked with, and who translated it."""

    engine: str
    version: str
    model: str | None = None
    prompts: tuple[tuple[str, str], ...] = ()
    translator: str | None = None


@dataclass(frozen=True, slots=True)
class Digest:
    """All sections of one document digested, in order, with the account of every turn.

    `source` names the document by its hash and length; its text is not in the digest. `overview` rests on
    sections. `translated_from` is the language the digest was first made in, where it is a translation.
    """

    source: SourceName
    language: str
    meeting: Meeting
    overview: tuple[Sentence, ...]
    sections: tuple[SectionDigest, ...]
    ledger: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    provenance: Provenance
    usage: Usage = field(default_factory=Usage)
    translated_from: str | None = None

    def _repr_html_(self) -> str:
        """Return what a notebook shows; its protocol asks the value itself, so this one import goes upwards."""
        from minutes_llm.rendering.notebook import frame

        return frame(self)


@dataclass(frozen=True, slots=True)
class SourceName:
    """A source without its text: enough to say which document a digest is of."""

    name: str
    sha256: str
    characters: int
    encoding: str
