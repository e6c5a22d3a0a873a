"""Stories go on as soon as their own answer is there, and what stops one stops no other."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_llm.errors import AccessRefused, NoMinutes, RecordingMissing
from minutes_llm.model.digest import Usage
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.work import (
    Answer,
    Event,
    Message,
    Reply,
    Request,
    Work,
    ask,
    disown,
    metered,
    pause,
    run,
    run_many,
    tell,
    together,
)


def request(label: str, tokens: int = 0) -> Request:
    return Request(label, (Message("user", label),), "any", {"type": "object"}, tokens=tokens)


def question(label: str, tokens: int = 0) -> Work[str]:
    reply = yield from ask(request(label, tokens))
    return reply.text


def chain(label: str, length: int) -> Work[list[str]]:
    """A story of questions each of which needs the answer to the one before."""
    answers = []
    for number in range(length):
        answers.append((yield from question(f"{label}.{number}")))
    return answers


def echo(asked: Request) -> Reply:
    return Reply(asked.label.upper())


@pytest.mark.parametrize("concurrency", [1, 2, 16])
def test_results_of_stories_together_come_in_their_order(concurrency: int) -> None:
    def story() -> Work[tuple[list[str], ...]]:
        return (yield from together(chain(name, length) for name, length in [("a", 3), ("b", 1), ("c", 2)]))

    assert run(story(), echo, concurrency) == (["A.0", "A.1", "A.2"], ["B.0"], ["C.0", "C.1"])


def test_stories_together_may_be_none_or_ask_nothing() -> None:
    def silent(result: int) -> Work[int]:
        return result
        yield

    def story() -> Work[Any]:
        return (yield from together([])), (yield from together(silent(n) for n in range(3)))

    assert run(story(), echo) == ((), (0, 1, 2))


TREES = st.recursive(st.integers(0, 3), lambda inner: st.lists(inner, max_size=4), max_leaves=12)


def tree_story(tree: Any, path: str = "t") -> Work[Any]:
    if isinstance(tree, int):
        return (yield from chain(path, tree))
    parts = yield from together(tree_story(inner, f"{path}{place}") for place, inner in enumerate(tree))
    return [*parts, (yield from question(path))]


@given(TREES)
def test_the_result_does_not_depend_on_how_many_are_asked_at_once(tree: Any) -> None:
    assert run(tree_story(tree), echo, 1) == run(tree_story(tree), echo, 5)


def test_a_story_does_not_wait_for_the_answers_of_others() -> None:
    """The long chain ends while the slow answer is still out: there are no rounds."""
    chain_is_done = threading.Event()

    def answer(asked: Request) -> Reply:
        if asked.label == "slow":
            assert chain_is_done.wait(10)
        if asked.label == "chain.9":
            chain_is_done.set()
        return echo(asked)

    def story() -> Work[Any]:
        return (yield from together([question("slow"), chain("chain", 10)]))

    assert run(story(), answer, 2)[0] == "SLOW"


def test_no_more_are_asked_at_once_than_allowed() -> None:
    lock = threading.Lock()
    now, most = 0, 0

    def answer(asked: Request) -> Reply:
        nonlocal now, most
        with lock:
            now += 1
            most = max(most, now)
        time.sleep(0.002)
        with lock:
            now -= 1
        return echo(asked)

    list(run_many((chain(str(n), 3) for n in range(20)), answer, 4))
    assert most == 4


def test_the_largest_that_waits_is_asked_first() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.label)
        return echo(request)

    def story() -> Work[Any]:
        return (yield from together(question(str(size), size) for size in [5, 40, 7, 100, 3]))

    run(story(), answer)
    assert asked == ["100", "40", "7", "5", "3"]


def test_stories_are_started_only_when_there_is_room() -> None:
    started = finished = most = 0

    def stories() -> Iterator[Work[list[str]]]:
        nonlocal started, most
        for number in range(200):
            started += 1
            most = max(most, started - finished)
            yield chain(str(number), 2)

    for _ in run_many(stories(), echo, 8):
        finished += 1
    assert finished == 200
    assert most <= 8 + 1


@pytest.mark.parametrize("concurrency", [1, 4])
def test_what_ends_one_story_ends_no_other(concurrency: int) -> None:
    def failing() -> Work[list[str]]:
        yield from question("before")
        raise NoMinutes("nothing here")

    stories = [chain("a", 2), failing(), chain("b", 1)]
    results = dict(run_many(stories, echo, concurrency))
    assert results[0] == ["A.0", "A.1"]
    assert isinstance(results[1], NoMinutes)
    assert results[2] == ["B.0"]


def test_an_error_of_whoever_answers_is_raised_where_the_story_asks() -> None:
    def answer(asked: Request) -> Reply:
        if asked.label == "missing":
            raise RecordingMissing("no recording")
        return echo(asked)

    def careful() -> Work[str]:
        try:
            return (yield from together([question("there"), question("missing")]))[0]
        except RecordingMissing:
            return (yield from question("instead"))

    assert run(careful(), answer, 3) == "INSTEAD"
    with pytest.raises(RecordingMissing):
        run(question("missing"), answer)


def test_stories_beside_a_failed_one_are_closed_and_ask_no_more() -> None:
    asked: list[str] = []
    closed: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.label)
        if request.label == "bad":
            raise AccessRefused("no")
        return echo(request)

    def sibling() -> Work[list[str]]:
        try:
            return (yield from chain("sibling", 5))
        finally:
            closed.append("sibling")

    def story() -> Work[Any]:
        return (yield from together([question("bad", 10), sibling()]))

    with pytest.raises(AccessRefused):
        run(story(), answer)
    assert (asked, closed) == (["bad"], ["sibling"])


def test_a_mistake_in_a_story_is_not_taken_for_a_result() -> None:
    def mistaken() -> Work[int]:
        yield from question("x")
        return 1 // 0

    with pytest.raises(ZeroDivisionError):
        list(run_many([mistaken()], echo, 4))


def test_replies_that_were_of_no_use_are_asked_for_anew_by_the_next_run(tmp_path: Path) -> None:
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.label)
        return echo(request)

    def useless() -> Work[None]:
        yield from ask(request("useful"))
        yield from ask(request("useless"))
        yield from disown([request("useless")])

    def keeping() -> Answer:
        return recorded(answer, Recordings(tmp_path), "m")

    run(useless(), keeping())
    run(metered(useless()), keeping(), 2)
    assert asked == ["useful", "useless", "useless"]
    run(useless(), echo)


def test_a_metered_story_sums_up_all_usage_and_may_catch_what_is_raised() -> None:
    def answer(asked: Request) -> Reply:
        if asked.label == "missing":
            raise RecordingMissing("no recording")
        return Reply(asked.label, usage=Usage(1, 10, 2))

    def story() -> Work[str]:
        yield from together([question("a"), question("b")])
        try:
            yield from question("missing")
        except RecordingMissing:
            return (yield from question("c"))
        raise AssertionError("nothing was raised")

    assert run(metered(story()), answer, 2) == ("c", Usage(3, 30, 6))


def test_whoever_watches_hears_what_happens_in_one_thread() -> None:
    heard: list[tuple[Event, str]] = []

    def answer(asked: Request) -> Reply:
        if asked.label == "b":
            tell("waiting", "the server is busy", 0.5)
        return Reply("", "failed") if asked.label == "b" else echo(asked)

    stories = [question("a"), question("b")]
    list(run_many(stories, answer, 2, lambda event: heard.append((event, threading.current_thread().name))))
    assert {thread for _, thread in heard} == {threading.current_thread().name}
    assert {event for event, _ in heard} == {
        Event("asking", "a"),
        Event("asking", "b", story=1),
        Event("waiting", "b", "the server is busy", 0.5, story=1),
        Event("answered", "a"),
        Event("answered", "b", "failed", story=1),
    }


def test_a_warning_outside_a_run_goes_to_the_log(caplog: pytest.LogCaptureFixture) -> None:
    tell("warning", "a recording is torn")
    tell("asking", "not worth a line")
    assert caplog.messages == ["a recording is torn"]


def test_leaving_the_results_early_starts_nothing_new_and_hangs_on_nothing() -> None:
    asked: list[str] = []

    def answer(request: Request) -> Reply:
        asked.append(request.label)
        if request.label != "first":
            pause(60.0)  # as a back-off does: it ends when the run is stopped
        return echo(request)

    results = run_many([question("first"), question("second"), question("third")], answer, 2)
    assert next(results) == (0, "FIRST")
    before = time.monotonic()
    results.close()
    assert time.monotonic() - before < 30
    assert "third" not in asked


def test_it_runs_inside_an_event_loop() -> None:
    import asyncio

    async def main() -> str:
        return run(question("a"), echo, 4)

    assert asyncio.run(main()) == "A"


INTERRUPTED = """
import sys, time
from minutes_llm.work import Message, Reply, Request, ask, run_many

