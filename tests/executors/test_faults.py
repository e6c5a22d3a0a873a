"""Each way in which an endpoint can fail is told from the others, over a real socket.

One row a kind: what it is called, what the server answers (the last answer again and again), how the reply must
finish or what must be raised, and how many calls that may take.
"""

from __future__ import annotations

import json
import socket
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from minutes_llm.errors import AccessRefused, EndpointDown
from minutes_llm.executors.endpoint import Endpoint, Patience
from minutes_llm.work import Message, Request
from scripted_server import Answer, ScriptedServer, completion, error, values

SCHEMA = {"type": "object", "properties": {"summary": {"type": "string"}}, "required": ["summary"]}
GOOD_TEXT = json.dumps({"summary": "委員会は来年度の予算案を了承した。"}, ensure_ascii=False)
GOOD = completion(GOOD_TEXT)
HTML = Answer(b"<html><body><h1>Bad gateway</h1></body></html>", headers={"content-type": "text/html"})
JSON = {"content-type": "application/json"}


def request(label: str = "s1", tokens: int = 0, max_tokens: int | None = None) -> Request:
    message = Message("user", f"{label} を要約してください。")
    return Request(label, (message,), "section", SCHEMA, tokens=tokens, max_tokens=max_tokens)


def endpoint(url: str, **patience: Any) -> Endpoint:
    quick: dict[str, Any] = {"tries": 3, "seconds": 2.0, "first_contact": 0.2, "first_wait": 0.01}
    return Endpoint("m", url, timeout=0.4, patience=Patience(**(quick | patience)))


SURVIVED: dict[str, list[Answer]] = {
    "429 with Retry-After in seconds": [error(429, "slow down", retry_after="0.02"), GOOD],
    "429 with Retry-After in milliseconds": [error(429, "slow down", retry_after_ms="20"), GOOD],
    "429 with a past date as Retry-After": [
        error(429, "slow down", retry_after=format_datetime(datetime.now(UTC) - timedelta(1), usegmt=True)),
        GOOD,
    ],
    "429 without Retry-After": [error(429, "slow down"), GOOD],
    "500": [error(500, "oops"), GOOD],
    "500 of a grammar's parser": [error(500, "The model output does not match the expected peg-native format"), GOOD],
    "502 with an HTML page": [Answer(HTML.body, 502, HTML.headers), GOOD],
    "503": [error(503, "overloaded"), GOOD],
    "504": [error(504, "gateway timeout"), GOOD],
    "529": [error(529, "overloaded"), GOOD],
    "connection reset": [Answer(how="reset"), GOOD],
    "body cut off": [Answer(GOOD.body, headers=JSON, how="cut"), GOOD],
    "no answer in time": [completion(GOOD_TEXT, delay=2.0), GOOD],
    "head, then silence": [Answer(GOOD.body, headers=JSON, how="stall"), GOOD],
    "a drip of bytes": [Answer(GOOD.body, headers=JSON, how="drip", delay=0.02), GOOD],
    "HTML page with status 200": [HTML, GOOD],
    "cut JSON with status 200": [Answer(GOOD.body[:40], headers=JSON), GOOD],
    "JSON that is no completion": [values(["good morning"]), GOOD],
    "error with status 200": [values({"error": {"message": "upstream broke", "code": 502}}), GOOD],
    "choices null": [values({"choices": None}), GOOD],
    "choices empty": [values({"choices": []}), GOOD],
    "null content": [completion(None), GOOD],
    "empty content": [completion(""), GOOD],
    "finish_reason error": [completion(GOOD_TEXT[:9], "error"), GOOD],
}


@pytest.mark.parametrize("kind", SURVIVED)
def test_a_passing_fault_is_waited_out(kind: str, serve: Any) -> None:
    server = serve(SURVIVED[kind])
    reply = endpoint(server.url)(request())
    assert (reply.finish, reply.text) == ("stop", GOOD_TEXT)
    assert len(server.asked) == reply.usage.requests == 2


LASTING = {kind: script[0] for kind, script in SURVIVED.items() if kind != "429 with a past date as Retry-After"}


@pytest.mark.parametrize("kind", LASTING)
def test_a_lasting_fault_is_given_up_as_failed(kind: str, serve: Any) -> None:
    server = serve([LASTING[kind]])
    reply = endpoint(server.url, tries=2, seconds=0.2)(request())
    assert reply.finish == "failed"
    assert reply.detail
    assert len(server.asked) == reply.usage.requests > 1


