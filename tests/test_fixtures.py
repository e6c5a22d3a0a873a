"""Whole stories replayed: each fixture's digest and translation come out of its recordings, byte for byte, offline.

`make fixtures` writes the expected files anew, which is right only where a change of them was meant and looked at.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_llm.api import digest, load, read, render, translate
from minutes_llm.checking.report import check_digest
from minutes_llm.engines import replay
from minutes_llm.errors import RecordingMissing
from minutes_llm.evaluation import evaluate, parse_gold, total
from minutes_llm.folders import shipped
from minutes_llm.model.digest import Digest
from minutes_llm.recordings import read_recording
from minutes_llm.translation.readings import Wishes

FIXTURES = Path(__file__).parents[1] / "fixtures"
NAMES = ("regional-data", "harbour-board", "city-assembly", "injection")
OTHER = {"regional-data": "en", "harbour-board": "ja", "city-assembly": "en", "injection": "en"}
NOTE = "answered by a language model given only the prompt; not an OpenAI model; token counts by tiktoken"


def replayed(name: str, file: str = "minutes.txt") -> Digest:
    return digest(read(FIXTURES / name / file), replay(FIXTURES / name / "recordings"), concurrency=1)


@pytest.mark.parametrize("name", NAMES)
def test_the_digest_comes_out_of_its_recordings_byte_for_byte(name: str, no_sockets: None) -> None:
    made = replayed(name)
    folder = FIXTURES / name
    assert render(made, "json") == (folder / "digest.json").read_text("utf-8")
    assert render(made) == (folder / "digest.md").read_text("utf-8")
    assert render(replayed(name), "json") == render(made, "json")


@pytest.mark.parametrize("name", NAMES)
def test_so_does_the_translation(name: str, no_sockets: None) -> None:
    folder, to = FIXTURES / name, OTHER[name]
    wishes = Wishes(to, source=read(folder / "minutes.txt").source.text)
    made = translate(load(folder / "digest.json"), replay(folder / "recordings"), wishes, concurrency=1)
    assert render(made, "json") == (folder / f"digest.{to}.json").read_text("utf-8")
    assert render(made) == (folder / f"digest.{to}.md").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_what_a_model_made_is_borne_out_and_finds_the_links_of_the_gold(name: str) -> None:
    made = replayed(name)
    report = check_digest(made, read(FIXTURES / name / "minutes.txt"))
    borne_out = {rate.kind: rate.share for rate in report.rates}
    assert borne_out["quotes"] == borne_out["statements"] == borne_out["speakers"] == 1
    assert borne_out["turns"] == 1
    score = total(evaluate(made, parse_gold((FIXTURES / name / "gold.json").read_text("utf-8"), name)))
    assert (score.scores["links"].f1 or 0) >= 0.85


@pytest.mark.parametrize("name", NAMES)
def test_every_recording_says_how_it_was_made_and_holds_no_secret(name: str) -> None:
    files = sorted((FIXTURES / name / "recordings").glob("*.json"))
    assert files
    for file in files:
        assert read_recording(file).note == NOTE
        text = file.read_text("utf-8").lower()
        assert not any(
            word in text for word in ("authorization", "bearer ", "api_key", "sk-", "cookie", "127.0.0.1:")
        )


def test_a_changed_prompt_is_a_miss_that_names_the_section_and_what_differs(tmp_path: Path) -> None:
    prompts = tmp_path / "prompts"
    prompts.mkdir()
    text = (shipped("prompts") / "section.ja.md").read_text("utf-8")
    (prompts / "section.ja.md").write_text(text.replace("2～4文", "2～5文"), "utf-8")
    engine = replay(FIXTURES / "regional-data" / "recordings", prompts=prompts)
    with pytest.raises(RecordingMissing, match=r"s\d.*messages\[0\] line \d+.*2～5文"):
        digest(read(FIXTURES / "regional-data" / "minutes.txt"), engine, concurrency=1)


def test_instructions_in_what_speakers_say_change_nothing() -> None:
    attacked, clean = replayed("injection"), replayed("injection", "clean.txt")
    assert links(attacked) == links(clean)
    assert [entry.outcome == "unaccounted" for entry in attacked.ledger] == [False] * 11
    assert all(section.status == "ok" and section.summary for section in attacked.sections)


def links(made: Digest) -> list[tuple[str, ...]]:
    """Return who asks whom in a digest: the turns of each question and its answers."""
    pairs = [pair for section in made.sections for pair in section.pairs]
    return sorted((*pair.question.turns, *(turn for each in pair.answers for turn in each.turns)) for pair in pairs)


def test_the_command_replays_without_key_or_network(tmp_path: Path) -> None:
    folder = FIXTURES / "regional-data"
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "MINUTES_LLM_"))}
    command = [sys.executable, "-m", "minutes_llm", "digest", str(folder / "minutes.txt"), "-f", "json", "-q"]
    replaying = ["--engine", "replay", "--recordings", str(folder / "recordings"), "-o", str(tmp_path / "out.json")]
    outcome = subprocess.run([*command, *replaying], capture_output=True, text=True, env=clean, timeout=120)
    assert outcome.returncode == 0, outcome.stderr
    assert (tmp_path / "out.json").read_bytes() == (folder / "digest.json").read_bytes()
