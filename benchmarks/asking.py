"""How well requests are asked: makespan over its bound, CPU time over a bare SDK call, replays a second, memory.

    python benchmarks/asking.py [makespan|cpu|replay ...]

Everything runs against a server of known latency in another process on loopback. Times depend on the machine; read
the ratios, which are of the same run. Nothing is asserted.
"""

from __future__ import annotations

import asyncio
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from minutes_llm.executors.endpoint import Endpoint
from minutes_llm.executors.wire import completion_body
from minutes_llm.model import Usage
from minutes_llm.recordings import Recordings, recorded, replayed
from minutes_llm.work import Message, Reply, Request, Work, ask, run_many, together

STATEMENT = {
    "type": "object",
    "properties": {
        "text": {"type": "string", "minLength": 1},
        "turns": {"type": "array", "items": {"type": "string"}, "minItems": 1},
        "quote": {"type": "string", "minLength": 1},
    },
    "required": ["text", "turns", "quote"],
}
SCHEMA = {
    "type": "object",
    "properties": {name: {"type": "array", "items": {"$ref": "#/$defs/statement"}} for name in ("points", "pairs")},
    "required": ["points", "pairs"],
    "$defs": {"statement": STATEMENT},
}
ANSWER = json.dumps({"points": [{"text": "予算を了承した。" * 60, "turns": ["s1t1"], "quote": "了承"}], "pairs": []})
SPEECH = "［s1t1］委員：来年度の予算案について、その規模と財源を教えていただきたい。\n" * 80


def request(label: str, seconds: float = 0.0, tokens: int = 0) -> Request:
    """Return a request of the size of a section of document 01, which the server answers after so many seconds."""
    messages = (Message("system", "議事を要約してください。"), Message("user", f"{seconds}\n{label}\n{SPEECH}"))
    return Request(label, messages, "section", SCHEMA, tokens=tokens)


# --- makespan ---------------------------------------------------------------------------------------------------


def makespan(url: str) -> None:
    """Print how much longer 40 sections take than the longest chain, or the total over those at once, allows."""
    print("\n40 sections, log-normal answer times, three in ten asked again; time over its bound")
    print(f"{'at once':>8} {'sizes known':>12} {'sizes unknown':>14}")
    for concurrency in (8, 16, 40):
        ratios = [_makespan_ratio(url, concurrency, seed, known) for known in (True, False) for seed in (1, 2, 3)]
        known, unknown = sum(ratios[:3]) / 3, sum(ratios[3:]) / 3
        print(f"{concurrency:>8} {known:>12.3f} {unknown:>14.3f}")


def _makespan_ratio(url: str, concurrency: int, seed: int, known: bool) -> float:
    chance = random.Random(seed)
    chains = []
    for _ in range(40):
        first = chance.lognormvariate(-0.4, 0.6)
        chains.append([first, first * chance.uniform(0.8, 1.2)] if chance.random() < 0.3 else [first])

    def section(number: int, times: list[float]) -> Work[None]:
        for step, seconds in enumerate(times):
            tokens = int(seconds * 1000) if known else 0
            yield from ask(request(f"s{number}.{step}", seconds, tokens))

    def document() -> Work[Any]:
        return (yield from together(section(*each) for each in enumerate(chains)))

    endpoint = Endpoint("m", url)
    endpoint(request("warm"))
    start = time.perf_counter()
    list(run_many([document()], endpoint, concurrency))
    took = time.perf_counter() - start
    return took / max(max(map(sum, chains)), sum(map(sum, chains)) / concurrency)


# --- CPU --------------------------------------------------------------------------------------------------------


def cpu(url: str) -> None:
    """Print milliseconds of CPU a call and calls a second, of the bare SDK in threads, of asyncio, and ours."""
    print("\nCPU time a call in ms (calls a second), answers after 0.1 s, best of three rounds")
    names = ("SDK, threads", "SDK, asyncio", "ours", "ours, recorded")
    print(f"{'at once':>8} {' '.join(f'{name:>16}' for name in names)} {'ours over SDK':>16}")
    for concurrency, calls in ((1, 40), (16, 600), (128, 1500)):
        ways: list[Callable[[str, int, int], None]] = [_bare_threads, _bare_asyncio, _ours, _ours_recorded]
        rounds = [[_cost(way, url, concurrency, calls) for way in ways] for _ in range(3)]
        costs = [min(each) for each in zip(*rounds, strict=True)]
        cells = " ".join(f"{f'{ms:.2f} ({rate:.0f})':>16}" for ms, rate in costs)
        over = ", ".join(f"{costs[way][0] / costs[0][0]:.2f}" for way in (2, 3))
        print(f"{concurrency:>8} {cells} {over:>16}")


