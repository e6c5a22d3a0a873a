"""A digest scored against a gold made by hand: links, comments, unanswered questions and coverage.

A link is (question turn, answer turn). Gold turns are counted from 1 within their section; they are matched to the
digest's by place where the section has as many, else by the longest common sequence of speakers. What a gold does not
judge, or what there is none of on either side, has no score: it is said, and never counted as 0 or 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from minutes_llm.checking.quotes import folded
from minutes_llm.errors import DigestError
from minutes_llm.model.digest import Digest, SectionDigest

KINDS = ("links", "comments", "unanswered")


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of what was found rightly, found wrongly, and missed; of nothing there is no rate."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @property
    def precision(self) -> float | None:
        """The share of what was found that is right, or None."""
        return _share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> float | None:
        """The share of what there is that was found, or None."""
        return _share(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """The harmonic mean of precision and recall, or None."""
        return _share(2 * self.right, 2 * self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class SectionScore:
    """The scores of one section by kind, and how many of its turns the digest accounts for."""

    document: str
    heading: str
    scores: Mapping[str, Score]
    turns: int
    accounted: int


def parse_gold(text: str, name: str) -> dict[str, Any]:
    """Return a gold; raise DigestError naming what is missing where a text is none."""
    try:
        gold = json.loads(text)
        for section in gold["sections"]:
            for key in ("heading_contains", "turns", "links"):
                section[key]
    except (json.JSONDecodeError, RecursionError) as error:
        raise DigestError(f"{name}: not JSON ({error})") from None
    except (KeyError, TypeError) as error:
        raise DigestError(f"{name}: not a gold ({error}); see tests/golds/README.md for its shape") from None
    result: dict[str, Any] = gold
    return result


def evaluate(digest: Digest, gold: Mapping[str, Any]) -> tuple[SectionScore, ...]:
    """Return the scores of each section that a gold judges."""
    name = str(gold.get("document", digest.source.name))
    return tuple(_section_score(digest, section, name) for section in gold["sections"])


def total(scores: Iterable[SectionScore]) -> SectionScore:
    """Return the scores of many sections as one, counts added up."""
    scores = tuple(scores)
    kinds = {kind: sum((s.scores[kind] for s in scores if kind in s.scores), Score()) for kind in KINDS}
    return SectionScore("", "", kinds, sum(s.turns for s in scores), sum(s.accounted for s in scores))


def _section_score(digest: Digest, gold: Mapping[str, Any], document: str) -> SectionScore:
    found = _find(digest, gold["heading_contains"])
    entries = [entry for entry in digest.ledger if found and entry.turn.startswith(f"{found.id}t")]
    number = _numbering([e.turn for e in entries], [e.speaker for e in entries], gold["turns"])
    expected = {
        "links": {(question, answer) for question, answer in gold["links"]},
        **{kind: set(gold[kind]) for kind in KINDS[1:] if kind in gold},
    }
    made = _made(found, number) if found else {kind: set() for kind in KINDS}
    return SectionScore(
        document,
        gold["heading_contains"],
        {kind: _score(made[kind], wanted) for kind, wanted in expected.items()},
        len(gold["turns"]),
        sum(entry.outcome != "unaccounted" for entry in entries),
    )


def _find(digest: Digest, heading: str) -> SectionDigest | None:
    wanted = folded(heading)
    spoken = {entry.turn.partition("t")[0] for entry in digest.ledger}
    with_turns = [section for section in digest.sections if section.id in spoken]
    return next((section for section in with_turns if wanted in folded(section.heading)), None)


def _numbering(
    turns: Sequence[str], speakers: Sequence[str | None], gold: Sequence[Mapping[str, Any]]
) -> dict[str, int]:
    """Return for each turn of the digest its number in the gold."""
    if len(turns) == len(gold):
        return {turn: number for number, turn in enumerate(turns, 1)}
    theirs = [folded(turn.get("speaker") or "") for turn in gold]
    ours = [folded(speaker or "") for speaker in speakers]
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return {turns[b.a + k]: b.b + k + 1 for b in blocks for k in range(b.size)}


def _made(section: SectionDigest, number: Mapping[str, int]) -> dict[str, set[Any]]:
    """Return what a digest holds, in the gold's numbers; a turn that has none counts as wrong."""

    def known(turn: str) -> int | str:
        return number.get(turn, turn)

    links = {
        (known(question), known(answer))
        for pair in section.pairs
        for each in pair.answers
        for question in pair.question.turns
        for answer in each.turns
    }
    unanswered = {known(turn) for pair in section.pairs if not pair.answers for turn in pair.question.turns}
    return {
        "links": links,
        "comments": {known(turn) for comment in section.comments for turn in comment.turns},
        "unanswered": unanswered - {question for question, _ in links},
    }


def _score(made: set[Any], wanted: set[Any]) -> Score:
    return Score(len(made & wanted), len(made - wanted), len(wanted - made))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
