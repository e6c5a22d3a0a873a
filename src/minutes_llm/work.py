"""Stories that need answers, and the loop that runs them.

A story is a generator that yields what it needs to know and returns what it made of it; it does no I/O, so it can
be driven from a network, from recordings or by a test (the models are `httpx`'s `Auth.auth_flow` and `h11`). A run
that is broken off starts its stories again from the top and finds the answers it has in the recordings: a story
must be deterministic. Write `reply = yield from ask(request)` and `results = yield from together(stories)`; nothing
outside this module sends into a generator or catches `StopIteration`.
"""

from __future__ import annotations

import contextlib
import heapq
import itertools
import threading
import time
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from contextvars import ContextVar
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

from minutes_llm.errors import MinutesError
from minutes_llm.model.digest import Usage


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


class Together(NamedTuple):
    """Stories that may go on side by side; the one that yields this gets the tuple of their results."""

    stories: tuple[Work[Any], ...]


class Disown(NamedTuple):
    """Requests whose replies were of no use; whoever keeps replies forgets these, so that the next run asks anew."""

    requests: tuple[Request, ...]


T = TypeVar("T")
Step: TypeAlias = Request | Together | Disown
Work: TypeAlias = Generator[Step, Any, T]
Answer: TypeAlias = Callable[[Request], Reply]


def ask(request: Request) -> Work[Reply]:
    """Return the reply to a request, whoever gives it."""
    reply: Reply = yield request
    return reply


def together(stories: Iterable[Work[T]]) -> Work[tuple[T, ...]]:
    """Return the results of stories that go on side by side, in their order."""
    results: tuple[T, ...] = yield Together(tuple(stories))
    return results


def disown(requests: Iterable[Request]) -> Work[None]:
    """Let the replies to requests be forgotten: they were of no use, and the next run is to ask anew."""
    yield Disown(tuple(requests))


def metered(story: Work[T]) -> Work[tuple[T, Usage]]:
    """Return what a story returns, and the usage of every reply that it and the stories inside it were sent."""
    total = Usage()
    received: Any = None
    fault: Exception | None = None
    while True:
        try:
            step = story.send(received) if fault is None else story.throw(fault)
        except StopIteration as done:
            return done.value, total
        received = fault = None
        try:
            if isinstance(step, Together):
                results = yield from together(metered(inner) for inner in step.stories)
                received = tuple(result for result, _ in results)
                total = sum((usage for _, usage in results), total)
            else:
                received = yield step
        except MinutesError as raised:
            fault = raised
        if isinstance(received, Reply):
            total += received.usage


EventKind = Literal["asking", "answered", "waiting", "again", "warning"]


class Event(NamedTuple):
    """What has just happened in a run, for whoever watches it.

    `asking`: a request has gone to whoever answers; `answered`: its reply is there (`detail` is how it ended, if not
    well); `waiting`: nobody asks for `seconds`, `detail` says why; `again`: it is asked once more, and why;
    `warning`: something a person should know. `story` counts the run's stories from 0.
    """

    kind: EventKind
    label: str = ""
    detail: str = ""
    seconds: float = 0.0
    story: int = 0


Watch: TypeAlias = Callable[[Event], None]


def run(story: Work[T], answer: Answer, concurrency: int = 1, on_event: Watch | None = None) -> T:
    """Return what a story makes of the answers, up to `concurrency` requests at a time.

    Raises what the story or `answer` raised. See `run_many`.
    """
    with closing(run_many([story], answer, concurrency, on_event)) as results:
        _, result = next(results)
    if isinstance(result, MinutesError):
        raise result
    return result


def run_many(
    stories: Iterable[Work[T]], answer: Answer, concurrency: int = 16, on_event: Watch | None = None
) -> Generator[tuple[int, T | MinutesError], None, None]:
    """Yield (position, result) of each story as it ends: what it returned, or the MinutesError that ended it.

    Results come in the order in which stories end, not in which they stand: so a slow first one holds nothing back
    and nothing piles up. A story is taken from `stories` only when there is room to ask for it: thousands of
    documents run in flat memory. Each story goes on as soon as its own answer is there, and among requests that
    wait the largest goes first.

    `answer` is called in worker threads (here, if `concurrency` is 1), stories and `on_event` only in this one. If it
    has a method `forget`, that is called with each request that a story disowns. An error that `answer` raises is
    raised inside the story at its question. An interrupt (Ctrl-C) starts nothing new, gives replies that are on their
    way `GRACE` seconds to be recorded, and goes on up.
    """
    loop = _Loop(answer, concurrency, on_event)
    coming = enumerate(stories)
    more = True
    try:
        while more or loop.busy:
            while more and loop.has_room:
                if (following := next(coming, None)) is None:
                    more = False
                else:
                    loop.start(*following)
            yield from loop.take_results()
            if loop.busy:
                loop.go_on()
        yield from loop.take_results()
    finally:
        loop.stop()


