"""A digest goes out as the published JSON and comes back as it was."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from building import Scripted, answer, asking, minutes_of, pair, statement
from minutes_llm.errors import DigestError
from minutes_llm.exchange.reading import parse_digest, schema
from minutes_llm.exchange.writing import digest_json, outline_json, to_text
from minutes_llm.model.digest import Digest
from minutes_llm.pipeline import digest_minutes
from minutes_llm.work import run

MINUTES = minutes_of(
    [("青木委員", "理由は何か。"), ("事務局", "負担が大きいためと考えている。"), ("青木委員", "分かった。")],
    [],
)


def made() -> Digest:
    question = statement("理由を問う。", ("s1t1", "理由は何か"))
    reply = statement("負担が大きいためと考えている。", ("s1t2", "負担が大きいため"))
    script = {
        "s1": [answer([("理由が問われた。", ["s1t1", "s1t2"])], pairs=[pair("理由", question, reply)])],
        "overview": [{"overview": [{"text": "理由が論じられた。", "sections": ["s1"]}]}],
    }
    return run(digest_minutes(MINUTES, asking(), "replay", "m"), Scripted(script))


def test_a_digest_is_of_the_published_shape_and_comes_back_as_it_was() -> None:
    digest = made()
    value = digest_json(digest)
    Draft202012Validator(schema("digest")).validate(value)
    assert parse_digest(to_text(value), "digest.json") == digest


def test_an_outline_is_of_the_published_shape() -> None:
    plan = [{"section": "s1", "turns": 3, "tokens": 20, "requests": 1}]
    Draft202012Validator(schema("outline")).validate(outline_json(MINUTES, plan))


def test_a_digest_by_hand_may_leave_out_what_code_can_tell() -> None:
    value = digest_json(made())
    section = value["sections"][0]
    for name in ("summary_sentences", "reason"):
        del section[name]
    del value["overview_sentences"], value["coverage"]["ledger"]
    del section["pairs"][0]["question"]["id"], section["pairs"][0]["question"]["turns"]
    digest = parse_digest(json.dumps(value), "by hand")
    assert digest.sections[0].pairs[0].question.id == "s1p1q"
    assert digest.sections[0].pairs[0].question.turns == ("s1t1",)
    assert digest.sections[0].summary[0].text == "理由が問われた。"


def test_where_a_text_and_its_sentences_differ_the_text_that_readers_saw_counts() -> None:
    value = digest_json(made())
    value["sections"][0]["summary"] = "理由が３つ問われた。"
    (sentence,) = parse_digest(json.dumps(value), "x").sections[0].summary
    assert sentence.text == "理由が３つ問われた。"
    assert sentence.rests_on == ()


def mutilated(value: dict[str, Any], chance: random.Random) -> Any:
    """Return a digest with one member of it, anywhere, removed or of another type."""
    value = copy.deepcopy(value)
    places: list[tuple[Any, Any]] = []

    def walk(inner: Any) -> None:
        for key in inner if isinstance(inner, dict) else range(len(inner)):
            places.append((inner, key))
            if isinstance(inner[key], dict | list):
                walk(inner[key])

    walk(value)
    holder, key = chance.choice(places)
    holder[key] = chance.choice([None, -1, 3.5, "x](javascript:alert(1))", [], {}, [1], True])
    return value


def test_of_a_thousand_mutilated_digests_each_is_read_or_refused_in_one_line() -> None:
    chance = random.Random(7)
    value = digest_json(made())
    refused = 0
    for _ in range(1000):
        try:
            parse_digest(json.dumps(mutilated(value, chance)), "digest.json")
        except DigestError as error:
            refused += 1
            assert "\n" not in str(error)
            assert str(error).startswith("digest.json: ")
    assert refused > 500


@pytest.mark.parametrize("text", ["", "[]", "{", "[" * 100_000, '{"schema": "other/1"}', "null"])
def test_what_is_no_digest_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(DigestError, match=r"^x: "):
        parse_digest(text, "x")
