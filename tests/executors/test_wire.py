"""A request is sent as every server can take it, and nothing is sent that was not asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from minutes_llm.executors.wire import (
    FORMS,
    SENT_KEYWORDS,
    Manners,
    completion_body,
    is_shaped,
    read_completion,
    strict_subset,
)
from minutes_llm.work import Message, Reply, Request

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "properties": {
        "topic": {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^.", "description": "in a word"},
        "votes": {"type": ["integer", "null"], "minimum": 0},
        "date": {"type": "string", "format": "date"},
        "kind": {"enum": ["質疑", "報告"]},
        "turns": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"$ref": "#/$defs/turn"}},
        "length": {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]},
    },
    "required": ["topic"],
    "$defs": {"turn": {"type": "object", "properties": {"pattern": {"type": "string", "minLength": 3}}}},
}
MESSAGES = (Message("system", "要約する。"), Message("user", "[s1t1] 会長：開会します。"))
REQUEST = Request("s1", MESSAGES, "section", SCHEMA)


def test_the_strict_subset_requires_all_allows_no_more_and_has_no_rules_of_length() -> None:
    assert strict_subset(SCHEMA) == {
        "type": "object",
        "properties": {
            "topic": {"type": "string", "description": "in a word"},
            "votes": {"type": ["integer", "null"]},
            "date": {"type": "string"},
            "kind": {"enum": ["質疑", "報告"]},
            "turns": {"type": "array", "items": {"$ref": "#/$defs/turn"}},
            "length": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        },
        "required": ["topic", "votes", "date", "kind", "turns", "length"],
        "additionalProperties": False,
        "$defs": {
            "turn": {
                "type": "object",
                "properties": {"pattern": {"type": "string"}},
                "required": ["pattern"],
                "additionalProperties": False,
            }
        },
    }


PROMPTS = sorted((Path(__file__).parents[2] / "prompts").glob("*.schema.json"))


@pytest.mark.parametrize("path", PROMPTS, ids=lambda path: path.stem)
def test_every_prompts_schema_is_sent_as_a_valid_strict_one(path: Path) -> None:
    schema = json.loads(path.read_text("utf-8"))
    subset = strict_subset(schema)
    Draft202012Validator.check_schema(subset)
    allowed = SENT_KEYWORDS | {"required", "additionalProperties"}
    for inner in schemas_in(subset):
        assert inner.keys() <= allowed
        assert inner.get("required", []) == list(inner.get("properties", {}))
        assert inner.get("additionalProperties", "properties" not in inner) is ("properties" not in inner)


def schemas_in(schema: dict[str, Any]) -> list[dict[str, Any]]:
    named = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", ())]
    listed = [schema["items"]] if "items" in schema else []
    return [schema, *(inner for each in [*named, *listed] for inner in schemas_in(each))]


def test_a_body_holds_nothing_that_was_not_asked_for() -> None:
    assert completion_body(REQUEST, "m").keys() == {"model", "messages", "response_format"}
    assert completion_body(REQUEST, "m", Manners("text")).keys() == {"model", "messages"}


def test_the_cap_is_sent_under_the_servers_name_for_it_and_the_requests_own_goes_first() -> None:
    capped = Request("s1", MESSAGES, "section", SCHEMA, max_tokens=50)
    options = {"max_tokens": 900, "temperature": 0}
    manners = Manners(cap="max_completion_tokens")
    bodies = [completion_body(request, "m", manners, options) for request in (REQUEST, capped)]
    assert [body["max_completion_tokens"] for body in bodies] == [900, 50]
    assert [body["temperature"] for body in bodies] == [0, 0]
    assert all("max_tokens" not in body for body in bodies)


@pytest.mark.parametrize("form", FORMS)
def test_the_schema_is_on_the_wire_or_in_the_prompt(form: Any) -> None:
    body = completion_body(REQUEST, "m", Manners(form))
    in_prompt = json.dumps(SCHEMA, ensure_ascii=False, separators=(",", ":")) in body["messages"][-1]["content"]
    assert in_prompt == (form != "json_schema")
    assert body["messages"][0]["content"] == "要約する。"
    assert MESSAGES[1].content in body["messages"][1]["content"]
    wanted = body.get("response_format", {})
    on_wire = wanted.get("json_schema", wanted).get("schema")
    assert on_wire == (strict_subset(SCHEMA) if "schema" in form else None)


SHAPES = {
    '{"topic": "予算"}': True,
    '<think>{hm}</think>\n```json\n{"topic": "予算"}\n```': True,
    '```json\n{"topic": "予算"}\n```': True,
    '{"Topic": "予算"}': False,
    '["topic"]': False,
    "予算について。": False,
    "": False,
}


@pytest.mark.parametrize("text", SHAPES)
def test_an_answer_in_shape_is_told_from_one_that_takes_no_notice_of_the_schema(text: str) -> None:
    assert is_shaped(text, SCHEMA) == SHAPES[text]


def content(**message: Any) -> dict[str, Any]:
    return {"choices": [{"finish_reason": "stop", "message": message}], "usage": {"prompt_tokens": 500}}


def test_text_in_parts_is_joined() -> None:
    reply = read_completion(
        content(content=[{"type": "text", "text": "予"}, {"type": "text", "text": "算"}]), REQUEST
    )
    assert isinstance(reply, Reply)
    assert reply.text == "予算"


@pytest.mark.parametrize(("read", "finish"), [(2499, "overflow"), (2501, "stop"), (0, "stop")])
def test_a_prompt_is_cut_silently_when_far_fewer_tokens_were_read_than_sent(read: int, finish: str) -> None:
    request = Request("s1", MESSAGES, "section", SCHEMA, tokens=5000)
    reply = read_completion(content(content="…") | {"usage": {"prompt_tokens": read}}, request)
    assert isinstance(reply, Reply)
    assert reply.finish == finish
    assert ("cut the prompt" in reply.detail) == (finish == "overflow")


ODD: list[Any] = [
    *(None, 1, "text", [], {}),
    *({"choices": odd} for odd in list[Any](["x", [None], [{}], [{"message": 1}]])),
    *(content(), content(content=7), content(content="x") | {"usage": "none"}),
]


@pytest.mark.parametrize("odd", ODD)
def test_no_body_however_odd_is_an_error_of_ours(odd: Any) -> None:
    found = read_completion(odd, REQUEST)
    assert not isinstance(found, Reply) or found.text == "x"
