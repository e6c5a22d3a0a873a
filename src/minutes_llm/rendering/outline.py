"""What was understood of minutes without a model, as text for a person to check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutes_llm.languages import words
from minutes_llm.model.minutes import Minutes
from minutes_llm.wording import counted, message

WIDTH = 60


def outline_text(minutes: Minutes, plan: Sequence[Mapping[str, Any]]) -> str:
    """Return the header, sections, turns, findings and plan of minutes, a line each."""
    return "\n".join([*_header(minutes), *_sections(minutes, plan), *_findings(minutes)]) + "\n"


def _header(minutes: Minutes) -> Iterator[str]:
    meeting, terms = minutes.meeting, words(minutes.language).WORDS
    yield meeting.title or terms["untitled-meeting"]
    day = words(minutes.language).date(meeting.date) if meeting.date else "-"
    yield f"{terms['date']}: {day} {meeting.start or ''}–{meeting.end or ''}".rstrip("–").rstrip()
    yield f"{terms['place']}: {meeting.place or '-'}"
    for group in meeting.attendees:
        yield f"{terms['attendees']}: {group.group} {len(group.names)}"
    yield f"{terms['materials']}: {len(meeting.materials)}"
    labels = minutes.labels
    yield f"{minutes.source.encoding}, {counted(len(minutes.source.text), 'character')}, language {minutes.language}"
    yield f"speaker labels: {labels.grammar} ({labels.confidence:.0%} sure)"


def _sections(minutes: Minutes, plan: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    terms = words(minutes.language).WORDS
    for section, row in zip(minutes.sections, plan, strict=True):
        yield ""
        counts = ", ".join(counted(row[f"{noun}s"], noun) for noun in ("turn", "token", "request"))
        yield f"{section.id}  {section.heading or terms['untitled']}  [{counts}]"
        for turn in section.turns:
            said = turn.text.replace("\n", " ")
            yield f"  {turn.id:<8}{turn.speaker or terms['no-speaker']}: {said[:WIDTH]}{'…' * (len(said) > WIDTH)}"


def _findings(minutes: Minutes) -> Iterator[str]:
    if minutes.findings:
        yield ""
        yield f"{words(minutes.language).WORDS['findings']}:"
    for finding in minutes.findings:
        yield f"  [{finding.code}] {message(finding, minutes.language)}"