def _cost(way: Callable[[str, int, int], None], url: str, concurrency: int, calls: int) -> tuple[float, float]:
    way(url, concurrency, concurrency)
    cpu_start, start = time.process_time(), time.perf_counter()
    way(url, concurrency, calls)
    return (time.process_time() - cpu_start) / calls * 1000, calls / (time.perf_counter() - start)


def _bare_threads(url: str, concurrency: int, calls: int) -> None:
    client = _client(url)
    with ThreadPoolExecutor(concurrency) as pool:
        list(pool.map(lambda n: client.chat.completions.create(**_body(n)).choices[0].message.content, range(calls)))


def _bare_asyncio(url: str, concurrency: int, calls: int) -> None:
    import openai

    async def main() -> None:
        client = openai.AsyncOpenAI(base_url=url, api_key="none", max_retries=0)
        room = asyncio.Semaphore(concurrency)

        async def one(number: int) -> None:
            async with room:
                await client.chat.completions.create(**_body(number))

        await asyncio.gather(*map(one, range(calls)))
        await client.close()

    asyncio.run(main())


def _ours(url: str, concurrency: int, calls: int) -> None:
    list(run_many((ask(request(f"s{n}", 0.1)) for n in range(calls)), Endpoint("m", url), concurrency))


def _ours_recorded(url: str, concurrency: int, calls: int) -> None:
    answer = recorded(Endpoint("m", url), Recordings(Path(tempfile.mkdtemp(dir=_SCRATCH.name))), "m")
    list(run_many((ask(request(f"s{n}", 0.1)) for n in range(calls)), answer, concurrency))


_SCRATCH = tempfile.TemporaryDirectory()


def _client(url: str) -> Any:
    import openai

    return openai.OpenAI(base_url=url, api_key="none", max_retries=0)


def _body(number: int) -> dict[str, Any]:
    return completion_body(request(f"s{number}", 0.1), "m")


# --- replay -----------------------------------------------------------------------------------------------------


def replay(url: str) -> None:
    """Print documents replayed a second, and the memory that takes, for more and more documents."""
    print("\ndocuments of two sections and an overview, replayed from recordings")
    print(f"{'documents':>10} {'a second':>9} {'peak MB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        recordings = Recordings(Path(folder))
        for number in range(1000):
            for part in ("s1", "s2", "overview"):
                recordings.keep(request(f"{number} {part}"), "m", Reply(ANSWER, usage=Usage(1, 3000, 500)))
        for documents in (10, 100, 1000):
            command = [sys.executable, __file__, "--replay", folder, str(documents)]
            print(subprocess.run(command, capture_output=True, text=True, check=True).stdout, end="")


def _replay_run(folder: str, documents: int) -> None:
    def document(number: int) -> Work[int]:
        replies = yield from together(ask(request(f"{number} {part}")) for part in ("s1", "s2"))
        overview = yield from ask(request(f"{number} overview"))
        return sum(len(reply.text) for reply in replies) + len(overview.text)

    start = time.perf_counter()
    results = run_many(map(document, range(documents)), replayed(Recordings(Path(folder)), "m"), 4)
    count = sum(1 for _ in results)
    rate = count / (time.perf_counter() - start)
    print(f"{count:>10} {rate:>9.0f} {_peak_memory():>8.1f}")


def _peak_memory() -> float:
    """Return the most memory this process has had, in MB, where the system says so (Linux)."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines() if Path("/proc/self/status").exists() else []
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), float("nan"))


# --- the server -------------------------------------------------------------------------------------------------


async def serve() -> None:
    """Answer every chat completion after as many seconds as the first line of its last message says."""
    choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": ANSWER}}
    usage = {"prompt_tokens": 3000, "completion_tokens": 500, "total_tokens": 3500}
    content = {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [choice],
        "usage": usage,
    }
    body = json.dumps(content).encode()
    head = f"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n".encode()

    async def connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while headers := await reader.readuntil(b"\r\n\r\n"):
                length = int(headers.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                asked = json.loads(await reader.readexactly(length))
                await asyncio.sleep(float(asked["messages"][-1]["content"].split("\n")[0]))
                writer.write(head + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    server = await asyncio.start_server(connection, "127.0.0.1", 0, backlog=512)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1", flush=True)
    await server.serve_forever()


@contextmanager
def server() -> Iterator[str]:
    """The server in a process of its own; its base URL."""
    command = [sys.executable, __file__, "--serve"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()


def main() -> None:
    """Measure what the command line names, or all."""
    measures = {"makespan": makespan, "cpu": cpu, "replay": replay}
    with server() as url:
        for name in sys.argv[1:] or measures:
            measures[name](url)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        asyncio.run(serve())
    elif sys.argv[1:2] == ["--replay"]:
        _replay_run(sys.argv[2], int(sys.argv[3]))
    else:
        main()
