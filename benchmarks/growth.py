"""How time and memory grow: with the length of a document, and with the number of documents.

Each size is done in a process of its own, so that its peak of memory is its own. Answers are recorded beforehand.
"""

from __future__ import annotations

import itertools
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from documents import invented
from limits import record
from measure import Goal, Shown, exponent, peak_memory, python, table

from minutes_llm import api, engines
from minutes_llm.model.digest import Digest
from minutes_llm.plan import plan
from minutes_llm.work import Work, run_many

BYTES = (10_000, 100_000, 1_000_000, 10_000_000)
DOCUMENTS = (10, 100, 1_000, 10_000)
STAGES = ("parse", "plan", "replay", "check", "markdown", "page")
DISTINCT = 10
"""So many documents are told apart; a thousand are these a hundred times, each read, replayed and rendered anew."""


def growth(quick: bool = False) -> Shown:
    """Return what each stage takes at each size, and the power of the size that it grows with."""
    by_length, long = _lengths(BYTES[:3] if quick else BYTES)
    by_number, many = _numbers(DOCUMENTS[:2] if quick else DOCUMENTS)
    return Shown(f"{by_length}\n{by_number}", (*long, *many))


def _lengths(sizes: tuple[int, ...]) -> tuple[str, list[Goal]]:
    took = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "minutes.txt"
            file.write_text(invented(size * 10 // 28), "utf-8")
            record(file, Path(folder) / "recordings")
            made = python("child.py", "growth", "document", str(file)).told
            took.append(made | python("child.py", "growth", "checked", str(file)).told | {"peak": made["peak"]})
    exponents = {stage: _exponent(sizes, [told[stage] for told in took]) for stage in STAGES}
    rows = [[stage, *(f"{told[stage]:.3f}" for told in took), f"{exponents[stage]:.2f}"] for stage in STAGES]
    peaks = [told["peak"] for told in took]
    rows.append(["peak memory, MB", *(f"{peak:.0f}" for peak in peaks), ""])
    head = ["CPU seconds for a document of", *(f"{size / 1000:,.0f} kB" for size in sizes), "exponent"]
    worst = max(exponents, key=lambda stage: exponents[stage])
    return table(head, rows), [Goal(f"growth of time with length ({worst}), exponent", 1.1, exponents[worst])]


def _exponent(sizes: tuple[int, ...], costs: list[float]) -> float:
    """Return the exponent from the second size on: below it a fixed cost hides the growth."""
    return exponent(sizes[1:], costs[1:])


def _numbers(numbers: tuple[int, ...]) -> tuple[str, list[Goal]]:
    with tempfile.TemporaryDirectory() as folder:
        for number in range(1, DISTINCT + 1):
            file = Path(folder) / f"{number}.txt"
            file.write_text(invented(1_000, number), "utf-8")
            record(file, Path(folder) / "recordings")
        took = [python("child.py", "growth", "documents", folder, str(number)).told for number in numbers]
    times, peaks = [told["digest"] for told in took], [told["peak"] for told in took]
    rows = [
        ["CPU seconds", *(f"{seconds:.2f}" for seconds in times), f"{exponent(numbers, times):.2f}"],
        ["documents a second", *(f"{n / seconds:.0f}" for n, seconds in zip(numbers, times, strict=True)), ""],
        ["peak memory, MB", *(f"{peak:.0f}" for peak in peaks), f"{exponent(numbers, peaks):.2f}"],
    ]
    head = ["documents of 1,000 characters, replayed", *(f"{number:,}" for number in numbers), "exponent"]
    return table(head, rows), [
        Goal("growth of time with the number of documents, exponent", 1.1, exponent(numbers, times)),
        Goal(f"memory at {numbers[-1]:,} documents over that at {numbers[-2]:,}", 1.1, peaks[-1] / peaks[-2]),
    ]


# --- in the process of its own ----------------------------------------------------------------------------------


def main(what: str, *arguments: str) -> dict[str, float]:
    """Do one document, check its digest, or do many; return the seconds of CPU that each stage took."""
    if what == "documents":
        return documents(Path(arguments[0]), int(arguments[1]))
    return document(Path(arguments[0])) if what == "document" else checked(Path(arguments[0]))


def document(file: Path) -> dict[str, float]:
    """Take one document through every stage but the check, and leave its digest beside it."""
    took: dict[str, float] = {}
    engine = engines.replay(file.parent / "recordings", "m")
    minutes = _timed("parse", took, lambda: api.read(file))
    _timed("plan", took, lambda: [plan(each, minutes.language, engine.part_tokens) for each in minutes.sections])
    digest = _timed("replay", took, lambda: api.digest(minutes, engine, 1))
    file.with_name("digest.json").write_text(api.render(digest, "json"), "utf-8")
    _timed("markdown", took, lambda: api.render(digest))
    _timed("page", took, lambda: api.render(digest, "html", minutes))
    return took | {"peak": peak_memory()}


def checked(file: Path) -> dict[str, float]:
    """Hold the digest beside a document against it, in a process that has read neither before."""
    minutes, digest = api.read(file), api.load(file.with_name("digest.json"))
    took: dict[str, float] = {}
    _timed("check", took, lambda: api.check(digest, minutes))
    return took


def documents(folder: Path, number: int) -> dict[str, float]:
    """Replay so many documents, four at a time, as the command does."""
    engine = engines.replay(folder / "recordings", "m")
    files = sorted(folder.glob("*.txt"))

    def stories() -> Iterator[Work[Digest]]:
        for file in itertools.islice(itertools.cycle(files), number):
            yield api.story(api.read(file), engine)

    def replayed() -> None:
        for _, made in run_many(stories(), engine.answers, 4):
            assert isinstance(made, Digest)
            api.render(made)

    took: dict[str, float] = {}
    _timed("digest", took, replayed)
    return took | {"peak": peak_memory()}


def _timed(stage: str, took: dict[str, float], work: Callable[[], Any]) -> Any:
    start = time.process_time()
    result = work()
    took[stage] = time.process_time() - start
    return result


if __name__ == "__main__":
    shown = growth("--quick" in sys.argv)
    print(shown.text, *(goal.row for goal in shown.goals), sep="\n")
