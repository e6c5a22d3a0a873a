"""The header read: where it ends, and what it says of the meeting.

Sixteen of 85 documents print their header keys in the very grammar of their speaker labels (`日 時）…` over
`蔦山構成員）`), so the header is found first and no label is looked for in it. It ends, whichever is found first,

1. after a key that announces the meeting itself (`5．議事概要`, `○議事`), or before one that is its first heading
   (`1.冒頭発言`);
2. at the clock line that opens the sitting (`午前10時00分　開会`);
3. after the last key and its value, at the first heading or the first whole sentence;
4. at the first label under which something is said, or at a heading right above it.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from minutes_llm.languages.en import header as en
from minutes_llm.languages.ja import header as ja
from minutes_llm.languages.ja import headings as ja_headings
from minutes_llm.languages.ja import lines as ja_lines
from minutes_llm.languages.zh import header as zh
from minutes_llm.model.minutes import Group, Material, Meeting
from minutes_llm.parse.choice import Choice
from minutes_llm.parse.dates import Day, days, times
from minutes_llm.parse.headings import heading
from minutes_llm.parse.lines import Line, squeeze
from minutes_llm.parse.speakers import has_role
from minutes_llm.patterns import late

_FARTHEST = 800
"""No header is looked for beyond this many lines."""

_CJK_KEYS = {**ja.KEYS, **zh.KEYS}
_NUMERAL = ja_lines.NUMERAL
_BEFORE_KEY = late(
    rf"[○◯〇●■◆◇□◎・*#\s]*(?P<number>[（(]?{_NUMERAL}{{1,3}}[）)．.、:：]?\s*|第{_NUMERAL}{{1,3}}\s*)?[（(【〔［]?\s*"
)
_AFTER_KEY = late(r"\s*(?P<note>[（(][^（）()]*[）)]?)?\s*(?:[）)：:】〕］|]+\s*|\s+|$)(?P<value>.*)$")
_KEYS = frozenset({*_CJK_KEYS, *ja.BODY_KEYS, *ja.OPENERS})
_LONGEST_KEY = max(map(len, _KEYS))
_ENGLISH_KEY = late(r"^[#*\s>|-]*(?P<name>[A-Za-z][A-Za-z /]{2,24}?)\s*\**\s*:\s*\**\s*(?P<value>.*)$")
_GROUP = late(r"^[【（(〔［＜<]\s*(?P<name>[^【】（）()〔〕\d。、]{1,25})\s*[】）)〕］＞>]$")
_INLINE_GROUP = late(r"^[【〔［](?P<name>[^【】〔〕［］]{1,25})[】〕］]\s*(?P<names>.*)$")
_LISTED = late(r"(?:[（(](?:[^（）()]|[（(][^（）()]*[）)])*[）)]|[^、，,;；])+")
_COLUMNS = late(r"\||\t+|[ 　]{2,}")
_NUMERAL_NOTE = late(rf"[（(]{_NUMERAL}+[）)]?$")
_ADDRESSED = late(rf"\S.{{0,40}}?(?:{'|'.join(ja.ADDRESSES)}|(?<=[\s　])議員)(?=\s|$)")
_WIDE_GAP = late(r"(?<=\s\S)\s{4,}(?=\S\s)")
_ITEM_NUMBER = late(
    rf"^(?:[\s・○◆●*\-]+)?(?:(?:[（(]?{_NUMERAL}{{1,3}}[）)．.、　 ]|第{_NUMERAL}{{1,3}}[　 ]|[①-⑳])\s*)?"
)
_NUMBERED = late(rf"^[（(]?{_NUMERAL}{{1,3}}[）)．.、　 ]|^[①-⑳]")
_WORDS = late(r"[\s、，,／/・：:（）()【】〔〕]+")
_MARKS = late(r"^[#*\s]*(?:([○◯〇●■◆])(?!\1))?")
_CJK = late(r"[\u3041-\u9fff]")
_SENTENCE = late(r"[。？！」]|[^\d０-９]．|[a-z]{3}[.?!]$")
_LOGS = frozenset({"nick", "time-nick"})
"""Grammars in which no header key is printed."""

_STRONG = frozenset({"date", "time", "place", "attendees", "materials", "title"})


class Key(NamedTuple):
    """A header line read as key and value; `field` says what for (`body` and `opener` end the header)."""

    field: str
    name: str
    value: str
    value_at: int
    numbered: bool


class Header(NamedTuple):
    """What stands above the first agenda item: its last line, what it says, the items it announces."""

    end: int
    meeting: Meeting
    day: Day | None
    agenda: frozenset[str]
    keys: frozenset[str]


def key(text: str) -> Key | None:
    """Return a line read as a header key with its value, or None where it is none."""
    before = _BEFORE_KEY.match(text)
    assert before  # nothing in it has to be there
    for name, end in () if ja.MATERIAL.match(text) else _named(text, before.end()):
        after = _AFTER_KEY.match(text, end)
        if after:
            if _NUMERAL_NOTE.match(after.group("note") or ""):
                break
            numbered = bool(before.group("number")) or text[0] in "○◯〇●■◆◇□◎【＜<"
            return Key(_field(name), name, after.group("value"), after.start("value"), numbered)
    english = _ENGLISH_KEY.match(text)
    if english:
        field = en.KEYS.get(squeeze(english.group("name")).lower())
        if field:
            return Key(field, english.group("name"), english.group("value").strip("* "), english.start("value"), True)
    return None


def _named(text: str, start: int) -> list[tuple[str, int]]:
    """Return the keys that stand at a place, spaced out or not, the longest first, each with where it ends.

    One of a single character (於) is one before a colon only.
    """
    found: list[tuple[str, int]] = []
    name = ""
    for place in range(start, len(text)):
        if not text[place].isspace():
            name += text[place]
            if name in _KEYS and (len(name) > 1 or text[place + 1 :].lstrip().startswith(("：", ":"))):
                found.append((name, place + 1))
            if len(name) == _LONGEST_KEY:
                break
    return found[::-1]


def _field(name: str) -> str:
    """Return what a key says: `body` where the meeting itself follows, `opener` for an item of its own."""
    if name in ja.BODY_KEYS and name not in ja.KEYS:
        return "body"
    return "opener" if name in ja.OPENERS else _CJK_KEYS[name]


def announced(lines: tuple[Line, ...]) -> int | None:
    """Return the number of the line after the key that announces the meeting itself, or None where none does."""
    seen: set[str] = set()
    for index, line in enumerate(lines[:_FARTHEST]):
        found = key(line.text) if line.text and len(line.text) <= 60 else None
        if found is None:
            continue
        if found.field == "body" and (found.numbered or {"date", "place"} & seen):
            if not _more_keys(lines, index, "date", "place"):
                return index + 1
        elif found.field == "opener" and _is_first_heading(lines, index, found):
            return _first_of_its_series(lines, index)
        seen.add(found.field)
    return None


def _is_first_heading(lines: tuple[Line, ...], index: int, found: Key) -> bool:
    """Return whether an opener (`1.冒頭発言`) is a heading of the meeting and not an item of the agenda announced."""
    return found.numbered and heading(lines[index].text) is not None and not _more_keys(lines, index, "body")


def _first_of_its_series(lines: tuple[Line, ...], index: int) -> int:
    """Return the first line of the numbered headings that a line is one of: `１　発表事項` above `２　質疑応答`."""
    last = heading(lines[index].text)
    first = index
    for above in range(index - 1, -1, -1):
        found = heading(lines[above].text)
        if found and last and found.style == last.style and found.number is not None:
            if key(lines[above].text) or last.number is None or found.number != last.number - 1:
                break
            first, last = above, found
    return first


def _more_keys(lines: tuple[Line, ...], index: int, *fields: str) -> bool:
    """Return whether a key for one of some fields is still to come, close below a line.

    `議事録` above the date is the title, `（２）質疑応答` above `５．議事` an item of the agenda announced.
    """
    below = (found for line in lines[index + 1 : index + 15] if line.text and (found := key(line.text)))
    return any(found.field in fields for found in below)


def listed(lines: tuple[Line, ...]) -> frozenset[str]:
    """Return the words of a header, as which a name can be found there that has no role in the body."""
    words = {word for line in lines for word in _WORDS.split(line.text) if 1 < len(word) <= 12}
    names = {squeeze(name) for line in lines if " " in line.text for name in _LISTED.findall(line.text)}
    return frozenset(words | {name for name in names if len(name) <= 12})


def end(lines: tuple[Line, ...], choice: Choice, announced_at: int | None) -> int:
    """Return the number of the first line after the header."""
    first_label = _first_spoken(lines, choice)
    if announced_at is not None:
        return announced_at
    limit = min(first_label if first_label is not None else len(lines), _FARTHEST)
    front = _front_matter(lines)
    opening = next((i for i in range(limit - 1, -1, -1) if _opens(lines[i].text)), None)
    if opening is not None and first_label is not None:
        return opening
    last_key = _last_key(lines, limit)
    if last_key is not None:
        return _after_block(lines, last_key, limit)
    if first_label is None:
        return max(front, _after_title(lines))
    return max(front, _with_heading_above(lines, first_label))


def _first_spoken(lines: tuple[Line, ...], choice: Choice) -> int | None:
    """Return the first label under which something is said (a roster has labels too, and only names under them)."""
    ordered = sorted(choice.labels)
    if ordered and choice.grammar.name in _LOGS:
        return ordered[0]
    for position, index in enumerate(ordered):
        said = lines[index].text[choice.labels[index].stop :]
        stop = ordered[position + 1] if position + 1 < len(ordered) else index + 12
        below = tuple(_unmarked(lines[index + 1 : min(stop, index + 12)]))
        if _SENTENCE.search(said) or any(map(_SENTENCE.search, below)):
            return index
        if _runs_on(said or "".join(below[:1])) and not any(
            key(line.text) for line in lines[index : index + 8] if line.text
        ):
            return index
    return ordered[0] if ordered else None


def _runs_on(said: str) -> bool:
    """Return whether words without a full stop are speech all the same: many, and no list of names."""
    return len(said) >= (12 if _CJK.search(said) else 30) and len(re.findall("[、,，/／・]", said)) * 15 < len(said)


def _unmarked(lines: Iterable[Line]) -> Iterable[str]:
    """Return the lines up to the first that is a header key or a heading: what a label above them could have said."""
    for line in lines:
        if key(line.text) or heading(line.text):
            return
        yield line.text


def _opens(text: str) -> bool:
    event = clock(text)
    return event is not None and event[0] in ja_lines.OPENING


def _last_key(lines: tuple[Line, ...], limit: int) -> int | None:
    found = None
    series: tuple[str, int | None] | None = None
    for index in range(limit):
        text = lines[index].text
        read = key(text) if text else None
        item = heading(text)
        goes_on = item is not None and item.number is not None and series == (item.style, item.number - 1)
        if item and (read is None or goes_on):
            series = (item.style, item.number)
        if read and not goes_on and (read.field in _STRONG or read.field in ("agenda", "other")):
            found = index
    return found


def _after_block(lines: tuple[Line, ...], last_key: int, limit: int) -> int:
    """Return the first line after a key's value: a heading (the second time, under an agenda) or a sentence."""
    read = key(lines[last_key].text)
    agenda = read is not None and read.field == "agenda"
    numbers: set[tuple[str, int | None]] = set()
    for index in range(last_key + 1, limit):
        text = lines[index].text
        found = heading(text)
        if found and agenda:
            if (found.style, found.number) in numbers or found.style.startswith("#"):
                return index
            numbers.add((found.style, found.number))
        elif found and not _GROUP.match(text) or len(text) > 15 and text[-1] in "。.":
            return index
    return _with_heading_above(lines, limit) if limit < len(lines) else limit


