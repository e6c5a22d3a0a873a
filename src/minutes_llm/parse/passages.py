"""A long turn that puts or answers several questions is cut into passages, one a question.

In assemblies a member puts all questions in one speech (一括質問) and each officer answers all at once (一括答弁):

    次に、公園の再整備についてです。北公園の遊具は古く、… 今後の予定を伺います。　次に、防災についてです。…
    ２点目の公園の再整備についてでございますが、… ３点目の防災についてでございますが、…

A question's passage runs from where its subject is opened to the last sentence that asks, an answer's from where the
question is taken up to where the next one is. Opening words before the first subject are a passage of their own;
closing words stay with the last. A turn with fewer than two such parts has no passages.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

from minutes_llm.languages.cue_table import Cues
from minutes_llm.languages.cues import ANSWERING, ASKING, HEAD, asks, cues, ordinal, role, sentences
from minutes_llm.model.minutes import Passage, Turn

SHORTEST_TURN = 150
"""A turn of fewer characters has no passages, even where it asks two things."""

FULL = 3
"""A subject on which so many sentences were spent was treated, even where nothing plainly asked was found."""


def passages(turn: Turn, source: str, language: str) -> tuple[Passage, ...]:
    """Return the parts of a turn that each put or answer one question; none for an ordinary turn.

    They follow one another without a gap: offsets from the first span's start to the last span's end, and each with
    its share of the turn's text.
    """
    if len(turn.text) < SHORTEST_TURN or not turn.spans or not may_be_cut(turn.text, language):
        return ()
    cuts = find_cuts(turn, language)
    return _tiles(turn, source, cuts) if cuts else ()


def may_be_cut(text: str, language: str) -> bool:
    """Return whether anything in a speech looks as if a new question could begin there: in few speeches it does."""
    return "\n" in text or any(pattern.search(text) for pattern in cues(language).parts)


def find_cuts(turn: Turn, language: str) -> list[int]:
    """Return the places in a turn's text at which a new question begins, or is taken up."""
    spans = sentences(turn.text, language)
    cut = _answer_cuts if _answers(turn, spans, language) else _question_cuts
    return cut(turn.text, spans, cues(language), language)


def _answers(turn: Turn, spans: Sequence[tuple[int, int]], language: str) -> bool:
    """Tell whether a speech answers: one of the asking side does not, else its first or last words say."""
    who, table = role(turn.speaker, language), cues(language)
    if who in ASKING:
        return False
    edges = [turn.text[start:end] for start, end in (*spans[:4], *spans[-2:])]
    if any(table.answering.search(sentence) for sentence in edges):
        return True
    return who in ANSWERING and not any(table.presents.search(sentence) for sentence in edges)


# --- speeches that ask ---------------------------------------------------------------------------------------------


def _question_cuts(text: str, spans: Sequence[tuple[int, int]], table: Cues, language: str) -> list[int]:
    """Return where new questions begin, or nothing where fewer than two parts ask."""
    if not any(_may_open(text[start : min(end, start + HEAD)], table) for start, end in spans[1:]):
        return []
    speech = _Speech([_read_question(text, span, table, language) for span in spans])
    cuts: list[int] = []
    first = 0
    for place in range(1, len(spans)):
        if speech.turns(first, place, opened=bool(cuts) or speech.names_subject(0)):
            cuts.append(place)
            first = place
    bounds = [0, *cuts, len(spans)]
    asking = sum(map(speech.asked, bounds, bounds[1:]))
    marked = any(speech.sentences[place].opens for place in cuts)
    return [spans[place][0] for place in cuts] if asking >= 2 and marked else []


class _Sentence(NamedTuple):
    """What a sentence does for the course of a speech.

    It `opens` a new subject for certain; `begins` a paragraph; `asks`, beyond announcing what will follow.
    """

    opens: bool
    begins: bool
    asks: bool
    announces: bool


