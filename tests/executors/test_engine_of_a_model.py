"""The engine that asks a model reaches out to OpenAI only where OpenAI is the one to ask."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from minutes_llm.engines import openai
from minutes_llm.tokens import counter


def test_the_table_to_count_tokens_with_is_fetched_only_where_openai_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked_up: list[str] = []

    def unknown(host: str, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise OSError("no such host")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    counter.cache_clear()
    for server in ("http://127.0.0.1:9/v1", "http://models.example/v1"):
        assert openai("gpt-4", server).counter()("budget")
    assert looked_up == []
    for theirs in (None, "https://eu.api.openai.com/v1"):
        counter.cache_clear()
        assert openai("gpt-4", theirs, "sk-given").counter()("budget")
        assert looked_up.pop()
        looked_up.clear()
