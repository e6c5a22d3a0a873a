"""Who makes a digest: a model behind an endpoint, recordings of one, or rules alone."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from minutes_llm.errors import InputError
from minutes_llm.tokens import Count, counter

if TYPE_CHECKING:
    from minutes_llm.asking import Asking
    from minutes_llm.model.minutes import Minutes
    from minutes_llm.work import Answer, Reply, Request

DEFAULT_MODEL = "gpt-5.4-mini"
PART_TOKENS = 12_000
"""How much of a section goes into one request: models read far more, but answer best on what they can survey."""

NO_MODEL = (
    "translating needs a model: set OPENAI_API_KEY or --base-url, "
    "or replay recorded answers with --engine replay --recordings FOLDER"
)


@dataclass(frozen=True, slots=True)
class Engine:
    """A way to make digests. `answer` is who answers requests, None for rules alone."""

    name: str
    model: str = ""
    answer: Answer | None = None
    prompts: Path | None = None
    part_tokens: int = PART_TOKENS
    fetch_table: bool = False

    @property
    def answers(self) -> Answer:
        """Who answers; rules alone have nothing to ask."""
        return self.answer or _nobody

    def counter(self) -> Count:
        """Return what counts the tokens of the model, for what is told of costs; nothing is planned by it."""
        return counter(self.model, self.fetch_table)

    def asking(self, minutes: Minutes) -> Asking:
        """Return how to ask about minutes: prompts in their language, the budget."""
        from minutes_llm.asking import Asking
        from minutes_llm.prompts import load_prompts

        return Asking(load_prompts(minutes.language, self.prompts), self.part_tokens)

    def asking_to_translate(self) -> Asking:
        """Return how to ask for a translation, whatever the languages."""
        from minutes_llm.asking import Asking
        from minutes_llm.prompts import TRANSLATING, load_prompts

        return Asking(load_prompts("en", self.prompts, ("again", *TRANSLATING)), self.part_tokens)


def extractive() -> Engine:
    """Return the engine that uses no model."""
    return Engine("extractive")


def replay(recordings: Path, model: str | None = None, prompts: Path | None = None) -> Engine:
    """Return the engine that answers from recordings alone and never opens a socket.

    Without a model's name it is the one that the recordings are of. Raises InputError where there are none.
    """
    from minutes_llm.recordings import Recordings, replayed

    kept = Recordings(recordings)
    models = kept.models()
    if not models:
        raise InputError(f"--recordings {recordings}: no recordings there; make them with --engine openai")
    if model is None and len(models) > 1:
        raise InputError(f"--recordings {recordings}: of several models; choose with --model: {', '.join(models)}")
    name = model or models[0]
    return Engine("replay", name, replayed(kept, name), prompts)


def openai(
    model: str | None = None,
    base_url: str | None = None,
    api_key: str | None = None,
    recordings: Path | None = None,
    prompts: Path | None = None,
    *,
    timeout: float = 600.0,
    refresh: bool = False,
    max_tokens: int | None = None,
    max_cost: float | None = None,
    note: str = "",
) -> Engine:
    """Return the engine that asks an OpenAI-compatible endpoint and keeps every reply in recordings.

    `timeout` is in seconds for one call. `note` stands in every new recording: who answered. `max_tokens` and
    `max_cost` (US dollars) limit what is spent in all; what is answered from recordings costs nothing. The table that
    tokens are counted with is fetched from OpenAI only where OpenAI is asked.
    """
    from minutes_llm.cost import limited
    from minutes_llm.executors.endpoint import Endpoint
    from minutes_llm.recordings import Recordings, recorded

    name = model or DEFAULT_MODEL
    endpoint = Endpoint(name, base_url, api_key, timeout=timeout)
    theirs = (urlsplit(endpoint.access.base_url).hostname or "").endswith("api.openai.com")
    answer = limited(_counted(endpoint, counter(name, fetch=theirs)), name, max_tokens, max_cost)
    if recordings is not None:
        answer = recorded(answer, Recordings(recordings, note=note), name, refresh)
    return Engine("openai", name, answer, prompts, fetch_table=theirs)


def has_endpoint(base_url: str | None, api_key: str | None) -> bool:
    """Tell whether somebody was named who could answer: a key or a base URL, given or in the environment."""
    return bool(base_url or api_key or os.environ.get("OPENAI_API_KEY") or os.environ.get("OPENAI_BASE_URL"))


def _counted(answer: Answer, count: Count) -> Answer:
    """Return an answerer whose replies say their usage also where the server does not."""
    from minutes_llm.model.digest import Usage

    def counted(request: Request) -> Reply:
        reply = answer(request)
        if reply.usage.prompt_tokens or reply.finish != "stop":
            return reply
        sent = sum(count(message.content) for message in request.messages)
        usage = Usage(reply.usage.requests or 1, sent, count(reply.text))
        return replace(reply, usage=usage)

    return counted


def _nobody(request: Request) -> Reply:
    raise AssertionError(f"rules alone asked {request.label}")
