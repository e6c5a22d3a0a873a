"""The whole pipeline, on one page: minutes in, one digest out, by a model or by rule alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from minutes_llm import __version__
from minutes_llm.asking import Asking, Unanswered, inquire, values_of
from minutes_llm.checking.ledger import ledger
from minutes_llm.checking.rules import overview_findings, section_findings, to_tell
from minutes_llm.languages import words
from minutes_llm.model.digest import Digest, Draft, Provenance, SectionDigest, Sentence, SourceName
from minutes_llm.model.minutes import Finding, Minutes
from minutes_llm.prompts import fence
from minutes_llm.section import digest_section
from minutes_llm.wording import complaint, failure
from minutes_llm.work import Work, disown, metered, together

Overview = tuple[tuple[Sentence, ...], tuple[Finding, ...]]


def digest_minutes(minutes: Minutes, asking: Asking, engine: str, model: str) -> Work[Digest]:
    """Return the digest of minutes as a model makes it; the sections are asked side by side, the overview last."""
    (drafts, overview), usage = yield from metered(_asked(minutes, asking))
    provenance = Provenance(engine, __version__, model, asking.prompts.hashes())
    return replace(_assembled(minutes, drafts, overview, provenance), usage=usage)


def extract_minutes(minutes: Minutes) -> Digest:
    """Return the digest of minutes by rule alone; it has no overview."""
    from minutes_llm import extractive

    drafts = []
    for section in minutes.sections:
        digest = extractive.digest_section(section, minutes)
        drafts.append(Draft(digest, section_findings(digest, section, minutes)))
    return _assembled(minutes, drafts, ((), ()), Provenance("extractive", __version__))


def _asked(minutes: Minutes, asking: Asking) -> Work[tuple[tuple[Draft, ...], Overview]]:
    drafts = yield from together(digest_section(section, minutes, asking) for section in minutes.sections)
    digests = [draft.digest for draft in drafts if draft.digest.summary]
    overview: Overview = ((), ())
    if digests:
        overview = yield from _overview(digests, minutes, asking)
    return drafts, overview


def _overview(digests: Sequence[SectionDigest], minutes: Minutes, asking: Asking) -> Work[Overview]:
    gap = words(minutes.language).SENTENCE_GAP
    lines = "\n".join(
        f"[{digest.id}] {digest.heading}\n{gap.join(sentence.text for sentence in digest.summary)}"
        for digest in digests
    )
    known = {digest.id for digest in digests}

    def judge(answer: Mapping[str, Any]) -> tuple[Overview, list[str]]:
        sentences = tuple(
            Sentence(each["text"].strip(), tuple(dict.fromkeys(s for s in each["sections"] if s in known)))
            for each in answer["overview"]
        )
        found = overview_findings(sentences, digests, minutes)
        return (sentences, found), [complaint(finding, minutes.language) for finding in to_tell(found)]

    values = values_of(minutes, sections=lines, fence=fence(lines))
    overview = yield from inquire(asking.prompts["overview"], values, "overview", asking, judge)
    if isinstance(overview, Unanswered):
        yield from disown(overview.requests)
        reason = failure(overview.finish, overview.detail, minutes.language)
        return (), (Finding("overview-failed", "warning", (("reason", reason),)),)
    return overview


def _assembled(minutes: Minutes, drafts: Sequence[Draft], overview: Overview, provenance: Provenance) -> Digest:
    sections = tuple(draft.digest for draft in drafts)
    source = minutes.source
    return Digest(
        SourceName(source.name, source.sha256, len(source.text), source.encoding),
        minutes.language,
        minutes.meeting,
        overview[0],
        sections,
        ledger(minutes, sections),
        (*minutes.findings, *overview[1], *(finding for draft in drafts for finding in draft.findings)),
        provenance,
    )
