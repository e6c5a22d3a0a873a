"""Every reply is kept beside the request it answers, so that nothing that was answered is asked twice.

One folder of recordings is a cache, the journal that a broken run resumes from, and a test fixture. A recording is
one readable UTF-8 JSON file, named by the hash of what was sent: model, messages, schema, options and attempt; never
label, time, key or address. So no secret can be in it, and the same question is the same file on every machine.

    {
     "recording": "minutes-llm/recording/1",
     "key": "…",
     "request": {
      "label": "s2",
      "model": "…",
      "messages": [
       {"role": "user", "content": [
        "first line",
        …
     "reply": {
      "finish": "stop",
      "text": [
        …
     "sha256": "…"
    }

Texts are lists of their lines, so that a change shows as a changed line. `sha256` is of all that stands above it: a
torn or an edited recording is found, told of, and asked anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

from minutes_llm.errors import InputError, RecordingMissing
from minutes_llm.model.digest import Usage
from minutes_llm.patterns import late
from minutes_llm.work import Answer, Reply, Request, tell

SHAPE = "minutes-llm/recording/1"
NAME = 24  # characters of the hash that make a file's name
NAMED_BY_KEY = late(rf"[0-9a-f]{{{NAME}}}\.json")

# What a story depends on when it is run again: an answer, or the fact that this request cannot have one. Refusals,
# filters and failures are not kept: the next run asks again.
KEPT = frozenset({"stop", "length", "overflow"})


class Recording(NamedTuple):
    """One reply as kept, and what it answers: `sent` has the fields of the file's `request`."""

    path: Path
    key: str
    sent: Mapping[str, Any]
    reply: Reply
    note: str = ""


class RecordingDamaged(InputError):
    """A recording that is torn, edited, or of another shape."""


class Recordings:
    """A folder of recordings; it is made when the first one is kept.

    `options` are further parameters that every request of the run is sent with (`{"temperature": 0}`) and so part of
    what a reply answers. `note` is written into each new recording: who answered. Safe for threads and for several
    processes on one folder.
    """

    def __init__(self, folder: Path, options: Mapping[str, Any] | None = None, note: str = "") -> None:
        self.folder = folder
        self.options = dict(options or {})
        self.note = note

    def key(self, request: Request, model: str) -> str:
        """Return the hash of all that is sent, and of the attempt."""
        return _key(_sent(request, model, self.options))

    def path(self, request: Request, model: str) -> Path:
        """Return the file that holds, or would hold, the reply to a request."""
        return self._place(self.key(request, model))

    def find(self, request: Request, model: str) -> Reply | None:
        """Return the reply kept for a request, or None; a damaged recording is told of and counts as none."""
        return self._find(self.key(request, model))

    def keep(self, request: Request, model: str, reply: Reply) -> None:
        """Keep a reply, whole or not at all, if a run that starts again needs it."""
        sent = _sent(request, model, self.options)
        self._keep(_key(sent), sent, reply)

    def _find(self, key: str) -> Reply | None:
        try:
            recording = read_recording(self._place(key))
            if recording.key != key:
                raise RecordingDamaged(f"the recording {recording.path} has another's name, and is not used")
        except FileNotFoundError:
            return None
        except RecordingDamaged as damage:
            tell("warning", str(damage))
            return None
        return recording.reply

    def _keep(self, key: str, sent: Mapping[str, Any], reply: Reply) -> None:
        if reply.finish in KEPT:
            _write_whole(self._place(key), _written(key, sent, reply, self.note))

    def _place(self, key: str) -> Path:
        return self.folder / f"{key[:NAME]}.json"

    def forget(self, request: Request, model: str) -> None:
        """Drop the reply kept for a request, if there is one."""
        self.path(request, model).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Recording]:
        """Yield every whole recording in the folder, in the order of their names; damaged ones are told of."""
        for path in self._paths():
            try:
                yield read_recording(path)
            except RecordingDamaged as damage:
                tell("warning", str(damage))
            except FileNotFoundError:  # another process has just removed it
                continue

    def models(self) -> tuple[str, ...]:
        """Return the names of the models whose replies are in the folder, by the first lines of each file alone."""
        names: set[str] = set()
        for path in self._paths():
            with contextlib.suppress(FileNotFoundError), path.open("rb") as file:  # another process may remove it
                if line := MODEL_LINE.search(file.read(2048)):
                    names.add(json.loads(line[1]))
        return tuple(sorted(names))

    def unwanted(self, keep: Collection[str] | None = None, before: float | None = None) -> list[Path]:
        """Return what `prune` would remove."""
        names = None if keep is None else {self._place(key).name for key in keep}

        def is_unwanted(path: Path) -> bool:
            unused = names is None or path.name not in names
            old = before is None or path.stat().st_mtime < before
            return (names is not None or before is not None) and unused and old

        an_hour_ago = time.time() - 3600
        broken_off = (path for path in self.folder.glob(".*.tmp") if path.stat().st_mtime < an_hour_ago)
        return [
            *(path for path in self._paths() if is_unwanted(path) or _is_damaged(path)),
            *sorted(broken_off),
        ]

    def prune(self, keep: Collection[str] | None = None, before: float | None = None) -> list[Path]:
        """Remove recordings that nobody wants, and return their paths.

        That is those whose key is not among `keep` and that were written `before` a POSIX time; where one of the two
        is not given, the other alone counts. Damaged recordings and what broken-off writes left behind go in any
        case; files that by their names are no recordings stay.
        """
        removed = self.unwanted(keep, before)
        for path in removed:
            path.unlink(missing_ok=True)
        return removed

    def _paths(self) -> list[Path]:
        return sorted(path for path in self.folder.glob("*.json") if NAMED_BY_KEY.fullmatch(path.name))


