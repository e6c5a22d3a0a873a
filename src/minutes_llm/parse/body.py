"""The sections and turns of the body, and a piece for every character of it.

A label opens a turn and everything that follows continues it; a heading closes it. The same label again is the same
person going on, unless several people share it (委員, 記者, Q) or the sitting broke off in between. A heading with
nothing under it but a deeper one is no section of its own; `質疑応答` and the like are parts of the running item.
Text under a heading before any label is an unattributed turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes_llm.languages.ja import headings as ja
from minutes_llm.languages.ja import lines as ja_lines
from minutes_llm.languages.ja.header import OPENERS
from minutes_llm.model.minutes import Piece, PieceKind, Section, Turn
from minutes_llm.parse.directions import MAY_HOLD, inside, whole_line
from minutes_llm.parse.header import clock
from minutes_llm.parse.headings import Heading
from minutes_llm.parse.lines import Line, squeeze
from minutes_llm.parse.noise import rules_inside
from minutes_llm.parse.rows import BULLETS, Row, Setting
from minutes_llm.parse.speakers import anonymous, common
from minutes_llm.parse.wrapping import ends_a_sentence, glue, goes_on, paragraphs
from minutes_llm.patterns import late

_STAR = late(r"[*+-][ \t]+")


@dataclass(slots=True)
class _Turn:
    """A turn being read; each stretch of speech: from where to where, what is said, what joins it to the last."""

    speaker: str | None
    at: int
    indent: int
    replies_to: _Turn | None = None
    stretches: list[tuple[int, int, str, str]] = field(default_factory=list)
    directions: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Section:
    """A section being read. `opening`: it is headed `冒頭発言` or the like, so that `質疑応答` is no part of it."""

    heading: str
    style: str | None
    start: int
    end: int
    opening: bool = False
    turns: list[_Turn] = field(default_factory=list)


def assemble(rows: Sequence[Row], setting: Setting, source: str) -> tuple[tuple[Section, ...], list[Piece]]:
    """Return the sections of the body and the pieces of all that is not blank, both in order."""
    reader = _Reader(setting, source, _spoken_headings(rows))
    for row in rows:
        reader.take(row)
    return reader.sections(), reader.pieces


def _spoken_headings(rows: Sequence[Row]) -> dict[int, str]:
    """Return the agenda items that the chair announces in a speech, by the offset of the label above.

    Only where the document has no headings of its own.
    """
    if any(row.kind == "heading" for row in rows):
        return {}
    spoken: dict[int, str] = {}
    label: Row | None = None
    for row in rows:
        label = row if row.kind == "label" else label
        if label is None or not (row.is_text or row.kind == "label"):
            continue
        for line in (row.line, *row.more):
            if "議題と" in line.text and (match := ja.SAID.search(line.text[row.mark.stop if row.mark else 0 :])):
                spoken.setdefault(label.line.start, match.group("heading").strip())
    return spoken


class _Reader:
    """Takes the rows one by one and keeps the section and the turn that are open."""

    def __init__(self, setting: Setting, source: str, spoken: dict[int, str]) -> None:
        self._setting = setting
        self._source = source
        self._spoken = spoken
        self._quoted = setting.choice.grammar.name == "quote"
        self._sections: list[_Section] = []
        self._turn: _Turn | None = None
        self._asked: _Turn | None = None
        self._parents: list[_Turn] = []
        self._levels: list[str] = []
        self._waiting: list[str] = []
        self._closed = False
        self._blanks = 0
        self._interrupted = False
        self._broken_off = False
        self._last: Line | None = None
        self.pieces: list[Piece] = []

    def take(self, row: Row) -> None:
        """Take the next row."""
        if row.kind == "blank":
            self._blanks += 1
            return
        if row.kind == "text" and not self._closed:
            self._speech(row.line, row.line.start + self._bullet(row.line))
        elif row.kind == "texts" and not self._closed:
            self._texts((row.line, *row.more))
        elif row.kind == "label":
            self._label(row)
        elif row.kind == "heading" and row.heading:
            self._heading(row.line, row.heading)
        elif row.kind == "name":
            self._piece("label", row.line.start, row.line.end)
        elif row.kind == "note":
            self._note(row.line)
        elif row.kind == "more-heading":
            self._more_heading(row.line)
        elif row.kind in ("direction", "clock"):
            self._direction(row.line.start, row.line.end)
            self._broken_off = self._broken_off or row.kind == "clock" or bool(ja_lines.RECESS.match(row.line.text))
        elif row.kind == "unclaimed":
            self._interrupted = True
            self._piece("unclaimed", row.line.start, row.line.end, row.reason)
            return
        else:
            self._closed = True
            self._turn = None
            for line in (row.line, *row.more):
                self._piece("unclaimed", line.start, line.end, "closing")
        self._blanks = 0
        self._interrupted = False

    # --- headings

    def _heading(self, line: Line, found: Heading) -> None:
        self._turn, self._asked, self._closed = None, None, False
        self._parents.clear()
        deeper = self._descend(found.style)
        section = self._sections[-1] if self._sections else None
        numbered = found.number is not None or found.style.startswith("#")
        beside = section is not None and section.opening and section.style == found.style
        if section and section.heading and found.part and (not numbered or deeper) and not beside:
            section.end = line.end
        elif section and section.heading and not section.turns and (deeper or self._continues(line)):
            section.heading = line.text if deeper else section.heading + glue(section.heading, line.text) + line.text
            section.style, section.end = found.style, line.end
        else:
            opening = squeeze(found.title) in OPENERS
            if section:
                self._settle_waiting(section)
            self._sections.append(_Section(_printed(line.text, found), found.style, line.start, line.end, opening))
        self._piece("heading", line.start, line.end)
        self._last = line

    def _settle_waiting(self, section: _Section) -> None:
        """Give the directions that no turn has followed to the section's last; without one they are nobody's."""
        if section.turns:
            section.turns[-1].directions.extend(self._waiting)
        self._waiting.clear()

    def _continues(self, line: Line) -> bool:
        """Return whether a heading without marks goes on from the heading right above it."""
        return self._levels[-1] == "bare" and self._last is not None and self._blanks == 0

    def _descend(self, style: str) -> bool:
        """Note a heading's style; return whether it is deeper than the heading before it."""
        if style.startswith("#"):
            shallower = [each for each in self._levels if each.startswith("#") and len(each) < len(style)]
            deeper = bool(self._levels) and self._levels == shallower
            self._levels = [*shallower, style]
            return deeper
        if style in self._levels:
            del self._levels[self._levels.index(style) + 1 :]
            return False
        self._levels.append(style)
        return len(self._levels) > 1

    def _more_heading(self, line: Line) -> None:
        section = self._sections[-1]
        if self._last is not None and section.heading.endswith(self._last.text):
            section.heading += glue(section.heading, line.text) + line.text
        section.end = line.end
        self._piece("heading", line.start, line.end)
        self._last = line

    # --- turns

    def _label(self, row: Row) -> None:
        line, mark = row.line, row.mark
        assert mark is not None
        self._closed = False
        start = line.start
        speaker = line.text[mark.start : mark.end].strip() or None
        speaker = self._setting.choice.aliases.get(speaker, speaker) + row.name if speaker else None
        announced = self._spoken.get(start)
        if announced is not None:
            self._turn = None
            self._sections.append(_Section(announced, "spoken", start, line.end))
        section = self._section(start)
        section.end = line.end
        stop = start + len(line.text[: mark.stop].rstrip())
        self._piece("label", start, stop)
        if not self._same_person(speaker, mark.reply, line.indent):
            parent = self._parent(line.indent, mark.reply)
            self._open(_Turn(speaker, stop, line.indent, parent))
        said = line.text[mark.stop :]
        if whole_line(said):
            self._direction(start + mark.stop, line.end)
        elif said:
            self._speech(line, start + mark.stop)

    def _same_person(self, speaker: str | None, reply: bool, indent: int) -> bool:
        """Return whether a label goes on with the open turn: the same name, and a name that only one person has."""
        turn = self._turn
        if turn is None or speaker is None or turn.speaker is None or reply or self._broken_off:
            return False
        if turn.replies_to or (self._setting.choice.grammar.name == "list-name" and indent != turn.indent):
            return False
        return common(speaker) == common(turn.speaker) and not anonymous(speaker)

    def _parent(self, indent: int, reply: bool) -> _Turn | None:
        """Return the turn that a label's own mark or its indent says is answered."""
        grammar = self._setting.choice.grammar.name
        if reply:
            return self._asked
        if grammar in ("list-name", "bullets"):
            while self._parents and self._parents[-1].indent >= indent:
                self._parents.pop()
            return self._parents[-1] if self._parents else None
        return None

    def _note(self, line: Line) -> None:
        """Take what the meeting decided as a turn of nobody's."""
        self._section(line.start)
        self._open(_Turn(None, line.start, line.indent))
        self._speech(line, line.start)
        self._turn = None

    def _open(self, turn: _Turn) -> None:
        self._broken_off = False
        turn.directions.extend(self._waiting)
        self._waiting.clear()
        self._turn = turn
        self._asked = self._asked if turn.replies_to else turn
        if self._setting.choice.grammar.name in ("list-name", "bullets"):
            self._parents.append(turn)
        self._sections[-1].turns.append(turn)

    def _section(self, start: int) -> _Section:
        if not self._sections:
            self._sections.append(_Section("", None, start, start))
        return self._sections[-1]

    # --- what is said

    def _texts(self, lines: Sequence[Line]) -> None:
        """Take lines of speech that follow one another, at once where nothing has to be taken out of them."""
        turn, start, end = self._turn, lines[0].start, lines[-1].end
        if turn is None or self._quoted or MAY_HOLD.search(self._source, start, end):
            for line in lines:
                self._speech(line, line.start)
                self._blanks = 0
                self._interrupted = False
            return
        joint = self._joint(turn, lines[0], start)
        turn.stretches.append((start, end, paragraphs(lines, self._setting.edge), joint))
        self.pieces.append(Piece("speech", start, end))
        self._sections[-1].end = end
        self._last = lines[-1]

    def _speech(self, line: Line, start: int) -> None:
        section = self._section(start)
        section.end = line.end
        first = True
        for kind, begin, stop in _parts(self._source[start : line.end], start):
            if kind == "direction":
                self._direction(begin, stop)
            elif kind == "unclaimed":
                self._piece("unclaimed", begin, stop, "rule")
            elif not first and clock(self._source[begin:stop]):
                self._direction(begin, stop)
                self._broken_off = True
            else:
                if self._turn is None:
                    self._open(_Turn(None, begin, line.indent))
                turn = self._turn
                assert turn is not None
                end = self._without_closing_quote(begin, stop) if self._quoted else stop
                if end > begin:
                    joint = self._joint(turn, line, begin) if first else self._over_cut(turn, begin)
                    turn.stretches.append((begin, end, self._source[begin:end], joint))
                    self.pieces.append(Piece("speech", begin, end))
                if end < stop:
                    self._piece("label", stop - 1, stop)
                first = False
        self._last = line

    def _bullet(self, line: Line) -> int:
        """Return the length of the bullet that belongs to the grammar: `* Hi.` under `**Anna**`."""
        bullet = _STAR.match(line.text) if self._setting.choice.grammar.name in ("bold", "list-name") else None
        if bullet is None:
            return 0
        self._piece("label", line.start, line.start + 1)
        return bullet.end()

    def _without_closing_quote(self, begin: int, stop: int) -> int:
        """Return where a stretch ends without the mark that closes a quoted speech, which is the label's."""
        said = self._source[begin:stop]
        if said[-1] != "」" or said.count("」") <= said.count("「"):
            return stop
        return begin + len(said[:-1].rstrip())

    def _over_cut(self, turn: _Turn, begin: int) -> str:
        """Return what joins two stretches of one line between which something was taken out."""
        before = turn.stretches[-1][1]
        return glue(self._source[before - 1], self._source[begin]) if self._source[before].isspace() else ""

    def _joint(self, turn: _Turn, line: Line, begin: int) -> str:
        """Return what joins a stretch of speech to the one before it in its turn."""
        if not turn.stretches or self._last is None:
            return ""
        if begin > line.start or line.text[0] in BULLETS:
            return "\n"
        before = self._source[turn.stretches[-1][1] - 1]
        unfinished = not ends_a_sentence(before)
        edge = self._setting.edge
        if self._interrupted or self._blanks:
            same = unfinished and (self._interrupted or (edge is not None and self._blanks >= 3))
        else:
            same = edge is not None and (unfinished or goes_on(self._last, line, edge))
        return glue(before, self._source[begin]) if same else "\n"

    def _direction(self, start: int, end: int) -> None:
        text = self._source[start:end]
        (self._turn.directions if self._turn else self._waiting).append(text)
        if self._sections:
            self._sections[-1].end = max(self._sections[-1].end, end)
        self._piece("direction", start, end)

    def _piece(self, kind: PieceKind, start: int, end: int, reason: str | None = None) -> None:
        if end > start:
            self.pieces.append(Piece(kind, start, end, reason))

    # --- the result

    def sections(self) -> tuple[Section, ...]:
        """Return the sections read, with their turns, under their ids."""
        if self._sections:
            self._settle_waiting(self._sections[-1])
        kept = _spoken_only(self._sections)
        return tuple(_section(section, number, self._source) for number, section in enumerate(kept, start=1))


