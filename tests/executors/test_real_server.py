"""The client meets llama.cpp's own server: real grammars, real cuts, real overflows. Its words are noise.

The server runs in this process on loopback, with a model of random weights that `tiny_model` builds in a moment.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import tiny_model
from minutes_llm.executors.endpoint import Endpoint, Patience
from minutes_llm.executors.wire import strict_subset
from minutes_llm.recordings import Recordings, recorded, replayed
from minutes_llm.work import Message, Reply, Request, Work, ask, run, together

llama = pytest.importorskip("xllamacpp", reason="there is no wheel of xllamacpp for this platform")

SCHEMA = {
    "type": "object",
    "properties": {
        "summary": {"type": "string", "maxLength": 400},
        "kind": {"enum": ["質疑", "報告"]},
        "pairs": {"type": "array", "items": {"$ref": "#/$defs/pair"}},
        "chair": {"type": ["string", "null"]},
    },
    "required": ["summary", "kind", "pairs", "chair"],
    "$defs": {
        "pair": {"type": "object", "properties": {"turn": {"enum": ["s1t1", "s1t2"]}, "open": {"type": "boolean"}}}
    },
}
CONTEXT = 1024  # tokens a request


def serve(model: Path, force_pure_content_parser: bool = False) -> Any:
    parameters = llama.CommonParams()
    parameters.model.path = str(model)
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.n_parallel = 2
    parameters.n_ctx = CONTEXT * parameters.n_parallel
    parameters.n_predict = 600
    parameters.warmup = False
    parameters.verbosity = -1
    parameters.sampling.seed = 7
    parameters.force_pure_content_parser = force_pure_content_parser
    return llama.Server(parameters)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_model.build(tmp_path_factory.mktemp("model") / "tiny.gguf")


@pytest.fixture(scope="module")
def server(model: Path) -> Iterator[str]:
    running = serve(model)
    yield f"{running.listening_address}/v1"
    del running


def request(text: str, max_tokens: int | None = None) -> Request:
    return Request(text[:8], (Message("user", text),), "section", SCHEMA, max_tokens=max_tokens)


def sections(count: int = 12) -> Work[tuple[Reply, ...]]:
    return together(ask(request(f"第{number}節を要約してください。")) for number in range(1, count + 1))


def test_answers_keep_to_the_schema_that_was_sent(server: str) -> None:
    replies = run(sections(), Endpoint("tiny", server), 4)
    validator = Draft202012Validator(strict_subset(SCHEMA))
    assert {reply.finish for reply in replies} == {"stop"}
    for reply in replies:
        validator.validate(json.loads(reply.text))
        assert reply.usage.prompt_tokens > 0
        assert reply.usage.completion_tokens > 0
    assert len({reply.text for reply in replies}) > 1


def test_an_answer_that_the_cap_cuts_is_no_answer(server: str) -> None:
    reply = Endpoint("tiny", server)(request("要約してください。", max_tokens=12))
    assert reply.finish == "length"
    with pytest.raises(json.JSONDecodeError):
        json.loads(reply.text)


def test_a_prompt_too_long_for_the_window_is_an_overflow(server: str) -> None:
    reply = Endpoint("tiny", server)(request("議題について、" * CONTEXT))
    assert reply.finish == "overflow"
    assert str(CONTEXT) in reply.detail


def test_a_server_that_silently_ignores_the_schema_is_found_out(model: Path) -> None:
    running = serve(model, force_pure_content_parser=True)
    asking = Endpoint("tiny", f"{running.listening_address}/v1")
    first = asking(request("要約してください。"))
    assert (first.finish, first.usage.requests) == ("stop", 2)
    second = asking(request("もう一度要約してください。"))
    assert second.usage.requests == 1
    assert second.usage.prompt_tokens > 100, "the schema is not in the prompt"


def test_an_answer_that_the_server_itself_cannot_read_is_asked_for_again(tmp_path: Path) -> None:
    """Without a liking for whole characters the model breaks the server's parser now and then: a true HTTP 500."""
    running = serve(tiny_model.build(tmp_path / "clumsy.gguf", clean=False))
    asking = Endpoint("tiny", f"{running.listening_address}/v1", patience=Patience(tries=2, first_wait=0.001))
    replies = run(sections(24), asking, 2)
    assert {reply.finish for reply in replies} <= {"stop", "failed"}
    assert any(reply.usage.requests > 1 for reply in replies), "the server never failed"
    for reply in replies:
        if reply.finish == "stop":
            json.loads(reply.text)
        else:
            assert "HTTP 500" in reply.detail


def test_a_recorded_run_is_replayed_to_the_byte(server: str, tmp_path: Path) -> None:
    recordings = Recordings(tmp_path)
    live = run(sections(), recorded(Endpoint("tiny", server), recordings, "tiny"), 4)
    assert run(sections(), replayed(recordings, "tiny")) == live


def test_the_model_is_always_the_same(model: Path, tmp_path: Path) -> None:
    assert tiny_model.build(tmp_path / "again.gguf").read_bytes() == model.read_bytes()
