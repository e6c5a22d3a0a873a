"""Every line of the body and what it is: label, heading, direction, speech, the page's, the end of the record.

Most lines are the next one of a speech. Those that follow one another and begin with nothing that a heading, a
direction or the like begins with are one row together, and are told apart only where a heading could stand.

Headings are the hard part, because a numbered line in a speech looks like one. In a document with labels a heading
stands where no speech is going on: right above a label or another heading, or counting on from the last of its style.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal, NamedTuple

from minutes_llm.languages.en import lines as en
from minutes_llm.languages.ja import headings as ja_headings
from minutes_llm.languages.ja import lines as ja
from minutes_llm.parse.choice import Choice
from minutes_llm.parse.directions import LEADS, OPENS, whole_line
from minutes_llm.parse.header import clock
from minutes_llm.parse.headings import FIRST, Heading, heading
from minutes_llm.parse.labels import Mark
from minutes_llm.parse.lines import Line, squeeze
from minutes_llm.parse.wrapping import ends_a_sentence, width
from minutes_llm.patterns import late

_PUNCTUATED = late(r"。|[、，,.：:？?！!」）)]$")
_NOT_BARE = frozenset("「（(［[<|*-・→")

BULLETS = frozenset("*+-・•◦‣→⇒")
_ALONE = BULLETS | LEADS
"""What a line of text begins with that is never one of several in a row."""

_LOOKED_AT = FIRST | OPENS | _ALONE | ja.CLOCK_BEGINS | en.NOTE_BEGINS
"""What a line begins with that may be more than text."""

_ENDS = ja.END_BEGINS | en.END_BEGINS

Kind = Literal[
    "blank",
    "label",
    "name",
    "note",
    "heading",
    "more-heading",
    "direction",
    "clock",
    "end",
    "unclaimed",
    "text",
    "texts",
]


class Row(NamedTuple):
    """One line and what it is. `reason` is why it is unclaimed; `mark` and `heading` are what was read.

    `name` is the rest of a label that goes on in the next line (`○教育長` / `笹山忠君`), whose own kind is `name`.
    A row of `texts` is several lines: `line` is the first, `more` are the others.
    """

    line: Line
    kind: Kind
    mark: Mark | None = None
    heading: Heading | None = None
    reason: str | None = None
    name: str = ""
    more: Sequence[Line] = ()

    @property
    def is_text(self) -> bool:
        """Whether it is one line of text or several."""
        return self.kind == "text" or self.kind == "texts"

    @property
    def last(self) -> Line:
        """The last of its lines."""
        return self.more[-1] if self.more else self.line


class Setting(NamedTuple):
    """What is known of the document while its lines are told apart."""

    choice: Choice
    furniture: Mapping[int, str]
    agenda: Set[str]
    edge: int | None

    @property
    def labelled(self) -> bool:
        """Whether the document has speaker labels."""
        return bool(self.choice.labels) and self.choice.grammar.name != "bullets"


def rows(lines: Sequence[Line], first: int, setting: Setting) -> list[Row]:
    """Return what each line from number `first` on is."""
    return _with_headings(_with_names(_told_apart(lines, first, setting)), setting)


def _told_apart(lines: Sequence[Line], first: int, setting: Setting) -> list[Row]:
    """Return what each line is by itself; one row for lines of text that follow one another."""
    agenda = setting.agenda
    known = {*setting.choice.labels, *setting.furniture}
    last_label = max(setting.choice.labels, default=-1)
    begins = _LOOKED_AT | {item[0] for item in agenda if item}
    ends = begins | _ENDS
    told: list[Row] = []
    since = first
    for index, line in enumerate(lines[first:], start=first):
        text = line.text
        may_end = index > last_label
        if len(text) > 2 and text[0] not in (ends if may_end else begins) and index not in known:
            continue
        row = _row(index, line, setting, may_end)
        only_text = row.kind == "text" and row.heading is None and len(text) > 2
        if only_text and text[0] not in _ALONE and not (agenda and squeeze(text) in agenda):
            continue
        if index > since:
            told.append(_texts(lines[since:index]))
        told.append(row)
        since = index + 1
    if len(lines) > since:
        told.append(_texts(lines[since:]))
    return told


def _texts(lines: Sequence[Line]) -> Row:
    return Row(lines[0], "texts", more=lines[1:]) if len(lines) > 1 else Row(lines[0], "text")


def _row(index: int, line: Line, setting: Setting, may_end: bool) -> Row:
    text = line.text
    if not text:
        return Row(line, "blank")
    mark = setting.choice.labels.get(index)
    if mark is not None:
        return Row(line, "label", mark=mark)
    if index in setting.furniture:
        return Row(line, "unclaimed", reason=setting.furniture[index])
    if len(text) < 60:
        event = clock(text)
        if event:
            return Row(line, "end" if event[0] in ja.CLOSING else "clock", reason="closing")
        if may_end and (ja.END.match(text) or en.END.match(text)):
            return Row(line, "end", reason="closing")
    if whole_line(text):
        return Row(line, "direction")
    if en.NOTE.match(text):
        return Row(line, "note")
    return Row(line, "text", heading=heading(text))


def _with_names(plain: list[Row]) -> list[Row]:
    """Return the rows with each label that its name's line follows made whole."""
    whole = list(plain)
    for place in range(len(plain) - 1, 0, -1):
        row, under = plain[place - 1], plain[place]
        if row.mark is not None and under.is_text:
            alone = row.mark.stop == len(row.line.text) and row.mark.end > row.mark.start
            if alone and ja.NAME_LINE.match(under.line.text):
                rest = [_texts(under.more)] if under.more else []
                whole[place - 1 : place + 1] = row._replace(name=under.line.text), Row(under.line, "name"), *rest
    return whole


