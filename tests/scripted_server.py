"""An OpenAI-compatible server on loopback that answers as a test has written it down.

    with ScriptedServer([error(429, "slow down", retry_after="0.01"), completion("…")]) as server:
        Endpoint("m", server.url)(request)
    assert len(server.asked) == 2

The script is a list of answers, used up in order (the last one again and again), or a function from what was asked
to its answer. A server with an address to `start_at` listens there only once it is entered. Everything goes over
real sockets: also connections that are reset, replies that stall or drip.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal, Self


@dataclass(frozen=True)
class Asked:
    """One request as it arrived: JSON body (or `raw`, if it is none), headers with names in lower case, and when."""

    body: dict[str, Any]
    headers: dict[str, str]
    at: float
    path: str = ""
    raw: bytes = b""

    @property
    def prompt(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def form(self) -> str:
        """How the answer's shape was asked for, in the words of `wire.FORMS`."""
        wanted = self.body.get("response_format", {"type": "text"})
        return f"{wanted['type']} with schema" if "schema" in wanted else str(wanted["type"])


@dataclass(frozen=True)
class Answer:
    """What the server does: after `delay` seconds it sends the body as `how` says.

    `reset` breaks the connection off instead, `stall` sends the head and then nothing, `drip` sends byte by byte with
    `delay` before each, `cut` half of the body.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    how: Literal["whole", "reset", "stall", "drip", "cut"] = "whole"


Script = Sequence[Answer] | Callable[[Asked], Answer]


def completion(
    text: str | None,
    finish: str | None = "stop",
    prompt_tokens: int = 10,
    delay: float = 0.0,
    headers: Mapping[str, str] | None = None,
    reasoning: int = 0,
    refusal: str | None = None,
) -> Answer:
    """Return a chat completion with one choice."""
    written = len(text or "") // 2 + reasoning
    content = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [
            {
                "index": 0,
                "finish_reason": finish,
                "message": {"role": "assistant", "content": text, "refusal": refusal},
            }
        ],
        "usage": {
            "prompt_tokens": prompt_tokens,
            "completion_tokens": written,
            "total_tokens": prompt_tokens + written,
            "completion_tokens_details": {"reasoning_tokens": reasoning},
        },
    }
    return values(content, delay=delay, headers=headers)


def values(
    content: object, status: int = 200, delay: float = 0.0, headers: Mapping[str, str] | None = None
) -> Answer:
    """Return an answer of JSON values."""
    kind = {"content-type": "application/json"}
    return Answer(json.dumps(content, ensure_ascii=False).encode(), status, kind | dict(headers or {}), delay)


def error(status: int, message: str, code: str | None = None, **headers: str) -> Answer:
    """Return an error as OpenAI words it; header names with `_` for `-`."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return values({"error": {"message": message, "type": "error", "code": code}}, status, headers=named)


class ScriptedServer:
    """The server; a context manager. `asked` lists what arrived, in order of arrival; `busiest` how many at once."""

    def __init__(self, script: Script, start_at: tuple[str, int] | None = None) -> None:
        self.script = script
        self.asked: list[Asked] = []
        self.busiest = 0
        self._busy = 0
        self._closing = threading.Event()
        self._lock = threading.Lock()
        self._late = start_at is not None
        handler = type("Handler", (_Handler,), {"scripted": self})
        self._server = _Server(start_at or ("127.0.0.1", 0), handler, bind_and_activate=start_at is None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> Self:
        if self._late:
            self._server.server_bind()
            self._server.server_activate()
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def take(self, asked: Asked) -> Answer:
        with self._lock:
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            self.asked.append(asked)
            number = len(self.asked)
            script = self.script
            return script(asked) if callable(script) else script[min(number, len(script)) - 1]

    def done(self) -> None:
        with self._lock:
            self._busy -= 1

    def wait(self, seconds: float) -> None:
        self._closing.wait(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up: they do so on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    scripted: ScriptedServer

    def do_POST(self) -> None:  # noqa: N802  the name that http.server looks for
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = json.loads(raw) if headers.get("content-type") == "application/json" and raw else {}
        answer = self.scripted.take(Asked(body, headers, time.monotonic(), self.path, raw))
        try:
            if answer.delay and answer.how != "drip":
                self.scripted.wait(answer.delay)
            self._send(answer)
        finally:
            self.scripted.done()

    do_GET = do_POST  # noqa: N815

    def _send(self, answer: Answer) -> None:
        if answer.how == "reset":
            self._reset()
            return
        head = f"HTTP/1.1 {answer.status} Scripted\r\ncontent-length: {len(answer.body)}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in answer.headers.items()) + "\r\n"
        body = answer.body if answer.how in ("whole", "drip") else answer.body[: len(answer.body) // 2]
        if answer.how == "drip":
            self.wfile.write(head.encode())
            for byte in body:
                self.wfile.write(bytes([byte]))
                self.scripted.wait(answer.delay)
        else:
            self.wfile.write(head.encode() + body)
        if answer.how == "stall":
            self.scripted.wait(60.0)
        if answer.how in ("stall", "cut"):
            self.close_connection = True

    def _reset(self) -> None:
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.close()
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
