"""The one label grammar that explains a document best, and which of its offers are speakers.

Every grammar of the table reads every line of the meeting; what it offers is weighed over the whole document. A label
counts when it ends in a role, or (where its marks are not proof enough) is repeated; a label that surely is none, a
heading or a stage direction, counts against its grammar. One grammar wins, and at most one second one beside it (a
chat log under a transcript).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from minutes_llm.languages.ja import roles as ja
from minutes_llm.parse.labels import BULLETS, LEGEND, NONE, TABLE, Grammar, Mark
from minutes_llm.parse.lines import Line, line, squeeze
from minutes_llm.parse.speakers import STRONG_ROLES, common, has_role, looks_like_a_name, never
from minutes_llm.patterns import late

_ENGLISH = frozenset({"initials", "name-colon", "bold", "nick", "time-nick", "list-name", "hansard"})
_BARE = frozenset({"bare-line", "bare-space"})
_LONG_LINE = 400
_TOO_WEAK = 0.3
_ENOUGH = 10_000
"""Lines over which all grammars are weighed; the rest of a longer document is read with the one that won."""

_DIGITS = "0123456789０１２３４５６７８９"
_KANA = late(r"[\u3041-\u3096]")


class Choice(NamedTuple):
    """A grammar, how sure it is (0 to 1), and the accepted label of each line, by its number.

    `aliases` say who a glyph stands for where a legend tells.
    """

    grammar: Grammar
    confidence: float
    labels: Mapping[int, Mark]
    aliases: Mapping[str, str] = MappingProxyType({})
    known: int = 0


def choose(
    lines: tuple[Line, ...], first: int, aliases: Mapping[str, str], listed: frozenset[str] = frozenset()
) -> Choice:
    """Return the grammar that the lines from number `first` on are best read with.

    `listed` are the words of the header, so that a name in it can be told in the body.
    """
    by_legend = _by_legend(lines, first, aliases)
    if by_legend:
        return by_legend
    best = _heaviest(lines[: first + _ENOUGH], first, listed)
    if len(lines) > first + _ENOUGH:
        best = (
            _heaviest(lines, first, listed) if best.grammar is NONE else weigh(best.grammar, lines, first, listed)[0]
        )
    if best.grammar.second:
        best = _with_second(best, lines, first)
    if best.known < 3 or best.grammar.name == "colon":
        bullets = _bullets(lines, first)
        replies = sum(mark.reply for mark in bullets.labels.values()) if bullets else 0
        if bullets and (len(bullets.labels) > 2 * best.known or replies * 3 > best.known):
            return bullets
    return best


def _heaviest(lines: tuple[Line, ...], first: int, listed: frozenset[str]) -> Choice:
    """Return the grammar of the table that explains most of the lines."""
    best = Choice(NONE, 0.0, {})
    best_score = 0.0
    for grammar in TABLE:
        choice, score = weigh(grammar, lines, first, listed)
        enough = choice.known >= 2 or (choice.known == 1 and grammar.alone)
        if not grammar.marked and choice.known < 5 and choice.confidence < _TOO_WEAK:
            continue
        if enough and score > best_score:
            best, best_score = choice, score
    return best


def weigh(
    grammar: Grammar, lines: tuple[Line, ...], first: int, listed: frozenset[str] = frozenset()
) -> tuple[Choice, float]:
    """Return what one grammar makes of the lines, and its score."""
    offers = _offers(grammar, lines, first)
    counts = Counter(
        common(lines[index].text[mark.start : mark.end]) for index, marks in offers.items() for mark in marks
    )
    if grammar.name in _BARE:
        offers = {i: marks for i, marks in offers.items() if _bare_speaker(lines[i].text, marks[0], counts, listed)}
    accepted: dict[int, Mark] = {}
    unsure: dict[int, Mark] = {}
    known = turned_down = 0
    for index, marks in offers.items():
        text = lines[index].text
        mark = marks[0] if grammar.name == "question-answer" else _pick(marks, text, counts)
        if mark is None:
            turned_down += 1
        elif _known(grammar, text[mark.start : mark.end], counts, listed):
            known += 1
            accepted[index] = mark
        else:
            unsure[index] = mark
    if unsure:
        names = sum(1 for i, mark in accepted.items() if not has_role(lines[i].text[mark.start : mark.end]))
        accepted.update((i, mark) for i, mark in unsure.items() if _believed(grammar, lines[i].text, mark, names))
    if grammar.name == "glyph":
        known -= _drop_run_on(accepted, lines, counts)
    if grammar.name == "close-paren":
        known -= _drop_torn_parentheses(accepted, lines)
    if grammar.name == "question-answer" and len({mark.reply for mark in accepted.values()}) < 2:
        return Choice(grammar, 0.0, {}), 0.0
    if grammar.name in _ENGLISH and known < 3:
        accepted = {
            i: m for i, m in accepted.items() if _known(grammar, lines[i].text[m.start : m.end], counts, listed)
        }
    total = known + len(unsure) + (0 if grammar.marked else turned_down / 2)
    confidence = round(known / total * (1 - 0.5 / (1 + known)), 3) if total else 0.0
    return Choice(grammar, confidence, accepted, known=known), known - turned_down / 4


def only(grammar: Grammar, lines: tuple[Line, ...], first: int, aliases: Mapping[str, str]) -> Choice:
    """Return what a grammar set by hand makes of the lines: it is believed."""
    if grammar.name == "bullets":
        return _bullets(lines, first) or Choice(grammar, 1.0, {})
    if grammar.name == "legend":
        return _by_legend(lines, first, aliases) or Choice(grammar, 1.0, {})
    if grammar.name == "pattern":
        labels = {index: marks[0] for index, marks in _offers(grammar, lines, first).items()}
        return Choice(grammar, 1.0, labels, known=len(labels))
    choice, _ = weigh(grammar, lines, first)
    return Choice(grammar, 1.0, choice.labels, known=choice.known)


def _offers(grammar: Grammar, lines: tuple[Line, ...], first: int) -> dict[int, tuple[Mark, ...]]:
    read = grammar.read
    offers: dict[int, tuple[Mark, ...]] = {}
    for index, text in grammar.worth_reading(lines, first):
        if marks := read(text):
            offers[index] = marks
    if grammar.name == "bare-line":
        return {i: marks for i, marks in offers.items() if _speech_follows(lines, i, offers)}
    if grammar.name == "list-name":
        return {i: marks for i, marks in offers.items() if marks[0].stop > marks[0].end or _deeper_below(lines, i)}
    if grammar.name == "bare-space":
        return {i: marks for i, marks in offers.items() if _is_speech(_paragraph(lines, i, marks[0].stop, offers))}
    return offers


def _bare_speaker(text: str, mark: Mark, counts: Counter[str], listed: frozenset[str]) -> bool:
    """Return whether a label without any mark could be a speaker: by its role, the roster, or being repeated."""
    label = text[mark.start : mark.end]
    if label.endswith(STRONG_ROLES) or text[mark.end - 1] in "）)" or squeeze(label) in listed:
        return True
    return counts[common(label)] >= (2 if has_role(label) else 3)


def _deeper_below(lines: tuple[Line, ...], index: int) -> bool:
    """Return whether the next line is indented deeper: a name alone is a speaker only where something is under it."""
    return index + 1 < len(lines) and lines[index + 1].text != "" and lines[index + 1].indent > lines[index].indent


def _speech_follows(lines: tuple[Line, ...], index: int, offers: Mapping[int, object]) -> bool:
    """Return whether the next line with text reads like speech: only that tells a bare label from a list."""
    below = next((i for i in range(index + 1, min(index + 4, len(lines))) if lines[i].text), None)
    return below is not None and below not in offers and _is_speech(_paragraph(lines, below, 0, offers))


def _paragraph(lines: tuple[Line, ...], index: int, start: int, offers: Container[int]) -> str:
    """Return a line from `start` on with the two below it that belong to it: a wrapped sentence may end there."""
    said = lines[index].text[start:]
    for below in range(index + 1, min(index + 3, len(lines))):
        if below in offers or not lines[below].text:
            break
        said += lines[below].text
    return said


def _is_speech(text: str) -> bool:
    if text[:1] in "（(" and text[-1:] in "）)":
        return True
    return any(mark in text for mark in "。？！") or (
        len(text) >= 15 and "、" in text and text.count("、") * 8 < len(text)
    )


def _pick(marks: tuple[Mark, ...], text: str, counts: Counter[str]) -> Mark | None:
    """Return the offer that is most likely the speaker, or None where none can be."""
    usable = [mark for mark in marks if not never(text[mark.start : mark.end])]
    if len(usable) < 2:
        return usable[0] if usable else None
    whole = usable[0]
    label = text[whole.start : whole.end]
    separated = whole.stop > whole.end or whole.stop == len(text) or text[whole.end - 1] in "）)"
    if separated and has_role(label) and counts[common(label)] >= counts[common(label.rstrip(_DIGITS))]:
        return whole
    roles = [mark for mark in usable if has_role(text[mark.start : mark.end])]
    return max(roles or usable, key=lambda mark: counts[common(text[mark.start : mark.end])])


def _known(grammar: Grammar, label: str, counts: Counter[str], listed: frozenset[str]) -> bool:
    """Return whether a label is surely a speaker: it ends in a role, or could be a name and is repeated or listed."""
    core = common(label)
    if grammar.name == "question-answer":
        return True
    if grammar.name == "quote":
        return core[-1] not in ja.PARTICLES and (has_role(label) or counts[core] >= 2)
    if has_role(label) or (squeeze(label) in listed and looks_like_a_name(label)):
        return True
    if counts[core] < 2:
        return False
    if grammar.name in ("colon", "list-name", "name-colon") and not looks_like_a_name(label):
        return counts[core] >= 3 and grammar.name == "name-colon"
    return grammar.name not in ("bare-line", "bare-space", "paren-pair") or counts[core] >= 3


def _believed(grammar: Grammar, text: str, mark: Mark, names: int) -> bool:
    """Return whether a label that occurs once and has no role is a speaker all the same.

    `names` is how many labels without a role the document surely has.
    """
    label = text[mark.start : mark.end]
    said = text[mark.stop :]
    if grammar.name == "glyph":
        return mark.stop > mark.end and looks_like_a_name(label) and any(stop in said for stop in "。？！」")
    if grammar.name == "bracket":
        return looks_like_a_name(label) and any(stop in said for stop in "。？！")
    if grammar.name == "close-paren":
        return mark.stop == len(text) and len(label) <= 30
    if grammar.name in ("colon", "paren-pair"):
        return names >= 3 and looks_like_a_name(label) and len(label) <= 8 and not _KANA.search(label)
    return grammar.name in _ENGLISH and looks_like_a_name(label)


def _drop_run_on(accepted: dict[int, Mark], lines: tuple[Line, ...], counts: Counter[str]) -> int:
    """Take out labels without a separator where the document separates its labels; return how many.

    There `◎区長所信表明` is a heading and not 区長 saying 所信表明; what stays is elsewhere separated, or has a
    sentence after it.
    """
    apart = {i for i, mark in accepted.items() if mark.stop > mark.end or mark.stop == len(lines[i].text)}
    apart |= {i for i, mark in accepted.items() if lines[i].text[mark.end - 1] in "）)"}
    if len(apart) * 2 < len(accepted):
        return 0
    labels = {squeeze(lines[i].text[accepted[i].start : accepted[i].end]) for i in apart}
    wrong = [
        i
        for i, mark in accepted.items()
        if i not in apart
        and squeeze(label := lines[i].text[mark.start : mark.end]) not in labels
        and not _is_speech(
            _paragraph(lines, i, mark.stop, accepted) if counts[common(label)] > 1 else lines[i].text[mark.stop :]
        )
    ]
    for index in wrong:
        del accepted[index]
    return len(wrong)


def _drop_torn_parentheses(accepted: dict[int, Mark], lines: tuple[Line, ...]) -> int:
    """Take out what is the end of a parenthesis that a line break tore; return how many.

    `…（独立行政法人国際協力` / `機構）、` is no speaker called 機構.
    """
    torn = [i for i in accepted if i and _open_parentheses(lines[i - 1].text) > 0]
    for index in torn:
        del accepted[index]
    return len(torn)


def _open_parentheses(text: str) -> int:
    if "（" not in text and "(" not in text:
        return 0
    return text.count("（") + text.count("(") - text.count("）") - text.count(")")


def _with_second(choice: Choice, lines: tuple[Line, ...], first: int) -> Choice:
    """Return a choice with the labels of the grammar that may stand beside its own, where it has enough."""
    beside = next(grammar for grammar in TABLE if grammar.name == choice.grammar.second)
    other, _ = weigh(beside, lines, first)
    more = {index: mark for index, mark in other.labels.items() if index not in choice.labels}
    if len(more) < 5 or len(more) * 10 < len(choice.labels):
        return choice
    return Choice(choice.grammar, choice.confidence, {**more, **choice.labels}, known=choice.known)


def _by_legend(lines: tuple[Line, ...], first: int, aliases: Mapping[str, str]) -> Choice | None:
    """Return the grammar in which a glyph alone is the speaker, where a legend says what the glyphs stand for."""
    labels = {
        index: Mark(0, 1, len(text) - len(text[1:].lstrip()))
        for index in range(first, len(lines))
        if (text := lines[index].text) and text[0] in aliases and len(text) > 1
    }
    return Choice(LEGEND, 0.9, labels, aliases, known=len(labels)) if aliases and labels else None


def _bullets(lines: tuple[Line, ...], first: int) -> Choice | None:
    """Return the bullets of a document that names nobody, where they make up a good part of it."""
    offers = _offers(BULLETS, lines, first)
    labels = {index: marks[0] for index, marks in offers.items()}
    written = sum(1 for line in lines[first:] if line.text)
    answered = any(mark.reply for mark in labels.values())
    if len(labels) < 2 or len(labels) * 6 < written:
        return None
    return Choice(BULLETS, round(max(0.5 if answered else 0.3, len(labels) / written), 3), labels)


# --- lost line breaks -----------------------------------------------------------------------------------------


def split_again(lines: tuple[Line, ...], source: str) -> tuple[tuple[Line, ...], int]:
    """Return the lines of a text whose line breaks were lost cut before each label, and how many cuts there were.

    Only where one grammar finds at least three roles in the middle of very long lines, and more than any grammar
    finds at the beginnings of lines: a label inside running text is weak evidence.
    """
    if not any(len(each.text) > _LONG_LINE for each in lines):
        return lines, 0
    found = [_cuts_inside(grammar, lines) for grammar in TABLE if grammar.inside]
    best = max(found, key=len)
    if len(best) < 3 or len(best) <= max(_at_line_starts(grammar, lines) for grammar in TABLE):
        return lines, 0
    return _cut(lines, source, best), len(best)


def split_at_known(choice: Choice, lines: tuple[Line, ...], source: str) -> tuple[Line, ...]:
    """Return the lines cut before a label in mid-line that the document also has at the beginning of a line."""
    grammar = choice.grammar
    if grammar.name not in ("glyph", "bracket") or grammar.inside is None:
        return lines
    known = {squeeze(lines[index].text[: mark.end]) for index, mark in choice.labels.items()}
    cuts = []
    for index, each in enumerate(lines):
        if len(each.text) > 20:
            for found in grammar.inside.finditer(each.text, 1):
                rest = each.text[found.start() : found.start() + 60]
                if any(squeeze(rest[: mark.end]) in known for mark in grammar.read(rest)):
                    cuts.append((index, found.start()))
    return _cut(lines, source, cuts) if cuts else lines


def _cuts_inside(grammar: Grammar, lines: tuple[Line, ...]) -> list[tuple[int, int]]:
    assert grammar.inside is not None
    return [
        (index, found.start())
        for index, each in enumerate(lines)
        if len(each.text) > _LONG_LINE
        for found in grammar.inside.finditer(each.text, 1)
        if _has_role_at(grammar, each.text, found.start())
    ]


def _at_line_starts(grammar: Grammar, lines: tuple[Line, ...]) -> int:
    return sum(1 for each in lines if each.text and _has_role_at(grammar, each.text, 0))


def _has_role_at(grammar: Grammar, text: str, position: int) -> bool:
    rest = text[position : position + 60]
    marks = grammar.read(rest)
    return (
        bool(marks)
        and not never(rest[marks[0].start : marks[0].end])
        and has_role(rest[marks[0].start : marks[0].end])
    )


def _cut(lines: tuple[Line, ...], source: str, cuts: Iterable[tuple[int, int]]) -> tuple[Line, ...]:
    where: dict[int, list[int]] = {}
    for index, position in cuts:
        where.setdefault(index, []).append(position)
    pieces: list[Line] = []
    for index, each in enumerate(lines):
        edges = [each.begin, *(each.start + position for position in where.get(index, ())), each.end]
        if len(edges) == 2:
            pieces.append(each)
        else:
            pieces.extend(line(source, begin, stop) for begin, stop in zip(edges, edges[1:], strict=False))
    return tuple(pieces)
