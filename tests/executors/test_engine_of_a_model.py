"""The engine that asks a model reaches out to OpenAI only where OpenAI is the one to ask."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from minutes_llm.engines import openai


def test_the_table_to_count_tokens_with_is_fetched_only_where_openai_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked_up: list[str] = []

    def unknown(host: str, *_: object, **__: object) -> None:
        looked_up.append(host)
        raise OSError("no such host")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    for server in ("http://127.0.0.1:9/v1", "http://models.example/v1"):
        assert not openai("gpt-4", server).fetch_table
    assert looked_up == []
    assert openai("gpt-4", api_key="sk-given").fetch_table
    assert openai("gpt-4", "https://eu.api.openai.com/v1", "sk-given").fetch_table
    assert looked_up
