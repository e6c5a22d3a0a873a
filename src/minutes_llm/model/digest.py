"""What a digest of minutes is, as frozen values that everything else passes on: every statement with its evidence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from minutes_llm.model.minutes import Finding, Meeting


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


class Draft(NamedTuple):
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
