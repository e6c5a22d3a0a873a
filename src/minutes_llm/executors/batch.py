"""Requests stand in files, for a batch service or for a person with a chat window, and their answers in recordings.

A run that is answered by files goes in rounds: `work.ahead` tells the requests that a run still needs, they are
written out here, and answers that have come are kept in recordings, where the next round finds them. A story whose
answer leads to another question needs another round.

    lines = export_lines(requests, recordings, "gpt-5-mini")        OpenAI's Batch API, or `vllm run-batch`
    taken = import_answers(answer_lines, requests, recordings, "gpt-5-mini")
    write_prompts(requests, recordings, "gpt-5-mini", folder)       to paste into a chat
    taken = import_texts(folder, requests, recordings, "gpt-5-mini")
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from minutes_llm.errors import AccessRefused, EndpointDown, InputError
from minutes_llm.executors.endpoint import Access, build_client
from minutes_llm.executors.wire import (
    STRICT,
    Manners,
    Trouble,
    completion_body,
    error_message,
    is_shaped,
    read_completion,
    read_error,
    schema_in_words,
)
from minutes_llm.model.digest import Usage
from minutes_llm.recordings import KEPT, Recordings
from minutes_llm.work import Reply, Request

ADDRESS = "/v1/chat/completions"
MOST_LINES = 50_000  # of one file, OpenAI's bounds
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of answers that were brought back.

    `kept`: how many are now in the recordings. `faults`: one line for each answer that is none, and why; its request
    is still waiting. `strangers`: how many belong to no request that waits.
    """

    kept: int = 0
    faults: tuple[str, ...] = field(default=())
    strangers: int = 0


def request_id(request: Request, recordings: Recordings, model: str) -> str:
    """Return the id a request has in files: the name of its recording, the same on every machine."""
    return recordings.path(request, model).stem


# --- JSON lines -------------------------------------------------------------------------------------------------


def export_lines(
    requests: Iterable[Request], recordings: Recordings, model: str, manners: Manners = STRICT
) -> Iterator[str]:
    """Yield requests in the shape of OpenAI's Batch API, a line each; what is asked twice stands there once."""
    for name, request in _by_id(requests, recordings, model).items():
        body = completion_body(request, model, manners, recordings.options)
        line = {"custom_id": name, "method": "POST", "url": ADDRESS, "body": body}
        yield json.dumps(line, ensure_ascii=False) + "\n"


def in_files(lines: Iterable[str], most_lines: int = MOST_LINES, most_bytes: int = MOST_BYTES) -> Iterator[str]:
    """Yield lines as the contents of as few files as the service's bounds allow."""
    content: list[str] = []
    size = 0
    for line in lines:
        length = len(line.encode("utf-8"))
        if content and (len(content) == most_lines or size + length > most_bytes):
            yield "".join(content)
            content, size = [], 0
        content.append(line)
        size += length
    if content:
        yield "".join(content)


def import_answers(lines: Iterable[str], requests: Iterable[Request], recordings: Recordings, model: str) -> Taken:
    """Keep the answers in a batch service's output, in any order; its files of errors can be given as well."""
    waiting = _by_id(requests, recordings, model)
    kept, faults, strangers = 0, [], 0
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            answer = json.loads(line)
            request = waiting.get(answer["custom_id"])
        except (ValueError, TypeError, KeyError):
            faults.append(f"line {number} is no answer of a batch service")
            continue
        if request is None:
            strangers += 1
            continue
        found = _read_line(answer, request, request.max_tokens or recordings.options.get("max_tokens"))
        if isinstance(found, Trouble) or found.finish not in KEPT:
            faults.append(f"{request.label}: {found.detail}")
        else:
            recordings.keep(request, model, found)
            kept += 1
    return Taken(kept, tuple(faults), strangers)


def _read_line(answer: Mapping[str, Any], request: Request, cap: int | None) -> Reply | Trouble:
    """Return what a line says: OpenAI has the completion in `response.body`, vLLM at times in `response` itself."""
    response = answer.get("response")
    if answer.get("error") or not isinstance(response, Mapping):
        return Trouble("fault", error_message(answer))
    content = response.get("body", response)
    status = response.get("status_code", 200)
    if isinstance(status, int) and status >= 400:
        return read_error(status, content)
    return read_completion(content, request, cap)


# --- prompts to paste into a chat -------------------------------------------------------------------------------

PROMPT, ANSWER = ".prompt.md", ".answer.txt"


def write_prompts(requests: Iterable[Request], recordings: Recordings, model: str, folder: Path) -> list[Path]:
    """Write each request as `NAME.prompt.md` to paste into a chat; its answer goes beside it as `NAME.answer.txt`."""
    paths = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, request in _by_id(requests, recordings, model).items():
            path = folder / f"{_file_name(request, name)}{PROMPT}"
            path.write_text(_prompt_text(request), "utf-8")
            paths.append(path)
    except OSError as error:
        raise InputError(f"cannot write prompts to {folder}: {error.strerror or error}") from error
    return paths


