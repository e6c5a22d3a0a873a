"""The limit beside it: how far each thing is from the least that it could cost.

The bound is measured in the same run and in turns with what is held against it, so that a busy machine disturbs both.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from statistics import mean, median
from typing import Any

from answers import answer
from documents import REAL, SHORT, invented
from measure import Goal, Shown, alternated, python, run, table
from server import server

from minutes_llm import api
from minutes_llm.cli import LOOK_FOR_CYCLES
from minutes_llm.engines import Engine
from minutes_llm.executors.endpoint import Endpoint
from minutes_llm.executors.wire import completion_body
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.work import Answer, Message, Reply, Request, Work, ask, run_many, together

LABEL = re.compile(r"^[ \t\u3000]*([○◯〇◎◆●【]?[^\s：:）)】]{1,20}[：:）)】]?)[ \u3000\n]", re.MULTILINE)
"""Any label at the beginning of a line: what a parser has to look for at the very least."""


def limits(quick: bool = False) -> Shown:
    """Return how far making, asking, starting and parsing are from their bounds."""
    goals = [*starting(5 if quick else 20), *parsing(1_000_000 if quick else 10_000_000, 1 if quick else 3)]
    with server() as scripted:
        goals += makespan(scripted.url, 1 if quick else 5)
        shown, cost = calls(scripted.url, 1 if quick else 3)
    return Shown(shown, (*goals, cost))


# --- starting ---------------------------------------------------------------------------------------------------


def starting(times: int) -> list[Goal]:
    """Return what the command takes from cold, over Python importing click."""
    file = str(REAL if REAL.is_file() else SHORT)
    command = str(Path(sys.executable).with_name("minutes-llm"))
    recordings = str(SHORT.parent / "recordings")
    ways = [
        partial(python, "-c", "import click"),
        partial(run, [command, "--help"]),
        partial(run, [command, "outline", file]),
        partial(run, [command, "digest", str(SHORT), "--engine", "replay", "--recordings", recordings, "--quiet"]),
    ]
    click, helped, outlined, replayed = alternated(ways, times)
    return [
        Goal("`minutes-llm --help` over `import click`", 1.6, helped.wall / click.wall),
        Goal("`outline` of document 01 over `import click`", 2.5, outlined.wall / click.wall),
        Goal(
            "`digest` of a fixture, replayed from its recordings, over `import click`", 4, replayed.wall / click.wall
        ),
    ]


def scripted_answer(request: Request) -> Reply:
    """Return what the scripted server would answer, without a server."""
    messages = [{"role": message.role, "content": message.content} for message in request.messages]
    return Reply(answer(messages, request.schema_name))


def record(file: Path, folder: Path) -> None:
    """Leave in a folder the recordings of a document's digest."""
    engine = Engine("openai", "m", recorded(scripted_answer, Recordings(folder), "m"))
    api.digest(api.read(file), engine, 1)


# --- parsing ----------------------------------------------------------------------------------------------------


