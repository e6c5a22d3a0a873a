"""One section's story: plan its parts, ask each, split what was too long, join what came back.

Pure: it yields requests and is sent replies (see `work`). What failed for good is returned as a section that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from minutes_llm.asking import Asking, Unanswered, inquire, values_of
from minutes_llm.checking.rules import section_findings, to_tell
from minutes_llm.model.digest import Draft, SectionDigest, Sentence
from minutes_llm.model.minutes import Finding, Minutes, Section
from minutes_llm.plan import Part, halves, plan
from minutes_llm.prompts import fence
from minutes_llm.verify import known_turns, owners, verify
from minutes_llm.wording import complaint, failure
from minutes_llm.work import Work, disown, together


def digest_section(section: Section, minutes: Minutes, asking: Asking) -> Work[Draft]:
    """Return the digest of a section, and what is to be said of it."""
    parts = plan(section, minutes.language, asking.budget)
    if not parts:
        return Draft(SectionDigest(section.id, section.heading, "empty"))
    asked = _Asked(section, minutes, asking)
    names = [section.id if len(parts) == 1 else f"{section.id} {n}/{len(parts)}" for n in range(1, len(parts) + 1)]
    nested = yield from together(asked.digest(part, name) for part, name in zip(parts, names, strict=True))
    judged = [each for inner in nested for each in inner]
    if len(judged) == 1:
        return Draft(judged[0].draft.digest, (*judged[0].draft.findings, *judged[0].findings))
    from minutes_llm.join import joined  # most sections are asked in one part

    whole = joined([each.draft for each in judged], section, minutes.language)
    digest = whole.digest
    if digest.summary:
        digest = replace(digest, summary=(yield from asked.summary(digest)))
    return Draft(digest, (*whole.findings, *section_findings(digest, section, minutes)))


class _Judged(NamedTuple):
    """What a part came to, and what the rules find in it as long as it is the whole section."""

    draft: Draft
    findings: tuple[Finding, ...] = ()


class _Asked(NamedTuple):
    """How one section is asked about."""

    section: Section
    minutes: Minutes
    asking: Asking

    def digest(self, part: Part, name: str) -> Work[tuple[_Judged, ...]]:
        """Return what a part came to, or its halves where it was too long."""
        turns = _spoken_lines(part)
        values = self.values(turns=turns, fence=fence(turns))
        section = replace(self.section, turns=tuple(dict.fromkeys(piece.turn for piece in part)))

        def judge(answer: Mapping[str, Any]) -> tuple[_Judged, list[str]]:
            verified = verify(answer, section, self.minutes.source.text)
            found = section_findings(verified.digest, section, self.minutes)
            told = (*verified.findings, *to_tell(found))
            return _Judged(verified, found), [complaint(finding, self.minutes.language) for finding in told]

        judged = yield from inquire(self.asking.prompts["section"], values, name, self.asking, judge)
        if isinstance(judged, _Judged):
            return (judged,)
        two = halves(part) if judged.finish in ("length", "overflow") else None
        if two is None:
            yield from disown(judged.requests)
            return (_Judged(self.failed(judged)),)
        both = yield from together(self.digest(half, name + letter) for half, letter in zip(two, "ab", strict=True))
        return both[0] + both[1]

    def summary(self, digest: SectionDigest) -> Work[tuple[Sentence, ...]]:
        """Return the summary of the whole section made from its parts', or theirs where none could be made."""
        lines = "\n".join(f"[{' '.join(sentence.rests_on)}] {sentence.text}" for sentence in digest.summary)
        owner = owners(self.section)

        def judge(answer: Mapping[str, Any]) -> tuple[tuple[Sentence, ...], list[str]]:
            sentences = tuple(
                Sentence(each["text"].strip(), known_turns(each["turns"], owner)) for each in answer["summary"]
            )
            found = section_findings(replace(digest, summary=sentences), self.section, self.minutes)
            told = to_tell(tuple(finding for finding in found if finding.item == f"{digest.id}s"))
            return sentences, [complaint(finding, self.minutes.language) for finding in told]

        values = self.values(sentences=lines, fence=fence(lines))
        name = f"{self.section.id} summary"
        sentences = yield from inquire(self.asking.prompts["parts"], values, name, self.asking, judge)
        if isinstance(sentences, Unanswered):
            yield from disown(sentences.requests)
            return digest.summary
        return sentences

    def values(self, **values: str) -> dict[str, str]:
        return values_of(self.minutes, heading=self.section.heading or "-", **values)

    def failed(self, why: Unanswered) -> Draft:
        reason = failure(why.finish, why.detail, self.minutes.language)
        digest = SectionDigest(self.section.id, self.section.heading, "failed", reason=reason)
        return Draft(digest, (Finding("section-failed", "error", (("reason", reason),), section=self.section.id),))


def _spoken_lines(part: Part) -> str:
    """Return the turns of a part as the prompt shows them: `[s1t1] speaker: text`, passages on lines of their own."""
    lines: list[str] = []
    for piece in part:
        turn = piece.turn
        label = f"[{turn.id}] {turn.speaker}:" if turn.speaker else f"[{turn.id}]"
        if turn.passages and piece.text == turn.text:
            lines += [label, *(f"[{passage.id}] {passage.text}" for passage in turn.passages)]
        else:
            lines.append(f"{label} {piece.text}")
    return "\n".join(lines)