class _Speech:
    """A speech that asks, with what comes before and after each of its sentences counted once."""

    def __init__(self, sentences: Sequence[_Sentence]) -> None:
        self.sentences = sentences
        self.questions = list(accumulate((sentence.asks for sentence in sentences), initial=0))
        self.next_question = self._next([sentence.asks for sentence in sentences])
        self.next_subject = self._next([sentence.opens for sentence in sentences])

    @staticmethod
    def _next(marks: Sequence[bool]) -> list[int]:
        """Return for each place the first marked one from there on; one past the end where there is none."""
        found = [len(marks)] * (len(marks) + 2)
        for place in range(len(marks) - 1, -1, -1):
            found[place] = place if marks[place] else found[place + 1]
        return found

    def names_subject(self, place: int) -> bool:
        """Tell whether a sentence opens a subject and does not merely announce some."""
        return self.sentences[place].opens and not self.sentences[place].announces

    def turns(self, first: int, place: int, opened: bool) -> bool:
        """Tell whether a question that began at one sentence ends before another."""
        here = self.sentences[place]
        if here.announces and not here.opens:
            return False
        if here.opens and not opened:
            return True
        if self.asked(first, place):
            named_only = place == first + 1 and self.sentences[first].opens
            return here.opens or (here.begins and not named_only and self.asks_again(place))
        return here.opens and place - first >= FULL

    def asked(self, first: int, end: int) -> bool:
        """Tell whether something was asked between two sentences, other than by naming the subject only."""
        count = self.questions[end] - self.questions[first]
        named = self.sentences[first].asks and self.sentences[first].opens and end > first + 1
        return count > named

    def asks_again(self, place: int) -> bool:
        """Tell whether something is asked from here on before the next subject is opened."""
        return self.next_question[place] < self.next_subject[place + 1]


def _may_open(head: str, table: Cues) -> bool:
    """Tell whether a sentence may open a subject, by its beginning alone: few speeches have one that does."""
    return bool(table.ordinal.match(head) or table.sequence.match(head) or table.heading.match(head))


def _read_question(text: str, span: tuple[int, int], table: Cues, language: str) -> _Sentence:
    sentence = text[span[0] : span[1]]
    head, begins = sentence[:HEAD], _begins_paragraph(text, span[0])
    announces = bool(table.announces.search(sentence))
    goes_on = bool(table.sequence.match(head)) and (begins or bool(table.question_topic.search(head)))
    heading = not announces and len(sentence) <= HEAD and bool(table.heading.match(sentence))
    opens = ordinal(head, language) is not None or goes_on or heading
    return _Sentence(opens, begins, asks(sentence, language) and not announces, announces)


def _begins_paragraph(text: str, start: int) -> bool:
    before = text[max(0, start - 4) : start].rstrip(" 　")
    return not before or before[-1] == "\n"


# --- speeches that answer ------------------------------------------------------------------------------------------


def _answer_cuts(text: str, spans: Sequence[tuple[int, int]], table: Cues, language: str) -> list[int]:
    """Return where the next question is taken up: at numbers where the speech goes by them, else at subjects."""
    begins = [_begins_paragraph(text, start) for start, _ in spans]
    one_paragraph = sum(begins) < 2
    numbers: dict[int, int] = {}
    named: list[int] = []
    last: list[int] = []
    for (start, end), begin in zip(spans, begins, strict=True):
        head = text[start : min(end, start + HEAD)]
        number = ordinal(head, language)
        if number is not None and not table.own_list.search(head):
            numbers[start] = number
        elif _takes_up(head, begin and not one_paragraph, table):
            named.append(start)
            if table.sequence.match(head) and table.answer_topic.search(head):
                last.append(start)
    if len(numbers) >= 2 and (
        len(numbers) >= len(named) or list(numbers.values()) == list(range(1, len(numbers) + 1))
    ):
        starts = [*numbers, *(start for start in last if start > max(numbers))]
    else:
        starts = sorted([*numbers, *named])
    if len(starts) == 1 and starts == last:
        before = (text[start:end] for start, end in spans if start < starts[0])
        return starts if any(not table.empty.search(sentence) for sentence in before) else []
    return [start for start in starts if start > 0] if len(starts) >= 2 else []


def _takes_up(head: str, begins: bool, table: Cues) -> bool:
    """Tell whether a sentence takes up a question: a paragraph by going on or by its subject, another by both."""
    goes_on = table.sequence.match(head)
    if begins:
        return bool(goes_on or table.answer_topic.search(head))
    return bool(goes_on and (table.answer_topic.search(head) or table.about.search(head)))


# --- offsets -------------------------------------------------------------------------------------------------------


def _tiles(turn: Turn, source: str, cuts: Sequence[int]) -> tuple[Passage, ...]:
    """Return the passages between cuts in a turn's text, with the same cuts in the source."""
    offsets = [offset for start, end in turn.spans for offset in range(start, end) if not source[offset].isspace()]
    printed = [place for place, character in enumerate(turn.text) if not character.isspace()]
    edges = [offsets[min(bisect_left(printed, cut), len(offsets) - 1)] for cut in cuts]
    places = [0, *cuts, len(turn.text)]
    bounds = [turn.spans[0][0], *edges, turn.spans[-1][1]]
    return tuple(
        Passage(
            f"{turn.id}p{number}",
            turn.text[places[number - 1] : places[number]].strip(),
            *bounds[number - 1 : number + 1],
        )
        for number in range(1, len(places))
    )
