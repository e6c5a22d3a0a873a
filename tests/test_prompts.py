"""The shipped prompts can be used: their schemas are JSON Schemas, which loading them takes for granted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from minutes_llm.folders import shipped
from minutes_llm.prompts import VARIABLES

SCHEMAS = sorted(shipped("prompts").glob("*.schema.json"))


def test_every_prompt_that_asks_for_something_has_a_schema() -> None:
    assert {file.name.removesuffix(".schema.json") for file in SCHEMAS} == set(VARIABLES) - {"again"}


@pytest.mark.parametrize("file", SCHEMAS, ids=lambda file: file.name)
def test_a_shipped_schema_is_a_json_schema(file: Path) -> None:
    Draft202012Validator.check_schema(json.loads(file.read_text("utf-8")))
