"""What the docs say is so: their commands and programs run, their links lead somewhere, their options exist.

A block of `sh` or `python` is run, the blocks of a page one after the other in one folder that has the fixtures and
prompts in it. A block of `text` right after one is what it prints; `…` stands for anything in a line, and by itself
for any lines. A comment before a block says what else holds of it:

    <!-- not run: it needs a key -->        it is not run
    <!-- exit 1 -->                         it is run and ends with this code
    <!-- file: test_program.py -->          it is written to that file
"""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from minutes_llm.api import check, digest, read
from minutes_llm.cli import minutes_llm
from minutes_llm.engines import extractive
from minutes_llm.evaluation import evaluate
from minutes_llm.exchange.reading import schema
from minutes_llm.exchange.writing import report_json, scores_json
from minutes_llm.prompts import VARIABLES

ROOT = Path(__file__).parents[1]
READMES = [ROOT / "README.md", ROOT / "README.ja.md"]
PAGES = [*READMES, *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^(?:<!-- (?P<note>[^\n]*) -->\n)?```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)")

pages = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


@dataclass(frozen=True)
class Block:
    """A fenced block: `note` is what a comment right before it says."""

    note: str
    kind: str
    text: str


def blocks(page: Path) -> list[Block]:
    matches = BLOCK.finditer(page.read_text("utf-8"))
    return [Block(match["note"] or "", match["kind"], match["text"]) for match in matches]


def run(block: Block, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a block as a reader without a key would, and return what the terminal shows."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("OPENAI_", "MINUTES_LLM_"))}
    mine = {"PATH": f"{Path(sys.executable).parent}:{clean['PATH']}", "HOME": str(folder), "PYTHONUTF8": "1"}
    command = [sys.executable, "-c"] if block.kind == "python" else ["bash", "-ec"]
    streams: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "encoding": "utf-8"}
    return subprocess.run([*command, block.text], cwd=folder, env=clean | mine, timeout=60, **streams)


def is_shown(shown: str, real: str) -> bool:
    """Tell whether a text is what was printed, `…` standing for anything in a line and by itself for any lines."""
    lines = (
        "(?:.*\n)*?" if line == "…" else re.escape(line).replace("…", ".*") + "\n" for line in shown.splitlines()
    )
    return re.fullmatch("".join(lines), real) is not None


@pages
def test_blocks_run_and_print_what_is_shown(page: Path, tmp_path: Path) -> None:
    for name in ("fixtures", "prompts"):
        (tmp_path / name).symlink_to(ROOT / name)
    printed = ""
    for block in blocks(page):
        if block.note.startswith("file: "):
            (tmp_path / block.note.removeprefix("file: ")).write_text(block.text, "utf-8")
        elif block.kind == "text" and not block.note:
            assert is_shown(block.text, printed), f"printed:\n{printed}\nshown:\n{block.text}"
        elif block.kind in ("sh", "python") and not block.note.startswith("not run: "):
            outcome = run(block, tmp_path)
            printed = outcome.stdout
            expected = int(block.note.removeprefix("exit ") or 0)
            assert outcome.returncode == expected, f"{block.text}\n{printed}"


def commands(page: Path) -> Iterator[list[str]]:
    """Yield the words of every `minutes-llm` command in a page's blocks and in its code."""
    for block in blocks(page):
        for line in block.text.replace("\\\n", " ").splitlines() if block.kind == "sh" else ():
            _, found, rest = line.rpartition("minutes-llm ")
            if found:
                words = shlex.split(rest, comments=True)
                end = next((place for place, word in enumerate(words) if word[0] in "<>|&;"), len(words))
                yield words[:end]


@pages
def test_commands_are_such_as_the_program_takes(page: Path) -> None:
    for words in commands(page):
        command: click.Command = minutes_llm
        context = click.Context(minutes_llm)
        while isinstance(command, click.Group) and words and not words[0].startswith("-"):
            found = command.get_command(context, words[0])
            assert found is not None, f"no command {' '.join(words)}"
            command, words = found, words[1:]
        if not isinstance(command, click.Group):
            command.make_context("minutes-llm", list(words))


def options(command: click.Command = minutes_llm) -> set[str]:
    """Return every option of a command and of those under it."""
    context = click.Context(command)
    mine = {name for option in command.get_params(context) for name in (*option.opts, *option.secondary_opts)}
    inner = command.list_commands(context) if isinstance(command, click.Group) else []
    return mine.union(*(options(command.get_command(context, name)) for name in inner))  # type: ignore[attr-defined]


@pages
def test_options_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"`(--[a-z][a-z-]*)", page.read_text("utf-8")))
    assert named <= options()


def anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pages
def test_links_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        place = page.parent / target if target else page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place), f"{target}#{anchor}"


def test_both_readmes_begin_with_the_same_two_commands() -> None:
    english, japanese = (blocks(page)[:2] for page in READMES)
    assert [block.text for block in english] == [block.text for block in japanese]
    assert all(block.kind == "sh" for block in english)


def test_the_digest_that_the_readme_begins_with_is_made(tmp_path: Path) -> None:
    words = next(commands(ROOT / "README.md"))
    outcome = run(Block("", "sh", f"cd {ROOT}; {shlex.join(['minutes-llm', *words])}"), tmp_path)
    assert outcome.returncode == 0, outcome.stdout
    assert "# 地域データ連携基盤分科会" in outcome.stdout


def test_the_man_page_is_what_the_commands_say() -> None:
    script = ROOT / "scripts" / "man_page.py"
    made = subprocess.run([sys.executable, script], stdout=subprocess.PIPE, encoding="utf-8", check=True).stdout
    assert (ROOT / "docs" / "minutes-llm.1").read_text("utf-8") == made, "run scripts/man_page.py"


def test_the_changelog_has_every_prompt() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert [stem for stem in VARIABLES if f"`{stem}`" not in text] == []


def test_the_page_on_prompts_has_every_variable_of_each() -> None:
    text = (ROOT / "docs" / "prompts.md").read_text("utf-8")
    for stem, variables in VARIABLES.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| `{stem}` |"))
        assert set(re.findall(r"`\$(\w+)`", row)) == variables


def schema_members(value: Any) -> set[str]:
    """Return the names of all members that a JSON Schema describes."""
    if isinstance(value, list):
        return set().union(*map(schema_members, value))
    if not isinstance(value, dict):
        return set()
    return set(value.get("properties", ())).union(*map(schema_members, value.values()))


def real_members(value: Any) -> set[str]:
    """Return the names of all members of a JSON value; those of a finding's `values` are content."""
    if isinstance(value, list):
        return set().union(*map(real_members, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(real_members(each) for name, each in value.items() if name != "values"))


def test_the_page_on_json_has_every_member_of_every_shape_and_no_other() -> None:
    rows = re.findall(r"^\| (`[^|]*`) \|.*\|", (ROOT / "docs" / "json.md").read_text("utf-8"), re.MULTILINE)
    described = {name for row in rows for name in re.findall(r"\w+", row) if "/" not in row}
    minutes = read(ROOT / "fixtures" / "city-assembly" / "minutes.txt")
    made = digest(minutes, extractive())
    report = report_json(check(made, minutes), "ja", {})
    report["rates"] = {"KIND": report["rates"]["quotes"]}
    gold = json.loads((ROOT / "fixtures" / "city-assembly" / "gold.json").read_text("utf-8"))
    shapes = schema_members([schema("digest"), schema("outline")])
    assert described == shapes | real_members([report, scores_json(evaluate(made, gold))])
