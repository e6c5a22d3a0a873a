"""Which turn answers which question.

A section is read once, from its first turn to its last, with the questions that still wait for an answer in hand.
What a turn does is told by `acts`, whether it may answer by `answering`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from minutes_llm.acts import Act, asks_as
from minutes_llm.alignment import Part, align
from minutes_llm.answering import CLEAR, SURE, Question, Signs
from minutes_llm.languages.cues import ANSWERING, ASKING, CALLING, Role, cues, sentences
from minutes_llm.model.minutes import Section, Turn

NEAR = 0.5
"""An answer goes to an earlier question too where it is at least so near to it, measured by the nearest."""

ANSWER_LIKE = frozenset({"opening", "formalities", "next meeting", "materials", "decision", "agenda", "notice"})
"""Rules that an officer's short answer may happen to meet (「説明会を二回開く予定です。」)."""

CURIOUS = 3
"""Where only officers are labelled as such, who asks in one of so many turns is there to ask."""

MOST_WAITING = 12
"""How many questions are kept in hand; older ones without an answer never get one."""

PATIENCE = 2
"""A question to nobody in particular that so many others have passed over is not answered any more."""


class Link(NamedTuple):
    """A question with the turns that answer it, in order; none where it was left unanswered.

    `question_passage` is the part of a long question turn that asks it, and `answer_passages` are the parts of
    long answers that answer it, where the turns have such parts. `suggested` marks a wish or an opinion rather
    than a plain question; it is only ever linked where somebody answered.
    """

    question: str
    answers: tuple[str, ...]
    question_passage: str | None = None
    answer_passages: tuple[str, ...] = ()
    suggested: bool = False


def links(section: Section, language: str) -> tuple[Link, ...]:
    """Return the questions of a section, in order, each with the turns that answer it.

    Plain questions without an answer are among them; wishes and opinions only where somebody answered.
    """
    acts = _with_sides(tuple(Act(turn, language) for turn in section.turns), language)
    return tuple(link for question in _Reading(acts, language).asked() for link in _links(question, language))


def _with_sides(acts: tuple[Act, ...], language: str) -> tuple[Act, ...]:
    """Return what the turns do, with a side for those whose label tells none, where others' labels tell theirs.

    Where members ask, who seldom asks is there to answer; where only officers are named so, who asks is a member.
    """
    roles = {deed.who for deed in acts}
    asking = Counter(deed.turn.speaker for deed in acts if deed.ends_asking)
    speaking = Counter(deed.turn.speaker for deed in acts if not deed.rule)
    asked, answered = bool(roles & ASKING), bool(roles & ANSWERING)
    often = 2 if asked else CURIOUS
    curious = {speaker for speaker, count in asking.items() if often * count >= speaking[speaker]}
    sided: list[Act] = []
    for deed in acts:
        unknown = deed.who is None and deed.turn.speaker is not None
        if unknown and asked and deed.turn.speaker not in curious:
            sided.append(Act(deed.turn, language, "official"))
        elif unknown and answered and not asked and deed.turn.speaker in curious:
            sided.append(Act(deed.turn, language, "member"))
        else:
            sided.append(deed)
    return tuple(sided)


def _links(question: Question, language: str) -> tuple[Link, ...]:
    """Return the links of one question turn: one, or one for each of its passages that asks."""
    turn, answers = question.act.turn, tuple(answer.turn for answer in question.answers)
    asking = [p for p in turn.passages if _asks_in(p.text, question.act.who, language)]
    if len(asking) < 2:
        return (Link(turn.id, tuple(answer.id for answer in answers), suggested=not question.plain),)
    parts = [Part(turn.id, p.id, p.text) for p in asking]
    said = [
        Part(answer.id, passage, text)
        for answer in answers
        for passage, text in _parts(answer)
        if passage is None or _answers_in(text, language)
    ]
    return tuple(
        Link(
            turn.id,
            tuple(dict.fromkeys(a.turn for a in found)),
            part.passage,
            tuple(a.passage for a in found if a.passage),
        )
        for part, found in zip(parts, align(parts, said, language), strict=True)
    )


def _parts(turn: Turn) -> Sequence[tuple[str | None, str]]:
    """Return the passages of a turn with their texts, or the whole turn where it has none."""
    return [(passage.id, passage.text) for passage in turn.passages] or [(None, turn.text)]


def _asks_in(text: str, who: Role | None, language: str) -> bool:
    """Tell whether something is asked in a passage, beyond that questions follow or answers are awaited."""
    table = cues(language)
    spoken = [text[start:end] for start, end in sentences(text, language)]
    full = [s for s in spoken if not table.announces.search(s) and not table.empty.search(s)]
    return any(asks_as(s, who, language) for s in full) and not all(table.refers_back.search(s) for s in full)


def _answers_in(text: str, language: str) -> bool:
    """Tell whether a passage says more than that an answer will follow."""
    table = cues(language)
    frames = (table.empty, table.announces)
    spoken = (text[start:end] for start, end in sentences(text, language))
    return not all(any(frame.search(sentence) for frame in frames) for sentence in spoken)


