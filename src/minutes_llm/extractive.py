"""A section digested by rule alone: nothing is said in it that the minutes do not say, in their own words.

Questions are linked to answers by `discourse`; a statement is made of one to three sentences of the turn it rests on,
less what carries nothing: thanks, fillers, clauses of mere politeness. No word is changed and none is added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minutes_llm.acts import Act
from minutes_llm.alignment import likeness
from minutes_llm.checking.ledger import parts, untouched
from minutes_llm.checking.quotes import Transcript
from minutes_llm.discourse import Link, links
from minutes_llm.languages.cue_table import Cues
from minutes_llm.languages.cues import HEAD, asks, bare, cues, first_rule, grams, sentences
from minutes_llm.model.digest import Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Minutes, Section, Turn

LONGEST = 220
"""A statement is no longer than this, unless its first sentence alone is."""

MOST_SENTENCES = 3
MOST_POINTS = 5
SUMMARY = 3
"""How many sentences a summary has."""

TELLING_WORDS = 12
"""A line that has the section's so many most frequent words speaks of nothing else."""

FEWEST_TELLING = 3
"""A line that speaks of fewer things tells nothing without the lines around it."""

LONGEST_TOPIC = 30
SUBJECT = 3
"""What it counts, in words, that a phrase is named as the subject (「…について」)."""

ENOUGH = 1.5
"""A phrase that tells less names no topic alone: the next best is named with it."""

LONG_WORD = 5
"""A word of more letters tells no more."""

MOST_TELLING = 6
"""A phrase of more words than this names a topic no better; the first of several is taken."""


def digest_section(section: Section, minutes: Minutes) -> SectionDigest:
    """Return the digest of a section, made by rule alone; `empty` where nobody speaks in it."""
    if not section.turns:
        return SectionDigest(section.id, section.heading, "empty")
    return _Digesting(section, minutes).digest()


def shortened(sentence: str, language: str) -> str:
    """Return a sentence less its fillers and clauses of politeness; every word that stays is as it was."""
    table = cues(language)
    short = table.hedge.sub("", sentence)
    while (match := table.filler.match(short)) is not None:
        short = short[match.end() :]
    return short


def topic(sentences_asked: Sequence[str], language: str) -> str:
    """Return a few words of a question that name what it is about: the noun phrases in it that say most."""
    table = cues(language)
    found = [match for sentence in sentences_asked for match in table.phrase.finditer(shortened(sentence, language))]

    def tells(match: re.Match[str]) -> float:
        runs = table.compound.findall(match["what"]) or table.content.findall(match["what"])
        known = sum(min(len(run), LONG_WORD) / (2 if grams(run, language) else 4) for run in runs)
        return min(known, MOST_TELLING) + SUBJECT * bool(known and match["subject"])

    later_first = found[::-1]
    best = sorted(later_first, key=tells, reverse=True)
    if not best or not tells(best[0]):
        return bare(shortened(sentences_asked[0], language))[:LONGEST_TOPIC]
    named = [match for match in found if match in best[: 1 if tells(best[0]) >= ENOUGH else 2] and tells(match)]
    phrases = dict.fromkeys(match["what"].strip("のやと、。 ") for match in named)
    return ("・" if language == "ja" else ", ").join(phrases)[-LONGEST_TOPIC:]


@dataclass(frozen=True, slots=True)
class _Line:
    """A sentence that may go into the digest: its turn, where it comes in the turn, and what it speaks of."""

    turn: Turn
    place: int
    text: str
    words: frozenset[str]


def _owners(lines: Sequence[_Line], asked: Sequence[frozenset[str]]) -> list[int]:
    """Return for each line which of several questions it speaks of: one that speaks of none goes on with the last."""
    rare = Counter(gram for words in asked for gram in words)
    owners: list[int] = []
    for line in lines:
        scores = [sum(1 / rare[gram] for gram in line.words & words) for words in asked]
        best = max(scores)
        owners.append(scores.index(best) if best >= 1 or not owners else owners[-1])
    return owners


