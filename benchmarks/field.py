"""A fair field: the same document, the same server, the same concurrency, and what each tool makes of it.

Each tool runs in a process of its own, from cold, as a person would run it; `peers/` holds what such a person would
write. All are answered by one server, right at the first time and in the form that each can digest.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path

from documents import REAL, SHORT, invented
from measure import Goal, Run, Shown, alternated, python, table
from packaging.requirements import Requirement
from server import Call, Scripted, server

from minutes_llm.api import read
from minutes_llm.tokens import counter

CONCURRENCY = 16
GRAM = 6
"""Characters in a row by which text is recognised in a prompt."""


@dataclass(frozen=True)
class Tool:
    """A tool in the field: its name, its module under `peers/`, what one installs, imports, and asks for help."""

    name: str
    module: str
    distribution: str
    imported: str
    help: tuple[str, ...] = ()
    environment: tuple[tuple[str, str], ...] = ()


TOOLS = (
    Tool("minutes-llm", "digest_minutes", "minutes-llm", "minutes_llm.api", ("-m", "minutes_llm", "--help")),
    Tool("langextract", "langextract_pairs", "langextract[openai]", "langextract"),
    Tool("langextract, CJK", "langextract_pairs", "langextract[openai]", "langextract", (), (("CJK", "1"),)),
    Tool(
        "LangChain", "langchain_summary", "langchain-classic langchain-openai", "langchain_classic.chains.summarize"
    ),
    Tool("SDK script", "plain_script", "openai", "openai"),
)
LIKEST = 1
"""The place of langextract: it alone of the peers gives pairs with quotations, in answers of about that length."""

LATENCIES = {"0 ms": (0.0, 0.0), "500 ms": (0.5, 0.0), "500 ms + 5 ms a token": (0.5, 0.005)}
"""Seconds before an answer, and for each token of it."""


def field(quick: bool = False) -> Shown:
    """Return what each tool asked, sent, left out and took, for each document; and what each costs to have."""
    texts = {8_000: SHORT.read_text("utf-8"), 80_000: invented(80_000)}
    if REAL.is_file():
        texts[7_758] = REAL.read_text("utf-8")
    shown: list[str] = []
    goals: list[Goal] = []
    with server() as scripted, tempfile.TemporaryDirectory() as folder:
        for length, text in texts.items():
            file = Path(folder) / "minutes.txt"
            file.write_text(text, "utf-8")
            compared = _compared(file, scripted, 1 if quick else 5)
            title = "a ministry's minutes (01)" if length == 7_758 else "invented minutes"
            shown += [f"### {title}, {length:,} characters\n", compared.text]
            goals += [replace(goal, name=f"{length:,} characters: {goal.name}") for goal in compared.goals]
    return Shown("\n".join([*shown, "### What each costs to have\n", _installed(1 if quick else 5)]), tuple(goals))


def _compared(file: Path, scripted: Scripted, times: int) -> Shown:
    asked = [_calls(tool, file, scripted) for tool in TOOLS]
    taken = [_taken(file, scripted, latency, times if latency[1] == 0 else 1) for latency in LATENCIES.values()]
    sent = [_sent(file, calls) for calls in asked]
    rows = []
    for tool, calls, (bare, schemas, answers), *runs in zip(TOOLS, asked, sent, *taken, strict=True):
        speech, other = _unsent(file, calls)
        seconds = [f"{run.wall:.2f} ({run.told['work']:.2f})" for run in runs]
        tokens = [f"{ratio:.2f}" for ratio in (bare, schemas, answers)]
        costs = [f"{runs[0].cpu:.2f}", f"{runs[0].told['peak']:.0f}"]
        rows.append([tool.name, len(calls), *tokens, _rounds(calls), speech, other, *seconds, *costs])
    head = ["", "requests", "prompt / source", "with schemas", "answers / source", "rounds", "speech unsent", "other"]
    seconds = [f"s at {name}" for name in LATENCIES]
    limit = 1.15 if len(file.read_text("utf-8")) > 40_000 else 1.5
    goals = [
        Goal("prompt tokens over source tokens", limit, sent[0][0]),
        Goal("characters of speech that reach no model", 0, _unsent(file, asked[0])[0]),
        Goal("requests over langextract's", 1, len(asked[0]) / len(asked[LIKEST])),
        Goal("prompt tokens with schemas over langextract's", 1, sent[0][1] / sent[LIKEST][1]),
        *(
            Goal(f"seconds at {name} over {whose}", 1, runs[0].wall / theirs)
            for name, runs in zip(LATENCIES, taken, strict=True)
            for whose, theirs in (
                ("langextract's", runs[LIKEST].wall),
                ("the fastest peer's", min(run.wall for run in runs[1:])),
            )
        ),
    ]
    return Shown(table([*head, *seconds, "CPU s", "peak MB"], rows), tuple(goals))


def _sent(file: Path, calls: Sequence[Call]) -> tuple[float, float, float]:
    """Return the tokens of prompts, of prompts and schemas, and of answers, over those of the source."""
    count = counter("gpt-4o")
    source = count(file.read_text("utf-8"))
    prompts = sum(count(call.prompt) for call in calls)
    schemas = sum(count(call.schema) for call in calls)
    return prompts / source, (prompts + schemas) / source, sum(call.answer_tokens for call in calls) / source


def _taken(file: Path, scripted: Scripted, latency: tuple[float, float], times: int) -> list[Run]:
    scripted.reset(*latency)
    return alternated([partial(_run, tool, file, scripted.url) for tool in TOOLS], times)


def _calls(tool: Tool, file: Path, scripted: Scripted) -> list[Call]:
    """Return what a tool asks about a document, once, at a latency that tells what waits for what."""
    scripted.reset(first=1.0)
    _run(tool, file, scripted.url)
    return scripted.calls()


def _run(tool: Tool, file: Path, url: str) -> Run:
    return python("child.py", f"peers.{tool.module}", str(file), url, str(CONCURRENCY), **dict(tool.environment))


def _rounds(calls: Sequence[Call]) -> int:
    """Return how many requests came one after the other: the longest chain that began each after the last's end."""
    longest = 0
    done: list[tuple[float, int]] = []
    for call in sorted(calls, key=lambda each: each.begin):
        before = max((chain for end, chain in done if end <= call.begin), default=0)
        done.append((call.end, before + 1))
        longest = max(longest, before + 1)
    return longest


