"""The pytest fixture that minutes-llm brings for programs built on it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from building import answer, minutes_of
from minutes_llm.api import digest
from minutes_llm.engines import Engine
from minutes_llm.errors import RecordingMissing
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.work import Reply, Request

MINUTES = minutes_of([("青木構成員", "費用はいくらか。"), ("事務局", "三十万円である。")])
PROGRAM_TESTS = """
import socket
import pytest

def test_nothing_is_reached(replayed_engine):
    for host in ("127.0.0.1", "example.org"):
        with pytest.raises(OSError, match="replayed_engine"):
            socket.create_connection((host, 9))
    with socket.socket() as unresolved, pytest.raises(OSError, match="replayed_engine"):
        unresolved.connect(("127.0.0.1", 9))

def test_without_the_fixture_all_is_as_it_was():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""


def model(request: Request) -> Reply:
    overview = {"overview": [{"text": "費用を論じた。", "sections": ["s1"]}]}
    return Reply(json.dumps(overview if request.label == "overview" else answer()))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the recordings of a digest of the minutes."""
    folder = tmp_path / "recordings"
    digest(MINUTES, Engine("openai", "some-model", recorded(model, Recordings(folder), "some-model")))
    return folder


def test_replayed_engine_answers_from_recordings(replayed_engine: Callable[[Path], Engine], folder: Path) -> None:
    made = digest(MINUTES, replayed_engine(folder))
    assert [sentence.text for sentence in made.overview] == ["費用を論じた。"]
    assert (made.provenance.engine, made.provenance.model) == ("replay", "some-model")


def test_a_request_that_was_not_recorded_fails_the_test(
    replayed_engine: Callable[[Path], Engine], folder: Path
) -> None:
    other = minutes_of([("青木構成員", "期間はいくらか。"), ("事務局", "三年である。")])
    with pytest.raises(RecordingMissing, match="no recording answers s1"):
        digest(other, replayed_engine(folder))


def test_pytest_finds_the_fixture_by_itself_and_it_lets_nothing_be_reached(tmp_path: Path) -> None:
    (tmp_path / "test_program.py").write_text(PROGRAM_TESTS, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    outcome = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert "2 passed" in outcome.stdout, outcome.stdout
