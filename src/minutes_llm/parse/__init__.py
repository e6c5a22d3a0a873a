"""Minutes understood: header, agenda sections, speaker turns, and what became of every character.

The steps are the files of this package, in order: `lines` and `noise`, `language`, `labels` (the table) and `choice`
(which grammar), `dates` and `header`, `headings`, `directions` and `rows` (what each line is), `wrapping` and `body`
(sections and turns), `findings`, `passages`.
"""

from __future__ import annotations

from dataclasses import replace

from minutes_llm.languages.ja import lines as ja
from minutes_llm.model.minutes import Labels, Meeting, Minutes, Piece, Section, Source
from minutes_llm.parse import header as headers
from minutes_llm.parse.body import assemble
from minutes_llm.parse.choice import Choice, choose, only, split_again, split_at_known
from minutes_llm.parse.findings import findings
from minutes_llm.parse.labels import Grammar, legend, named
from minutes_llm.parse.language import language
from minutes_llm.parse.lines import Line, lines
from minutes_llm.parse.noise import furniture
from minutes_llm.parse.passages import passages
from minutes_llm.parse.rows import Row, Setting, rows
from minutes_llm.parse.wrapping import edge

__all__ = ["looks_like_minutes", "parse"]


def parse(source: Source, speaker_format: str | None = None) -> Minutes:
    """Return a document understood; any text at all gives minutes, at worst one unattributed turn.

    The label grammar is the one that explains the document best, or `speaker_format`: a name in the table
    (`labels.NAMES`) or a regular expression with a group `label`. Raises InputError for any other format.
    """
    grammar = named(speaker_format) if speaker_format else None
    tongue = language(source.text)
    page, cuts = split_again(lines(source.text), source.text)
    page, choice, first = _labelled(page, grammar, source.text)
    reasons = furniture(page, source.pages, choice.labels.keys())
    head = headers.read(page, first, reasons, source.text)
    body = [line for index, line in enumerate(page[first:], start=first) if index not in reasons]
    setting = Setting(choice, reasons, head.agenda, edge(body))
    told = rows(page, first, setting)
    spoken, pieces = assemble(told, setting, source.text)
    sections = tuple(_with_passages(section, source.text, tongue) for section in spoken)
    meeting = _with_clock(head.meeting, told)
    return Minutes(
        source=source,
        language=tongue,
        meeting=meeting,
        sections=sections,
        pieces=_tiled([*_header_pieces(page[:first], reasons), *pieces], source.text),
        labels=Labels(choice.grammar.name, choice.confidence),
        findings=findings(head.day, meeting, sections, choice, cuts),
    )


def looks_like_minutes(minutes: Minutes) -> bool:
    """Return whether a parsed document is a record of a meeting at all.

    Looked for (`LOOKED_FOR`): speaker labels; a title that names a record; two of date, place and attendees in a
    header. One of them is enough.
    """
    labelled = {turn.speaker for section in minutes.sections for turn in section.turns if turn.speaker}
    if len(labelled) > (minutes.labels.grammar == "bullets") and minutes.labels.confidence >= 0.5:
        return True
    meeting = minutes.meeting
    known = sum(map(bool, (meeting.date, meeting.place, meeting.attendees, meeting.materials)))
    return known >= 2 or headers.names_a_record(minutes.source.text[:2000])


LOOKED_FOR = ("speaker-labels", "record-title", "date-place-attendees")
"""What `looks_like_minutes` looks for, by name, so that an error can say it in any language."""


def _labelled(page: tuple[Line, ...], grammar: Grammar | None, text: str) -> tuple[tuple[Line, ...], Choice, int]:
    """Return the lines, cut before labels in mid-line, the labels of the body, and the number of its first line."""
    choice, announced = _choice(page, grammar)
    cut = split_at_known(choice, page, text)
    if len(cut) != len(page):
        page = cut
        choice, announced = _choice(page, grammar)
    first = headers.end(page, choice, announced)
    return page, choice._replace(labels={i: mark for i, mark in choice.labels.items() if i >= first}), first


def _choice(page: tuple[Line, ...], grammar: Grammar | None) -> tuple[Choice, int | None]:
    """Return what the labels after the header are read with, and where a header that says so itself ends."""
    announced = headers.announced(page)
    first = announced or 0
    aliases = legend(tuple(line.text for line in page[:400]))
    if grammar:
        return only(grammar, page, first, aliases), announced
    return choose(page, first, aliases, headers.listed(page[:first])), announced


def _with_passages(section: Section, text: str, tongue: str) -> Section:
    turns = tuple(
        replace(turn, passages=found) if (found := passages(turn, text, tongue)) else turn for turn in section.turns
    )
    return replace(section, turns=turns)


def _with_clock(meeting: Meeting, told: list[Row]) -> Meeting:
    """Return a meeting with the times of its opening and closing lines where its header gives none."""
    events = [event for row in told if row.kind in ("clock", "end") and (event := headers.clock(row.line.text))]
    opened = next((time for name, time in events if name in ja.OPENING), None)
    closed = next((time for name, time in reversed(events) if name in ja.CLOSING), None)
    return replace(meeting, start=meeting.start or opened, end=meeting.end or closed)


def _header_pieces(head: tuple[Line, ...], reasons: dict[int, str]) -> list[Piece]:
    return [
        Piece("unclaimed", line.start, line.end, reasons[index])
        if index in reasons
        else Piece("header", line.start, line.end)
        for index, line in enumerate(head)
        if line.text
    ]


def _tiled(pieces: list[Piece], text: str) -> tuple[Piece, ...]:
    """Return the pieces with blank ones between them, so that they cover the text exactly once, in order.

    Neighbours that both are header, or both speech, are one piece where only white space lies between them.
    """
    tiled: list[Piece] = []
    at = 0
    for piece in pieces:
        between = text[at : piece.start]
        last = tiled[-1] if tiled else None
        if last and last.kind == piece.kind in ("header", "speech") and not between.strip():
            tiled[-1] = Piece(piece.kind, last.start, piece.end)
        else:
            if between:
                tiled.append(_gap(between, at, piece.start))
            tiled.append(piece)
        at = piece.end
    if at < len(text):
        tiled.append(_gap(text[at:], at, len(text)))
    return tuple(tiled)


def _gap(between: str, start: int, end: int) -> Piece:
    return Piece("unclaimed", start, end, "unread") if between.strip() else Piece("blank", start, end)
