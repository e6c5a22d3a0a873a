"""Stories that need answers, and the loop that runs them.

A story is a generator that yields what it needs to know and returns what it made of it; it does no I/O, so it can
be driven from a network, from recordings or by a test (the models are `httpx`'s `Auth.auth_flow` and `h11`). A run
that is broken off starts its stories again from the top and finds the answers it has in the recordings: a story
must be deterministic. Write `reply = yield from ask(request)` and `results = yield from together(stories)`; nothing
outside this module sends into a generator or catches `StopIteration`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias, TypeVar

from minutes_llm.model import Usage


@dataclass(frozen=True, slots=True)
class Message:
    """One chat message: who says it (`system`, `user`, `assistant`) and what."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model, complete but for the model's name.

    `label` (`s2`, `overview`) is for progress and errors and never part of what is sent. `schema` is the full JSON
    Schema of the answer; the executor sends its strict subset. `max_tokens` caps the answer where the story must;
    `tokens` is the estimated length of the prompt, by which the largest is asked first. `attempt` tells the same
    request asked anew from the first time.
    """

    label: str
    messages: tuple[Message, ...]
    schema_name: str
    schema: Mapping[str, Any]
    max_tokens: int | None = None
    attempt: int = 0
    tokens: int = 0


Finish = Literal["stop", "length", "overflow", "refusal", "filter", "failed"]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Only `stop` carries an answer that may be read.

    `length`: the answer was cut, or none came because thinking ate the budget. `overflow`: the prompt does not fit
    the model's window. `refusal`, `filter`: the model's side will not answer. `failed`: still failing after every
    allowed retry. `detail` is the endpoint's own word on it.
    """

    text: str
    finish: Finish = "stop"
    detail: str = ""
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Together:
    """Stories that may go on side by side; the one that yields this gets the tuple of their results."""

    stories: tuple[Work[Any], ...]


T = TypeVar("T")
Work: TypeAlias = Generator[Request | Together, Any, T]
Answer: TypeAlias = Callable[[Request], Reply]


def ask(request: Request) -> Work[Reply]:
    """Return the reply to a request, whoever gives it."""
    reply: Reply = yield request
    return reply


def together(stories: Iterable[Work[T]]) -> Work[tuple[T, ...]]:
    """Return the results of stories that go on side by side, in their order."""
    results: tuple[T, ...] = yield Together(tuple(stories))
    return results


def run(story: Work[T], answer: Answer) -> T:
    """Return what a story makes of the answers, one request at a time."""
    received: Any = None
    while True:
        try:
            step = story.send(received)
        except StopIteration as done:
            result: T = done.value
            return result
        received = answer(step) if isinstance(step, Request) else tuple(run(inner, answer) for inner in step.stories)
