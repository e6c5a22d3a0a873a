"""What was answered once is kept whole, found again, and never asked twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_llm.errors import InputError, RecordingMissing
from minutes_llm.executors.endpoint import Endpoint
from minutes_llm.model.digest import Usage
from minutes_llm.prompts import fence
from minutes_llm.recordings import (
    Misses,
    Recording,
    RecordingDamaged,
    Recordings,
    read_recording,
    recorded,
    replayed,
)
from minutes_llm.work import Event, Message, Reply, Request, ask, run
from scripted_server import completion

REQUEST = Request(
    label="s2",
    messages=(Message("system", "議事を要約する。"), Message("user", "一　開会\n二　予算\n三　閉会")),
    schema_name="section",
    schema={"type": "object", "properties": {"summary": {"type": "string", "minLength": 1}}},
    tokens=120,
)
REPLY = Reply('{"summary": "予算を了承した。"}', usage=Usage(1, 120, 12))


def with_line(line: str) -> Request:
    first, last = REQUEST.messages
    return replace(REQUEST, messages=(first, replace(last, content=last.content.replace("二　予算", line))))


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_a_reply_that_was_kept_is_found(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path / "new" / "folder")
    assert recordings.find(REQUEST, "m") is None
    recordings.keep(REQUEST, "m", REPLY)
    assert recordings.find(REQUEST, "m") == REPLY
    assert recordings.models() == ("m",)
    recordings.keep(REQUEST, 'an "odd" \\ model', REPLY)
    assert recordings.models() == ('an "odd" \\ model', "m")


@given(text=st.text(st.characters()), detail=st.text())
def test_every_text_comes_back_as_it_was(text: str, detail: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    recordings = Recordings(tmp_path_factory.mktemp("recordings"))
    recordings.keep(REQUEST, "m", Reply(text + "\r\n\ud83d\x85\u2028", detail=detail))
    assert recordings.find(REQUEST, "m") == Reply(text + "\r\n\ud83d\x85\u2028", detail=detail)
    only_file(recordings.folder).read_text("utf-8")


CHANGES: dict[str, Request] = {
    "a message": with_line("二　決算"),
    "a role": replace(REQUEST, messages=(replace(REQUEST.messages[0], role="developer"), REQUEST.messages[1])),
    "the schema": replace(REQUEST, schema={"type": "object"}),
    "the schema's name": replace(REQUEST, schema_name="overview"),
    "the cap": replace(REQUEST, max_tokens=100),
    "the attempt": replace(REQUEST, attempt=1),
}


@pytest.mark.parametrize("what", CHANGES)
def test_whatever_is_sent_is_part_of_the_key(what: str) -> None:
    recordings = Recordings(Path())
    assert recordings.key(CHANGES[what], "m") != recordings.key(REQUEST, "m")


def test_the_model_and_the_options_are_part_of_the_key() -> None:
    keys = {
        Recordings(Path()).key(REQUEST, "m"),
        Recordings(Path()).key(REQUEST, "n"),
        Recordings(Path(), {"temperature": 0.0}).key(REQUEST, "m"),
    }
    assert len(keys) == 3


def test_label_and_estimate_are_no_part_of_the_key() -> None:
    recordings = Recordings(Path())
    assert recordings.key(replace(REQUEST, label="s9", tokens=7), "m") == recordings.key(REQUEST, "m")


def test_the_key_is_the_same_on_every_machine() -> None:
    """Fixtures and broken-off runs stand on it: a change here makes all recordings stale: a changelog entry."""
    assert Recordings(Path()).path(REQUEST, "m").name == "ad5835a0ffc116672db343d4.json"


@pytest.mark.parametrize("finish", ["stop", "length", "overflow", "refusal", "filter", "failed"])
def test_what_a_new_run_must_ask_again_is_not_kept(finish: Any, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", Reply("", finish))
    assert (recordings.find(REQUEST, "m") is not None) == (finish in ("stop", "length", "overflow"))


def test_a_person_can_read_a_recording_line_by_line(tmp_path: Path) -> None:
    Recordings(tmp_path, note="answered by hand").keep(REQUEST, "m", REPLY)
    lines = only_file(tmp_path).read_text("utf-8").splitlines()
    assert '     "二　予算",' in lines
    assert len([line for line in lines if "minLength" in line]) == 1
    assert ' "note": "answered by hand",' in lines
    assert json.loads("\n".join(lines))["request"]["label"] == "s2"


def spoil_half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def spoil_all(path: Path) -> None:
    path.write_bytes(b"")


def spoil_reply(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace("了承", "否決"), "utf-8")


def spoil_usage(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"prompt_tokens": 120', '"prompt_tokens": 1'), "utf-8")


def spoil_shape(path: Path) -> None:
    path.write_text('["not a recording"]', "utf-8")


def spoil_encoding(path: Path) -> None:
    path.write_bytes(path.read_text("utf-8").encode("cp932"))


@pytest.mark.parametrize("spoil", [spoil_half, spoil_all, spoil_reply, spoil_usage, spoil_shape, spoil_encoding])
def test_a_torn_or_edited_recording_is_named_and_asked_again(spoil: Any, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    path = only_file(tmp_path)
    spoil(path)
    with pytest.raises(RecordingDamaged):
        read_recording(path)
    events: list[Event] = []
    again = recorded(lambda request: REPLY, recordings, "m")
    assert run(ask(REQUEST), again, 2, events.append) == REPLY
    assert [event.detail for event in events if event.kind == "warning"] == [
        f"the recording {path} is torn or was edited, and is not used"
    ]
    assert recordings.find(REQUEST, "m") == REPLY


def test_line_endings_that_a_checkout_has_changed_are_no_damage(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert recordings.find(REQUEST, "m") == REPLY


def test_a_recording_under_anothers_name_answers_nothing(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    only_file(tmp_path).rename(recordings.path(with_line("二　決算"), "m"))
    assert recordings.find(with_line("二　決算"), "m") is None


def test_what_was_answered_is_not_asked_again_unless_refreshed(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.label)
        return replace(REPLY, text=str(len(asked)))

    def ask_twice(refresh: bool) -> list[str]:
        answerer = recorded(answer, Recordings(tmp_path), "m", refresh)
        return [answerer(REQUEST).text, answerer(REQUEST).text]

    assert ask_twice(refresh=False) == ["1", "1"]
    assert ask_twice(refresh=False) == ["1", "1"]
    assert ask_twice(refresh=True) == ["2", "2"]
    assert ask_twice(refresh=False) == ["2", "2"]


def test_a_replay_opens_no_socket(tmp_path: Path, no_sockets: None) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    assert run(ask(REQUEST), replayed(recordings, "m"), 4) == REPLY


MISSES: dict[str, tuple[Request, str, str]] = {
    "a changed line": (with_line("二　決算"), "m", 'messages[1] line 2: asked "二　決算", recorded "二　予算"'),
    "a line more": (with_line("二　予算\n二の二"), "m", 'messages[1] line 3: asked "二の二", recorded "三　閉会"'),
    "another model": (REQUEST, "n", 'model: asked "n", recorded "m"'),
    "a role": (CHANGES["a role"], "m", 'messages[0].role: asked "developer", recorded "system"'),
    "a cap": (CHANGES["the cap"], "m", "max_tokens: asked 100, recorded nothing"),
    "the schema": (CHANGES["the schema"], "m", 'schema.properties: asked nothing, recorded {"summary": {"type"'),
    "a repair": (
        replace(REQUEST, messages=(*REQUEST.messages, Message("assistant", "…"))),
        "m",
        'messages[2]: asked "assistant", recorded nothing',
    ),
}


@pytest.mark.parametrize("what", MISSES)
def test_a_miss_names_the_request_and_the_first_field_that_differs(what: str, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    recordings.keep(replace(REQUEST, label="s3", messages=(Message("user", "四　その他"),)), "m", REPLY)
    request, model, difference = MISSES[what]
    with pytest.raises(RecordingMissing) as caught:
        replayed(recordings, model)(request)
    assert f"differs in {difference}" in str(caught.value)
    assert recordings.path(REQUEST, "m").name in str(caught.value)
    assert "s2" in str(caught.value)


def fenced(turns: str) -> Request:
    line = fence(turns)
    return replace(REQUEST, messages=(Message("user", f"{line} から {line} まで\n{line}\n{turns}\n{line}"),))


def test_a_miss_of_a_changed_document_names_the_line_that_changed_and_not_the_hash_above_it(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(fenced("[s1t1] 開会\n[s1t2] 予算"), "m", REPLY)
    why = Misses(recordings, "m").why(fenced("[s1t1] 開会\n[s1t2] 決算"))
    assert 'differs in messages[0] line 4: asked "[s1t2] 決算", recorded "[s1t2] 予算"' in why


def test_the_folder_is_read_once_for_all_that_is_missed(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    recordings.keep(REQUEST, "m", REPLY)
    misses = Misses(recordings, "m")
    first = misses.why(with_line("二　決算"))
    recordings.forget(REQUEST, "m")
    assert misses.why(with_line("二　決算")) == first
    assert "none at all" in Misses(recordings, "m").why(REQUEST)


def test_a_miss_in_an_empty_folder_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingMissing, match="s2: there is none at all"):
        replayed(Recordings(tmp_path / "nowhere"), "m")(REQUEST)


def test_pruning_keeps_what_is_used_and_removes_what_is_damaged(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    other, old, torn = (with_line(line) for line in ("い", "ろ", "は"))
    for request in (REQUEST, other, old, torn):
        recordings.keep(request, "m", REPLY)
    os.utime(recordings.path(old, "m"), (1000, 1000))
    spoil_half(recordings.path(torn, "m"))
    (tmp_path / ".broken-off.json.1-1.tmp").touch()
    (tmp_path / ".under-way.json.1-2.tmp").touch()
    os.utime(tmp_path / ".broken-off.json.1-1.tmp", (1000, 1000))
    (tmp_path / "README.md").touch()
    (tmp_path / "digest.json").touch()
    os.utime(tmp_path / "digest.json", (1000, 1000))
    would = recordings.unwanted(before=2000)
    assert all(path.exists() for path in would)
    assert recordings.prune(before=2000) == would
    assert len(would) == 3
    assert [recording.key for recording in recordings] == sorted(
        [recordings.key(REQUEST, "m"), recordings.key(other, "m")]
    )
    assert recordings.prune(keep={recordings.key(other, "m")}) == [recordings.path(REQUEST, "m")]
    assert {path.name for path in tmp_path.iterdir()} == {
        "README.md",
        "digest.json",
        ".under-way.json.1-2.tmp",
        recordings.path(other, "m").name,
    }


def test_pruned_by_use_and_age_is_what_is_both_unused_and_old(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    used_old, unused_old, unused_new = (with_line(line) for line in ("い", "ろ", "は"))
    for request in (used_old, unused_old, unused_new):
        recordings.keep(request, "m", REPLY)
    for request in (used_old, unused_old):
        os.utime(recordings.path(request, "m"), (1000, 1000))
    assert recordings.prune() == []
    assert recordings.prune({recordings.key(used_old, "m")}, 2000) == [recordings.path(unused_old, "m")]


def test_threads_that_keep_the_same_reply_at_once_leave_one_whole_recording(tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)

    def keep() -> None:
        for _ in range(20):
            recordings.keep(REQUEST, "m", REPLY)
            assert recordings.find(REQUEST, "m") == REPLY

    threads = [threading.Thread(target=keep) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert read_recording(only_file(tmp_path)).reply == REPLY


TWO_PROCESSES = """
import sys
from pathlib import Path
from minutes_llm.recordings import Recordings
from minutes_llm.work import Message, Reply, Request
recordings = Recordings(Path(sys.argv[1]))
for number in range(100):
    request = Request("s", (Message("user", str(number)),), "any", {})
    recordings.keep(request, "m", Reply(str(number) * 1000))
    assert recordings.find(request, "m").text == str(number) * 1000
