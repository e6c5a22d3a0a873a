"""A digest judged against its source by rule alone: every finding, and rates per kind to be held to thresholds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from minutes_llm.checking.figures import figures
from minutes_llm.checking.ledger import ledger
from minutes_llm.checking.names import names
from minutes_llm.checking.rules import overview_findings, section_findings
from minutes_llm.errors import DigestError
from minutes_llm.model.digest import Digest, Entry, SectionDigest, Statement
from minutes_llm.model.minutes import Finding, Minutes

KINDS = ("quotes", "statements", "speakers", "figures", "names", "turns")
"""What is counted: quotations that stand, statements that one bears out, speakers that are their turn's, figures and
names that the source has, turns accounted for."""

AGAINST = {
    "quotes": {"quote-moved", "unknown-turn"},
    "statements": {"unverified"},
    "speakers": {"wrong-speaker"},
    "figures": {"figure-unsupported"},
    "names": {"name-unknown"},
}
"""The findings that count against each kind."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of a kind are borne out, of how many. Of none there is no rate (`share` is None)."""

    kind: str
    good: int
    total: int

    @property
    def share(self) -> float | None:
        """The share borne out, 0 to 1."""
        return self.good / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class Report:
    """What `check` found in a digest: the findings, the rates, and what became of every turn."""

    findings: tuple[Finding, ...]
    rates: tuple[Rate, ...]
    ledger: tuple[Entry, ...]

    def below(self, thresholds: Mapping[str, float]) -> tuple[Rate, ...]:
        """Return the rates that are below their thresholds; a kind without a threshold must be borne out whole."""
        return tuple(
            rate for rate in self.rates if rate.share is not None and rate.share < thresholds.get(rate.kind, 1)
        )


def check_digest(digest: Digest, minutes: Minutes) -> Report:
    """Return what the minutes bear out of a digest. Raises DigestError where it is a digest of another document."""
    if digest.source.sha256 != minutes.source.sha256 and digest.source.characters != len(minutes.source.text):
        raise DigestError(
            f"the digest is of another document: {digest.source.name} ({digest.source.characters:,} characters), "
            f"not {minutes.source.name} ({len(minutes.source.text):,})"
        )
    found = tuple(_findings(digest, minutes))
    entries = ledger(minutes, digest.sections)
    return Report(found, tuple(_rates(digest, found, entries)), entries)


def _findings(digest: Digest, minutes: Minutes) -> Iterator[Finding]:
    yield from overview_findings(digest.overview, digest.sections, minutes, digest.language)
    sections = {section.id: section for section in minutes.sections}
    for made in digest.sections:
        if made.id not in sections:
            yield Finding("unknown-section", "error", (("section", made.id),))
        elif made.status == "failed":
            yield Finding("section-failed", "error", (("reason", made.reason or ""),), section=made.id)
        else:
            yield from section_findings(made, sections[made.id], minutes, digest.language)
    present = {made.id for made in digest.sections}
    for section in minutes.sections:
        if section.id not in present and section.turns:
            yield Finding("section-missing", "error", (("heading", section.heading),), section=section.id)


def _rates(digest: Digest, found: Iterable[Finding], entries: Iterable[Entry]) -> Iterator[Rate]:
    codes = [finding.code for finding in found]
    statements = list(_statements(digest.sections))
    texts = [statement.text for statement in statements]
    texts += [sentence.text for section in digest.sections for sentence in section.summary]
    texts += [sentence.text for sentence in digest.overview]
    totals = {
        "quotes": sum(len(statement.evidence) for statement in statements),
        "statements": len(statements),
        "speakers": sum(len(statement.speakers) for statement in statements),
        "figures": sum(len(figures(text, digest.language)) for text in texts),
        "names": sum(len(names(text, digest.language)) for text in texts),
    }
    for kind, total in totals.items():
        against = sum(code in AGAINST[kind] for code in codes)
        yield Rate(kind, max(0, total - against), max(total, against))
    outcomes = [entry.outcome for entry in entries]
    yield Rate("turns", len(outcomes) - outcomes.count("unaccounted"), len(outcomes))


def _statements(sections: Iterable[SectionDigest]) -> Iterator[Statement]:
    for section in sections:
        yield from (*section.points, *section.comments)
        for pair in section.pairs:
            yield from (pair.question, *pair.answers)
