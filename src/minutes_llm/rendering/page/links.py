"""Which items of a digest lead to which turns of its source, and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from minutes_llm.model.digest import Digest, Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Finding, Minutes
from minutes_llm.rendering.page.source_pane import Mark


def anchor(name: str) -> str:
    """Return an id as one that can stand in an attribute, a fragment and a list: ASCII letters, digits and `_`.

    It has no hyphen, which the page's own ids all have, so that no item can take the place of one of them.
    """
    return re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", name)


def turn_anchor(turn: str) -> str:
    """Return the anchor of a turn in the source."""
    return f"turn-{anchor(turn)}"


def sentence_anchor(section: str, index: int) -> str:
    """Return the anchor of a sentence of a section's summary."""
    return f"{anchor(section)}-summary-{index}"


def finding_anchor(index: int) -> str:
    """Return the anchor of a finding, by its place among all findings."""
    return f"finding-{index}"


def statements(digest: Digest) -> Iterator[Statement]:
    """Yield every statement of a digest in the order it is shown in."""
    for section in digest.sections:
        yield from section.points
        for pair in section.pairs:
            yield pair.question
            yield from pair.answers
        yield from section.comments


def numbers(digest: Digest, minutes: Minutes | None) -> dict[str, int]:
    """Return the number of each turn, counted from one through the document."""
    said = [turn.id for section in minutes.sections for turn in section.turns] if minutes else []
    return {turn: at for at, turn in enumerate(dict.fromkeys([*said, *(e.turn for e in digest.ledger)]), 1)}


def made_of(digest: Digest) -> dict[str, list[str]]:
    """Return for each turn the anchors of the statements and sentences that rest on it, in order."""
    made: dict[str, dict[str, None]] = {}
    for statement in statements(digest):
        for turn in (*statement.turns, *(evidence.turn for evidence in statement.evidence)):
            made.setdefault(turn, {})[anchor(statement.id)] = None
    for section in digest.sections:
        for at, sentence in enumerate(section.summary):
            for turn in sentence.rests_on:
                made.setdefault(turn, {})[sentence_anchor(section.id, at)] = None
    return {turn: list(items) for turn, items in made.items()}


def marks(digest: Digest, findings: Sequence[Finding]) -> Iterator[Mark]:
    """Yield every stretch of the source that a statement quotes or a finding points at."""
    for statement in statements(digest):
        for evidence in statement.evidence:
            yield Mark(evidence.start, evidence.end, anchor(statement.id))
    for at, finding in enumerate(findings):
        if finding.start is not None and finding.end is not None:
            yield Mark(finding.start, finding.end, finding_anchor(at))


def twins(translation: Digest | None) -> Mapping[str, Statement | Pair | SectionDigest]:
    """Return the items of a translation by the id that they share with the original."""
    if translation is None:
        return {}
    found: dict[str, Statement | Pair | SectionDigest] = {item.id: item for item in statements(translation)}
    for section in translation.sections:
        found |= {pair.id: pair for pair in section.pairs}
        found[section.id] = section
    return found


def sentences(one: Sequence[Sentence], other: Sequence[Sentence]) -> list[tuple[Sentence, Sentence | None]]:
    """Return each sentence with the one that translates it, which is the one at its place."""
    return [(sentence, other[at] if at < len(other) else None) for at, sentence in enumerate(one)]