"""


def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TWO_PROCESSES, str(tmp_path)]
    both = [subprocess.Popen(command), subprocess.Popen(command)]
    assert [process.wait(60) for process in both] == [0, 0]
    whole: list[Recording] = list(Recordings(tmp_path))
    assert len(whole) == len(list(tmp_path.iterdir())) == 100


FULL_DISK = """
import resource, sys
from pathlib import Path
from minutes_llm.errors import InputError
from minutes_llm.recordings import Recordings
from minutes_llm.work import Message, Reply, Request
recordings = Recordings(Path(sys.argv[1]))
request = Request("s", (Message("user", "a"),), "any", {})
recordings.keep(request, "m", Reply("first"))
resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))
try:
    recordings.keep(request, "m", Reply("x" * 10_000))
except InputError as error:
    print(error)
assert recordings.find(request, "m").text == "first"
"""


@pytest.mark.skipif(os.name == "nt", reason="the size of files is limited by setrlimit")
def test_where_there_is_no_room_one_line_says_so_and_nothing_is_spoilt(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL_DISK, str(tmp_path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith(f"cannot keep a reply in {tmp_path}: File too large")
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(InputError, match="cannot keep a reply in"):
        Recordings(tmp_path / "file").keep(REQUEST, "m", REPLY)


def test_no_key_header_or_cookie_is_ever_in_a_recording(tmp_path: Path, serve: Any) -> None:
    secrets = ["sk-very-secret", "session-cookie", "org-private", "127.0.0.1", "req-12345"]
    server = serve([completion(REPLY.text, headers={"set-cookie": "id=session-cookie", "x-request-id": "req-12345"})])
    asking = Endpoint("m", server.url, "sk-very-secret")
    recordings = Recordings(tmp_path, asking.options)
    assert recorded(asking, recordings, "m")(REQUEST).text == REPLY.text
    assert server.asked[0].headers["authorization"] == "Bearer sk-very-secret"
    content = only_file(tmp_path).read_text("utf-8")
    assert REPLY.text.replace('"', '\\"') in content
    assert [secret for secret in [*secrets, "uthorization", "Bearer"] if secret in content] == []