@dataclass(slots=True)
class _Around:
    """What stands around the line in hand: the row right above, the last one written, what was numbered last.

    `speaking`: there was a label and no heading since. `below` is what comes next, of what is not blank; `alone` says
    that blank lines stand above and below.
    """

    row: Row | None = None
    written: Row | None = None
    speaking: bool = False
    numbers: dict[str, int] = field(default_factory=dict)
    below: str = "end"
    alone: bool = False

    @property
    def apart(self) -> bool:
        """Whether the line in hand is not simply the next line of a text; a narrative may go straight on to it."""
        if self.row is not None and self.row.kind == "label" and not self.under_a_lone_label:
            return self.below == "label" and self.after_a_sentence
        if self.row is None or not self.row.is_text:
            return True
        return not self.speaking and self.after_a_sentence

    @property
    def after_a_sentence(self) -> bool:
        """Whether the row right above is the end of a sentence."""
        return self.row is not None and ends_a_sentence(self.row.last.text)

    @property
    def under_a_lone_label(self) -> bool:
        """Whether the row right above is a label and nothing else: what is said comes next."""
        return self.row is not None and self.row.mark is not None and self.row.mark.stop == len(self.row.line.text)

    @property
    def under_blank(self) -> bool:
        """Whether the row right above is blank, or there is none."""
        return self.row is None or self.row.kind == "blank"

    @property
    def under_heading(self) -> bool:
        """Whether the row right above is a heading, or the rest of one."""
        return self.row is not None and self.row.kind in ("heading", "more-heading")

    def note(self, row: Row) -> None:
        """Take a row that was told apart."""
        self.row = row
        if row.is_text or row.kind in ("label", "heading"):
            self.written = row
        if row.kind in ("label", "heading"):
            self.speaking = row.kind == "label"
        if row.kind == "heading" and row.heading and row.heading.number is not None:
            self.numbers[row.heading.style] = row.heading.number


def _with_headings(plain: list[Row], setting: Setting) -> list[Row]:
    around = _Around()
    told: list[Row] = []
    more = False
    for row, below, under in _with_what_follows(plain, around):
        if row.kind == "text" and not _is_plain(row, below, around, setting):
            around.below, around.alone = below, (under is None or under.kind == "blank") and around.under_blank
            split = _split_number(row, under, around.numbers)
            if around.under_heading and (more or _hangs(row, around.below)):
                row = row._replace(kind="more-heading")
            elif split:
                row = row._replace(kind="heading", heading=split)
            elif setting.labelled and ja_headings.INSERTED.search(row.line.text) and _is_bare(row.line.text, around):
                row = row._replace(kind="direction")
            elif _is_heading(row, around, setting):
                row = row._replace(kind="heading", heading=row.heading or _bare_heading(row))
            more = row.kind != "text" and (split is not None or _goes_on(row.line.text, setting.edge))
        elif row.is_text:
            more = False
        around.note(row)
        told.append(row)
    return told


def _with_what_follows(plain: list[Row], around: _Around) -> Iterator[tuple[Row, str, Row | None]]:
    """Yield each row with what comes below it and the row right under it.

    Several lines of text are one row where a speech goes on, and else one by one: a heading may be among them. Which
    it is, `around` tells when the row's turn comes: whoever takes the rows notes each before the next.
    """
    for row, under, below in zip_longest(plain, plain[1:], _below(plain)):
        if row.kind == "texts" and (around.under_heading or not around.speaking):
            alone = [Row(line, "text") for line in (row.line, *row.more)]
            for each, next_one in zip(alone, alone[1:], strict=False):
                yield each, "text", next_one
            yield alone[-1], below, under
        else:
            yield row, below, under


