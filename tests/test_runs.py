"""Whole runs of the command against a server: many documents, failures among them, kills, long records."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import honest_model
from minutes_llm.api import read
from scripted_server import Asked, ScriptedServer, completion

FIXTURES = Path(__file__).parents[1] / "fixtures"
REAL = Path(__file__).parents[1] / ".." / "shared" / "minutes"
MINUTES = FIXTURES / "regional-data" / "minutes.txt"


def start(url: str, recordings: Path, *arguments: str | Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "minutes_llm", "digest", *map(str, arguments), "--engine", "openai"]
    options = ["--base-url", url, "-m", "honest", "--recordings", str(recordings)]
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "MINUTES_LLM_"))}
    return subprocess.Popen([*command, *options], stderr=subprocess.PIPE, text=True, encoding="utf-8", env=clean)


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def test_ten_documents_of_which_three_fail_in_different_ways(tmp_path: Path, serve: Any) -> None:
    for number in range(10):
        text = MINUTES.read_text("utf-8").replace("第 2回", f"第 {number}回")
        (tmp_path / f"m{number}.txt").write_text(text, "utf-8")
    (tmp_path / "m3.txt").write_text("", "utf-8")
    (tmp_path / "m5.txt").write_text("牛乳\n卵\n", "utf-8")

    def script(asked: Asked) -> Any:
        refused = "第 7回" in asked.prompt and "議題（２）" in asked.prompt
        return completion(None, refusal="no") if refused else honest_model.reply(asked)

    server: ScriptedServer = serve(script)
    files = sorted(tmp_path.glob("m*.txt"))
    code, said = finish(start(server.url, tmp_path / "rec", *files, "-q", "-o", tmp_path / "out"))
    assert code == 3
    assert sorted(re.findall(r"m\d(?=\.txt)", said)) == ["m3", "m5", "m7"]
    assert len(said.splitlines()) == 3
    assert len(list((tmp_path / "out").iterdir())) == 8
    assert "⚠" in (tmp_path / "out" / "m7.md").read_text("utf-8")

    before = len(server.asked)
    server.script = honest_model.reply
    code, _ = finish(start(server.url, tmp_path / "rec", tmp_path / "m7.txt", "-q", "-o", tmp_path / "m7.md"))
    assert code == 0
    again = server.asked[before:]
    assert len(again) < before / 8
    assert all("議題（２）" in asked.prompt for asked in again)


def test_killed_at_any_moment_a_run_goes_on_asks_nothing_twice_and_ends_the_same(tmp_path: Path, serve: Any) -> None:
    undisturbed: ScriptedServer = serve(honest_model.reply)
    assert (
        finish(start(undisturbed.url, tmp_path / "a", MINUTES, "-q", "-f", "json", "-o", tmp_path / "a.json"))[0] == 0
    )

    chance = random.Random(3)
    server: ScriptedServer = serve(lambda asked: honest_model.reply(asked, delay=chance.uniform(0.05, 0.4)))
    kills = 0
    for attempt in range(60):
        process = start(server.url, tmp_path / "b", MINUTES, "-q", "-f", "json", "-o", tmp_path / "b.json")
        time.sleep(chance.uniform(0.3, 1.6) * (1 + attempt / 10))  # a busy machine gets there too
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            kills += 1
        code, _ = finish(process)
        if code == 0:
            break
    assert code == 0
    assert kills >= 1
    assert (tmp_path / "b.json").read_bytes() == (tmp_path / "a.json").read_bytes()
    assert not list(tmp_path.glob(".b.json.*"))
    kept = len(list((tmp_path / "b").glob("*.json")))
    assert kept == len(undisturbed.asked)


def test_interrupted_it_keeps_what_was_answered_and_says_130(tmp_path: Path, serve: Any) -> None:
    first = iter([0.0])
    server: ScriptedServer = serve(lambda asked: honest_model.reply(asked, delay=next(first, 30.0)))
    process = start(server.url, tmp_path / "rec", MINUTES, "-o", tmp_path / "out.md")
    deadline = time.monotonic() + 30
    while not list((tmp_path / "rec").glob("*.json")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    code, said = finish(process)
    assert code == 130
    assert "kept" in said
    assert "Traceback" not in said
    assert len(list((tmp_path / "rec").glob("*.json"))) == 1
    assert not (tmp_path / "out.md").exists()


PREFIX = re.compile(r"^\[s\d+t\d+(?:p\d+)?\](?: [^:\n]*:(?= |$))?", re.MULTILINE)
LONG = [
    pytest.param(FIXTURES / "city-assembly" / "minutes.txt", 1500, id="city-assembly"),
    *(
        pytest.param(
            REAL / name,
            12_000,
            id=name,
            marks=pytest.mark.skipif(not REAL.is_dir(), reason="the real documents are not beside the checkout"),
        )
        for name in ("13-kokkai-yosan.txt", "30-legco-2013-zh.txt")
    ),
]


@pytest.mark.parametrize(("file", "budget"), LONG)
def test_of_a_long_record_every_character_is_in_exactly_one_request(
    file: Path, budget: int, tmp_path: Path, serve: Any
) -> None:
    server: ScriptedServer = serve(honest_model.reply)
    budgeted = ("--part-tokens", str(budget), "-q", "-o", str(tmp_path / "out.md"))
    code, said = finish(start(server.url, tmp_path / "rec", file, *budgeted))
    assert code == 0, said
    sections = [a for a in server.asked if a.body["response_format"]["json_schema"]["name"] == "section"]
    assert len(sections) > 3
    shown = Counter[str]()
    for prompt in {asked.body["messages"][1]["content"] for asked in sections}:
        _, record, _ = re.split(r"^=== .* ===$", prompt, flags=re.MULTILINE)
        shown += Counter("".join(PREFIX.sub("", record).split()))
    said_in_all = "".join(turn.text for section in read(file).sections for turn in section.turns)
    assert shown == Counter("".join(said_in_all.split()))