def parsing(size: int, times: int) -> list[Goal]:
    """Return what reading a file of so many bytes as minutes takes, over reading it with one regular expression.

    Cycles are looked for as seldom as the command does.
    """
    text = invented(size * 10 // 28)  # 2.8 bytes a character
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "minutes.txt"
        file.write_text(text, "utf-8")
        ratios = []
        before = gc.get_threshold()
        gc.set_threshold(LOOK_FOR_CYCLES)
        for _ in range(times):
            start = time.process_time()
            LABEL.findall(file.read_text("utf-8"))
            middle = time.process_time()
            api.read(file)
            ratios.append((time.process_time() - middle) / (middle - start))
        gc.set_threshold(*before)
    return [Goal(f"parsing {file_size(text)} over one pass of a regular expression", 10, median(ratios))]


def file_size(text: str) -> str:
    """Return how long a text is in UTF-8, in words."""
    return f"{len(text.encode()) / 1e6:.1f} MB"


# --- makespan ---------------------------------------------------------------------------------------------------


def makespan(url: str, seeds: int) -> list[Goal]:
    """Return what 40 sections take over the longest chain, or over the total by those at once.

    Answer times are log-normal, and three sections in ten are asked twice. How long each answer will take is not
    known beforehand, but a longer prompt has a longer answer.
    """
    return [
        Goal(
            f"40 sections, {n} at once: makespan over its bound", 1.10, mean(_ratio(url, n, s) for s in range(seeds))
        )
        for n in (8, 16, 40)
    ]


def _ratio(url: str, concurrency: int, seed: int) -> float:
    chance = random.Random(seed)
    chains = []
    for _ in range(40):
        first = chance.lognormvariate(-0.4, 0.6)
        chains.append([first, first * chance.uniform(0.8, 1.2)] if chance.random() < 0.3 else [first])

    def section(number: int, times: list[float]) -> Work[None]:
        for step, seconds in enumerate(times):
            yield from ask(_request(f"s{number}.{step}", seconds, int(seconds * 1000)))

    def document() -> Work[Any]:
        return (yield from together(section(*each) for each in enumerate(chains)))

    endpoint = Endpoint("m", url)
    endpoint(_request("warm", 0.0))
    start = time.perf_counter()
    list(run_many([document()], endpoint, concurrency))
    took = time.perf_counter() - start
    return took / max(max(map(sum, chains)), sum(map(sum, chains)) / concurrency)


# --- CPU a call -------------------------------------------------------------------------------------------------

SPEECH = "［s1t1］委員：来年度の予算案について、その規模と財源を教えていただきたい。\n" * 80
SCHEMA = {
    "type": "object",
    "properties": {"points": {"type": "array", "items": {"type": "string"}}, "text": {"type": "string"}},
    "required": ["points", "text"],
}


def calls(url: str, times: int) -> tuple[str, Goal]:
    """Return CPU a call of the bare SDK, of our executor, and of it with recordings."""
    ways: dict[str, Callable[[str, int, int], None]] = {
        "SDK in threads": _bare_threads,
        "SDK, asyncio": _bare_asyncio,
        "ours": _ours,
        "ours, recorded": _ours_recorded,
    }
    rows = []
    ratios = []
    for concurrency, count in ((1, 40), (16, 480), (128, 1280)):
        costs = [[_cost(way, url, concurrency, count) for way in ways.values()] for _ in range(times)]
        least = [min(column) for column in zip(*costs, strict=True)]
        ratios.append(least[2] / least[0])
        rows.append([f"{concurrency} at once", *(f"{cost:.2f}" for cost in least), f"{ratios[-1]:.2f}"])
    head = ["milliseconds of CPU a call", *ways, "ours over SDK"]
    return table(head, rows), Goal("CPU a call over the bare SDK's, 16 at once", 1.3, ratios[1])


def _cost(way: Callable[[str, int, int], None], url: str, concurrency: int, count: int) -> float:
    way(url, concurrency, concurrency)
    start = time.process_time()
    way(url, concurrency, count)
    return (time.process_time() - start) / count * 1000


def _bare_threads(url: str, concurrency: int, count: int) -> None:
    import openai

    client = openai.OpenAI(base_url=url, api_key="none", max_retries=0)
    with ThreadPoolExecutor(concurrency) as pool:
        list(pool.map(lambda n: client.chat.completions.create(**_body(n)).choices[0].message.content, range(count)))


def _bare_asyncio(url: str, concurrency: int, count: int) -> None:
    import openai

    async def main() -> None:
        client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
        room = asyncio.Semaphore(concurrency)

        async def one(number: int) -> None:
            async with room:
                await client.chat.completions.create(**_body(number))

        await asyncio.gather(*map(one, range(count)))
        await client.close()

    asyncio.run(main())


def _ours(url: str, concurrency: int, count: int) -> None:
    _answered_by(Endpoint("m", url), concurrency, count)


def _ours_recorded(url: str, concurrency: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _answered_by(recorded(Endpoint("m", url), Recordings(Path(folder)), "m"), concurrency, count)


def _answered_by(answer: Answer, concurrency: int, count: int) -> None:
    list(run_many((ask(_request(f"s{n}", 0.1)) for n in range(count)), answer, concurrency))


def _request(label: str, seconds: float, tokens: int = 0) -> Request:
    """Return a request of the size of a section of document 01, which the server answers after so many seconds."""
    messages = (Message("system", "議事を要約してください。"), Message("user", f"{seconds}\n{label}\n{SPEECH}"))
    return Request(label, messages, "section", SCHEMA, tokens=tokens)


def _body(number: int) -> dict[str, Any]:
    return completion_body(_request(f"s{number}", 0.1), "m")


if __name__ == "__main__":
    shown = limits("--quick" in sys.argv)
    print(json.dumps([goal.row for goal in shown.goals], ensure_ascii=False, indent=1), shown.text, sep="\n")