def _after_title(lines: tuple[Line, ...]) -> int:
    """Return the first line after a title block at the top of a document without keys and labels."""
    end = 0
    for index, line in enumerate(lines[:12]):
        if any(word in line.text for word in (*ja.RECORDS, *zh.RECORDS)) or (len(line.text) < 60 and days(line.text)):
            end = index + 1
    return end


def _front_matter(lines: tuple[Line, ...]) -> int:
    """Return the line after a YAML block at the top, 0 where there is none."""
    if not lines or lines[0].text != "---":
        return 0
    return next((index + 1 for index in range(1, min(len(lines), 80)) if lines[index].text == "---"), 0)


def _with_heading_above(lines: tuple[Line, ...], index: int) -> int:
    """Return the number of the heading right above a line, else the line's own; blank lines may lie between."""
    above = index - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if above < 0:
        return index
    if above > 0 and lines[above - 1].text.isdecimal() and len(lines[above - 1].text) <= 2:
        return above - 1
    text = lines[above].text
    found = heading(text)
    if found and (found.sure or above == index - 1 or found.number == 1) and key(text) is None:
        return above
    alone = above > 0 and not lines[above - 1].text and len(text) <= 30 and text[-1] not in "。.、,"
    title = any(word in text for word in ja.RECORDS) or days(text)
    return above if alone and not title and key(text) is None and above > 1 and not _NUMBERED.match(text) else index


