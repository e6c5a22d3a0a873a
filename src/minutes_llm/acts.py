"""What each turn does: it asks, it wishes, it conducts the meeting, or it has its say.

Nothing here knows a language: the tables of `languages` say what asks and what conducts a meeting.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from minutes_llm.languages.cue_table import Cues
from minutes_llm.languages.cues import ASKING, CALLING, Role, asks, bare, cues, ending, first_rule, role, sentences
from minutes_llm.model.minutes import Turn

CONDUCT = {"presider": 0.4, "chair": 0.6}
"""The share of a turn, in characters, that must be conduct of the meeting for the whole turn to be."""

CONDUCT_WITHOUT_OPINION = 0.25
"""The same for a chair who states no view of their own."""

CONDUCT_OF_OTHERS = 0.8
LONGEST_CONDUCT = 400
"""Nobody but a chair conducts a meeting for longer than so many characters."""


class Act:
    """What one turn does: who speaks, what is asked or suggested, and how it conducts the meeting.

    `who` is the role of its speaker, given for one whose label says nothing of it. Each thing is found out when it is
    asked for: of most turns only some of them are.
    """

    def __init__(self, turn: Turn, language: str, who: Role | None = None) -> None:
        self.turn = turn
        self.language = language
        self.who: Role | None = role(turn.speaker, language) or who

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What is said, sentence by sentence."""
        text = self.turn.text
        return tuple(text[start:end] for start, end in sentences(text, self.language))

    @cached_property
    def questions(self) -> tuple[str, ...]:
        """The sentences that plainly ask for an answer.

        What asks everybody (「御質問はございませんか」) conducts the meeting and is no question, nor is a wish.
        """
        rhetorical = cues(self.language).answers_itself
        followed = zip(self.sentences, (*self.sentences[1:], ""), strict=False)
        return tuple(
            s for s, after in followed if asks_as(s, self.who, self.language) and not rhetorical.search(after)
        )

    @cached_property
    def suggestions(self) -> tuple[str, ...]:
        """The sentences that are a wish or an opinion that may be answered."""
        if self.rule:
            return ()
        table = cues(self.language)
        return tuple(s for s in self.sentences if s not in self.questions and _suggests(s, self.who, table))

    @cached_property
    def rule(self) -> str | None:
        """Why the turn does nothing but conduct the meeting, or None where it has something to say."""
        return None if self.questions else _conduct(self.sentences, self._ruled, self.who, cues(self.language))

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules of those of its sentences that conduct the meeting."""
        return tuple(filter(None, self._ruled))

    @cached_property
    def _ruled(self) -> tuple[str | None, ...]:
        table = cues(self.language)
        return tuple(_rule(sentence, self.who, table) for sentence in self.sentences)

    @property
    def first(self) -> str:
        """The first sentence; empty where nothing was said."""
        return self.sentences[0] if self.sentences else ""

    @property
    def puts_question(self) -> bool:
        """Tell whether the turn puts a question to somebody: what others ask in passing is mostly rhetoric."""
        return bool(self.questions) and (self.who in ASKING | CALLING or self.ends_asking)

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


def asks_as(sentence: str, who: Role | None, language: str) -> bool:
    """Tell whether a sentence asks somebody for an answer, spoken by one of that role."""
    table = cues(language)
    if not asks(sentence, language):
        return False
    if who in ASKING:
        return not table.asks_leave.search(sentence)
    if table.collective.search(sentence):
        return False
    rule = first_rule(table.procedural, bare(sentence)) if who is None or who in CALLING else None
    return rule != "handover" if who is None else rule not in table.presiding


def _conduct(spoken: Sequence[str], ruled: Sequence[str | None], who: Role | None, table: Cues) -> str | None:
    """Return the rule by which sentences without a question only conduct the meeting, or None."""
    if not spoken:
        return "stage-direction"
    total = sum(map(len, spoken))
    if who not in CALLING and total > LONGEST_CONDUCT:
        return None
    rules = sorted(filter(None, ruled), key=lambda rule: rule in table.anybodys)
    views = any(table.opinion.search(s) for s, rule in zip(spoken, ruled, strict=True) if not rule)
    if who == "presider" and not views:
        return rules[0] if rules else "presiding"
    least = CONDUCT.get(who or "", CONDUCT_OF_OTHERS)
    if who == "chair" and not views:
        least = CONDUCT_WITHOUT_OPINION
    conduct = sum(len(sentence) for sentence, rule in zip(spoken, ruled, strict=True) if rule)
    return rules[0] if rules and conduct >= least * total else None


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
