"""Minutes as plain lines of text, which the cases beside this file compare."""

from __future__ import annotations

from collections.abc import Iterator

from minutes_llm.model.minutes import Meeting, Minutes, Section, Source
from minutes_llm.parse import looks_like_minutes, parse


def source(text: str) -> Source:
    return Source("minutes.txt", text, "0" * 64, "utf-8")


def outline(text: str) -> str:
    """Return what was understood of a text: grammar, header, sections and turns, what is unclaimed, findings."""
    minutes = parse(source(text))
    return "\n".join(_lines(minutes)) + "\n"


def _lines(minutes: Minutes) -> Iterator[str]:
    yield f"grammar: {minutes.labels.grammar}" + ("" if looks_like_minutes(minutes) else " (these are no minutes)")
    yield from _meeting(minutes.meeting)
    for section in minutes.sections:
        yield from _section(section)
    for piece in minutes.pieces:
        if piece.kind == "unclaimed":
            yield f"unclaimed, {piece.reason}: {minutes.source.text[piece.start : piece.end]}"
    for finding in minutes.findings:
        yield f"finding {finding.code}: " + ", ".join(f"{name}={value}" for name, value in finding.values)


def _meeting(meeting: Meeting) -> Iterator[str]:
    for name, value in (("title", meeting.title), ("date", meeting.date), ("place", meeting.place)):
        if value:
            yield f"{name}: {value}"
    if meeting.start or meeting.end:
        yield f"time: {meeting.start or '?'} to {meeting.end or '?'}"
    for group in meeting.attendees:
        yield f"attendees, {group.group}: " + " / ".join(group.names)
    for material in meeting.materials:
        yield f"material {material.label}: {material.title}"


def _section(section: Section) -> Iterator[str]:
    yield f"# {section.heading or '(no heading)'}"
    for turn in section.turns:
        answers = f" (answers {turn.replies_to})" if turn.replies_to else ""
        yield f"{turn.id} {turn.speaker or '(nobody)'}{answers}: " + turn.text.replace("\n", "⏎")
        yield from (f"    direction: {direction}" for direction in turn.directions)