class Misses:
    """Why nothing in a folder answers requests; it is read once, at the first miss. Safe for threads."""

    def __init__(self, recordings: Recordings, model: str) -> None:
        self.recordings = recordings
        self.model = model
        self._kept: tuple[Recording, ...] | None = None
        self._lock = threading.Lock()

    def why(self, request: Request) -> str:
        """Return one line on why nothing answers a request: where the nearest recording differs from it."""
        with self._lock:
            if self._kept is None:
                self._kept = tuple(self.recordings)
        wanted = _sent(request, self.model, self.recordings.options)
        nearest = max(self._kept, key=lambda recording: _likeness(wanted, recording.sent), default=None)
        if nearest is None:
            return f"no recording answers {request.label}: there is none at all in {self.recordings.folder}"
        difference = _difference(wanted, nearest.sent)
        return f"no recording answers {request.label}: the nearest, {nearest.path.name}, differs in {difference}"


class Recorded:
    """Whoever answers, with recordings in front: what was answered before is not asked again.

    With `refresh`, each request is asked once more in this run, and its recording replaced.
    """

    def __init__(self, answer: Answer, recordings: Recordings, model: str, refresh: bool = False) -> None:
        self.answer = answer
        self.recordings = recordings
        self.model = model
        self.refresh = refresh
        self._fresh: set[str] = set()

    def __call__(self, request: Request) -> Reply:
        """Return the reply that was kept, or ask for one and keep it."""
        sent = _sent(request, self.model, self.recordings.options)
        key = _key(sent)
        if not self.refresh or key in self._fresh:
            reply = self.recordings._find(key)
            if reply is not None:
                return reply
        reply = self.answer(request)
        self.recordings._keep(key, sent, reply)
        if self.refresh:
            self._fresh.add(key)
        return reply

    def forget(self, request: Request) -> None:
        """Drop a reply that was of no use, so that the next run asks anew."""
        self.recordings.forget(request, self.model)


def recorded(answer: Answer, recordings: Recordings, model: str, refresh: bool = False) -> Answer:
    """Return an answerer that looks into recordings first and keeps every reply that comes."""
    return Recorded(answer, recordings, model, refresh)


def replayed(recordings: Recordings, model: str) -> Answer:
    """Return an answerer that knows recordings alone, and raises RecordingMissing where they have no reply."""
    misses = Misses(recordings, model)

    def answer(request: Request) -> Reply:
        reply = recordings.find(request, model)
        if reply is None:
            raise RecordingMissing(misses.why(request))
        return reply

    return answer


def read_recording(path: Path) -> Recording:
    """Return the recording in a file; RecordingDamaged if it is not exactly what was written."""
    content = path.read_bytes().replace(b"\r\n", b"\n")  # a checkout on Windows may have changed them
    above, _, seal = content.rpartition(SEAL)
    try:
        if not above or seal != _seal(above):
            raise ValueError
        values = json.loads(content)
        if values["recording"] != SHAPE:
            raise ValueError
        return _recording(path, values)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise RecordingDamaged(f"the recording {path} is torn or was edited, and is not used") from None


# --- values in and out ------------------------------------------------------------------------------------------


def _sent(request: Request, model: str, options: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "label": request.label,
        "model": model,
        "attempt": request.attempt,
        "max_tokens": request.max_tokens,
        "options": dict(options),
        "schema_name": request.schema_name,
        "schema": request.schema,
        "messages": [{"role": message.role, "content": message.content.split("\n")} for message in request.messages],
    }


def _recording(path: Path, values: Mapping[str, Any]) -> Recording:
    reply = values["reply"]
    text = "\n".join(reply["text"])
    found = Reply(text, reply["finish"], reply["detail"], Usage(**reply["usage"]))
    return Recording(path, values["key"], values["request"], found, values.get("note", ""))


def _key(sent: Mapping[str, Any]) -> str:
    """Return the hash of what was sent, as canonical JSON: sorted, ASCII, no white space."""
    values = {name: value for name, value in sent.items() if name != "label"}
    canonical = json.dumps(values, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("ascii")).hexdigest()


SEAL = b',\n "sha256": "'


def _seal(above: bytes) -> bytes:
    """Return what stands after `SEAL`: the hash of all above it, and the end."""
    return f'{hashlib.sha256(above).hexdigest()}"\n}}\n'.encode()


