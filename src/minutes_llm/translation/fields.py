"""A digest's texts, each under an id that is the same in every language; all that is no text stays as it is.

| id       | text                          | id        | text                        |
| o1       | a sentence of the overview    | s1k1      | a point                     |
| m1       | the meeting's title           | s1p1      | the topic of a pair         |
| m2       | its place                     | s1p1q     | its question                |
| m1g1     | a group of attendees          | s1p1a1    | an answer                   |
| m1r1     | the title of a material       | s1p1o1    | a part left unanswered      |
| m1l1     | the label of a material       | s1c1      | a comment                   |
| s1h      | a section's heading           | s1s1      | a sentence of its summary   |
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from minutes_llm.model.digest import Digest, Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Group, Material, Meeting

Change = Callable[[str, str], str]
"""Makes of a field's id and text what is to stand there."""

Relabel = Callable[[str], str]
"""Makes of a speaker's label, or an attendee's name, as printed what is to stand there."""


@dataclass(frozen=True, slots=True)
class Field:
    """One text of a digest and its id."""

    id: str
    text: str


def section_fields(section: SectionDigest) -> tuple[Field, ...]:
    """Return the texts of a section that are not empty, in order."""
    found: list[Field] = []
    _rewritten_section(section, _collecting(found), str)
    return tuple(found)


def meeting_fields(digest: Digest) -> tuple[Field, ...]:
    """Return the texts of a digest that belong to no section and are not empty, in order."""
    found: list[Field] = []
    change = _collecting(found)
    _rewritten_meeting(digest.meeting, change, str)
    _rewritten_overview(digest.overview, change)
    return tuple(found)


def all_fields(digest: Digest) -> tuple[Field, ...]:
    """Return every text of a digest that is not empty."""
    return (*meeting_fields(digest), *(field for section in digest.sections for field in section_fields(section)))


def rewritten(digest: Digest, change: Change, relabel: Relabel) -> Digest:
    """Return a digest with every text that is not empty, and every label, exchanged for what is made of it."""
    return replace(
        digest,
        meeting=_rewritten_meeting(digest.meeting, change, relabel),
        overview=_rewritten_overview(digest.overview, change),
        sections=tuple(_rewritten_section(section, change, relabel) for section in digest.sections),
        ledger=tuple(
            replace(entry, speaker=relabel(entry.speaker) if entry.speaker else entry.speaker)
            for entry in digest.ledger
        ),
    )


def labels(digest: Digest) -> tuple[str, ...]:
    """Return every speaker's label and attendee's name as printed, each once, the roster first."""
    attendees = [name for group in digest.meeting.attendees for name in group.names]
    said = [entry.speaker for entry in digest.ledger if entry.speaker]
    stated = [speaker for section in digest.sections for each in statements(section) for speaker in each.speakers]
    return tuple(dict.fromkeys([*attendees, *said, *stated]))


def statements(section: SectionDigest) -> tuple[Statement, ...]:
    """Return the statements of a section: points, questions, answers, comments."""
    paired = (each for pair in section.pairs for each in (pair.question, *pair.answers))
    return (*section.points, *paired, *section.comments)


def _collecting(found: list[Field]) -> Change:
    def collect(name: str, text: str) -> str:
        found.append(Field(name, text))
        return text

    return collect


def _rewritten_overview(overview: tuple[Sentence, ...], change: Change) -> tuple[Sentence, ...]:
    return tuple(replace(s, text=_changed(change, f"o{n}", s.text)) for n, s in enumerate(overview, 1))


def _rewritten_meeting(meeting: Meeting, change: Change, relabel: Relabel) -> Meeting:
    return replace(
        meeting,
        title=_changed(change, "m1", meeting.title) if meeting.title else meeting.title,
        place=_changed(change, "m2", meeting.place) if meeting.place else meeting.place,
        attendees=tuple(
            Group(_changed(change, f"m1g{n}", group.group), tuple(relabel(name) for name in group.names))
            for n, group in enumerate(meeting.attendees, 1)
        ),
        materials=tuple(
            Material(_changed(change, f"m1l{n}", each.label), _changed(change, f"m1r{n}", each.title))
            for n, each in enumerate(meeting.materials, 1)
        ),
    )


def _rewritten_section(section: SectionDigest, change: Change, relabel: Relabel) -> SectionDigest:
    def statement(each: Statement) -> Statement:
        text = _changed(change, each.id, each.text)
        return replace(each, text=text, speakers=tuple(relabel(speaker) for speaker in each.speakers))

    def pair(each: Pair) -> Pair:
        topic = _changed(change, each.id, each.topic)
        question, answers = statement(each.question), tuple(statement(answer) for answer in each.answers)
        left = tuple(_changed(change, f"{each.id}o{n}", part) for n, part in enumerate(each.open, 1))
        return Pair(each.id, topic, question, answers, left)

    return replace(
        section,
        heading=_changed(change, f"{section.id}h", section.heading),
        summary=tuple(
            replace(sentence, text=_changed(change, f"{section.id}s{n}", sentence.text))
            for n, sentence in enumerate(section.summary, 1)
        ),
        points=tuple(map(statement, section.points)),
        pairs=tuple(map(pair, section.pairs)),
        comments=tuple(map(statement, section.comments)),
    )


def _changed(change: Change, name: str, text: str) -> str:
    return change(name, text) if text.strip() else text
