"""A reply's text as the JSON value asked for, or an explanation of what is wrong with it.

Local validation always has the last word: some servers enforce a schema, some refuse it, some ignore it silently.
Nearly every reply is what was asked for, which the few keywords that our schemas are made of are enough to tell; all
else is for `jsonschema` to judge and to explain, which is a hundred times slower and slow to import.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from minutes_llm.patterns import late

THINKING = late(r"\A\s*<think>.*?</think>", re.DOTALL)
FENCED = late(r"\A\s*```(?:json)?[ \t]*\n(.*?)\n?```\s*\Z", re.DOTALL)
MOST_COMPLAINTS = 5


class Unreadable(ValueError):
    """A reply that is not the JSON value asked for; its text tells a model what to mend."""


def read(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value a reply consists of, valid under the schema; raise Unreadable otherwise.

    What a model thought aloud before it and a code fence around it are set aside; prose around it is not.
    """
    value = _decode(THINKING.sub("", text))
    if isinstance(value, dict) and surely_valid(value, schema, schema):
        return value
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    if errors:
        raise Unreadable("\n".join(_complaint(error) for error in errors[:MOST_COMPLAINTS]))
    result: dict[str, Any] = value
    return result


TYPES = {"object": dict, "array": list, "string": str}
KEYWORDS = {
    "object": {"type", "required", "additionalProperties", "properties", "$defs"},
    "array": {"type", "items", "minItems"},
    "string": {"type", "minLength", "maxLength"},
}


def surely_valid(value: Any, schema: Any, whole: Mapping[str, Any]) -> bool:
    """Return True where a value is valid under a schema, a part of `whole`; False where that is not told here.

    Told of schemas made of `KEYWORDS`, of `enum` of strings alone and of `$ref` into `$defs` alone, as JSON Schema
    2020-12 has them.
    """
    if not isinstance(schema, dict):
        return False
    kind = schema.get("type")
    if kind is None and schema.keys() == {"$ref"}:
        beside, _, name = str(schema["$ref"]).rpartition("/")
        return beside == "#/$defs" and surely_valid(value, whole.get("$defs", {}).get(name), whole)
    if kind is None and schema.keys() == {"enum"}:
        return isinstance(value, str) and value in schema["enum"]
    if not isinstance(kind, str) or kind not in TYPES or not isinstance(value, TYPES[kind]):
        return False
    if not schema.keys() <= KEYWORDS[kind]:
        return False
    if kind == "string":
        return schema.get("minLength", 0) <= len(value) <= schema.get("maxLength", len(value))
    if kind == "array":
        items = schema.get("items", {})
        return len(value) >= schema.get("minItems", 0) and all(surely_valid(item, items, whole) for item in value)
    members = schema.get("properties", {})
    return (
        schema.get("additionalProperties") is False
        and value.keys() <= members.keys()
        and all(name in value for name in schema.get("required", ()))
        and all(surely_valid(member, members[name], whole) for name, member in value.items())
    )


def _decode(text: str) -> Any:
    fenced = FENCED.match(text)
    try:
        return json.loads(fenced[1] if fenced else text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise Unreadable(f"not one JSON value: {error.msg} at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise Unreadable("not one JSON value: nested too deeply") from None


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    result: dict[str, Any] = {}
    for name, value in members:
        if name in result:
            raise Unreadable(f'the member "{name}" stands twice in one object')
        result[name] = value
    return result


def _complaint(error: Any) -> str:
    where = "/".join(map(str, error.absolute_path)) or "the whole answer"
    return f"{where}: {error.message[:300]}"
