"""A folder of recordings is listed, pruned, and asked why a replay would miss something."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from building import Scripted, answer
from minutes_llm.api import digest, read
from minutes_llm.engines import Engine
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.work import Reply, Request
from running import run
from test_cli import FIXTURES, fails
from test_cli import run as run_apart

MINUTES = FIXTURES / "injection" / "minutes.txt"
OTHER = FIXTURES / "injection" / "clean.txt"


def record(file: Path, folder: Path, note: str = "") -> None:
    """Record a digest of a file, made of answers that say next to nothing."""
    overview = {"overview": [{"text": "議題を扱った。", "sections": ["s1"]}]}

    def answers(request: Request) -> Reply:
        content = overview if request.label.startswith("overview") else answer([("議題を扱った。", ["s1t1"])])
        return Scripted({request.label: [content]})(request)

    digest(read(file), Engine("openai", "m", recorded(answers, Recordings(folder, note=note), "m")))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record(MINUTES, tmp_path / "recordings", note="by hand")
    return tmp_path / "recordings"


def damage(folder: Path) -> Path:
    path = min(folder.glob("*.json"))
    path.write_bytes(path.read_bytes()[:-20])
    return path


def test_each_recording_is_a_line_and_a_damaged_one_is_named(folder: Path) -> None:
    stems = sorted(path.stem for path in folder.iterdir())
    outcome = run("recordings", "list", folder)
    assert outcome.returncode == 0
    assert [line.split()[0] for line in outcome.stdout.splitlines()] == stems
    (overview,) = [line for line in outcome.stdout.splitlines() if "  overview  " in line]
    assert overview.endswith("  m  stop  0 + 0 tokens  by hand")

    damaged = damage(folder)
    outcome = run_apart("recordings", "list", folder)
    assert len(outcome.stdout.splitlines()) == len(stems) - 1
    assert damaged.name in outcome.stderr
    assert "torn" in outcome.stderr


def test_a_replay_that_would_miss_something_is_explained_request_by_request(folder: Path, tmp_path: Path) -> None:
    complete = run("recordings", "explain", folder, MINUTES)
    assert (complete.returncode, complete.stdout) == (0, "")
    assert "every request has its recording" in complete.stderr

    changed = tmp_path / "changed.txt"
    changed.write_text(MINUTES.read_text("utf-8").replace("職員48人", "職員49人"), "utf-8")
    (line,) = run("recordings", "explain", folder, changed).stdout.splitlines()
    assert line.startswith("no recording answers s1: the nearest, ")
    assert "49人" in line
    lines = run("recordings", "explain", folder, MINUTES, "-m", "other").stdout.splitlines()
    assert [line.partition(":")[0].rpartition(" ")[2] for line in lines] == ["s1", "s2"]
    assert all('model: asked "other", recorded "m"' in line for line in lines)


def test_what_no_digest_of_the_given_minutes_uses_is_pruned(folder: Path) -> None:
    mine = {path.name for path in folder.iterdir()}
    record(OTHER, folder)
    others = {path.name for path in folder.iterdir()} - mine
    assert others
    would = run("recordings", "prune", folder, "--keep-for", MINUTES, "--dry-run")
    assert set(would.stdout.split()) == others
    assert {path.name for path in folder.iterdir()} == mine | others

    both = ("--keep-for", MINUTES, "--keep-for", OTHER)
    assert run("recordings", "prune", folder, *both).stdout == ""
    assert set(run("recordings", "prune", folder, "--keep-for", MINUTES).stdout.split()) == others
    assert {path.name for path in folder.iterdir()} == mine


def test_old_recordings_are_pruned_but_for_those_in_use(folder: Path) -> None:
    mine = {path.name for path in folder.iterdir()}
    record(OTHER, folder)
    others = sorted({path.name for path in folder.iterdir()} - mine)
    ten_days_ago = time.time() - 10 * 86_400
    for name in [*mine, others[0]]:
        os.utime(folder / name, (ten_days_ago, ten_days_ago))
    assert run("recordings", "prune", folder, "--older-than", "11").stdout == ""
    old = run("recordings", "prune", folder, "--older-than", "9", "--keep-for", MINUTES)
    assert old.stdout.split() == [others[0]]
    assert set(run("recordings", "prune", folder, "--older-than", "9").stdout.split()) == mine


@pytest.mark.parametrize("option", [[], ["--older-than", "1"], ["--keep-for", MINUTES]])
def test_damaged_recordings_are_pruned_in_any_case(folder: Path, option: list[str | Path]) -> None:
    damaged = damage(folder)
    for dry in (["--dry-run"], []):
        outcome = run("recordings", "prune", folder, *option, *dry)
        assert damaged.name in outcome.stdout.split()
    assert not damaged.exists()


def test_bad_input_is_one_clear_line_and_exit_2_and_nothing_is_removed(folder: Path, tmp_path: Path) -> None:
    before = sorted(folder.iterdir())
    for name in ("list", "prune"):
        fails(run("recordings", name, tmp_path / "none"), 2, "none", "no folder")
    fails(run("recordings", "explain", tmp_path / "none", MINUTES), 2, "none", "no folder")
    fails(run("recordings", "explain", folder, tmp_path / "none.txt"), 2, "none.txt")
    fails(run("recordings", "explain", tmp_path, MINUTES), 2, "--model")
    fails(run("recordings", "prune", folder, "--keep-for", OTHER), 2, "clean.txt", "nothing was removed")
    assert sorted(folder.iterdir()) == before


def test_files_that_are_no_recordings_are_left_alone_without_a_word(folder: Path) -> None:
    (folder / "digest.json").write_text("{}", "utf-8")
    pruned = run_apart("recordings", "prune", folder, "--older-than", "0")
    listed = run_apart("recordings", "list", folder)
    assert [(each.returncode, each.stderr) for each in (pruned, listed)] == [(0, ""), (0, "")]
    assert [path.name for path in folder.iterdir()] == ["digest.json"]
