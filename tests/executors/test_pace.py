"""The server says when it may be asked; all calls heed it."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from minutes_llm.executors.endpoint import Endpoint
from minutes_llm.executors.pace import Pace, duration, retry_after
from minutes_llm.work import Event, Message, Reply, Request, ask, run, run_many, together
from scripted_server import Asked, completion, error

DURATIONS = {"1s": 1.0, "6m0s": 360.0, "120ms": 0.12, "1h2m3.5s": 3723.5, "12": 12.0, "0s": 0.0, "7.5": 7.5}
NO_DURATIONS = [None, "", "soon", "-3", "3 days", "1e400", "nan", "2026-01-01T00:00:00Z", "1s later"]


@pytest.mark.parametrize("text", DURATIONS)
def test_a_duration_is_read_as_seconds(text: str) -> None:
    assert duration(text) == pytest.approx(DURATIONS[text])


@pytest.mark.parametrize("text", NO_DURATIONS)
def test_what_is_no_duration_is_none(text: str | None) -> None:
    assert duration(text) is None


def test_retry_after_is_read_in_each_of_its_forms() -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert retry_after({"retry-after": "7"}) == 7
    assert retry_after({"retry-after": "0.5"}) == 0.5
    assert retry_after({"retry-after-ms": "250", "retry-after": "7"}) == 0.25
    assert retry_after({"retry-after": in_a_minute}) == pytest.approx(60, abs=5)
    assert retry_after({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}) == 0
    assert retry_after({"retry-after": "whenever"}) is None
    assert retry_after({}) is None


def test_the_wait_doubles_up_to_a_bound() -> None:
    pace = Pace(first_wait=1.0, longest_wait=10.0)
    assert [pace.backoff(tries) for tries in (1, 2, 3, 4, 5, 1000)] == [1, 2, 4, 8, 10, 10]


def request(label: str, tokens: int = 0) -> Request:
    return Request(label, (Message("user", label),), "any", {}, tokens=tokens)


def arrivals(server: Any) -> list[float]:
    return [asked.at - server.asked[0].at for asked in server.asked]


def test_what_one_call_is_told_all_heed(serve: Any) -> None:
    """Five wait their turn behind one that was refused: none of them is refused itself."""
    server = serve([error(429, "slow down", retry_after="0.3"), completion("{}")])
    asking = Endpoint("m", server.url)
    first = threading.Thread(target=asking, args=(request("first"),))
    first.start()
    while not asking._pace._closed_until:
        time.sleep(0.005)
    list(run_many((ask(request(str(n))) for n in range(5)), asking, 5))
    first.join()
    assert len(server.asked) == 7
    assert min(arrivals(server)[1:]) >= 0.3


def limits(kind: str, limit: int, left: int, reset: str) -> dict[str, str]:
    return {
        f"x-ratelimit-limit-{kind}": str(limit),
        f"x-ratelimit-remaining-{kind}": str(left),
        f"x-ratelimit-reset-{kind}": reset,
    }


def test_no_request_is_sent_that_the_headers_rule_out(serve: Any) -> None:
    server = serve([completion("{}", headers=limits("requests", 3, 0, "300ms")), completion("{}")])
    asking = Endpoint("m", server.url)
    events: list[Event] = []
    story = together(ask(request(str(n))) for n in range(3))
    run(story, asking, 1, events.append)
    assert arrivals(server)[1] >= 0.3
    assert [event.detail for event in events if event.kind == "waiting"] == [
        "the server's limit on requests is reached"
    ]


def test_tokens_are_counted_against_what_is_left_of_them(serve: Any) -> None:
    """Of 1,000 tokens that are left a request of 800 takes so many that the next must wait; a small one need not."""
    server = serve([completion("{}", headers=limits("tokens", 1000, 1000, "1s")), completion("{}")])
    asking = Endpoint("m", server.url)
    events: list[Event] = []
    for label, tokens in [("opening", 10), ("large", 800), ("small", 100), ("second large", 800)]:
        run(ask(request(label, tokens)), asking, 1, events.append)
    assert [event.label for event in events if event.kind == "waiting"] == ["second large"]


def test_a_request_larger_than_any_limit_is_sent_all_the_same(serve: Any) -> None:
    server = serve([completion("{}", headers=limits("tokens", 1000, 1000, "10m"))])
    asking = Endpoint("m", server.url)
    asking(request("opening"))
    assert asking(request("huge", 50_000)).finish == "overflow"  # the server read 10 tokens of it


def test_a_server_with_a_true_limit_is_never_driven_over_it(serve: Any) -> None:
    """It takes ten requests in 0.2 s, says so in its headers and refuses more; sixteen at once ask it forty."""
    window: list[float] = []

    def limited(asked: Asked) -> Any:
        window[:] = [at for at in window if asked.at - at < 0.2]
        left = 10 - len(window)
        if left == 0:
            return error(429, "slow down", retry_after="0.2")
        window.append(asked.at)
        return completion("{}", headers=limits("requests", 10, left - 1, "200ms"))

    server = serve(limited)
    replies = [
        reply for _, reply in run_many((ask(request(str(n))) for n in range(40)), Endpoint("m", server.url), 16)
    ]
    assert all(isinstance(reply, Reply) and reply.finish == "stop" for reply in replies)
    assert len(server.asked) < 40 + 16