def _written(key: str, sent: Mapping[str, Any], reply: Reply, note: str) -> bytes:
    """Return a recording as it stands in its file."""
    usage = {name: getattr(reply.usage, name) for name in ("requests", "prompt_tokens", "completion_tokens")}
    answer = {"finish": reply.finish, "detail": reply.detail, "usage": usage, "text": reply.text.split("\n")}
    values = {"recording": SHAPE, "key": key, "request": sent, "reply": answer}
    text = _spread(values | {"note": note} if note else values).removesuffix("\n}")
    # half of a surrogate pair is no character, and UTF-8 has no bytes for it
    above = re.sub("[\ud800-\udfff]", lambda half: f"\\u{ord(half[0]):04x}", text).encode("utf-8")
    return above + SEAL + _seal(above)


MODEL_LINE = late(rb'^  "model": ("(?:[^"\\\r\n]|\\.)*")', re.MULTILINE)
IN_ONE_LINE = frozenset({"schema", "options", "usage"})  # to be compared by machines rather than read


def _spread(value: Any, indent: str = "\n") -> str:
    """Return JSON with a line for each field and each line of a text."""
    deeper = indent + " "
    if isinstance(value, dict):
        fields = (
            f"{_dumps(name)}: {_dumps(inner) if name in IN_ONE_LINE else _spread(inner, deeper)}"
            for name, inner in value.items()
        )
        return "{" + deeper + ("," + deeper).join(fields) + indent + "}"
    if isinstance(value, list):
        return "[" + deeper + ("," + deeper).join(_spread(inner, deeper) for inner in value) + indent + "]"
    return _dumps(value)


_dumps = json.JSONEncoder(ensure_ascii=False).encode


def _is_damaged(path: Path) -> bool:
    try:
        read_recording(path)
    except RecordingDamaged:
        return True
    return False


def _write_whole(path: Path, content: bytes) -> None:
    """Put a file in place in one step, so that whoever reads it finds all of it or none.

    Whatever kills the program, the system still writes it to the disk. If the power fails before, the file may be
    torn, which its seal shows: so nothing waits for the disk here (`fsync` took half a millisecond of CPU a reply).
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        try:
            unfinished.write_bytes(content)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)
        reason = error.strerror or error
        raise InputError(f"cannot keep a reply in {path.parent}: {reason}; make room or name another") from error


# --- what is nearest, and where it differs ----------------------------------------------------------------------


def _likeness(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> tuple[bool, int, int]:
    """Return how alike two requests are: by schema, by lines in common (less those that are not), by the rest."""
    lines, others = (
        Counter(line for message in sent["messages"] for line in message["content"]) for sent in (wanted, found)
    )
    common = (lines & others).total()
    rest = sum(
        wanted[name] == found[name] for name in ("label", "model", "attempt", "max_tokens", "options", "schema")
    )
    return wanted["schema_name"] == found["schema_name"], 2 * common - others.total(), rest


def _difference(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> str:
    """Return the first field in which two requests differ, and how."""
    for name in ("model", "attempt", "max_tokens", "options", "schema_name"):
        if wanted[name] != found[name]:
            return f"{name}: {_asked(wanted[name], found[name])}"
    for number, (message, other) in enumerate(zip_longest(wanted["messages"], found["messages"])):
        if message is None or other is None:
            return f"messages[{number}]: {_asked(message and message['role'], other and other['role'])}"
        if message["role"] != other["role"]:
            return f"messages[{number}].role: {_asked(message['role'], other['role'])}"
        if message["content"] != other["content"]:
            return f"messages[{number}] {_line_difference(message['content'], other['content'])}"
    return f"schema{_schema_difference(wanted['schema'], found['schema'])}"


FENCE = late(r"=== [0-9a-f]{12} ===")


def _line_difference(wanted: Sequence[str], found: Sequence[str]) -> str:
    """Return the first line in which two texts differ, and how.

    The lines around a document name its hash (`prompts.fence`), and differ wherever the document does: what tells
    something is the first line that differs in more.
    """
    lines = enumerate(zip_longest(wanted, found), 1)
    differing = [(line, text, old) for line, (text, old) in lines if text != old]
    telling = ((line, text, old) for line, text, old in differing if _unfenced(text) != _unfenced(old))
    line, text, old = next(telling, differing[0])
    return f"line {line}: {_asked(text, old)}"


def _unfenced(line: str | None) -> str | None:
    return line and FENCE.sub("", line)


def _schema_difference(wanted: Any, found: Any, path: str = "") -> str:
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        for name in [*wanted, *(name for name in found if name not in wanted)]:
            if wanted.get(name) != found.get(name):
                return _schema_difference(wanted.get(name), found.get(name), f"{path}.{name}")
    return f"{path}: {_asked(wanted, found)}"


def _asked(wanted: Any, found: Any) -> str:
    """Say two values side by side, from a little before the place where they part."""
    if not (isinstance(wanted, str) and isinstance(found, str)):
        return f"asked {_short(wanted)}, recorded {_short(found)}"
    start = max(0, len(os.path.commonprefix((wanted, found))) - 10)
    return f"asked {_short(wanted[start:])}, recorded {_short(found[start:])}"


def _short(value: Any, length: int = 40) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= length else text[: length - 1] + "…"