def names_a_record(text: str) -> bool:
    """Return whether a text contains a word for the record of a meeting (`議事録`, `minutes of the`)."""
    return any(word in text for word in (*ja.RECORDS, *zh.RECORDS)) or en.RECORD.search(text) is not None


# --- what it says ---------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Block:
    """The lines that stand under one key; `at` is the offset of the first, `until` that after the third."""

    field: str
    name: str
    lines: list[str]
    at: int
    until: int


def read(lines: tuple[Line, ...], stop: int, furniture: Container[int], source: str) -> Header:
    """Return what the lines before number `stop` say of the meeting; what they do not say is None or empty."""
    head = tuple(line for index, line in enumerate(lines[:stop]) if index not in furniture)
    blocks = _blocks(head)
    offset = lines[stop].begin if stop < len(lines) else len(source)
    day = _day(blocks, source[:offset])
    start, finish = _times(blocks, source, offset, day)
    meeting = Meeting(
        title=_title(head, blocks),
        date=day.date if day else None,
        start=start,
        end=finish,
        place=next((place for block in blocks if block.field == "place" and (place := _place(block))), None),
        attendees=_attendees(blocks),
        materials=_materials(blocks),
    )
    agenda = frozenset(
        squeeze(_ITEM_NUMBER.sub("", text))
        for block in blocks
        if block.field == "agenda"
        for text in block.lines
        if len(text) > 1
    )
    return Header(stop, meeting, day, agenda, frozenset(block.field for block in blocks))


