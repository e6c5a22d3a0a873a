"""One scripted OpenAI-compatible server for all: known latency, a log of what was asked and when.

    with server() as scripted:
        scripted.reset(first=0.5, per_token=0.002)
        ...ask scripted.url...
        scripted.calls()

It runs in a process of its own. A chat completion is answered after `first` seconds and `per_token` for each token of
the answer; one whose last message begins with a line that is a number, after as many seconds as that says. Answers
are made once and kept, so that a second run of the same requests costs the server next to nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
import traceback
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from answers import answer

from minutes_llm.tokens import counter


@dataclass(frozen=True)
class Call:
    """One request as it arrived: all its messages in one text, its schema as JSON, when it came and was answered."""

    prompt: str
    schema: str
    begin: float
    end: float
    answer_tokens: int


class Scripted:
    """The server as those who measure see it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def reset(self, first: float = 0.0, per_token: float = 0.0) -> None:
        """Set the latency and forget what was asked."""
        self._post("reset", {"first": first, "per_token": per_token})

    def calls(self) -> list[Call]:
        """Return what was asked since the last reset, in order of arrival."""
        return [Call(**values) for values in self._post("calls", {})]

    def _post(self, what: str, values: Mapping[str, float]) -> Any:
        body = json.dumps(values).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{self.url}/{what}", body)) as reply:
            return json.load(reply)


@contextmanager
def server() -> Iterator[Scripted]:
    """Have the server in a process of its own for as long as the block lasts."""
    with subprocess.Popen([sys.executable, __file__], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            if not (url := process.stdout.readline().strip()):
                raise SystemExit("the scripted server did not start")
            yield Scripted(url)
        finally:
            process.kill()


class _Server:
    """The server's own side."""

    def __init__(self) -> None:
        self.first = self.per_token = 0.0
        self.log: list[dict[str, Any]] = []
        self.answers: dict[str, tuple[str, int]] = {}
        self.count = counter("gpt-4o")

    async def connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0])
                asked = json.loads(await reader.readexactly(length))
                target = head.split(b" ", 2)[1].decode()
                values = (
                    await self.chat(asked) if target.endswith("/chat/completions") else self.control(target, asked)
                )
                body = json.dumps(values).encode()
                kind = b"content-type: application/json\r\n"
                writer.write(b"HTTP/1.1 200 OK\r\n" + kind + b"content-length: %d\r\n\r\n" % len(body) + body)
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()
        except Exception:
            traceback.print_exc()
            os._exit(1)  # a benchmark of wrong answers is none

    def control(self, target: str, values: Mapping[str, float]) -> object:
        if target.endswith("/calls"):
            return self.log
        self.first, self.per_token, self.log = values["first"], values["per_token"], []
        return "done"

    async def chat(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        begin = time.monotonic()
        prompt = "\n".join(message["content"] for message in asked["messages"])
        text, tokens = self.answer(prompt, asked)
        told, _, _ = asked["messages"][-1]["content"].partition("\n")
        seconds = float(told) if told.replace(".", "", 1).isdigit() else self.first + tokens * self.per_token
        if (left := seconds - (time.monotonic() - begin)) > 0:
            await asyncio.sleep(left)
        schema = json.dumps(asked.get("response_format", ""), ensure_ascii=False)
        call = Call(prompt, schema, begin, time.monotonic(), tokens)
        self.log.append(vars(call))
        return _completion(text, self.count(prompt) if tokens else 0, tokens)

    def answer(self, prompt: str, asked: Mapping[str, Any]) -> tuple[str, int]:
        """Return the answer to a chat and its tokens, made at the first time."""
        name = asked.get("response_format", {}).get("json_schema", {}).get("name")
        key = f"{name}\n{prompt}"
        if key not in self.answers:
            text = answer(asked["messages"], name)
            self.answers[key] = text, self.count(text)
        return self.answers[key]


def _completion(text: str, prompt_tokens: int, completion_tokens: int) -> dict[str, Any]:
    message = {"role": "assistant", "content": text}
    usage = {"prompt_tokens": prompt_tokens, "completion_tokens": completion_tokens}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "finish_reason": "stop", "message": message}],
        "usage": usage | {"total_tokens": sum(usage.values())},
    }


async def _serve() -> None:
    listening = await asyncio.start_server(_Server().connection, "127.0.0.1", 0, backlog=512, limit=2**24)
    print(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1", flush=True)
    await listening.serve_forever()


if __name__ == "__main__":
    asyncio.run(_serve())