def import_texts(folder: Path, requests: Iterable[Request], recordings: Recordings, model: str) -> Taken:
    """Keep the answers that stand in a folder beside their prompts; empty ones are still waiting.

    One of which a part is missing is not kept, so that it can be pasted again. An answer is known by the id at the
    end of its file's name, whatever stands before it.
    """
    waiting = _by_id(requests, recordings, model)
    kept, faults = 0, []
    for path in sorted(folder.glob(f"*{ANSWER}")):
        request = waiting.get(path.name.removesuffix(ANSWER).rpartition("-")[2])
        if request is None:
            continue
        try:
            text = path.read_text("utf-8-sig").strip()
        except OSError as error:
            faults.append(f"{path.name}: cannot be read ({error.strerror})")
            continue
        except UnicodeDecodeError:
            faults.append(f"{path.name}: not UTF-8; save it as UTF-8")
            continue
        if text and not is_shaped(text, request.schema):
            faults.append(f"{path.name}: the answer is torn or not in the shape asked for; paste all of it")
        elif text:
            recordings.keep(request, model, Reply(text, usage=Usage(1)))
            kept += 1
    return Taken(kept, tuple(faults))


def _prompt_text(request: Request) -> str:
    """Return all messages as one text; what the other side said before is marked as such."""
    said = [
        f"(Your answer before was:)\n{message.content}" if message.role == "assistant" else message.content
        for message in request.messages
    ]
    return "\n\n".join(said) + schema_in_words(request.schema)


def _file_name(request: Request, name: str) -> str:
    return f"{re.sub(r'[^0-9A-Za-z]+', '-', request.label).strip('-')}-{name}"


def _by_id(requests: Iterable[Request], recordings: Recordings, model: str) -> dict[str, Request]:
    return {request_id(request, recordings, model): request for request in requests}


# --- the Batch API ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class BatchStatus:
    """How far a batch is: the service's own word (`in_progress`, `completed`, …) and its counts of lines.

    `errors`: why the service did not take the file, one line each.
    """

    id: str
    status: str
    total: int
    completed: int
    failed: int
    errors: tuple[str, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ("completed", "failed", "expired", "cancelled")


class BatchService:
    """The Batch API at an address; raises AccessRefused and EndpointDown."""

    def __init__(self, access: Access) -> None:
        self.access = access

    def submit(self, content: str) -> BatchStatus:
        """Hand a file of requests in, to be answered within a day, and return the batch it has become."""
        upload = ("requests.jsonl", content.encode("utf-8"))
        file = self._checked(self._do("files", "create", file=upload, purpose="batch"), "id")
        day = {"endpoint": ADDRESS, "completion_window": "24h"}
        return _status(self._batch("create", input_file_id=file.id, **day))

    def status(self, batch: str) -> BatchStatus:
        """Return how far a batch is."""
        return _status(self._batch("retrieve", batch))

    def fetch(self, batch: str) -> Iterator[str]:
        """Yield the lines of a batch's answers and of its errors, as far as there are any yet."""
        found = self._batch("retrieve", batch)
        files = [file for file in (found.output_file_id, found.error_file_id) if file]
        texts = (self._do("files", "content", file).text for file in files)
        # not `splitlines`: an answer may hold U+2028 or U+0085, which end no line of JSON lines
        return (line.rstrip("\r") for text in texts for line in text.split("\n") if line.strip())

    def _batch(self, verb: str, *arguments: Any, **named: Any) -> Any:
        return self._checked(self._do("batches", verb, *arguments, **named), "id", "status")

    def _checked(self, found: Any, *members: str) -> Any:
        """Return what the service sent, if it has these members: the SDK takes whatever comes, a web page too."""
        if all(isinstance(getattr(found, member, None), str) for member in members):
            return found
        raise EndpointDown(self._no_batch_api(found))

    def _no_batch_api(self, said: object) -> str:
        said = error_message(str(said))
        return f"{self.access.base_url}: what answers there is no Batch API ({said}); is the base URL right?"

    def _do(self, noun: str, verb: str, *arguments: Any, **named: Any) -> Any:
        """Return what the service says; its refusals as errors of ours."""
        import openai

        try:
            return getattr(getattr(build_client(self.access), noun), verb)(*arguments, **named)
        except openai.APIConnectionError as error:
            raise EndpointDown(f"cannot reach {self.access.base_url}: {error.__cause__ or error}") from error
        except openai.APIStatusError as error:
            found = read_error(error.status_code, error.body or "")
            refused = isinstance(found, Trouble) and found.kind == "access"
            kind = AccessRefused if refused else EndpointDown
            raise kind(f"{self.access.base_url}: {found.detail}") from error
        except ValueError as error:  # called JSON and is none
            raise EndpointDown(self._no_batch_api(error)) from error


def _status(batch: Any) -> BatchStatus:
    counts = batch.request_counts
    total, completed, failed = (counts.total, counts.completed, counts.failed) if counts else (0, 0, 0)
    errors = (batch.errors and batch.errors.data) or ()
    return BatchStatus(batch.id, batch.status, total, completed, failed, tuple(map(_told, errors)))


def _told(error: Any) -> str:
    """Return why a service did not take a file, with the line of it where one is to blame."""
    said = error_message(error.message or error.code or "an error without a word")
    return said if error.line is None else f"line {error.line}: {said}"
