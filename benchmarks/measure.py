"""How things are measured here: a program run to its end with its times and memory, medians, exponents, tables."""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Run:
    """What a program took: seconds on the clock, seconds of CPU; and what it told of itself as JSON."""

    wall: float
    cpu: float
    told: dict[str, Any] = field(default_factory=dict)


def run(command: Sequence[str], **environment: str) -> Run:
    """Run a program to its end; its last line, where it is a JSON object, is what it told.

    Whatever the shell says, Python keeps the bytecode it has compiled: an installed package has it beside it.
    """
    start = time.perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": ""} | environment,
        cwd=HERE,
    ) as process:
        assert process.stdout
        assert process.stderr
        said = process.stdout.read()
        complained = process.stderr.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}:\n{complained.decode()[-2000:]}")
    last = said.decode().rstrip().rpartition("\n")[2]
    told = json.loads(last) if last.startswith("{") and last.endswith("}") else {}
    return Run(wall, used.ru_utime + used.ru_stime, told)


def python(*arguments: str, **environment: str) -> Run:
    """Run this Python on something."""
    return run([sys.executable, *arguments], **environment)


@dataclass(frozen=True)
class Goal:
    """Something that was to be reached: what, at most (or, with `least`, at least) how much, and how much it is."""

    name: str
    limit: float
    figure: float
    least: bool = False

    @property
    def row(self) -> tuple[str, str, str, str]:
        """The goal as a row of a table."""
        met = self.figure >= self.limit if self.least else self.figure <= self.limit
        sign = "≥" if self.least else "≤"
        return self.name, f"{sign} {self.limit:g}", f"{self.figure:.2f}", "yes" if met else "**no**"


@dataclass(frozen=True)
class Shown:
    """What a measurement shows: its tables as Markdown, and how its goals stand."""

    text: str
    goals: tuple[Goal, ...] = ()


def best(runs: Iterable[Run]) -> Run:
    """Return the run that was disturbed least: the one with the least wall time."""
    return min(runs, key=lambda each: each.wall)


def alternated(ways: Sequence[Callable[[], Run]], times: int) -> list[Run]:
    """Return the best run of each way, tried in turns, so that what disturbs one disturbs them all."""
    rounds = [[way() for way in ways] for _ in range(times)]
    return [best(column) for column in zip(*rounds, strict=True)]


def peak_memory() -> float:
    """Return the most memory this process has had since it began, in MB, where the system says so (Linux).

    What `resource` says is no use: a child is given its parent's peak to begin with.
    """
    status = Path("/proc/self/status")
    lines = status.read_text("ascii").splitlines() if status.exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), math.nan)


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Return the power of its size that something costs: the slope of the straight line through the logarithms."""
    slope, _ = statistics.linear_regression([math.log(size) for size in sizes], [math.log(cost) for cost in costs])
    return slope


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table; the first column is text, all others figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines) + "\n"
