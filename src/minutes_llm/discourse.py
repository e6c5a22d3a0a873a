"""What each turn does - asks, answers, conducts the meeting - and which turn answers which question.

Nothing here knows a language: the tables of `languages` say what asks, who answers and what conducts the meeting.
A section is read once, from its first turn to its last, with the questions that still wait for an answer in hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes_llm.alignment import Part, align, shared, weights
from minutes_llm.languages.cues import (
    ANSWERING,
    ASKING,
    CALLING,
    HEAD,
    Cues,
    Role,
    asks,
    bare,
    cues,
    ending,
    first_rule,
    grams,
    names,
    role,
    sentences,
)
from minutes_llm.model import Section, Turn

CONDUCT = {"presider": 0.4, "chair": 0.6}
"""The share of a turn, in characters, that must be conduct of the meeting for the whole turn to be."""

CONDUCT_OF_OTHERS = 0.8
LONGEST_CONDUCT = 400
"""Nobody but a chair conducts a meeting for longer than so many characters."""

NEAR = 0.5
"""An answer goes to an earlier question too where it is at least so near to it, measured by the nearest."""

CLEAR = 0.12
"""So much of what a question tells makes it likely, in a turn, that the turn speaks of it."""

SURE = 0.2
"""So much of it makes that certain, even where the talk has gone on since."""

ANSWER_LIKE = frozenset({"opening", "formalities", "next meeting", "materials", "decision", "agenda", "notice"})
"""Rules that an officer's short answer may happen to meet (「説明会を二回開く予定です。」)."""

CURIOUS = 3
"""Where only officers are labelled as such, who asks in one of so many turns is there to ask."""

MOST_WAITING = 12
"""How many questions are kept in hand; older ones without an answer never get one."""

PATIENCE = 2
"""A question to nobody in particular that so many others have passed over is not answered any more."""


@dataclass(frozen=True, slots=True)
class Link:
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


# --- one turn ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Act:
    """What one turn does: who speaks, what is asked or suggested, and how it conducts the meeting.

    `rules` are those of its sentences that conduct the meeting; `rule` names why the whole turn does nothing else.
    """

    turn: Turn
    who: Role | None
    sentences: tuple[str, ...]
    questions: tuple[str, ...]
    suggestions: tuple[str, ...]
    rules: tuple[str, ...]
    rule: str | None

    @property
    def only_asks(self) -> bool:
        """Tell whether the turn ends in a question and states little besides."""
        asked = sum(map(len, self.questions))
        return self.ends_asking and 2 * asked >= sum(map(len, self.sentences))

    @property
    def only_suggests(self) -> bool:
        """Tell whether the turn is a single sentence that wants to be confirmed or taken up."""
        return len(self.sentences) == len(self.suggestions) == 1

    @property
    def ends_asking(self) -> bool:
        """Tell whether one of the last two sentences asks."""
        return any(sentence in self.questions for sentence in self.sentences[-2:])


def act(turn: Turn, language: str, who: Role | None = None) -> Act:
    """Return what a turn does; `who` is the role of a speaker whose label says nothing of it."""
    table, who = cues(language), role(turn.speaker, language) or who
    spoken = tuple(turn.text[start:end] for start, end in sentences(turn.text, language))
    followed = zip(spoken, (*spoken[1:], ""), strict=False)
    asked = tuple(s for s, after in followed if _asks(s, who, language) and not table.answers_itself.search(after))
    suggested = tuple(s for s in spoken if s not in asked and _suggests(s, who, table))
    ruled = tuple(_rule(sentence, who, table) for sentence in spoken)
    rule = None if asked else _conduct(spoken, ruled, who, table)
    return Act(turn, who, spoken, asked, () if rule else suggested, tuple(filter(None, ruled)), rule)


def questions(turn: Turn, language: str) -> tuple[str, ...]:
    """Return the sentences of a turn that plainly ask for an answer, as they stand in its text.

    What asks everybody (「御質問はございませんか」) conducts the meeting and is no question, nor is a wish.
    """
    return act(turn, language).questions


def procedural(turn: Turn, language: str) -> str | None:
    """Return by which rule a turn only conducts the meeting, or None where it has something to say."""
    return act(turn, language).rule