# --- what was never sent ----------------------------------------------------------------------------------------


def _unsent(file: Path, calls: Iterable[Call]) -> tuple[int, int]:
    """Return how many characters of speech, and how many others, are in no prompt; spaces and marks do not count."""
    text = file.read_text("utf-8")
    sent = re.sub(r"\s", "", "\n".join(call.prompt for call in calls))
    grams = {sent[at : at + GRAM] for at in range(len(sent))}
    speech = {
        at
        for section in read(file).sections
        for t in section.turns
        for start, end in t.spans
        for at in range(start, end)
    }
    places = [at for at, character in enumerate(text) if not character.isspace()]
    squeezed = "".join(text[at] for at in places)
    missing = [True] * len(places)
    for at in range(len(squeezed)):
        if squeezed[at : at + GRAM] in grams:
            missing[at : at + GRAM] = [False] * len(missing[at : at + GRAM])
    lost = [place for place, gone in zip(places, missing, strict=True) if gone and text[place].isalnum()]
    return sum(place in speech for place in lost), sum(place not in speech for place in lost)


# --- what each costs to have ------------------------------------------------------------------------------------


def _installed(times: int) -> str:
    rows = []
    for tool in TOOLS:
        if tool.environment:
            continue
        packages = _closure(tool.distribution.split())
        imported = alternated([partial(python, "child.py", "import", tool.imported)], times)[0].told
        helped = alternated([partial(python, *tool.help)], times)[0] if tool.help else None
        rows.append(
            [
                tool.name,
                metadata.version(re.split(r"[\[ ]", tool.distribution)[0]),
                len(packages),
                f"{sum(map(_size, packages)) / 1e6:.0f}",
                f"{imported['import']:.2f}",
                f"{imported['peak']:.0f}",
                f"{helped.wall:.2f}" if helped else "–",
            ]
        )
    return table(["", "version", "packages", "MB", "s to import, cold", "MB when imported", "s for `--help`"], rows)


def _closure(names: Iterable[str]) -> set[str]:
    """Return the distributions that installing these brings, themselves among them."""
    waiting = [Requirement(name) for name in names]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted = waiting.pop()
        key = (re.sub(r"[-_.]+", "-", wanted.name).lower(), frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        for line in metadata.requires(wanted.name) or ():
            needed = Requirement(line)
            extras = [*wanted.extras, ""]
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras):
                waiting.append(needed)
    return {name for name, _ in seen}


def _size(name: str) -> int:
    """Return the bytes of a distribution's files; of an editable one those of its package."""
    if name == "minutes-llm":
        import minutes_llm

        files = Path(minutes_llm.__file__).parent.rglob("*")
        return sum(file.stat().st_size for file in files if "__pycache__" not in file.parts and file.is_file())
    return sum(file.size or 0 for file in metadata.files(name) or ())


if __name__ == "__main__":
    print(field("--quick" in sys.argv).text)
