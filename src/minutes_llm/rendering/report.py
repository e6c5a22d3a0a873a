"""What `check` and `evaluate` found, as text for a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_llm.checking.report import Rate, Report
from minutes_llm.evaluation import SectionScore, total
from minutes_llm.model.minutes import Finding
from minutes_llm.wording import message


def report_text(report: Report, language: str, below: Sequence[Rate]) -> str:
    """Return the findings of a check, a line each, and the rates."""
    lines = [_finding(finding, language) for finding in report.findings]
    lines += [_rate(rate, rate in below) for rate in report.rates]
    return "\n".join(lines) + "\n"


def _finding(finding: Finding, language: str) -> str:
    where = finding.item or finding.turn or finding.section or ""
    return f"{finding.severity:<8}{where:<10}{finding.code}: {message(finding, language)}"


def _rate(rate: Rate, is_below: bool) -> str:
    share = "nothing to check" if rate.share is None else f"{rate.share:.1%}"
    return f"{rate.kind:<12}{rate.good}/{rate.total}  {share}{'  below the threshold' if is_below else ''}"


def scores_text(scores: Sequence[SectionScore]) -> str:
    """Return scores against golds, a line a section and kind, and the total."""
    lines = [line for score in scores for line in _section(score, f"{score.document}  {score.heading[:40]}")]
    return "\n".join([*lines, *_section(total(scores), "all")]) + "\n"


def _section(score: SectionScore, name: str) -> Iterator[str]:
    yield name
    for kind, counts in score.scores.items():
        rates = (("P", counts.precision), ("R", counts.recall), ("F1", counts.f1))
        yield f"  {kind:<12}" + "  ".join(_percent(letter, value) for letter, value in rates)
    yield f"  turns       {score.accounted}/{score.turns} accounted for"


def _percent(name: str, value: float | None) -> str:
    return f"{name} {'not scoreable' if value is None else f'{value:.1%}'}"