def _asks(sentence: str, who: Role | None, language: str) -> bool:
    table = cues(language)
    if not asks(sentence, language):
        return False
    if who in ASKING:
        return not table.asks_leave.search(sentence)
    if table.collective.search(sentence):
        return False
    return who not in CALLING or first_rule(table.procedural, bare(sentence)) not in table.presiding


def _conduct(spoken: Sequence[str], ruled: Sequence[str | None], who: Role | None, table: Cues) -> str | None:
    """Return the rule by which sentences without a question only conduct the meeting, or None."""
    if not spoken:
        return "stage-direction"
    total = sum(map(len, spoken))
    if who not in CALLING and total > LONGEST_CONDUCT:
        return None
    rules = sorted(filter(None, ruled), key=lambda rule: rule in table.anybodys)
    if who == "presider" and not any(
        table.opinion.search(s) for s, rule in zip(spoken, ruled, strict=True) if not rule
    ):
        return rules[0] if rules else "presiding"
    conduct = sum(len(sentence) for sentence, rule in zip(spoken, ruled, strict=True) if rule)
    return rules[0] if rules and conduct >= CONDUCT.get(who or "", CONDUCT_OF_OTHERS) * total else None


def _rule(sentence: str, who: Role | None, table: Cues) -> str | None:
    """Return by which rule a sentence only conducts the meeting, of those that its speaker may use."""
    if table.declines.search(sentence):
        return None
    rules = table.procedural
    if who in ASKING:
        rules = tuple(rule for rule in rules if rule[0] in table.anybodys)
    elif who in ("official", "answerer"):
        rules = tuple(rule for rule in rules if rule[0] in table.anybodys | table.officers)
    return first_rule(rules, bare(sentence))


def _suggests(sentence: str, who: Role | None, table: Cues) -> bool:
    """Tell whether a sentence is a wish or an opinion that may be answered; what a chair wishes is conduct."""
    if who in CALLING and first_rule(table.procedural, bare(sentence)):
        return False
    return first_rule(table.suggests, ending(sentence)) is not None


# --- a section -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Question:
    """A question in hand while a section is read; `stale` once the talk has gone on without an answer."""

    act: Act
    words: frozenset[str]
    plain: bool
    back: bool = False
    joins: bool = False
    adjacent: bool = False
    answers: list[Act] = field(default_factory=list)
    stale: bool = False
    passed: int = 0


def links(section: Section, language: str) -> tuple[Link, ...]:
    """Return the questions of a section, in order, each with the turns that answer it.

    Plain questions without an answer are among them; wishes and opinions only where somebody answered.
    """
    acts = _with_sides(tuple(act(turn, language) for turn in section.turns), language)
    words = {turn.id: grams(turn.text, language) for turn in section.turns}
    reading = _Reading(acts, language, words, weights([deed.turn.text for deed in acts if not deed.rule], language))
    return tuple(link for question in reading.asked() for link in _links(question, language))


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
            sided.append(act(deed.turn, language, "official"))
        elif unknown and answered and not asked and deed.turn.speaker in curious:
            sided.append(act(deed.turn, language, "member"))
        else:
            sided.append(deed)
    return tuple(sided)


def _links(question: _Question, language: str) -> tuple[Link, ...]:
    """Return the links of one question turn: one, or one for each of its passages that asks."""
    turn, answers = question.act.turn, tuple(answer.turn for answer in question.answers)
    asking = [p for p in turn.passages if _asks_in(p.text, question.act.who, language)]
    if len(asking) < 2:
        return (_undivided(turn, answers, not question.plain),)
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


def _undivided(turn: Turn, answers: Sequence[Turn], suggested: bool) -> Link:
    return Link(turn.id, tuple(answer.id for answer in answers), suggested=suggested)


def _asks_in(text: str, who: Role | None, language: str) -> bool:
    """Tell whether something is asked in a passage, beyond that questions will follow."""
    spoken = (text[start:end] for start, end in sentences(text, language))
    return any(
        _asks(sentence, who, language) and not cues(language).announces.search(sentence) for sentence in spoken
    )


def _answers_in(text: str, language: str) -> bool:
    """Tell whether a passage says more than that an answer will follow."""
    table = cues(language)
    frames = (table.empty, table.announces)
    spoken = (text[start:end] for start, end in sentences(text, language))
    return not all(any(frame.search(sentence) for frame in frames) for sentence in spoken)