class Awaited(NamedTuple):
    """The requests that a story cannot go on without."""

    requests: tuple[Request, ...]


def ahead(story: Work[T], find: Callable[[Request], Reply | None], anew: bool = False) -> T | Awaited:
    """Return what a story makes of the answers that are there already, or all the requests that it now waits for.

    For answers that come in rounds, as files: what it may ask after those is not known before they are answered.
    With `anew`, what it has disowned is waited for again, by the first request of each failure.
    """
    disowned: list[Request] = []
    reached = _ahead(story, find, disowned)
    if not (anew and disowned):
        return reached
    return Awaited((*disowned, *(reached.requests if isinstance(reached, Awaited) else ())))


def _ahead(story: Work[T], find: Callable[[Request], Reply | None], disowned: list[Request]) -> T | Awaited:
    received: Any = None
    while True:
        try:
            step = story.send(received)
        except StopIteration as done:
            result: T = done.value
            return result
        received = None
        if isinstance(step, Request):
            received = find(step)
            if received is None:
                return Awaited((step,))
        elif isinstance(step, Disown):
            disowned.extend(step.requests[:1])
        else:
            received = tuple(_ahead(inner, find, disowned) for inner in step.stories)
            missing = [request for each in received if isinstance(each, Awaited) for request in each.requests]
            if missing:
                return Awaited(tuple(missing))


# --- what an answerer may use while it answers ----------------------------------------------------------------


class Stopped(Exception):
    """The run is being stopped: whoever answers gives up instead of asking again."""


def tell(kind: EventKind, detail: str, seconds: float = 0.0) -> None:
    """Let whoever watches the run know; outside a run a warning goes to the log, the rest nowhere."""
    call = _CALL.get()
    if call is not None:
        call.loop.hear(Event(kind, call.request.label, detail, seconds, call.strand.position))
    elif kind == "warning":
        import logging

        logging.getLogger("minutes_llm").warning(detail)


def pause(seconds: float) -> None:
    """Return after so many seconds, or raise `Stopped` as soon as the run is being stopped."""
    call = _CALL.get()
    if call is None:
        time.sleep(seconds)
    elif call.loop.stopping.wait(seconds):
        raise Stopped


# --- the loop ---------------------------------------------------------------------------------------------------


GRACE = 2.0  # seconds that replies under way still get when a run is stopped


class _Strand:
    """A story under way: where its result goes, and the stories it waits for."""

    __slots__ = ("closed", "inner", "parent", "place", "position", "results", "story", "unfinished")

    def __init__(self, story: Work[Any], position: int, parent: _Strand | None = None, place: int = 0) -> None:
        self.story = story
        self.position = position
        self.parent = parent
        self.place = place
        self.closed = False
        self.branch(())

    def branch(self, stories: tuple[Work[Any], ...]) -> list[_Strand]:
        """Make this strand wait for stories side by side, and return their strands."""
        self.inner = [_Strand(story, self.position, self, place) for place, story in enumerate(stories)]
        self.results: list[Any] = [None] * len(stories)
        self.unfinished = len(stories)
        return self.inner

    def close(self) -> None:
        """End this story and all inside it; replies still under way for them come to nothing."""
        if not self.closed:
            self.closed = True
            for strand in self.inner:
                strand.close()
            self.story.close()


class _Call(NamedTuple):
    """One request on its way to whoever answers."""

    loop: _Loop
    strand: _Strand
    request: Request


class _Outcome(NamedTuple):
    """What became of a call: a reply, or what was raised instead."""

    call: _Call
    reply: Reply | None
    fault: BaseException | None = None


_CALL: ContextVar[_Call | None] = ContextVar("call", default=None)

_Ready: TypeAlias = tuple[_Strand, Any, Exception | None]
"""A story that can go on, with what it is sent or what is raised in it."""


