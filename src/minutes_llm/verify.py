"""A model's answer borne out: turn ids known, quotations located, speakers looked up.

What the model cited and code could not find is left out of the evidence and reported as a fault, for the model to
mend. A speaker is never taken from the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minutes_llm.checking.quotes import Spoken, spoken
from minutes_llm.model import Draft, Evidence, Finding, Pair, Section, SectionDigest, Sentence, Statement, Turn


def verify(answer: Mapping[str, Any], section: Section, source: str) -> Draft:
    """Return the digest that a valid answer to the section prompt amounts to, and what in it code could not find."""
    verifier = _Verifier(section, source)
    digest = verifier.digest(answer)
    return Draft(digest, tuple(verifier.faults))


def known_turns(cited: Iterable[str], section: Section) -> tuple[str, ...]:
    """Return the turns that ids name, a passage's id standing for its turn; unknown and repeated ids are left out."""
    owner = {turn.id: turn.id for turn in section.turns}
    owner |= {passage.id: turn.id for turn in section.turns for passage in turn.passages}
    return tuple(dict.fromkeys(owner[turn] for turn in cited if turn in owner))


class _Verifier:
    """Walks one answer; collects faults as it goes."""

    def __init__(self, section: Section, source: str) -> None:
        self.section = section
        self.source = source
        self.turns = {turn.id: turn for turn in section.turns}
        self.said: dict[str, Spoken] = {}
        self.faults: list[Finding] = []

    def digest(self, answer: Mapping[str, Any]) -> SectionDigest:
        name = self.section.id
        points = tuple(self.statement(f"{name}k{n}", value) for n, value in enumerate(answer["points"], 1))
        pairs = tuple(self.pair(f"{name}p{n}", value) for n, value in enumerate(answer["pairs"], 1))
        comments = tuple(self.statement(f"{name}c{n}", value) for n, value in enumerate(answer["comments"], 1))
        summary = tuple(self.sentence(value) for value in answer["summary"])
        return SectionDigest(name, self.section.heading, "ok", summary, points, pairs, comments)

    def sentence(self, value: Mapping[str, Any]) -> Sentence:
        for turn in value["turns"]:
            if not known_turns([turn], self.section):
                self.fault("unknown-turn", None, turn=turn)
        return Sentence(value["text"].strip(), known_turns(value["turns"], self.section))

    def pair(self, item: str, value: Mapping[str, Any]) -> Pair:
        answers = tuple(self.statement(f"{item}a{n}", each) for n, each in enumerate(value["answers"], 1))
        question = self.statement(f"{item}q", value["question"])
        return Pair(item, value["topic"].strip(), question, answers, tuple(part.strip() for part in value["open"]))

    def statement(self, item: str, value: Mapping[str, Any]) -> Statement:
        evidence = tuple(
            found for cited in value["evidence"] if (found := self.evidence(item, cited["turn"], cited["quote"]))
        )
        turns = known_turns((cited["turn"] for cited in value["evidence"]), self.section)
        return Statement(item, value["text"].strip(), turns, speakers(turns, self.section), evidence)

    def evidence(self, item: str, cited: str, quote: str) -> Evidence | None:
        turns = known_turns([cited], self.section)
        if not turns:
            self.fault("unknown-turn", item, turn=cited)
            return None
        found = self.spoken(turns[0]).locate(quote)
        if found is None:
            other = next((turn for turn in self.turns if self.spoken(turn).locate(quote)), None)
            self.fault("quote-not-found", item, turn=turns[0], quote=quote, elsewhere=other or "")
        return found

    def spoken(self, turn: str) -> Spoken:
        """Return what was said in a turn, read once."""
        if turn not in self.said:
            self.said[turn] = spoken(self.turns[turn], self.source)
        return self.said[turn]

    def fault(self, code: str, item: str | None, **values: str) -> None:
        turn = values["turn"] if known_turns([values["turn"]], self.section) else None
        pairs = tuple(values.items())
        self.faults.append(Finding(code, "warning", pairs, section=self.section.id, turn=turn, item=item))


def speakers(turns: Iterable[str], section: Section) -> tuple[str, ...]:
    """Return the labels of turns, each once, in order; turns without a label add none."""
    by_id: dict[str, Turn] = {turn.id: turn for turn in section.turns}
    labels = (by_id[turn].speaker for turn in turns)
    return tuple(dict.fromkeys(label for label in labels if label))
