"""A model's answer borne out: turn ids known, quotations located, speakers looked up.

What the model cited and code could not find is left out of the evidence and reported as a fault, for the model to
mend. A speaker is never taken from the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from minutes_llm.checking.quotes import Transcript
from minutes_llm.model.digest import Draft, Evidence, Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Finding, Section


def verify(answer: Mapping[str, Any], section: Section, source: str) -> Draft:
    """Return the digest that a valid answer to the section prompt amounts to, and what in it code could not find."""
    verifier = _Verifier(section, source)
    digest = verifier.digest(answer)
    return Draft(digest, tuple(verifier.faults))


def owners(section: Section) -> dict[str, str]:
    """Return the turn that each id of a section names, a passage's id standing for its turn."""
    known = {turn.id: turn.id for turn in section.turns}
    return known | {passage.id: turn.id for turn in section.turns for passage in turn.passages}


def known_turns(cited: Iterable[str], owner: Mapping[str, str]) -> tuple[str, ...]:
    """Return the turns that ids name, each once, in order; ids without an owner are left out."""
    return tuple(dict.fromkeys(owner[turn] for turn in cited if turn in owner))


class _Verifier:
    """Walks one answer; collects faults as it goes."""

    def __init__(self, section: Section, source: str) -> None:
        self.section = section
        self.said = Transcript(section.turns, source)
        self.owner = owners(section)
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
            if turn not in self.owner:
                self.fault("unknown-turn", None, turn=turn)
        return Sentence(value["text"].strip(), known_turns(value["turns"], self.owner))

    def pair(self, item: str, value: Mapping[str, Any]) -> Pair:
        answers = tuple(self.statement(f"{item}a{n}", each) for n, each in enumerate(value["answers"], 1))
        question = self.statement(f"{item}q", value["question"])
        return Pair(item, value["topic"].strip(), question, answers, tuple(part.strip() for part in value["open"]))

    def statement(self, item: str, value: Mapping[str, Any]) -> Statement:
        evidence = tuple(
            found for cited in value["evidence"] if (found := self.evidence(item, cited["turn"], cited["quote"]))
        )
        turns = known_turns((cited["turn"] for cited in value["evidence"]), self.owner)
        return Statement(item, value["text"].strip(), turns, self.said.speakers(turns), evidence)

    def evidence(self, item: str, cited: str, quote: str) -> Evidence | None:
        turn = self.owner.get(cited)
        if turn is None:
            self.fault("unknown-turn", item, turn=cited)
            return None
        found = self.said.spoken(turn).locate(quote)
        if found is None:
            other = next((each for each in self.said.turns if self.said.spoken(each).locate(quote)), None)
            self.fault("quote-not-found", item, turn=turn, quote=quote, elsewhere=other or "")
        return found

    def fault(self, code: str, item: str | None, **values: str) -> None:
        turn = values["turn"] if values["turn"] in self.owner else None
        pairs = tuple(values.items())
        self.faults.append(Finding(code, "warning", pairs, section=self.section.id, turn=turn, item=item))