def _blocks(lines: Iterable[Line]) -> list[_Block]:
    blocks: list[_Block] = []
    for line in lines:
        text = line.text
        found = key(text) if text else None
        group = _GROUP.match(text) or ja.ROSTER_TITLE.match(text)
        current = blocks[-1] if blocks else None
        if group and current and current.field == "attendees" and (not found or found.field == "attendees"):
            blocks.append(_Block("attendees", squeeze(group.group("name")), [], line.start, line.end))
        elif found and found.field == "attendees" and (inline := _INLINE_GROUP.match(found.value)):
            names = [inline.group("names")] if inline.group("names") else []
            blocks.append(_Block("attendees", squeeze(inline.group("name")), names, line.start, line.end))
        elif found:
            blocks.append(
                _Block(
                    found.field,
                    found.name,
                    [found.value] if found.value else [],
                    line.start + found.value_at,
                    line.end,
                )
            )
        elif current and current.field == "attendees" and (inner := _subgroup(text, current.lines)):
            blocks.append(_Block("attendees", inner[0], [inner[1]], line.start, line.end))
        elif ja_headings.PROGRAMME.match(text):
            blocks.append(_Block("agenda", "", [text], line.start, line.end))
        elif text and current:
            current.lines.append(text)
            current.until = line.end if len(current.lines) <= 3 else current.until
    return blocks


def _subgroup(text: str, above: list[str]) -> tuple[str, str] | None:
    """Return the name and the people of a group within a roster (`河川管理者　加美所長、早坂課長`), or None.

    `above` are the lines of the roster so far: where the last is open, the text only goes on from it.
    """
    match = None if above and above[-1].endswith(("、", "，", ",")) else ja.SUBGROUP.match(text)
    if match is None or ("、" not in match.group("names") and not match.group("colon")):
        return None
    name, people = match.group("name"), match.group("names").split("、")
    each_titled = any(len(words) > 1 and has_role(words[0]) for words in map(str.split, people[1:]))
    return (name, match.group("names")) if match.group("colon") or (has_role(name) and not each_titled) else None


def _day(blocks: list[_Block], head: str) -> Day | None:
    """Return the date of the meeting: the one its key gives, else the first in the header that has a weekday or a
    clock time beside it, else the first."""
    for block in blocks:
        if block.field == "date":
            under = days(head[block.at : block.until])
            if under:
                day = under[0]
                return Day(day.date, day.start + block.at, day.end + block.at, day.weekday, day.printed)
    found = days(head[:20_000])
    timed = [day for day in found if day.printed or times(_after(head, day.end, 1)[:30])]
    return next(iter(timed or found), None)