class _Loop:
    """Stories under way, requests that wait, and the threads that have them answered."""

    def __init__(self, answer: Answer, concurrency: int, on_event: Watch | None) -> None:
        self.answer = answer
        self.concurrency = max(1, concurrency)
        self.watch: Watch = on_event or (lambda event: None)
        self._thread = threading.get_ident()
        self._inbox: SimpleQueue[Event | _Outcome] = SimpleQueue()
        self.stopping = threading.Event()
        self._outbox: SimpleQueue[_Call | None] = SimpleQueue()
        self._waiting: list[tuple[int, int, _Strand, Request]] = []
        self._serial = itertools.count()
        self._asked = 0
        self._workers = 0
        self._ended: list[tuple[int, Any]] = []

    @property
    def busy(self) -> bool:
        return bool(self._asked or self._waiting)

    @property
    def has_room(self) -> bool:
        return self._asked + len(self._waiting) < self.concurrency and not self._ended

    def hear(self, event: Event) -> None:
        """Let the watcher know, in its own thread."""
        if threading.get_ident() == self._thread:
            self.watch(event)
        else:
            self._inbox.put(event)

    def start(self, position: int, story: Work[Any]) -> None:
        self._resume(_Strand(story, position))

    def take_results(self) -> list[tuple[int, Any]]:
        ended, self._ended = self._ended, []
        return ended

    def go_on(self) -> None:
        """Ask what can be asked, then let the story whose reply comes next go on."""
        while self._waiting and self._asked < self.concurrency:
            _, _, strand, request = heapq.heappop(self._waiting)
            if not strand.closed:
                self._send(_Call(self, strand, request))
        if self._asked:
            self._receive(self._next_arrival())

    def stop(self) -> None:
        """Start nothing new, and wait a little for replies that are on their way."""
        self.stopping.set()
        give_up = time.monotonic() + GRACE
        while self._asked and (left := give_up - time.monotonic()) > 0:
            with contextlib.suppress(Empty):
                if isinstance(self._inbox.get(timeout=left), _Outcome):
                    self._asked -= 1
        for _ in range(self._workers):
            self._outbox.put(None)

    def _next_arrival(self) -> Event | _Outcome:
        while True:
            with contextlib.suppress(Empty):  # wake now and then: on Windows a blocked wait hears no Ctrl-C
                return self._inbox.get(timeout=0.5)

    def _receive(self, arrival: Event | _Outcome) -> None:
        if isinstance(arrival, Event):
            self.watch(arrival)
            return
        self._asked -= 1
        call, fault = arrival.call, arrival.fault
        if fault is not None and not isinstance(fault, Exception):
            raise fault
        ending = str(fault) if arrival.reply is None else arrival.reply.finish
        self._watch_call("answered", call, "" if ending == "stop" else ending)
        if not call.strand.closed:
            self._resume(call.strand, arrival.reply, fault)

    def _send(self, call: _Call) -> None:
        self._watch_call("asking", call)
        self._asked += 1
        if self.concurrency == 1:
            self._have_answered(call)
            return
        if self._workers < self._asked:  # daemons: a call that hangs must not keep the program from ending
            self._workers += 1
            threading.Thread(target=self._work, name=f"asking-{self._workers}", daemon=True).start()
        self._outbox.put(call)

    def _watch_call(self, kind: EventKind, call: _Call, detail: str = "") -> None:
        self.watch(Event(kind, call.request.label, detail, story=call.strand.position))

    def _work(self) -> None:
        while (call := self._outbox.get()) is not None:
            self._have_answered(call)

    def _have_answered(self, call: _Call) -> None:
        token = _CALL.set(call)
        try:
            pause(0.0)
            outcome = _Outcome(call, self.answer(call.request))
        except BaseException as fault:
            outcome = _Outcome(call, None, fault)
        finally:
            _CALL.reset(token)
        self._inbox.put(outcome)

    def _resume(self, strand: _Strand, received: Any = None, fault: Exception | None = None) -> None:
        """Let a story go on, and every story that its going on sets free, until all of them wait again."""
        ready: list[_Ready] = [(strand, received, fault)]
        while ready:
            strand, received, fault = ready.pop()
            if strand.closed:
                continue
            try:
                step = strand.story.throw(fault) if fault else strand.story.send(received)
            except StopIteration as done:
                ready.extend(self._end(strand, done.value))
            except MinutesError as error:
                ready.extend(self._fail(strand, error))
            else:
                ready.extend(self._await(strand, step))

    def _await(self, strand: _Strand, step: Step) -> Iterable[_Ready]:
        """Have a story wait for what it needs; return what can go on meanwhile."""
        if isinstance(step, Request):
            heapq.heappush(self._waiting, (-step.tokens, next(self._serial), strand, step))
            return ()
        if isinstance(step, Disown):
            forget: Callable[[Request], None] = getattr(self.answer, "forget", lambda request: None)
            for request in step.requests:
                forget(request)
            return ((strand, None, None),)
        if not step.stories:
            return ((strand, (), None),)
        return [(inner, None, None) for inner in reversed(strand.branch(step.stories))]

    def _end(self, strand: _Strand, result: Any) -> Iterable[_Ready]:
        """Hand on the result of a story that has ended."""
        strand.closed = True
        parent = strand.parent
        if parent is None:
            self._ended.append((strand.position, result))
            return ()
        parent.results[strand.place] = result
        parent.unfinished -= 1
        if parent.unfinished or parent.closed:
            return ()
        results = tuple(parent.results)
        parent.branch(())  # nothing refers to the stories that have ended: they need no search for cycles
        return ((parent, results, None),)

    def _fail(self, strand: _Strand, error: MinutesError) -> Iterable[_Ready]:
        """Hand on what ended a story; those beside it are closed."""
        strand.close()
        parent = strand.parent
        if parent is None:
            self._ended.append((strand.position, error))
            return ()
        for sibling in parent.inner:
            sibling.close()
        parent.branch(())
        return ((parent, None, error),)