@dataclass(slots=True)
class _Reading:
    """A section while it is read.

    `words` are what each turn speaks of and `told` how much each word tells. `questions` are all so far, `waiting`
    those without an answer, `current` those the last answer went to; `before` is the last turn with something to say.
    """

    acts: tuple[Act, ...]
    language: str
    words: dict[str, frozenset[str]]
    told: dict[str, float]
    questions: list[_Question] = field(default_factory=list)
    waiting: list[_Question] = field(default_factory=list)
    current: list[_Question] = field(default_factory=list)
    before: Act | None = None
    by_id: dict[str, Act] = field(init=False)
    followed: dict[str, Act] = field(init=False)
    staffed: bool = field(init=False)
    marked: bool = field(init=False)

    def __post_init__(self) -> None:
        self.by_id = {deed.turn.id: deed for deed in self.acts}
        self.followed = {deed.turn.id: after for deed, after in zip(self.acts, self.acts[1:], strict=False)}
        self.staffed = any(deed.who in ANSWERING for deed in self.acts)
        self.marked = any(deed.turn.replies_to and deed.who != "answerer" for deed in self.acts)

    def asked(self) -> list[_Question]:
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
        if last is None or last.act is not self.before or not self.may_answer(deed, last):
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
        together = fresh if self.together(deed) else self.with_tied([known], fresh, loosely=False)
        answered = [question for question in together if question is not known] + [known]
        for question in answered:
            question.answers.append(deed)
        self.settle(answered)
        if deed.ends_asking:
            self.ask(deed, plain=True)

    def conduct(self, deed: Act) -> None:
        """Take a turn that conducts the meeting: a new item ends a matter, a call for more or thanks lets it rest."""
        table = cues(self.language)
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
        back = answers and not answered and any(self.may_answer(deed, q) for q in self.waiting if not q.stale)
        if deed.questions and (deed.who in ASKING | CALLING or deed.ends_asking or back):
            self.ask(deed, plain=deed.who not in ANSWERING or back or len(deed.sentences) == 1, back=back)
        elif answered and (deed.who not in ASKING or any(question.back for question in answered)):
            return
        elif deed.who == "asker" or (deed.suggestions and deed.who not in ANSWERING):
            self.ask(deed, plain=deed.who == "asker")

    def turn_round(self, before: Act | None, deed: Act) -> None:
        """Take a statement for a question when the next to speak says that this is an answer."""
        if before is None or before.who not in ASKING or deed.who not in ANSWERING or self.waiting:
            return
        known = any(question.act is before for question in self.questions[-1:])
        if not known and self.rejoins(before, deed):
            self.current = [self.ask(before, plain=False)]
            self.current[0].answers.append(deed)
            self.waiting.clear()

    def rejoins(self, before: Act, deed: Act) -> bool:
        """Tell whether a turn replies to a statement: it says so, or comes right after it and speaks of the same."""
        table, head = cues(self.language), deed.turn.text[:HEAD]
        if table.answering.search(head) or table.rejoins.search(head):
            return True
        if table.about.search(head) and grams(head, self.language) & self.words[before.turn.id]:
            return True
        near = shared(self.words[before.turn.id], self.words[deed.turn.id], self.told) >= CLEAR
        return self.followed[before.turn.id] is deed and near and not self.only_notes(deed)

    def ask(self, deed: Act, plain: bool, back: bool = False) -> _Question:
        """Keep a question in hand; a suggestion waits only for the next turn that has something to say."""
        self.waiting = [question for question in self.waiting if question.plain]
        last = self.waiting[-1] if self.waiting and not self.waiting[-1].stale else None
        adjacent = last is not None and not last.passed
        question = _Question(deed, self.words[deed.turn.id], plain, back, bool(last) and self.joins(deed), adjacent)
        self.questions.append(question)
        self.waiting = [*self.waiting[-MOST_WAITING:], question]
        self.current = []
        return question

    def settle(self, answered: list[_Question]) -> None:
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

    def answered(self, deed: Act) -> list[_Question]:
        """Return the questions that a turn answers."""
        able = [question for question in self.waiting if self.may_answer(deed, question)]
        fresh = [question for question in able if not question.stale]
        if deed.only_asks or any(self.asks_back(deed, question) for question in fresh):
            return []
        if fresh:
            return self.chosen(deed, fresh, [question for question in able if question.stale])
        again = [question for question in self.current if self.adds_to(deed, question)]
        if again:
            nearest = max(self.near(deed, question) for question in again)
            passed = [q for q in able if self.near(deed, q) >= max(CLEAR, nearest)]
            return passed or self.added_to(deed, again)
        return [question for question in able if self.near(deed, question) >= SURE or self.names(deed, question)]

    def asks_back(self, deed: Act, question: _Question) -> bool:
        """Tell whether a turn asks what was meant, before it says anything, and is told by the one who asked."""
        after = self.followed.get(deed.turn.id)
        if after is None or deed.sentences[0] not in deed.questions or after.ends_asking:
            return False
        return after.turn.speaker == question.act.turn.speaker != deed.turn.speaker

    def chosen(self, deed: Act, fresh: list[_Question], stale: list[_Question]) -> list[_Question]:
        """Return those of the waiting questions that an answer speaks of: named ones, near ones, or the last."""
        named = [question for question in fresh + stale if self.names(deed, question)]
        if named and len(fresh) > 1:
            return named
        if len(fresh) == 1 or self.one_person(fresh) or self.together(deed):
            chosen = fresh
        else:
            apart = self.singles_out(deed, fresh) or self.goes_on(deed)
            chosen = self.with_tied(self.nearest(deed, fresh), fresh, loosely=not apart)
        least = max(SURE, *(self.near(deed, question) for question in chosen))
        return [question for question in stale if self.near(deed, question) >= least] + chosen

    def together(self, deed: Act) -> bool:
        """Tell whether a turn says that it answers several questions."""
        return bool(cues(self.language).together.search(deed.turn.text[:HEAD]))

    def joins(self, deed: Act) -> bool:
        """Tell whether a turn says that it asks about the same matter as the one before."""
        return any(cues(self.language).joins.search(sentence[:HEAD]) for sentence in deed.sentences[:2])

    @staticmethod
    def with_tied(chosen: list[_Question], waiting: list[_Question], loosely: bool) -> list[_Question]:
        """Return questions, in order, with those put along with one of them: by a word, or loosely by their place."""
        groups: list[list[_Question]] = []
        for question in waiting:
            if groups and (question.joins or (loosely and question.adjacent)):
                groups[-1].append(question)
            else:
                groups.append([question])
        tied = [question for group in groups if any(q in group for q in chosen) for question in group]
        return tied or chosen

    def singles_out(self, deed: Act, waiting: list[_Question]) -> bool:
        """Tell whether an answer opens by naming what some of the questions were about and others not."""
        table, head = cues(self.language), deed.sentences[0][:HEAD]
        if not (table.about.search(head) or table.answer_topic.search(head)):
            return False
        spoken_of = [bool(grams(head, self.language) & question.words) for question in waiting]
        return any(spoken_of) and not all(spoken_of)

    def goes_on(self, deed: Act) -> bool:
        """Tell whether somebody there to answer speaks next, who may take the other questions."""
        after = self.followed.get(deed.turn.id)
        return after is not None and after.who in ANSWERING and not after.rule

    def one_person(self, asked: list[_Question]) -> bool:
        """Tell whether several questions are for certain one person's."""
        return len({question.act.turn.speaker for question in asked}) == 1 and not self.anonymous(
            asked[0].act.turn.speaker
        )

    def nearest(self, deed: Act, among: list[_Question]) -> list[_Question]:
        """Return the questions that a turn speaks of: the last, and others or those alone where it clearly does."""
        scores = [self.near(deed, question) for question in among]
        least = max(SURE, NEAR * max(scores))
        others = [question for question, score in zip(among[:-1], scores, strict=False) if score >= least]
        return [*others, among[-1]] if scores[-1] >= CLEAR or not others else others

    def added_to(self, deed: Act, among: list[_Question]) -> list[_Question]:
        """Return the questions that somebody adds to the answer of: those it speaks of, or the last."""
        scores = [self.near(deed, question) for question in among]
        least = max(CLEAR, NEAR * max(scores))
        return [question for question, score in zip(among, scores, strict=True) if score >= least] or among[-1:]

    def may_answer(self, deed: Act, question: _Question) -> bool:
        """Tell whether the one who speaks is somebody who could answer the question."""
        asker, speaker = question.act, deed.turn.speaker
        if asker.turn.speaker == speaker and not self.anonymous(speaker):
            return False
        if self.marked and speaker is None:
            return False
        if not question.plain and not question.answers:
            return self.takes_up(deed, question)
        if self.own_matter(deed) and self.near(deed, question) < SURE:
            return False
        if deed.who in ASKING:
            return not deed.ends_asking and self.may_be_asked(deed, question)
        if deed.who in CALLING:
            return self.chair_may_answer(deed, question)
        return asker.who not in ANSWERING or question.back or asker.only_asks

    def own_matter(self, deed: Act) -> bool:
        """Tell whether somebody not there to answer opens with a wish or a matter of their own."""
        return deed.who not in ANSWERING and bool(cues(self.language).own_matter.search(deed.sentences[0][:HEAD]))

    def chair_may_answer(self, deed: Act, question: _Question) -> bool:
        """Tell whether a chair may be answering: where officers are there, only by a refusal or a clear reply."""
        table = cues(self.language)
        if table.declines.search(deed.turn.text):
            return True
        if deed.questions or deed.suggestions or question.act.who in CALLING:
            return False
        begins = not self.staffed or table.replies.search(deed.sentences[0]) is not None
        return begins and self.near(deed, question) >= SURE

    def may_be_asked(self, deed: Act, question: _Question) -> bool:
        """Tell whether a question may be put to somebody of the asking side."""
        asker = question.act
        if asker.who in ASKING or (asker.who in CALLING and self.staffed and self.near(deed, question) < CLEAR):
            by_name = any(names(sentence, deed.turn.speaker, self.language) for sentence in asker.questions)
            return by_name or not self.staffed
        return True

    def takes_up(self, deed: Act, question: _Question) -> bool:
        """Tell whether a turn answers a wish or an opinion and does not merely take note of it."""
        if deed.who in ASKING or deed.who in CALLING or deed.questions or self.only_notes(deed):
            return False
        if deed.who in ANSWERING:
            return question.act.who not in ANSWERING
        begins = cues(self.language).replies.search(deed.sentences[0]) is not None
        return begins and (question.act.only_suggests or self.near(deed, question) >= CLEAR)

    def only_notes(self, deed: Act) -> bool:
        """Tell whether a turn merely takes note of what was said."""
        table = cues(self.language)
        return all(
            table.acknowledges.search(bare(sentence))
            or first_rule(table.procedural, bare(sentence)) not in (None, "consent")
            for sentence in deed.sentences
        )

    def adds_to(self, deed: Act, question: _Question) -> bool:
        """Tell whether somebody else adds to an answer that was just given."""
        known = {answer.turn.speaker for answer in question.answers if not self.anonymous(answer.turn.speaker)}
        if deed.turn.speaker in known or not self.may_answer(deed, question):
            return False
        if deed.who in ANSWERING and question.plain:
            return True
        if self.completes(deed, question) or self.handed_to(deed, question):
            return True
        matter = question.words.union(*(self.words[answer.turn.id] for answer in question.answers))
        adds = cues(self.language).supplements.search(deed.turn.text[:HEAD]) is not None
        return adds and shared(matter, self.words[deed.turn.id], self.told) >= CLEAR

    def handed_to(self, deed: Act, question: _Question) -> bool:
        """Tell whether the last answer ended by naming who speaks now (「詳しくは西川から」)."""
        return names(question.answers[-1].sentences[-1][-HEAD:], deed.turn.speaker, self.language)

    def completes(self, deed: Act, question: _Question) -> bool:
        """Tell whether a turn speaks of a part of the question that no answer has touched."""
        if deed.who is not None or len(question.act.questions) < 2 or deed.questions:
            return False
        said = frozenset().union(*(self.words[answer.turn.id] for answer in question.answers))
        left = [own for part in question.act.questions if not (own := grams(part, self.language)) & said]
        return any(own & self.words[deed.turn.id] for own in left)

    def names(self, deed: Act, question: _Question) -> bool:
        """Tell whether a turn begins by naming the one who asked."""
        return names(deed.turn.text[:HEAD], question.act.turn.speaker, self.language)

    def near(self, deed: Act, question: _Question) -> float:
        """Return how much of what the question tells is in the turn, from 0 to 1."""
        return shared(question.words, self.words[deed.turn.id], self.told)

    def anonymous(self, label: str | None) -> bool:
        """Tell whether a label is shared by several people."""
        return label is None or bool(cues(self.language).anonymous.search(label))