FINAL: dict[str, tuple[Answer, str]] = {
    "cut with finish_reason length": (completion(GOOD_TEXT[:20], "length"), "length"),
    "null content with finish_reason length": (completion(None, "length", reasoning=900), "length"),
    "thinking that left no answer": (completion(None, "stop", reasoning=900), "length"),
    "refusal": (completion(None, "stop", refusal="I cannot help with that."), "refusal"),
    "content filter in finish_reason": (completion(None, "content_filter"), "filter"),
    "content filter as 400": (error(400, "The response was filtered", "content_filter"), "filter"),
    "overflow, OpenAI": (
        error(400, "This model's maximum context length is 8192 tokens.", "context_length_exceeded"),
        "overflow",
    ),
    "overflow, llama.cpp": (
        values({"error": {"code": 400, "message": "too long", "type": "exceed_context_size_error"}}, 400),
        "overflow",
    ),
    "overflow, vLLM": (
        error(400, "The decoder prompt (length 9000) is longer than the maximum model length of 8192."),
        "overflow",
    ),
    "overflow, a gateway's": (Answer(b"<h1>Request Entity Too Large</h1>", 413), "overflow"),
    "request larger than the limit a minute": (
        error(429, "Request too large for m on tokens per min (TPM): Limit 30000, Requested 40000"),
        "overflow",
    ),
    "far fewer prompt tokens than sent": (completion(GOOD_TEXT, prompt_tokens=2048), "overflow"),
    "a bad request of no known kind": (error(400, "seed must be even"), "failed"),
    "an error with a wait longer than anyone's patience": (error(500, "later", retry_after="3600"), "failed"),
    "a wait longer than anyone's patience": (error(429, "come back later", retry_after="3600"), "failed"),
}


@pytest.mark.parametrize("kind", FINAL)
def test_what_asking_again_cannot_change_is_not_asked_again(kind: str, serve: Any) -> None:
    answer, finish = FINAL[kind]
    server = serve([answer])
    reply = endpoint(server.url)(request(tokens=5000))
    assert reply.finish == finish
    assert reply.detail
    assert len(server.asked) == 1


@pytest.mark.parametrize("tenth", range(1, 11))
def test_an_answer_cut_at_any_tenth_is_no_answer(tenth: int, serve: Any) -> None:
    server = serve([completion(GOOD_TEXT[: len(GOOD_TEXT) * tenth // 10], "length")])
    assert endpoint(server.url)(request()).finish == "length"
    assert len(server.asked) == 1


@pytest.mark.parametrize("finish", ["stop", None])
def test_an_answer_as_long_as_its_cap_was_cut_whatever_the_server_says(finish: str | None, serve: Any) -> None:
    server = serve([completion(GOOD_TEXT, finish)])
    assert endpoint(server.url)(request(max_tokens=len(GOOD_TEXT) // 2)).finish == "length"
    assert endpoint(server.url)(request(max_tokens=1000)).finish == "stop"


REFUSED: dict[str, tuple[Answer, str]] = {
    "401": (error(401, "Incorrect API key provided", "invalid_api_key"), "OPENAI_API_KEY"),
    "402": (error(402, "Payment required"), "credit"),
    "403": (error(403, "Country not supported"), "key"),
    "404, unknown model": (error(404, "The model `m` does not exist", "model_not_found"), "model"),
    "404, no such path": (Answer(b"404 page not found", 404), "/v1"),
    "400, unknown model": (error(400, "model 'm' not found"), "model"),
    "429, no quota": (error(429, "You exceeded your current quota", "insufficient_quota"), "account"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_refused_access_stops_everything_at_once(kind: str, serve: Any) -> None:
    answer, what_to_do = REFUSED[kind]
    server = serve([answer])
    asking = endpoint(server.url)
    for label in ("s1", "s2"):
        with pytest.raises(AccessRefused, match=what_to_do) as caught:
            asking(request(label))
        assert "\n" not in str(caught.value)
    assert len(server.asked) == 1


def test_where_nobody_listens_the_endpoint_is_down() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        asking = endpoint(f"http://127.0.0.1:{unused.getsockname()[1]}/v1")
        with pytest.raises(EndpointDown, match="cannot connect"):
            asking(request())


def test_a_server_that_comes_up_late_is_waited_for() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        server = ScriptedServer([GOOD], start_at=unused.getsockname())
    late = threading.Timer(0.2, server.__enter__)
    late.start()
    reply = endpoint(server.url, first_contact=60.0)(request())
    late.join()
    server.__exit__()
    assert reply.finish == "stop"
    assert reply.usage.requests > 1


def test_every_fault_is_one_line(serve: Any) -> None:
    server = serve([error(400, "two\nlines\r\nof words " * 50)])
    detail = endpoint(server.url)(request()).detail
    assert "\n" not in detail
    assert len(detail) < 250