def answer(request):
    sys.stdout.write(f"asked {request.label}\\n")
    sys.stdout.flush()
    time.sleep({"quick": 0.0, "soon": 1.0}.get(request.label, 60.0))
    sys.stdout.write(f"answered {request.label}\\n")
    sys.stdout.flush()
    return Reply("")

def story(label):
    yield from ask(Request(label, (Message("user", label),), "any", {}))
    yield from ask(Request("next " + label, (Message("user", label),), "any", {}))

list(run_many(map(story, ["soon", "never", "not started"]), answer, 2))
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal")
def test_ctrl_c_keeps_what_arrives_promptly_and_does_not_hang() -> None:
    child = subprocess.Popen([sys.executable, "-c", INTERRUPTED], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline().startswith(b"asked")
    assert child.stdout.readline().startswith(b"asked")
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=30)
    assert out.decode().split() == ["answered", "soon"]
    assert b"KeyboardInterrupt" in err


def test_a_run_in_which_nothing_fails_leaves_nothing_that_only_a_search_for_cycles_would_free() -> None:
    def parent() -> Work[tuple[str, ...]]:
        return (yield from together(question(label) for label in "abc"))

    gc.collect()
    gc.disable()
    try:
        stories = [parent(), parent()]
        left = [weakref.ref(story) for story in stories]
        assert len(list(run_many(stories, echo, 1))) == 2
        stories.clear()
        assert [story() for story in left] == [None, None]
    finally:
        gc.enable()
