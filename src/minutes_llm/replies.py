"""A reply's text as the JSON value asked for, or an explanation of what is wrong with it.

Local validation always has the last word: some servers enforce a schema, some refuse it, some ignore it silently.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
FENCED = re.compile(r"\A\s*```(?:json)?[ \t]*\n(.*?)\n?```\s*\Z", re.DOTALL)
MOST_COMPLAINTS = 5


class Unreadable(ValueError):
    """A reply that is not the JSON value asked for; its text tells a model what to mend."""


def read(text: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the value a reply consists of, valid under the schema; raise Unreadable otherwise.

    What a model thought aloud before it and a code fence around it are set aside; prose around it is not.
    """
    value = _decode(THINKING.sub("", text))
    from jsonschema import Draft202012Validator

    errors = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda error: list(map(str, error.path)))
    if errors:
        raise Unreadable("\n".join(_complaint(error) for error in errors[:MOST_COMPLAINTS]))
    result: dict[str, Any] = value
    return result


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
