"""Every test runs without OpenAI's environment and tiktoken's tables, and reaches nothing but loopback."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scripted_server import Script, ScriptedServer


@pytest.fixture(autouse=True)
def loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a connection to any other machine fail the test that tries it."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    monkeypatch.setattr(socket, "getaddrinfo", _guarded_look_up(socket.getaddrinfo))
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "MINUTES_LLM_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(Path(__file__).parent / "no-tables"))


@pytest.fixture
def no_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let any connection at all fail the test, loopback too."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def serve() -> Iterator[Any]:
    """Start scripted servers (`serve([completion("…")])`) that stop with the test."""
    servers: list[ScriptedServer] = []

    def start(script: Script) -> ScriptedServer:
        servers.append(ScriptedServer(script).__enter__())
        return servers[-1]

    yield start
    for server in servers:
        server.__exit__()


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        assert self.family == socket.AF_UNIX or _is_loopback(address[0]), f"a test tried to reach {address}"
        return connect(self, address)

    return guarded


def _guarded_look_up(look_up: Any) -> Any:
    def guarded(host: Any, *arguments: Any, **named: Any) -> Any:
        assert _is_loopback(host), f"a test tried to look up {host}"
        return look_up(host, *arguments, **named)

    return guarded


def _is_loopback(host: Any) -> bool:
    try:
        return host in (None, "", "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Count the kinds of failure that were told apart over a real socket."""
    outcomes = {
        outcome: sum("test_faults.py" in report.nodeid for report in terminalreporter.stats.get(outcome, []))
        for outcome in ("passed", "failed")
    }
    if any(outcomes.values()):
        terminalreporter.write_line(f"fault suite: {outcomes['passed']} kinds told apart, {outcomes['failed']} not")
