"""Whatever is altered in a digest, `check` names it, where it stands; on the untouched digest it is silent.

Each digest of a fixture is altered by script in every way that code can decide: a figure, a unit, a date, a name, a
speaker, a turn, a quotation by one character, its offsets, its turn, two answers swapped, a pair deleted.
"""

from __future__ import annotations

import copy
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minutes_llm.api import digest, read
from minutes_llm.checking.report import check_digest
from minutes_llm.engines import extractive
from minutes_llm.exchange.reading import parse_digest
from minutes_llm.exchange.writing import digest_json
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Minutes

FIXTURES = Path(__file__).parents[2] / "fixtures"
NAMES = ("regional-data", "harbour-board", "city-assembly")
Json = dict[str, Any]
Tamper = Callable[[Json, Digest], Iterator[str]]
"""Alters a digest in one place at a time; yields, each time, where that is to be found, and mends it again."""


def statements(value: Json) -> Iterator[Json]:
    for section in value["sections"]:
        yield from (*section["points"], *section["comments"])
        for pair in section["pairs"]:
            yield from (pair["question"], *pair["answers"])


def rewrite(
    pattern: str, replacement: str | Callable[[re.Match[str]], str]
) -> Callable[[Json, Digest], Iterator[str]]:
    """Return a tampering that rewrites the first place a pattern has in each statement, one at a time."""

    def tamper(value: Json, _: Digest) -> Iterator[str]:
        for statement in statements(value):
            original = statement["text"]
            altered = re.sub(pattern, replacement, original, count=1)
            if altered != original:
                statement["text"] = altered
                yield statement["id"]
                statement["text"] = original

    return tamper


def other_speaker(value: Json, made: Digest) -> Iterator[str]:
    everybody = [entry.speaker for entry in made.ledger if entry.speaker]
    for statement in statements(value):
        others = [name for name in everybody if name not in statement["speakers"]]
        if statement["speakers"] and others:
            original = statement["speakers"]
            statement["speakers"] = [others[0]]
            yield statement["id"]
            statement["speakers"] = original


def other_turn(value: Json, made: Digest) -> Iterator[str]:
    for statement in statements(value):
        for evidence in statement["evidence"]:
            original = evidence["turn"]
            others = [
                e.turn for e in made.ledger if e.turn != original and e.turn.split("t")[0] == original.split("t")[0]
            ]
            for wrong in ("s99t1", *others[:1]):
                evidence["turn"] = wrong
                yield statement["id"]
            evidence["turn"] = original


def quotation(alter: Callable[[Json], None]) -> Tamper:
    def tamper(value: Json, _: Digest) -> Iterator[str]:
        for statement in statements(value):
            for evidence in statement["evidence"]:
                original = dict(evidence)
                alter(evidence)
                yield statement["id"]
                evidence.update(original)

    return tamper


def no_evidence(value: Json, _: Digest) -> Iterator[str]:
    for statement in statements(value):
        original = statement["evidence"]
        statement["evidence"] = []
        yield statement["id"]
        statement["evidence"] = original


def swapped_answers(value: Json, _: Digest) -> Iterator[str]:
    """Swap the answers of two neighbouring pairs: one of them then comes before its question."""
    for section in value["sections"]:
        for one, two in zip(section["pairs"], section["pairs"][1:], strict=False):
            apart = {t for a in one["answers"] for t in a["turns"]}.isdisjoint(two["question"]["turns"])
            before = one["answers"] and two["answers"] and order(one["answers"][0]) < order(two["question"])
            if before and apart:
                one["answers"], two["answers"] = two["answers"], one["answers"]
                yield two["answers"][0]["id"]
                one["answers"], two["answers"] = two["answers"], one["answers"]


def order(statement: Json) -> int:
    return min(int(turn.split("t")[1]) for turn in statement["turns"])


def deleted_pair(value: Json, _: Digest) -> Iterator[str]:
    """Delete a pair whose question turn nothing else has: the turn is then a question without a pair."""
    for section in value["sections"]:
        for place, pair in enumerate(section["pairs"]):
            (turn, *more) = pair["question"]["turns"]
            others = [p for p in section["pairs"] if p is not pair]
            used = {t for p in others for said in (p["question"], *p["answers"]) for t in said["turns"]}
            if not more and turn not in used:
                del section["pairs"][place]
                yield turn
                section["pairs"].insert(place, pair)


UNITS = "万|億|人|件|％|%|団体|か所|hours|per cent|boats"

TAMPERINGS: dict[str, Tamper] = {
    "figure": rewrite(rf"(?<![0-9０-９,，.．])(?=[0-9０-９,，]+\s?(?:{UNITS}))", "7"),
    "factor of ten": rewrite(r"万円", "億円"),
    "unit": rewrite(r"(?<=[0-9０-９])\s?万円", "万人"),
    "money": rewrite(r"£", "$"),
    "percent": rewrite(r"％|%", "ポイント"),
    "per cent": rewrite(r"per cent", "pounds"),
    "era": rewrite(r"令和(?=[0-9０-９])", "平成"),
    "speaker": other_speaker,
    "turn": other_turn,
    "quotation by a character": quotation(lambda e: e.update(quote=e["quote"][:-1] + "鑾")),
    "offsets": quotation(lambda e: e.update(start=e["start"] + 1, end=e["end"] + 1)),
    "offsets outside": quotation(lambda e: e.update(start=10**7, end=10**7 + 5)),
    "evidence gone": no_evidence,
    "answers swapped": swapped_answers,
    "pair deleted": deleted_pair,
}
"""Names, negations and hedges have tables of their own (`names.tsv`, `wording.tsv`)."""


def altered(kind: str, made: Digest) -> Iterator[tuple[Json, str]]:
    value = digest_json(made)
    for item in TAMPERINGS[kind](value, made):
        yield copy.deepcopy(value), item


@pytest.fixture(scope="module", params=NAMES)
def whole(request: pytest.FixtureRequest) -> tuple[Minutes, Digest]:
    minutes = read(FIXTURES / request.param / "minutes.txt")
    return minutes, digest(minutes, extractive())


def places(minutes: Minutes, value: Json) -> Counter[str]:
    """Return where `check` finds something, but for what only a person can decide."""
    report = check_digest(parse_digest(json.dumps(value), "altered"), minutes)
    told = (finding for finding in report.findings if finding.severity != "info")
    return Counter(finding.item or finding.turn or "" for finding in told)


def test_the_untouched_digest_raises_nothing(whole: tuple[Minutes, Digest]) -> None:
    minutes, made = whole
    assert places(minutes, digest_json(made)) == Counter()


def test_each_alteration_is_named_where_it_stands(whole: tuple[Minutes, Digest]) -> None:
    minutes, made = whole
    chance = random.Random(1)
    tried = Counter[str]()
    for kind in TAMPERINGS:
        cases = list(altered(kind, made))
        for value, item in chance.sample(cases, min(len(cases), 16)):
            tried[kind] += 1
            assert item in places(minutes, value), (kind, item)
    assert tried.total() >= 100, tried
    assert len(tried) >= 10, tried
