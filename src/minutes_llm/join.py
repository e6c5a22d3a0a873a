"""The drafts of a section's parts as one digest, with ids of its own, and exchanges that a cut had parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from minutes_llm.discourse import links
from minutes_llm.model.digest import Draft, Pair, SectionDigest
from minutes_llm.model.minutes import Section


def joined(drafts: Sequence[Draft], section: Section, language: str) -> Draft:
    """Return several drafts as one. It has failed where one of them has, and keeps what the others came to."""
    if len(drafts) == 1:
        return drafts[0]
    parted = _reunited([draft.digest for draft in drafts], section, language)
    renumbered = _Renumbering(section.id)
    digests = [renumbered.digest(digest) for digest in parted]
    failed = next((digest for digest in digests if digest.status == "failed"), None)
    whole = SectionDigest(
        section.id,
        section.heading,
        "failed" if failed else "ok",
        tuple(sentence for digest in digests for sentence in digest.summary),
        tuple(point for digest in digests for point in digest.points),
        tuple(pair for digest in digests for pair in digest.pairs),
        tuple(comment for digest in digests for comment in digest.comments),
        failed.reason if failed else None,
    )
    findings = tuple(replace(finding, item=None) for draft in drafts for finding in draft.findings)
    return Draft(whole, findings)


def _reunited(digests: Sequence[SectionDigest], section: Section, language: str) -> list[SectionDigest]:
    """Give a question the answers that the next part could only take for comments."""
    answering = {link.question: set(link.answers) for link in links(section, language)}
    result = list(digests)
    for earlier, digest in enumerate(digests[:-1]):
        pairs = []
        for pair in digest.pairs:
            expected = {answer for turn in pair.question.turns for answer in answering.get(turn, ())}
            late = [c for c in result[earlier + 1].comments if expected & set(c.turns)]
            pairs.append(replace(pair, answers=(*pair.answers, *late), open=()) if late else pair)
            rest = tuple(c for c in result[earlier + 1].comments if c not in late)
            result[earlier + 1] = replace(result[earlier + 1], comments=rest)
        result[earlier] = replace(result[earlier], pairs=tuple(pairs))
    return result


class _Renumbering:
    """Gives statements the ids that their place in the whole section says."""

    def __init__(self, section: str) -> None:
        self.section = section
        self.counts: dict[str, int] = {}

    def next(self, kind: str) -> str:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        return f"{self.section}{kind}{self.counts[kind]}"

    def digest(self, digest: SectionDigest) -> SectionDigest:
        return replace(
            digest,
            points=tuple(replace(point, id=self.next("k")) for point in digest.points),
            pairs=tuple(self.pair(pair) for pair in digest.pairs),
            comments=tuple(replace(comment, id=self.next("c")) for comment in digest.comments),
        )

    def pair(self, pair: Pair) -> Pair:
        item = self.next("p")
        answers = tuple(replace(answer, id=f"{item}a{n}") for n, answer in enumerate(pair.answers, 1))
        return replace(pair, id=item, question=replace(pair.question, id=f"{item}q"), answers=answers)