def _times(blocks: list[_Block], source: str, stop: int, day: Day | None) -> tuple[str | None, str | None]:
    """Return the clock times of beginning and end, from the date's line, the time's key or the opening line."""
    found: tuple[str, ...] = ()
    if day:
        found = times(_after(source[:stop], day.end, 2))
    if not found:
        found = next(
            (clock for block in blocks if block.field == "time" and (clock := times(" ".join(block.lines[:2])))), ()
        )
    start = found[0] if found else None
    return start, found[1] if len(found) > 1 else None


def _after(text: str, at: int, count: int) -> str:
    """Return the first lines with text from an offset on, whatever their line breaks, cut to a hundred characters."""
    rows = [row.strip() for row in text[at : at + 600].splitlines()]
    return "\n".join(row[:100] for row in [row for row in rows if row][:count])


def clock(text: str) -> tuple[str, str] | None:
    """Return the event and the time of a clock line (散会, 10:31), or None where a line is none."""
    match = ja_lines.CLOCK.match(text) if len(text) < 40 and "時" in text else None
    event = match and (match.group("event") or match.group("before"))
    found = times(match.group("clock")) if match else ()
    return (squeeze(event), found[0]) if event and found else None


def _title(lines: tuple[Line, ...], blocks: list[_Block]) -> str | None:
    """Return the title that its key gives, else the line that names a record, else the first line fit for one."""
    for block in blocks:
        if block.field == "title" and block.lines:
            return _plain(block.lines[0])
    top: list[str] = []
    for line in lines[:40]:
        if not line.text:
            continue
        alone = squeeze(line.text) in ja.RECORDS
        if not alone and (key(line.text) or (top and len(line.text) < 40 and days(line.text))):
            break
        top.append(_plain(line.text))
        if names_a_record(line.text):
            return " ".join(top[-2:]) if alone else top[-1]
    return next((text for text in top if _may_be_a_title(text)), None)


def _may_be_a_title(text: str) -> bool:
    return len(text) <= 100 and text != "---" and heading(text) is None and clock(text) is None


def _plain(text: str) -> str:
    return _MARKS.sub("", text).strip("#* 　\"'")


def _place(block: _Block) -> str | None:
    return block.lines[0].strip("* ") if block.lines else None


def _materials(blocks: list[_Block]) -> tuple[Material, ...]:
    found: list[Material] = []
    for block in blocks:
        for text in block.lines if block.field == "materials" else ():
            japanese = ja.MATERIAL.match(text)
            matches = [japanese] if japanese else list(en.MATERIAL.finditer(text))
            if matches:
                found.extend(Material(m.group("label").strip(), m.group("title").strip()) for m in matches)
            elif found and not heading(text):
                found[-1] = Material(found[-1].label, found[-1].title + text)
    return tuple(found)


def _attendees(blocks: list[_Block]) -> tuple[Group, ...]:
    groups = (
        Group(ja.COUNT.sub("", block.name), _names(block.lines)) for block in blocks if block.field == "attendees"
    )
    return tuple(group for group in groups if group.names)


def _names(rows: list[str]) -> tuple[str, ...]:
    """Return the names in the rows of a roster: separated by commas, by columns, or by seat numbers."""
    if any(row.startswith("|") for row in rows):
        return tuple(
            cell
            for row in rows
            if (cell := row.strip("| ").split("|")[0].strip()) and _is_name(cell) and cell.lower() != "name"
        )
    if any("、" in row or "，" in row for row in rows):
        names = _LISTED.findall("".join(rows))
    elif any(", " in row for row in rows):
        names = _LISTED.findall(" ".join(rows))
    else:
        names = [name for row in rows for name in _row(row)]
    return tuple(name.strip() for name in names if _is_name(name.strip()))


def _is_name(text: str) -> bool:
    return bool(text) and text not in ja.NOBODY and not set(text) <= set("|-－― :") and not ja.HEADCOUNT.match(text)


def _row(row: str) -> list[str]:
    seats = ja.ROW_NUMBER.split(row)
    if len(seats) > 1:
        return [squeeze(seat) for seat in seats[1:]]
    addressed = [squeeze(name) for name in _ADDRESSED.findall(row)]
    if addressed:
        return addressed
    columns = [name for column in _COLUMNS.split(row) if (name := column.strip())]
    if any(len(squeeze(column)) == 1 for column in columns) or "　" in row and len(columns) == 2:
        return [name for column in _WIDE_GAP.split(row) if (name := squeeze(column))]
    return columns