def _is_plain(row: Row, below: str, around: _Around, setting: Setting) -> bool:
    """Return whether a line is the next one of a text, as most are, and nothing else needs to be asked."""
    looked_at = row.heading is not None or below == "label" or len(row.line.text) <= 2
    return not (looked_at or around.under_heading or setting.agenda)


def _bare_heading(row: Row) -> Heading:
    return Heading("bare", None, row.line.text)


def _split_number(row: Row, under: Row | None, numbers: Mapping[str, int]) -> Heading | None:
    """Return the heading of a line that is only its number, its words in the next line: `２` / `予算の承認`."""
    text = row.line.text
    if len(text) > 2 or not text.isdecimal() or int(text) != numbers.get("split", 0) + 1:
        return None
    if under is None or not under.is_text:
        return None
    if len(under.line.text) > 30 or ends_a_sentence(under.line.text):
        return None
    return Heading("split", int(text), text, sure=True)


def _hangs(row: Row, below: str) -> bool:
    """Return whether an indented line under a heading is the rest of it: no sentence, and a label comes next."""
    text = row.line.text
    short = row.line.indent > 0 and len(text) <= 80 and "。" not in text
    return short and row.heading is None and below in ("label", "heading")


def _goes_on(text: str, edge: int | None) -> bool:
    """Return whether a wrapped heading goes on in the next line."""
    return edge is not None and width(text) >= edge * 0.85 and not text.endswith("。")


def _below(plain: list[Row]) -> list[str]:
    """Return for each line what comes under it: a label, headings that lead to one, text, or the end."""
    kinds = [""] * len(plain)
    coming = "end"
    for position in range(len(plain) - 1, -1, -1):
        kinds[position] = coming
        row = plain[position]
        if row.is_text:
            coming = "heading" if row.heading and coming in ("label", "heading") else "text"
        elif row.kind in ("label", "end"):
            coming = row.kind
    return kinds


def _is_heading(row: Row, around: _Around, setting: Setting) -> bool:
    text, found = row.line.text, row.heading
    if 4 <= len(text) <= 80 and setting.agenda and squeeze(found.title if found else text) in setting.agenda:
        return True
    if found is None:
        return setting.labelled and _is_bare(text, around)
    if found.style.startswith("#"):
        return True
    if (around.under_a_lone_label and found.style != "topic") or ("。" in text[:-1] and found.style == "item"):
        return False
    if text.endswith("。") and not (found.style.startswith("glyph") and found.sure):
        return False
    if not setting.labelled:
        return len(text) <= 80 and _counts_on(found, around.numbers) and "。" not in text[:-1]
    return _stands_as_heading(found, text, around)


def _stands_as_heading(found: Heading, text: str, around: _Around) -> bool:
    """Return whether a line stands where a heading can stand in a document with labels."""
    leads = around.below in ("label", "heading", "end")
    if found.number is None or found.style in ("programme", "item", "topic"):
        if found.sure:
            return leads or (around.apart and (found.begins or not around.speaking))
        return leads and "。" not in text and len(text) <= 60
    if not found.sure:
        first = not around.speaking and (around.written is None or found.number != 1)
        next_of_its_kind = around.alone and found.style in around.numbers and not ends_a_sentence(text)
        between_speeches = around.below == "label" and found.style in around.numbers and around.after_a_sentence
        stands = ((leads or first or next_of_its_kind) and around.apart) or between_speeches
        return stands and _next_number(found, around.numbers) and len(text) <= 60
    if leads:
        return True
    follows = found.number == around.numbers.get(found.style, -1) + 1
    return around.apart and (follows or found.plain or (not around.speaking and _counts_on(found, around.numbers)))


def _next_number(found: Heading, numbers: Mapping[str, int]) -> bool:
    """Return whether a heading is the first of its style, or the next."""
    return found.number is not None and found.number in (1, numbers.get(found.style, 0) + 1)


def _counts_on(found: Heading, numbers: Mapping[str, int]) -> bool:
    """Return whether a heading's number is not out of line; a few may be missing (an abridged record)."""
    if found.number is None:
        return True
    last = numbers.get(found.style)
    return last is None or found.number == 1 or last < found.number <= last + 3


def _is_bare(text: str, around: _Around) -> bool:
    """Return whether a line without any mark is a heading: short, apart, right above a label, no sentence open."""
    if around.below != "label" or not around.apart or len(text) > 60 or max(text) < "ぁ" or _PUNCTUATED.search(text):
        return False
    if around.row and around.row.kind == "heading":
        return True
    if len(text) > 40 or text[0] in _NOT_BARE or (around.row and around.row.kind not in ("blank", "unclaimed")):
        return False
    last = around.written
    return last is None or last.kind == "heading" or ends_a_sentence(last.last.text)