def _spoken_only(sections: list[_Section]) -> list[_Section]:
    """Return the sections without turns in which nothing happened (a menu's labels), and without headless ones.

    What stood before the first heading and came to nothing becomes the beginning of the next section.
    """
    for section in sections:
        section.turns = [turn for turn in section.turns if turn.stretches or turn.directions]
    kept: list[_Section] = []
    start: int | None = None
    for section in sections:
        if not section.heading and not section.turns:
            start = section.start if start is None else start
            continue
        section.start = section.start if start is None else start
        start = None
        kept.append(section)
    return kept


def _printed(text: str, found: Heading) -> str:
    return found.title if found.style.startswith("#") else text


def _parts(text: str, start: int) -> list[tuple[PieceKind, int, int]]:
    """Return the parts of a line of speech, without the white space around each."""
    rules, directions = rules_inside(text), inside(text)
    if not rules and not directions and not text[:1].isspace():
        return [("speech", start, start + len(text.rstrip()))] if text else []
    cuts: list[tuple[int, int, PieceKind]] = [(a, b, "unclaimed") for a, b in rules]
    cuts += [(a, b, "direction") for a, b in directions]
    parts: list[tuple[PieceKind, int, int]] = []
    at = 0
    for begin, stop, kind in sorted(cuts):
        if begin >= at:
            _add(parts, "speech", text, at, begin, start)
            _add(parts, kind, text, begin, stop, start)
            at = stop
    _add(parts, "speech", text, at, len(text), start)
    return parts


