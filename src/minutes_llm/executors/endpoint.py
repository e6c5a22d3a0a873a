"""A request is answered by an OpenAI-compatible endpoint, or it is known why not.

    endpoint = Endpoint("gpt-5-mini")                                            OpenAI, key from OPENAI_API_KEY
    endpoint = Endpoint("qwen3", base_url="http://localhost:8080/v1")            a server of one's own
    reply = endpoint(request)

The SDK sends and authenticates; when to ask again, how a server is told the shape of an answer, and what its answer
means are decided here and in `wire` and `pace`.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from minutes_llm.errors import AccessRefused, EndpointDown, InputError
from minutes_llm.executors.pace import Pace, retry_after
from minutes_llm.executors.wire import (
    CapName,
    Manners,
    Trouble,
    completion_body,
    is_shaped,
    read_completion,
    read_error,
)
from minutes_llm.model.digest import Usage
from minutes_llm.work import Reply, Request, pause, tell

OPENAI = "https://api.openai.com/v1"
NO_KEY = "no-key"  # what a server is sent that nobody gave a key for; servers of one's own take anything


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to go on asking, in seconds.

    A request that goes wrong by itself is made `tries` times, within `seconds` of the first failure. One that is put
    off, for a limit or because nobody listens, is given up once the endpoint has answered nobody for `seconds`, or
    nobody ever for `first_contact`. The wait after a failure is `first_wait`, doubled each time, where the server
    does not say.
    """

    tries: int = 5
    seconds: float = 300.0
    first_contact: float = 10.0
    first_wait: float = 1.0


PATIENCE = Patience()


class Endpoint:
    """Whoever answers at an OpenAI-compatible address; calling it returns the reply to a request.

    `timeout` bounds one call in seconds, from sending to the last byte. `max_tokens` and `temperature` are sent only
    if given; as `options` they are part of what recordings go by. Safe for threads. Raises AccessRefused and
    EndpointDown; everything else that can go wrong is the reply's `finish`.
    """

    def __init__(
        self,
        model: str,
        base_url: str | None = None,
        api_key: str | None = None,
        *,
        timeout: float = 600.0,
        max_tokens: int | None = None,
        temperature: float | None = None,
        patience: Patience = PATIENCE,
    ) -> None:
        self.model = model
        self.access = find_access(base_url, api_key, os.environ)
        self.timeout = timeout
        self.patience = patience
        given = {"max_tokens": max_tokens, "temperature": temperature}
        self.options = {name: value for name, value in given.items() if value is not None}
        self._server = _server(self.access.base_url, model)
        self._pace = Pace(patience.first_wait)
        self._lock = threading.Lock()
        self._client: Any = None
        self._refusal = ""
        self._down = False

    def __call__(self, request: Request) -> Reply:
        """Return the reply to a request, after as many calls as it takes and is allowed."""
        spent, setbacks = Usage(), _Setbacks()
        while True:
            pause(0.0)  # a run that is being stopped makes no further call
            if self._refusal:
                raise AccessRefused(self._refusal)
            self._pace.take_turn(request.tokens + (request.max_tokens or 0))
            manners = self._server.manners
            found = self._call(request, manners)
            spent += Usage(1) if isinstance(found, Trouble) else found.usage
            if isinstance(found, Trouble):
                if self._is_hopeless(found, manners, setbacks):
                    return Reply("", "failed", found.detail, spent)
                self._wait(found, setbacks)
            else:
                self._pace.succeeded()
                self._down = False
                if not self._server.ignores(manners, found, request):
                    return replace(found, usage=spent)

    def _call(self, request: Request, manners: Manners) -> Reply | Trouble:
        """Return what one call over the network brought."""
        import openai

        body = completion_body(request, self.model, manners, self.options)
        deadline = time.monotonic() + self.timeout
        try:
            create = self._sdk().chat.completions.with_streaming_response.create
            with create(**body, timeout=openai.Timeout(self.timeout, connect=min(10.0, self.timeout))) as response:
                self._pace.heed(response.headers)
                content = _read_all(response, deadline)
        except openai.APIConnectionError as error:
            return self._no_connection(error)
        except openai.APIStatusError as error:
            self._pace.heed(error.response.headers)
            return read_error(error.status_code, error.body or "", retry_after(error.response.headers))
        if isinstance(content, Trouble):
            return content
        try:
            return read_completion(json.loads(content), request, body.get(manners.cap))
        except ValueError:
            return Trouble("fault", f"not a completion: {content[:200].decode('utf-8', 'replace')!r}")

    def _sdk(self) -> Any:
        """Return the SDK's client, built at the first call: importing it costs most of a second."""
        with self._lock:
            if self._client is None:
                self._client = build_client(self.access)
            return self._client

    def _no_connection(self, error: Exception) -> Trouble:
        cause = error.__cause__ or error
        if type(cause).__name__ in ("ConnectError", "ConnectTimeout"):
            return Trouble("down", f"cannot connect to {self.access.base_url}: {cause}")
        if type(cause).__name__.endswith("Timeout"):
            return Trouble("fault", f"no answer within {self.timeout:g} s")
        return Trouble("fault", f"the connection broke: {cause}")

    def _is_hopeless(self, trouble: Trouble, manners: Manners, setbacks: _Setbacks) -> bool:
        """Say whether to give a request up; where that goes for all requests, raise what stops the run."""
        if trouble.kind in ("form", "cap"):
            return not self._server.yields(manners, trouble)
        if trouble.kind == "access":
            self._refusal = f"{self.access.base_url} refuses model {self.model}: {trouble.detail}"
            if self.access.withheld:
                self._refusal += f" ({self.access.withheld})"
            raise AccessRefused(self._refusal)
        now, wait = time.monotonic(), trouble.wait or 0.0
        setbacks.first = setbacks.first or now
        if trouble.kind == "fault":
            setbacks.faults += 1
            return setbacks.faults >= self.patience.tries or now - setbacks.first + wait > self.patience.seconds
        waited = now - max(setbacks.first, self._pace.last_success or 0.0)
        if trouble.kind == "busy":
            return waited + wait > self.patience.seconds
        known = self._pace.last_success is not None
        if self._down or waited > (self.patience.seconds if known else self.patience.first_contact):
            self._down = True  # no other request need try as long, until it answers again
            raise EndpointDown(f"{trouble.detail}; is the server running, and the base URL right?")
        return False

    def _wait(self, trouble: Trouble, setbacks: _Setbacks) -> None:
        """Wait until the next try: this call alone if only it went wrong, everybody if the server is busy or away."""
        if trouble.kind in ("form", "cap"):
            tell("again", trouble.detail)
        elif trouble.kind == "fault":
            seconds = self._pace.backoff(setbacks.faults) if trouble.wait is None else trouble.wait
            tell("again", trouble.detail, seconds)
            pause(seconds)
        else:
            tell("again", trouble.detail, self._pace.refused(trouble.detail, trouble.wait))


