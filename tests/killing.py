"""Runs are killed at random moments and started again until they end; what they asked twice is counted.

`python tests/killing.py 500` kills 500 times and prints what came of it; `test_killing.py` does it a few dozen times.
A runner process imports the SDK once and forks for each start, so that a start takes milliseconds.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

from minutes_llm.executors.endpoint import Endpoint
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.work import Message, Request, Work, ask, run, together
from scripted_server import Answer, Asked, ScriptedServer, completion

SECTIONS = 12
REQUESTS = 49  # of one run
AT_ONCE = 6


def section(number: int) -> Work[str]:
    """A story whose next question depends on the answer before, and that has parts side by side."""
    said = ""
    for step in range(1 + number % 3):
        said = (yield from ask(_request(f"s{number}.{step}", f"第{number}節の{step}\n{said}"))).text
    halves = yield from together(ask(_request(f"s{number}{half}", f"第{number}節{half}\n{said}")) for half in "ab")
    return said + "".join(reply.text for reply in halves)


def document() -> Work[str]:
    """All sections side by side, then one question over what came of them."""
    sections = yield from together(section(number) for number in range(SECTIONS))
    overview = yield from ask(_request("overview", "\n".join(sections)))
    return "\n".join([*sections, overview.text])


def _request(label: str, prompt: str) -> Request:
    return Request(label, (Message("user", prompt),), "any", {"type": "object"})


def slow_answer(asked: Asked) -> Answer:
    """Answer 5 to 40 ms later, always the same to the same prompt."""
    digest = hashlib.sha256(asked.prompt.encode()).hexdigest()
    return completion(json.dumps({"answer": digest[:8]}), delay=0.005 + int(digest[:2], 16) / 256 * 0.035)


def runner(url: str, folder: Path) -> None:
    """At each line on standard input fork a run; say its pid at once, and how it ended when it did.

    What has ended is taken note of at the next line only: until then nobody else can have its pid, and be killed.
    """
    import openai  # noqa: F401  for the runs that are forked

    for _ in sys.stdin:
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
        pid = os.fork()
        if pid == 0:
            result = run(document(), recorded(Endpoint("m", url), Recordings(folder), "m"), AT_ONCE)
            (folder / "result").write_text(result, "utf-8")
            os._exit(0)
        print(pid, flush=True)
        ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        print(ended.si_status if ended else 0, flush=True)


@dataclass
class Outcome:
    """What came of many kills: how many hit a run, the runs' results, and prompts asked though recorded."""

    kills: int = 0
    starts: int = 0
    asked: int = 0
    results: list[str] = field(default_factory=list)
    asked_twice: list[str] = field(default_factory=list)


def kill_often(kills: int, seed: int, folder: Path) -> Outcome:
    """Return what comes of runs that are killed so many times in all, each started again until it ends."""
    outcome = Outcome()
    recordings = Recordings(folder)

    def answer(asked: Asked) -> Answer:
        outcome.asked += 1
        if recordings.find(_request("", asked.prompt), "m") is not None:
            outcome.asked_twice.append(asked.prompt)
        return slow_answer(asked)

    folder.mkdir(exist_ok=True)
    with ScriptedServer(answer) as server:
        command = [sys.executable, __file__, "--runner", server.url, str(folder)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdin and process.stdout
            moments = random.Random(seed)
            while outcome.kills < kills:
                print(file=process.stdin, flush=True)
                pid = int(process.stdout.readline())
                outcome.starts += 1
                timer = threading.Timer(moments.uniform(0.0, 0.4), os.kill, (pid, signal.SIGKILL))
                timer.start()
                status = int(process.stdout.readline())
                timer.cancel()
                outcome.kills += status == signal.SIGKILL
                if status == 0:
                    outcome.results.append((folder / "result").read_text("utf-8"))
                    shutil.rmtree(folder)
                    folder.mkdir()
            process.stdin.close()
    return outcome


def undisturbed() -> str:
    """Return the result of a run that nobody kills."""
    with ScriptedServer(slow_answer) as server:
        return run(document(), Endpoint("m", server.url), AT_ONCE)


def main() -> None:
    """Kill as often as the command line says."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.monotonic()
        outcome = kill_often(int(sys.argv[1]), seed=1, folder=Path(folder) / "recordings")
        wrong = sum(result != undisturbed() for result in outcome.results)
        seconds = time.monotonic() - start
        print(f"{outcome.kills} kills in {seconds:.0f} s: {outcome.starts} starts, {outcome.asked} requests")
        print(f"{len(outcome.results)} runs ended, {wrong} of them otherwise than one that nobody killed")
        print(f"{len(outcome.asked_twice)} finished requests asked twice")


if __name__ == "__main__":
    if sys.argv[1] == "--runner":
        runner(sys.argv[2], Path(sys.argv[3]))
    else:
        main()