def _add(
    parts: list[tuple[PieceKind, int, int]], kind: PieceKind, text: str, begin: int, stop: int, start: int
) -> None:
    stretch = text[begin:stop]
    if stripped := stretch.strip():
        begin += len(stretch) - len(stretch.lstrip())
        parts.append((kind, start + begin, start + begin + len(stripped)))


def _section(section: _Section, number: int, source: str) -> Section:
    ids = {id(turn): f"s{number}t{position}" for position, turn in enumerate(section.turns, start=1)}
    turns = tuple(_turn(turn, ids, source) for turn in section.turns)
    return Section(f"s{number}", section.heading, section.start, section.end, turns)


def _turn(turn: _Turn, ids: dict[int, str], source: str) -> Turn:
    text = "".join([part for _, _, said, joint in turn.stretches for part in (joint, said) if part])
    spans: list[tuple[int, int]] = []
    for start, end, _, _ in turn.stretches:
        if spans and not source[spans[-1][1] : start].strip():
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    start, end = (spans[0][0], spans[-1][1]) if spans else (turn.at, turn.at)
    replies_to = ids.get(id(turn.replies_to)) if turn.replies_to else None
    return Turn(ids[id(turn)], turn.speaker, text, start, end, tuple(spans), tuple(turn.directions), (), replies_to)