@dataclass(slots=True)
class _Setbacks:
    """What a request has met with so far: calls that went wrong, and when the first did."""

    faults: int = 0
    first: float = 0.0


class _Server:
    """What has been learnt of a server by asking it, for all calls of this process."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._proven = False
        self._swapped = False
        self._lock = threading.Lock()

    def yields(self, tried: Manners, trouble: Trouble) -> bool:
        """Take up the next manner after one that was not understood; False if there is none left."""
        with self._lock:
            if self.manners != tried:  # another call was first
                return True
            if trouble.kind == "cap":
                other: CapName = "max_tokens" if tried.cap == "max_completion_tokens" else "max_completion_tokens"
                self.manners, fresh, self._swapped = replace(tried, cap=other), not self._swapped, True
                return fresh
            if tried.next_form is None:
                return False
            self.manners = replace(tried, form=tried.next_form)
            return True

    def ignores(self, tried: Manners, reply: Reply, request: Request) -> bool:
        """Say whether a reply shows that the server takes no notice of the schema; it is then put in the prompt."""
        if reply.finish != "stop" or tried.form != "json_schema" or self._proven:
            return False
        if is_shaped(reply.text, request.schema):
            self._proven = True
            return False
        self.yields(tried, Trouble("form", ""))
        tell("again", "the server does not keep to the schema: it is now in the prompt")
        return True


@cache
def _server(base_url: str, model: str) -> _Server:
    return _Server(Manners(cap="max_completion_tokens" if base_url == OPENAI else "max_tokens"))


# --- where to ask, and with which key ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Access:
    """Where to ask and with which key.

    `environment` says that what else the SDK finds there (organisation, project) may be sent too; `withheld` why a
    key that is there is not.
    """

    base_url: str
    api_key: str
    environment: bool
    withheld: str = ""


def find_access(base_url: str | None, api_key: str | None, environ: Mapping[str, str]) -> Access:
    """Return where to ask, and with which key. AccessRefused if OpenAI is to be asked without one.

    A key that is given goes where it was given for. OPENAI_API_KEY belongs to OPENAI_BASE_URL where that is set, and
    to OpenAI where it is not: it goes to that address alone. Other servers get a word that stands for no key.
    """
    belongs_to = environ.get("OPENAI_BASE_URL") or OPENAI
    url = (base_url or belongs_to).rstrip("/")
    if urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname:
        raise InputError(f"the base URL {url!r} is not one; it should look like http://localhost:8080/v1")
    theirs = _origin(url) == _origin(belongs_to)
    key = environ.get("OPENAI_API_KEY")
    if api_key or (key and theirs):
        return Access(url, api_key or key or "", theirs)
    if _origin(url) == _origin(OPENAI):
        raise AccessRefused("no key for OpenAI: set OPENAI_API_KEY, or name another server with --base-url")
    withheld = f"the key in OPENAI_API_KEY is for {_origin(belongs_to)[1]} and was not sent; give one with --api-key"
    return Access(url, NO_KEY, theirs, withheld if key else "")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def build_client(where: Access) -> Any:
    """Return the SDK's client for an address: it sends the key there and asks nothing twice by itself."""
    import openai

    headers: dict[str, Any] = {"Authorization": f"Bearer {where.api_key}"}
    if not where.environment:
        headers |= {"OpenAI-Organization": openai.Omit(), "OpenAI-Project": openai.Omit()}
    loopback = urlsplit(where.base_url).hostname in ("localhost", "127.0.0.1", "::1")
    return openai.OpenAI(
        base_url=where.base_url,
        api_key=where.api_key,
        max_retries=0,
        default_headers=headers,
        http_client=openai.DefaultHttpxClient(trust_env=not loopback),
    )


def _read_all(response: Any, deadline: float) -> bytes | Trouble:
    """Return a response's body; the SDK's timeout is for each piece, so a reply that drips is stopped here."""
    pieces: list[bytes] = []
    try:
        for piece in response.iter_bytes():
            pieces.append(piece)
            if time.monotonic() > deadline:
                return Trouble("fault", "the answer dripped on past the time for a call")
    except Exception as broken:  # of whichever HTTP library the SDK stands on
        return Trouble("fault", f"the connection broke: {broken!r}")
    return b"".join(pieces)
