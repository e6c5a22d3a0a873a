"""Every line of the body and what it is: label, heading, direction, speech, the page's, the end of the record.

Headings are the hard part, because a numbered line in a speech looks like one. In a document with labels a heading
stands where no speech is going on: right above a label or another heading, or counting on from the last of its style.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Literal

from minutes_llm.languages.en import lines as en
from minutes_llm.languages.ja import lines as ja
from minutes_llm.parse.choice import Choice
from minutes_llm.parse.directions import whole_line
from minutes_llm.parse.header import clock
from minutes_llm.parse.headings import Heading, heading
from minutes_llm.parse.labels import CJK, Mark
from minutes_llm.parse.lines import Line, squeeze
from minutes_llm.parse.wrapping import ends_a_sentence, width

_CJK = re.compile(f"[{CJK}]")

Kind = Literal[
    "blank", "label", "name", "note", "heading", "more-heading", "direction", "clock", "end", "unclaimed", "text"
]


@dataclass(frozen=True, slots=True)
class Row:
    """One line and what it is. `reason` is why it is unclaimed; `mark` and `heading` are what was read.

    `name` is the rest of a label that goes on in the next line (`○教育長` / `笹山忠君`), whose own kind is `name`.
    """

    line: Line
    kind: Kind
    mark: Mark | None = None
    heading: Heading | None = None
    reason: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
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
    last_label = max(setting.choice.labels, default=-1)
    plain = [_row(index, lines[index], setting, index > last_label) for index in range(first, len(lines))]
    return _with_headings(_with_names(plain), setting)


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
    for position, (row, under) in enumerate(zip(plain, plain[1:], strict=False)):
        own = row.mark is not None and row.mark.stop == len(row.line.text) and row.mark.end > row.mark.start
        if own and under.kind == "text" and ja.NAME_LINE.match(under.line.text):
            whole[position] = replace(row, name=under.line.text)
            whole[position + 1] = replace(under, kind="name")
    return whole


def _with_headings(plain: list[Row], setting: Setting) -> list[Row]:
    below = _below(plain)
    told: list[Row] = []
    numbers: dict[str, int] = {}
    more = False
    for position, row in enumerate(plain):
        if row.kind == "text":
            above = told[-1] if told else None
            under = above is not None and above.kind in ("heading", "more-heading")
            if under and (more or _hangs(row, below[position])):
                row = replace(row, kind="more-heading")
            elif _is_split_number(row, plain, position, numbers):
                row = replace(
                    row, kind="heading", heading=Heading("split", int(row.line.text), row.line.text, True, False)
                )
                numbers["split"] = int(row.line.text)
                told.append(row)
                more = True
                continue
            elif _is_heading(row, above, below[position], told, numbers, setting):
                row = replace(
                    row, kind="heading", heading=row.heading or Heading("bare", None, row.line.text, False, False)
                )
                if row.heading and row.heading.number is not None:
                    numbers[row.heading.style] = row.heading.number
            more = row.kind in ("heading", "more-heading") and _goes_on(row.line.text, setting.edge)
        told.append(row)
    return told


def _is_split_number(row: Row, plain: list[Row], position: int, numbers: Mapping[str, int]) -> bool:
    """Return whether a line is the number of an item whose words stand in the next line: `２` / `議事録の承認`."""
    text = row.line.text
    if (
        len(text) > 2
        or not text.isdecimal()
        or int(text) != numbers.get("split", 0) + 1
        or position + 1 >= len(plain)
    ):
        return False
    under = plain[position + 1]
    return under.kind == "text" and len(under.line.text) <= 30 and not ends_a_sentence(under.line.text)


def _hangs(row: Row, below: str) -> bool:
    """Return whether an indented line right under a heading is the rest of it: no sentence, and a label comes next."""
    text = row.line.text
    return (
        row.heading is None
        and below in ("label", "heading")
        and row.line.indent > 0
        and len(text) <= 80
        and "。" not in text
    )


def _goes_on(text: str, edge: int | None) -> bool:
    """Return whether a wrapped heading goes on in the next line."""
    return edge is not None and width(text) >= edge * 0.85 and not text.endswith("。")


def _below(plain: list[Row]) -> list[str]:
    """Return for each line what comes under it: a label, something like a heading, text, or the end."""
    kinds = [""] * len(plain)
    coming = "end"
    for position in range(len(plain) - 1, -1, -1):
        kinds[position] = coming
        row = plain[position]
        if row.kind == "text":
            coming = "heading" if row.heading and coming in ("label", "heading") else "text"
        elif row.kind in ("label", "end"):
            coming = row.kind
    return kinds


def _is_heading(
    row: Row, above: Row | None, below: str, told: list[Row], numbers: Mapping[str, int], setting: Setting
) -> bool:
    text, found = row.line.text, row.heading
    apart = above is None or above.kind != "text"
    if len(text) <= 80 and len(text) >= 4 and setting.agenda and squeeze(_unnumbered(text, found)) in setting.agenda:
        return True
    if found is None:
        return setting.labelled and _bare(text, apart, below, told)
    if found.style.startswith("#"):
        return True
    if text.endswith("。") and not (found.style.startswith("glyph") and found.sure):
        return False
    if not setting.labelled:
        return len(text) <= 80 and _counts_on(found, numbers) and "。" not in text[:-1]
    leads = below in ("label", "heading", "end")
    if found.number is None or found.style in ("programme", "item", "topic"):
        return (leads or apart) if found.sure else leads and "。" not in text and len(text) <= 60
    if found.sure and apart and not leads:
        follows = found.number == numbers.get(found.style, -1) + 1
        return follows or (not _speaking(told) and _counts_on(found, numbers)) or found.plain
    if found.sure:
        return leads
    first = found.number == 1 and not any(row.kind in ("label", "heading", "text") for row in told)
    return (leads or first) and apart and _counts_on(found, numbers) and len(text) <= 60


def _unnumbered(text: str, found: Heading | None) -> str:
    return found.title if found else text


def _counts_on(found: Heading, numbers: Mapping[str, int]) -> bool:
    if found.number is None:
        return True
    last = numbers.get(found.style)
    return last is None or found.number == 1 or last < found.number <= last + 3


def _speaking(told: list[Row]) -> bool:
    """Return whether a speech is going on: there was a label, and no heading since."""
    last = next((row for row in reversed(told) if row.kind in ("label", "heading")), None)
    return last is not None and last.kind == "label"


def _bare(text: str, apart: bool, below: str, told: list[Row]) -> bool:
    """Return whether a line without any mark is a heading: short, by itself, right above a label, no speech going on."""
    if (
        below != "label"
        or not apart
        or len(text) > 60
        or not _CJK.search(text)
        or text[-1] in "。、，,.：:？?！!」）)"
        or "。" in text
    ):
        return False
    if told and told[-1].kind == "heading":
        return True
    if len(text) > 40 or text[0] in "「（(［[<|*-・→　" or (told and told[-1].kind not in ("blank", "unclaimed")):
        return False
    before = next((row for row in reversed(told[-40:]) if row.kind in ("text", "label", "heading")), None)
    return before is None or before.kind == "heading" or ends_a_sentence(before.line.text)
