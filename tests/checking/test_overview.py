"""An overview is held against what its writer was shown: the headings and summaries of the sections it rests on."""

from __future__ import annotations

from building import minutes_of
from minutes_llm.checking.rules import overview_findings
from minutes_llm.model.digest import SectionDigest, Sentence

MINUTES = minutes_of([("委員", "賛成である。")], [("委員", "37件の応募があった。")])
DIGESTS = (
    SectionDigest("s1", "令和７年度から５か年の計画について", "ok", (Sentence("賛成の意見があった。", ("s1t1",)),)),
    SectionDigest("s2", "応募状況", "ok", (Sentence("37件の応募があった。", ("s2t1",)),)),
)


def found(text: str, *rests_on: str) -> list[str]:
    """Return the figures and names of an overview's sentence that nothing bears out."""
    findings = overview_findings((Sentence(text, rests_on),), DIGESTS, MINUTES)
    return [dict(finding.values).get("figure", "") for finding in findings if finding.severity == "warning"]


def test_a_figure_of_a_heading_is_borne_out() -> None:
    assert found("５か年の計画に賛成の意見があった。", "s1") == []


def test_a_figure_of_a_summary_is_borne_out_by_that_section_alone() -> None:
    assert found("37件の応募があった。", "s2") == []
    assert found("37件の応募があった。", "s1") == ["37件"]


def test_a_figure_from_nowhere_is_doubted() -> None:
    assert found("６か年の計画に賛成の意見があった。", "s1") == ["６か年"]
