"""The house stands as `docs/architecture.md` draws it: a module imports only from floors below its own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "minutes_llm"

FLOORS = [
    {"errors", "model", "folders", "expressions", "__init__"},
    {"patterns"},
    {"languages", "work", "sources", "tokens", "replies"},
    {"wording", "prompts", "recordings", "cost", "parse", "alignment"},
    {"acts", "asking", "executors"},
    {"answering", "engines"},
    {"discourse"},
    {"checking", "plan", "join"},
    {"verify", "extractive", "evaluation", "translation", "testing"},
    {"section", "exchange"},
    {"pipeline", "rendering"},
    {"api"},
    {"cli"},
    {"__main__"},
]
UPWARD = {("model", "rendering"), ("__init__", "api")}
"""A digest shows itself in a notebook as its page, and the package offers the functions of `api`: both import when
they are asked to."""

ONLY_IN = {"openai": "executors", "tiktoken": "tokens", "click": "cli"}
PURE = {"parse", "checking", "replies", "section", "translation", "pipeline", "rendering", "asking", "plan", "verify"}
INPUT_AND_OUTPUT = {"pathlib", "os", "socket", "time", "random", "subprocess", "sys", "threading"}


def room(file: Path) -> str:
    """Return the room a file is in: its folder in the package, or its own name."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports() -> list[tuple[str, str]]:
    """Return every import as (room that imports, dotted name)."""
    found = []
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [(room(file), name) for name in names]
    return found


def floor(name: str) -> int:
    return next(number for number, rooms in enumerate(FLOORS) if name in rooms)


def test_every_room_has_its_floor() -> None:
    rooms = {room(file) for file in PACKAGE.rglob("*.py")}
    assert rooms == set().union(*FLOORS)


def test_a_room_imports_only_from_below() -> None:
    ours = [(here, name.split(".")[1]) for here, name in imports() if name.startswith("minutes_llm.")]
    assert len(ours) > 200
    upward = {(here, there) for here, there in ours if here != there and floor(there) >= floor(here)}
    assert upward - UPWARD == set()


@pytest.mark.parametrize(("library", "only"), ONLY_IN.items())
def test_each_outside_library_is_known_in_one_room(library: str, only: str) -> None:
    assert {here for here, name in imports() if name.split(".")[0] == library} == {only}


def test_the_core_does_no_input_and_output() -> None:
    assert {
        (here, name) for here, name in imports() if here in PURE and name.split(".")[0] in INPUT_AND_OUTPUT
    } == set()
