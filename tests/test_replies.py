"""What is surely valid is valid to `jsonschema` too, and recorded replies are told without it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from minutes_llm.replies import Unreadable, read, surely_valid

ROOT = Path(__file__).parents[1]
SCHEMAS = {file.name.split(".")[0]: json.loads(file.read_text("utf-8")) for file in (ROOT / "prompts").glob("*.json")}
REPLIES = sorted((ROOT / "fixtures").glob("*/recordings/*.json"))

NAMES = st.sampled_from(["text", "turns", "evidence", "topic", "more"])
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 3), st.text("あb", max_size=3), st.sampled_from(["certain"])),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NAMES, inner, max_size=3)),
    max_leaves=8,
)
STRINGS = st.fixed_dictionaries(
    {"type": st.just("string")},
    optional={"minLength": st.integers(0, 2), "maxLength": st.integers(1, 3), "pattern": st.just("^b")},
)
SCHEMA = st.recursive(
    st.one_of(
        STRINGS,
        st.fixed_dictionaries({"enum": st.lists(st.sampled_from(["certain", "guess", 1, None]), min_size=1)}),
        st.just({"$ref": "#/$defs/named"}),
        st.just({"type": "integer"}),
        st.just({"type": ["string", "null"]}),
        st.just({}),
        st.just(True),
    ),
    lambda inner: st.one_of(
        st.fixed_dictionaries({"type": st.just("array")}, optional={"items": inner, "minItems": st.integers(0, 2)}),
        st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.dictionaries(NAMES, inner, max_size=3)},
            optional={"required": st.lists(NAMES, unique=True), "additionalProperties": st.booleans()},
        ),
    ),
    max_leaves=6,
)


@settings(max_examples=1000, deadline=None)
@given(SCHEMA, STRINGS, VALUES)
def test_nothing_is_surely_valid_that_is_not(schema: Any, named: Any, value: Any) -> None:
    whole = {**schema, "$defs": {"named": named}} if isinstance(schema, dict) and "$ref" not in schema else schema
    if isinstance(whole, dict) and surely_valid(value, whole, whole):
        assert Draft202012Validator(whole).is_valid(value)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SCHEMAS)), st.data())
def test_under_our_schemas_what_is_valid_is_told_and_what_is_not_is_not(name: str, data: st.DataObject) -> None:
    schema = SCHEMAS[name]
    value = data.draw(_made_for(schema, schema))
    assert surely_valid(value, schema, schema) == Draft202012Validator(schema).is_valid(value)


def _made_for(schema: Any, whole: Any) -> st.SearchStrategy[Any]:
    """Return values of the shape of a schema, now and then with something missing, added or too short."""
    if "$ref" in schema:
        return _made_for(whole["$defs"][schema["$ref"].rpartition("/")[2]], whole)
    if "enum" in schema:
        return st.sampled_from([*schema["enum"], "other"])
    if schema["type"] == "string":
        return st.text("あ", max_size=2)
    if schema["type"] == "array":
        return st.lists(_made_for(schema["items"], whole), max_size=2)
    members = {name: _made_for(member, whole) for name, member in schema["properties"].items()}
    whole_ones = st.fixed_dictionaries(members)
    others = st.fixed_dictionaries({}, optional={**members, "more": st.just(1)})
    return st.one_of(whole_ones, whole_ones, whole_ones, others)


def test_recorded_replies_are_told_without_jsonschema() -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from minutes_llm.recordings import read_recording; from minutes_llm.replies import read\n"
        "kept = [read_recording(Path(name)) for name in sys.argv[1:]]\n"
        "read_ones = [read(each.reply.text, each.sent['schema']) for each in kept]\n"
        "print(len(read_ones), 'jsonschema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program, *map(str, REPLIES)], capture_output=True, text=True)
    assert done.stdout.split() == [str(len(REPLIES)), "False"], done.stderr


@pytest.mark.parametrize(
    ("reply", "complaint"),
    [
        ('{"overview": []}', "overview: [] should be non-empty"),
        ('{"overview": [{"text": "", "sections": ["s1"]}]}', "overview/0/text: '' should be non-empty"),
        ('{"overview": [{"text": "a"}]}', "overview/0: 'sections' is a required property"),
        ('{"overview": [{"text": "a", "sections": [1]}]}', "overview/0/sections/0: 1 is not of type 'string'"),
        ("[]", "the whole answer: [] is not of type 'object'"),
        ("well, {}", "not one JSON value"),
    ],
)
def test_what_is_wrong_is_said(reply: str, complaint: str) -> None:
    with pytest.raises(Unreadable, match="(?s).*") as told:
        read(reply, SCHEMAS["overview"])
    assert complaint in str(told.value)


@pytest.mark.parametrize("reply", ['["a"]', "[]", '"a"'])
def test_a_reply_that_is_no_object_is_read_as_its_schema_says(reply: str) -> None:
    schema = {"type": ["array", "string"], "items": {"type": "string"}}
    assert read(reply, schema) == json.loads(reply)
    one = {"type": "array", "items": {"type": "string"}} if reply[0] == "[" else {"type": "string"}
    assert read(reply, one) == json.loads(reply)
