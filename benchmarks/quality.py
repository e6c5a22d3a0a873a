"""Quality beside it: what the extractive engine makes of every document that has a gold, so that speed bought with
quality is seen."""

from __future__ import annotations

from documents import CHECKOUT
from measure import Goal, Shown, table

from minutes_llm import api
from minutes_llm.engines import extractive
from minutes_llm.evaluation import Score, SectionScore, evaluate, parse_gold, total
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Minutes

FOLDERS = ("fixtures", "tests/golds")


def quality(quick: bool = False) -> Shown:
    """Return links, comments and coverage against the golds, and what `check` finds unsupported."""
    rows: list[list[object]] = []
    scores: list[SectionScore] = []
    unsupported = 0
    for folder in FOLDERS:
        for gold_file in sorted((CHECKOUT / folder).glob("*/gold.json")):
            minutes = api.read(gold_file.with_name("minutes.txt"), force=True)
            digest = api.digest(minutes, extractive())
            gold = parse_gold(gold_file.read_text("utf-8"), gold_file.name)
            found = evaluate(digest, gold)
            doubts = _doubts(digest, minutes)
            rows.append([f"{folder}/{gold_file.parent.name}", *_cells(total(found)), doubts])
            scores += found
            unsupported += doubts
    whole = total(scores)
    rows.append(["**all**", *_cells(whole), unsupported])
    head = ["extractive engine", "links F1", "precision", "recall", "comments F1", "turns accounted", "unsupported"]
    links, coverage = whole.scores["links"].f1 or 0.0, whole.accounted / whole.turns
    goals = (
        Goal("extractive engine: links F1 over all golds", 0.9, links, least=True),
        Goal("extractive engine: turns accounted for", 1.0, coverage, least=True),
        Goal("extractive engine: figures, names, quotations without support", 0, unsupported),
    )
    return Shown(table(head, rows), goals)


def _cells(score: SectionScore) -> list[str]:
    links, comments = score.scores["links"], score.scores.get("comments", Score())
    rates = [links.f1, links.precision, links.recall, comments.f1]
    return [*("–" if rate is None else f"{rate:.3f}" for rate in rates), f"{score.accounted} of {score.turns}"]


def _doubts(digest: Digest, minutes: Minutes) -> int:
    """Return how many figures, names, quotations, statements and speakers the minutes do not bear out."""
    return sum(rate.total - rate.good for rate in api.check(digest, minutes).rates if rate.kind != "turns")


if __name__ == "__main__":
    print(quality().text)