class _Digesting:
    """A section on its way to its digest: its turns read once, the words it is about counted."""

    def __init__(self, section: Section, minutes: Minutes) -> None:
        self.section = section
        self.language = minutes.language
        self.table: Cues = cues(minutes.language)
        self.said = Transcript(section.turns, minutes.source.text)
        self.acts: dict[str, Act] = {turn.id: Act(turn, minutes.language) for turn in section.turns}
        self.linked: set[tuple[str | None, str]] = set()
        self.shares: dict[tuple[str, str], dict[str | None, list[_Line]]] = {}
        self.weights = Counter(
            gram for deed in self.acts.values() if not deed.rule for gram in grams(deed.turn.text, minutes.language)
        )
        self.most = sum(count for _, count in self.weights.most_common(TELLING_WORDS)) or 1

    def digest(self) -> SectionDigest:
        """Return the digest of the section."""
        found = links(self.section, self.language)
        self.linked = {(link.question_passage, answer) for link in found for answer in link.answers}
        pairs = tuple(self.pair(link, number) for number, link in enumerate(found, 1))
        linked = {link.question for link in found} | {answer for link in found for answer in link.answers}
        rest = [deed.turn for deed in self.acts.values() if not deed.rule and deed.turn.id not in linked]
        comments = tuple(
            self.statement(f"{self.section.id}c{number}", self.told(self.lines(turn), frozenset()))
            for number, turn in enumerate(rest, 1)
        )
        best = self.telling()
        return SectionDigest(
            self.section.id,
            self.section.heading,
            "ok",
            tuple(Sentence(self.short(line), (line.turn.id,)) for line in self.in_order(best[:SUMMARY])),
            tuple(
                self.statement(f"{self.section.id}k{number}", [line])
                for number, line in enumerate(self.in_order(best[SUMMARY : SUMMARY + MOST_POINTS]), 1)
            ),
            pairs,
            comments,
        )

    # --- pairs -----------------------------------------------------------------------------------------------------

    def pair(self, link: Link, number: int) -> Pair:
        """Return a question with its answers as statements, and its parts that no answer touches."""
        name = f"{self.section.id}p{number}"
        turn = self.said.turns[link.question]
        lines = self.lines(turn, link.question_passage)
        asked = self.asked(lines)
        words = frozenset().union(*(line.words for line in lines))
        answered = [self.answer_lines(answer, link) for answer in link.answers]
        answers = tuple(
            self.statement(f"{name}a{place}", self.told(spoken, words)) for place, spoken in enumerate(answered, 1)
        )
        told = ["".join(line.text for line in spoken) for spoken in answered]
        left = untouched(parts([line.text for line in lines], self.language), told, self.language)
        return Pair(
            name,
            self.topic(lines[:1] if link.question_passage else [], asked),
            self.statement(f"{name}q", asked),
            answers,
            tuple(shortened(part, self.language) for part in left),
        )

    def topic(self, heading: Sequence[_Line], asked: Sequence[_Line]) -> str:
        """Return what a question is about: what the heading of its passage names, else what it asks."""
        named = [line.text for line in heading if self.table.phrase.search(line.text)]
        return topic(named or [line.text for line in asked], self.language)

    def asks(self, line: _Line) -> bool:
        """Tell whether a line asks, beyond that questions will follow."""
        return asks(line.text, self.language) and not self.table.announces.search(line.text)

    def asked(self, lines: Sequence[_Line]) -> list[_Line]:
        """Return the lines that put a question, with the line before where one cannot be understood alone."""
        asking = [place for place, line in enumerate(lines) if self.asks(line)]
        if not asking:
            wishes = [p for p, line in enumerate(lines) if first_rule(self.table.suggests, bare(line.text))]
            asking = wishes[-1:] or [len(lines) - 1]
        chosen: list[int] = []
        for place in asking[:MOST_SENTENCES]:
            needs_more = self.table.refers_back.search(lines[place].text) or len(lines[place].words) < 2
            chosen += [place - 1, place] if place and needs_more and place - 1 not in chosen else [place]
        return [lines[place] for place in sorted(set(chosen))]

    def answer_lines(self, answer: str, link: Link) -> list[_Line]:
        """Return the lines of an answer, of those passages alone that answer the question where it has any.

        An undivided answer to several passages is shared out among them: each has the lines that speak of it most.
        """
        turn = self.said.turns[answer]
        meant = [passage for passage in turn.passages if passage.id in link.answer_passages]
        if meant:
            return [line for part in meant for line in self.lines(turn, part.id)]
        return self.share(link.question, answer).get(link.question_passage) or self.lines(turn)

    def share(self, question: str, answer: str) -> dict[str | None, list[_Line]]:
        """Return the lines of an undivided answer by the passage of the question that they speak of."""
        if (question, answer) not in self.shares:
            asked = [p for p in self.said.turns[question].passages if (p.id, answer) in self.linked]
            shares: dict[str | None, list[_Line]] = {}
            if len(asked) > 1:
                lines = self.lines(self.said.turns[answer])
                owners = _owners(lines, [grams(passage.text, self.language) for passage in asked])
                for line, owner in zip(lines, owners, strict=True):
                    shares.setdefault(asked[owner].id, []).append(line)
            self.shares[question, answer] = shares
        return self.shares[question, answer]

    # --- sentences -------------------------------------------------------------------------------------------------

    def lines(self, turn: Turn, passage: str | None = None) -> list[_Line]:
        """Return the sentences of a turn or passage that carry something; all of them where none does."""
        text = next((part.text for part in turn.passages if part.id == passage), turn.text)
        every = [
            _Line(turn, place, text[start:end], grams(text[start:end], self.language))
            for place, (start, end) in enumerate(sentences(text, self.language))
        ]
        full = [line for line in every if not self.table.empty.search(line.text)]
        return full or every

    def told(self, lines: Sequence[_Line], asked: frozenset[str]) -> list[_Line]:
        """Return the line that answers, then those that stand out beside it, within the length of a statement."""
        ranked = sorted(lines, key=lambda line: (-self.worth(line, asked), line.place))
        chosen = ranked[:1]
        for line in ranked[1:MOST_SENTENCES]:
            if sum(len(each.text) for each in chosen) + len(line.text) <= LONGEST and self.adds(line, chosen):
                chosen.append(line)
        return chosen[:1] + self.in_order(chosen[1:])

    def adds(self, line: _Line, chosen: Sequence[_Line]) -> bool:
        """Tell whether a line says something that those chosen do not."""
        known = frozenset().union(*(each.words for each in chosen))
        return len(line.words - known) >= 2

    def worth(self, line: _Line, asked: frozenset[str]) -> float:
        """Return how much a line tells: it decides, speaks of what was asked, stands early, and does not explain."""
        conducts = first_rule(self.table.procedural, bare(line.text)) is not None
        worth = likeness(asked, line.words) if asked else self.central(line)
        worth += 0.6 / (1 + line.place) + 0.3 * bool(self.table.decides.search(line.text))
        worth += 0.3 * (first_rule(self.table.suggests, bare(line.text)) is not None and not asked)
        worth += 0.3 * (line.place == 0 and bool(asked) and bool(self.table.replies.search(line.text)))
        worth -= 0.3 * bool(self.table.explains.search(line.text[:HEAD])) + 0.5 * (self.asks(line) or conducts)
        return worth - 0.3 * (len(line.words) < 2 and line.place > 0)

    def central(self, line: _Line) -> float:
        """Return how much a line speaks of what the whole section speaks of, from 0 to about 1."""
        return min(1.0, sum(self.weights[gram] for gram in line.words if self.weights[gram] > 1) / self.most)

    def telling(self) -> list[_Line]:
        """Return the best line of each turn that states something, the most telling turns first."""
        stating = [deed for deed in self.acts.values() if not deed.rule and not deed.puts_question]
        best = [
            max(lines, key=self.stands_alone)
            for deed in stating
            if (lines := [line for line in self.lines(deed.turn) if not self.asks(line)])
        ]
        full = [line for line in best if len(line.words) >= FEWEST_TELLING]
        return sorted(full or best, key=lambda line: -self.stands_alone(line))

    def stands_alone(self, line: _Line) -> float:
        """Return how much a line tells a reader who sees nothing around it: the more it speaks of, the more."""
        worth = self.worth(line, frozenset()) + 0.4 * min(1.0, len(line.words) / MOST_TELLING)
        return worth - 0.5 * bool(self.table.leans.search(line.text))

    def in_order(self, lines: Iterable[_Line]) -> list[_Line]:
        """Return lines in the order they were spoken in."""
        return sorted(lines, key=lambda line: (line.turn.start, line.place))

    # --- statements ------------------------------------------------------------------------------------------------

    def short(self, line: _Line) -> str:
        return shortened(line.text, self.language)

    def statement(self, name: str, lines: Sequence[_Line]) -> Statement:
        """Return lines as one statement, each borne out by its own words in the source."""
        gap = "" if self.language == "ja" else " "
        located = [self.said.spoken(line.turn.id).locate(line.text) for line in lines]
        evidence = tuple(found for found in located if found is not None)
        turns = tuple(dict.fromkeys(found.turn for found in evidence)) or tuple(
            dict.fromkeys(line.turn.id for line in lines)
        )
        return Statement(name, gap.join(map(self.short, lines)), turns, self.said.speakers(turns), evidence)
