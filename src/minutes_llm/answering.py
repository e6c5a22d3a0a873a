"""The signs that tie a turn to a question: who may answer it, who takes it up, who adds to its answer.

Nothing here reads in order: each sign is told of one turn and one question, with what the whole section says at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from minutes_llm.acts import Act
from minutes_llm.alignment import shared, weights
from minutes_llm.languages.cues import ANSWERING, ASKING, CALLING, HEAD, bare, cues, first_rule, grams, names, role

CLEAR = 0.12
"""So much of what a question tells makes it likely, in a turn, that the turn speaks of it."""

SURE = 0.2
"""So much of it makes that certain, even where the talk has gone on since."""


@dataclass(slots=True)
class Question:
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


class Signs:
    """What is known of a section: what each turn speaks of, how much each word tells, and who speaks after whom.

    `staffed` tells whether somebody is there to answer, `marked` whether the document's own marks show the replies.
    """

    def __init__(self, acts: Sequence[Act], language: str) -> None:
        self.language = language
        self.words = {deed.turn.id: grams(deed.turn.text, language) for deed in acts}
        self.told = weights([deed.turn.text for deed in acts if not deed.rule], language)
        self.followed = {deed.turn.id: after for deed, after in zip(acts, acts[1:], strict=False)}
        self.staffed = any(deed.who in ANSWERING for deed in acts)
        self.marked = any(deed.turn.replies_to and deed.who != "answerer" for deed in acts)

    def joins(self, deed: Act) -> bool:
        """Tell whether a turn says that it asks about the same matter as the one before."""
        return any(cues(self.language).joins.search(sentence[:HEAD]) for sentence in deed.sentences[:2])

    def together(self, deed: Act) -> bool:
        """Tell whether a turn says that it answers several questions."""
        return bool(cues(self.language).together.search(deed.turn.text[:HEAD]))

    def singles_out(self, deed: Act, waiting: Sequence[Question]) -> bool:
        """Tell whether every sentence of an answer speaks of one of the questions, and none of some of them."""
        owners = {self.owner(sentence, waiting) for sentence in deed.sentences}
        return None not in owners and len(owners) < len(waiting)

    def owner(self, sentence: str, waiting: Sequence[Question]) -> int | None:
        """Return the place of the one question that a sentence is nearest to; None where there is no such one."""
        said = grams(sentence, self.language)
        scores = [shared(question.words, said, self.told) for question in waiting]
        best = max(scores)
        return scores.index(best) if best and scores.count(best) == 1 else None

    def goes_on(self, deed: Act) -> bool:
        """Tell whether somebody there to answer speaks next, who may take the other questions."""
        after = self.followed.get(deed.turn.id)
        return after is not None and after.who in ANSWERING and not after.rule

    def asks_back(self, deed: Act, question: Question) -> bool:
        """Tell whether a turn asks what was meant, before it says anything, and is told by the one who asked."""
        after = self.followed.get(deed.turn.id)
        if (
            after is None
            or after.ends_asking
            or not after.turn.speaker == question.act.turn.speaker != deed.turn.speaker
        ):
            return False
        confirmed = deed.first in deed.suggestions and first_rule(cues(self.language).procedural, bare(after.first))
        return deed.first in deed.questions or confirmed == "consent"

    def may_answer(self, deed: Act, question: Question) -> bool:
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
        return deed.who not in ANSWERING and bool(cues(self.language).own_matter.search(deed.first[:HEAD]))

    def chair_may_answer(self, deed: Act, question: Question) -> bool:
        """Tell whether a chair may be answering: where officers are there, only by a refusal or a clear reply."""
        table = cues(self.language)
        if table.declines.search(deed.turn.text):
            return True
        if deed.questions or deed.suggestions or question.act.who in CALLING:
            return False
        begins = not self.staffed or table.replies.search(deed.first) is not None
        return begins and self.near(deed, question) >= SURE

    def may_be_asked(self, deed: Act, question: Question) -> bool:
        """Tell whether a question may be put to somebody of the asking side."""
        asker = question.act
        if asker.who in ASKING or (asker.who in CALLING and self.staffed and self.near(deed, question) < CLEAR):
            by_name = any(names(sentence, deed.turn.speaker, self.language) for sentence in asker.questions)
            return by_name or not self.staffed
        return True

    def takes_up(self, deed: Act, question: Question) -> bool:
        """Tell whether a turn answers a wish or an opinion and does not merely take note of it."""
        if deed.who in ASKING or deed.who in CALLING or deed.questions or self.only_notes(deed):
            return False
        if deed.who in ANSWERING:
            return question.act.who not in ANSWERING
        begins = cues(self.language).replies.search(deed.first) is not None
        return begins and (question.act.only_suggests or self.near(deed, question) >= CLEAR)

    def only_notes(self, deed: Act) -> bool:
        """Tell whether a turn merely takes note of what was said."""
        table = cues(self.language)
        return all(
            table.acknowledges.search(bare(sentence))
            or first_rule(table.procedural, bare(sentence)) not in (None, "consent")
            for sentence in deed.sentences
        )

    def rejoins(self, before: Act, deed: Act) -> bool:
        """Tell whether a turn replies to a statement: it says so, or an officer speaks right after it."""
        table, head = cues(self.language), deed.turn.text[:HEAD]
        if table.answering.search(head):
            return True
        if self.only_notes(deed):
            return False
        if table.rejoins.search(head):
            return True
        if table.about.search(head) and grams(head, self.language) & self.words[before.turn.id]:
            return True
        if self.followed[before.turn.id] is not deed or table.presents.search(head):
            return False
        near = shared(self.words[before.turn.id], self.words[deed.turn.id], self.told) >= CLEAR
        return near or role(deed.turn.speaker, self.language) in ANSWERING

    def adds_to(self, deed: Act, question: Question) -> bool:
        """Tell whether somebody else adds to an answer that was just given."""
        known = {answer.turn.speaker for answer in question.answers if not self.anonymous(answer.turn.speaker)}
        if deed.turn.speaker in known or not self.may_answer(deed, question):
            return False
        if question.plain and (deed.who in ANSWERING or self.to_several(question)) and not deed.only_suggests:
            return True
        if self.completes(deed, question) or self.handed_to(deed, question):
            return True
        matter = question.words.union(*(self.words[answer.turn.id] for answer in question.answers))
        adds = cues(self.language).supplements.search(deed.turn.text[:HEAD]) is not None
        return adds and shared(matter, self.words[deed.turn.id], self.told) >= CLEAR

    def to_several(self, question: Question) -> bool:
        """Tell whether a question is put to several people at once."""
        return any(cues(self.language).to_several.search(sentence) for sentence in question.act.questions)

    def handed_to(self, deed: Act, question: Question) -> bool:
        """Tell whether the last answer ended by naming who speaks now (「詳しくは西川から」)."""
        return names(question.answers[-1].turn.text[-HEAD:], deed.turn.speaker, self.language)

    def completes(self, deed: Act, question: Question) -> bool:
        """Tell whether a turn speaks of a part of the question that no answer has touched."""
        if deed.who is not None or len(question.act.questions) < 2 or deed.questions:
            return False
        said = frozenset().union(*(self.words[answer.turn.id] for answer in question.answers))
        left = [own for part in question.act.questions if not (own := grams(part, self.language)) & said]
        return any(own & self.words[deed.turn.id] for own in left)

    def names(self, deed: Act, question: Question) -> bool:
        """Tell whether a turn begins by naming the one who asked."""
        return names(deed.turn.text[:HEAD], question.act.turn.speaker, self.language)

    def near(self, deed: Act, question: Question) -> float:
        """Return how much of what the question tells is in the turn, from 0 to 1."""
        return shared(question.words, self.words[deed.turn.id], self.told)

    def anonymous(self, label: str | None) -> bool:
        """Tell whether a label is shared by several people."""
        return label is None or bool(cues(self.language).anonymous.search(label))