class _Reading:
    """A section while it is read.

    `questions` are all so far, `waiting` those without an answer, `current` those the last answer went to; `before`
    is the last turn with something to say.
    """

    def __init__(self, acts: Sequence[Act], language: str) -> None:
        self.acts = acts
        self.table = cues(language)
        self.signs = Signs(acts, language)
        self.by_id = {deed.turn.id: deed for deed in acts}
        self.questions: list[Question] = []
        self.waiting: list[Question] = []
        self.current: list[Question] = []
        self.before: Act | None = None

    def asked(self) -> list[Question]:
        """Read the section and return its questions, in order."""
        for deed in self.acts:
            asker = self.replied_to(deed)
            if asker is not None:
                self.reply(deed, asker)
            elif not deed.rule or self.expects(deed):
                self.take(deed)
            if deed.rule or (deed.who in CALLING and not deed.questions):
                self.conduct(deed)
        places = {deed.turn.id: place for place, deed in enumerate(self.acts)}
        kept = [question for question in self.questions if question.plain or question.answers]
        return sorted(kept, key=lambda question: places[question.act.turn.id])

    def expects(self, deed: Act) -> bool:
        """Tell whether what looks like conduct is the answer waited for: a mere yes, or an officer's few words."""
        last = self.waiting[-1] if self.waiting else None
        if last is None or self.before is None or not self.signs.may_answer(deed, last):
            return False
        if last.act.turn.speaker != self.before.turn.speaker:
            return False
        return (
            deed.rule == "consent" or last.back or (deed.who in ANSWERING and last.plain and deed.rule in ANSWER_LIKE)
        )

    def replied_to(self, deed: Act) -> Act | None:
        """Return the turn that the document's marks say is answered, or None where they only say who speaks next.

        (答) tells that something is answered, not what; a name indented under another's is a reply to a question
        alone, while an arrow under a nameless opinion answers that too.
        """
        asker = self.by_id.get(deed.turn.replies_to or "")
        if asker is None or deed.who == "answerer":
            return None
        asks = asker.questions or asker.suggestions or asker.turn.speaker is None or deed.who in ANSWERING
        return asker if asks else None

    def reply(self, deed: Act, asker: Act) -> None:
        """Take a turn that the document's own marks say answers another."""
        known = next((question for question in reversed(self.questions) if question.act is asker), None)
        known = known or self.ask(asker, plain=bool(asker.questions))
        fresh = [question for question in self.waiting if not question.stale]
        together = fresh if self.signs.together(deed) else self.with_tied([known], fresh, loosely=False)
        answered = [question for question in together if question is not known] + [known]
        for question in answered:
            question.answers.append(deed)
        self.settle(answered)
        if deed.ends_asking:
            self.ask(deed, plain=True)

    def conduct(self, deed: Act) -> None:
        """Take a turn that conducts the meeting: a new item ends a matter, a call for more or thanks lets it rest."""
        table = self.table
        if deed.rule and any(question.act.turn.speaker == deed.turn.speaker for question in self.current):
            self.current = []
        if table.turns_page.intersection(deed.rules):
            self.waiting.clear()
        if (table.turns_page | table.invites).intersection(deed.rules):
            self.current = []
            for question in self.waiting:
                question.stale = True

    def take(self, deed: Act) -> None:
        """Take a turn that has something to say: what it answers, then what it asks."""
        answered = self.answered(deed)
        before, self.before = self.before, deed
        for question in answered:
            question.answers.append(deed)
        if answered:
            self.settle(answered)
        else:
            self.pass_over(deed)
            self.turn_round(before, deed)
        answers = deed.who is None or deed.who in ANSWERING
        back = answers and not answered and any(self.signs.may_answer(deed, q) for q in self.waiting if not q.stale)
        if deed.puts_question or (back and (deed.questions or self.asks_back(deed))):
            self.ask(deed, plain=deed.who not in ANSWERING or back or len(deed.sentences) == 1, back=back)
        elif answered and (deed.who not in ASKING or any(question.back for question in answered)):
            return
        elif (
            deed.who == "asker"
            or (deed.only_suggests and not answered)
            or ((deed.suggestions or self.joins_in(deed)) and deed.who not in ANSWERING)
        ):
            self.ask(deed, plain=deed.who == "asker")

    def joins_in(self, deed: Act) -> bool:
        """Tell whether somebody adds to the question just put without asking anything of their own."""
        return bool(self.waiting) and self.waiting[-1].passed <= 1 and self.signs.joins(deed)

    def turn_round(self, before: Act | None, deed: Act) -> None:
        """Take a statement for a question when the next to speak says that this is an answer."""
        if before is None or before.who not in ASKING or deed.who not in ANSWERING:
            return
        if any(not question.stale for question in self.waiting):
            return
        known = any(question.act is before for question in self.questions[-1:])
        if not known and self.signs.rejoins(before, deed):
            self.current = [self.ask(before, plain=False)]
            self.current[0].answers.append(deed)
            self.waiting.pop()

    def ask(self, deed: Act, plain: bool, back: bool = False) -> Question:
        """Keep a question in hand; a suggestion waits only for the next turn that has something to say."""
        self.waiting = [question for question in self.waiting if question.plain]
        last = self.waiting[-1] if self.waiting and not self.waiting[-1].stale else None
        adjacent = last is not None and last.passed <= 1
        question = Question(
            deed, self.signs.words[deed.turn.id], plain, back, bool(last) and self.signs.joins(deed), adjacent
        )
        self.questions.append(question)
        self.waiting = [*self.waiting[-MOST_WAITING:], question]
        self.current = []
        return question

    def settle(self, answered: list[Question]) -> None:
        """Let go of what was answered; older questions that were not have been passed over."""
        self.current = answered
        self.waiting = [question for question in self.waiting if not question.answers and question.plain]
        for question in self.waiting:
            if not (question.act.who not in ANSWERING and any(other.back for other in answered)):
                question.stale = True

    def pass_over(self, deed: Act) -> None:
        """Note that a turn answered nothing: suggestions lapse, and so, in time, does what anybody might answer."""
        if deed.who not in CALLING:
            self.current = []
        for question in self.waiting:
            question.passed += 1
        self.waiting = [q for q in self.waiting if q.plain and (q.act.who is not None or q.passed <= PATIENCE)]

    def answered(self, deed: Act) -> list[Question]:
        """Return the questions that a turn answers."""
        able = [question for question in self.waiting if self.signs.may_answer(deed, question)]
        fresh = [question for question in able if not question.stale]
        if deed.only_asks or self.asks_back(deed):
            return []
        if fresh:
            return self.chosen(deed, fresh, [question for question in able if question.stale])
        again = [question for question in self.current if self.signs.adds_to(deed, question)]
        if again:
            nearest = max(self.signs.near(deed, question) for question in again)
            passed = [q for q in able if self.signs.near(deed, q) >= max(CLEAR, nearest)]
            return passed or self.added_to(deed, again)
        return [
            question
            for question in able
            if self.signs.near(deed, question) >= SURE or self.signs.names(deed, question)
        ]

    def asks_back(self, deed: Act) -> bool:
        """Tell whether a turn asks one who waits for an answer what was meant."""
        return any(self.signs.asks_back(deed, question) for question in self.waiting if not question.stale)

    def chosen(self, deed: Act, fresh: list[Question], stale: list[Question]) -> list[Question]:
        """Return those of the waiting questions that an answer speaks of: named ones, near ones, or the last."""
        named = [question for question in fresh + stale if self.signs.names(deed, question)]
        if named and len(fresh) > 1:
            return named
        if len(fresh) == 1 or self.one_person(fresh) or self.signs.together(deed):
            chosen = fresh
        else:
            apart = self.signs.singles_out(deed, fresh) or self.signs.goes_on(deed)
            tied = self.with_tied(self.nearest(deed, fresh), fresh, loosely=not apart)
            chosen = [question for question in tied if question.plain or self.signs.near(deed, question)]
        least = max(SURE, *(self.signs.near(deed, question) for question in chosen))
        return [question for question in stale if self.signs.near(deed, question) >= least] + chosen

    @staticmethod
    def with_tied(chosen: list[Question], waiting: list[Question], loosely: bool) -> list[Question]:
        """Return questions, in order, with those put along with one of them: by a word, or loosely by their place."""
        groups: list[list[Question]] = []
        for question in waiting:
            if groups and (question.joins or (loosely and question.adjacent)):
                groups[-1].append(question)
            else:
                groups.append([question])
        tied = [question for group in groups if any(q in group for q in chosen) for question in group]
        return tied or chosen

    def one_person(self, asked: list[Question]) -> bool:
        """Tell whether several questions are for certain one person's."""
        return len({question.act.turn.speaker for question in asked}) == 1 and not self.signs.anonymous(
            asked[0].act.turn.speaker
        )

    def nearest(self, deed: Act, among: list[Question]) -> list[Question]:
        """Return the questions that a turn speaks of: the last, and others or those alone where it clearly does."""
        scores = [self.signs.near(deed, question) for question in among]
        least = max(SURE, NEAR * max(scores))
        others = [question for question, score in zip(among[:-1], scores, strict=False) if score >= least]
        return [*others, among[-1]] if scores[-1] >= CLEAR or not others else others

    def added_to(self, deed: Act, among: list[Question]) -> list[Question]:
        """Return the questions that somebody adds to the answer of: those it speaks of, or the last."""
        scores = [self.signs.near(deed, question) for question in among]
        least = max(CLEAR, NEAR * max(scores))
        return [question for question, score in zip(among, scores, strict=True) if score >= least] or among[-1:]
