"""Requests go out no faster than the server has said it takes them.

What the server says: `Retry-After` on a refusal, and the `x-ratelimit-*` headers on every reply. Nothing is guessed
but the wait after a refusal that names none. One `Pace` is shared by all calls to an endpoint: what one is told, all
heed.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from minutes_llm.work import pause, tell


class Pace:
    """The times at which an endpoint may be asked.

    `first_wait` and `longest_wait` are seconds to wait after the first and after many refusals that name no time.
    """

    def __init__(self, first_wait: float, longest_wait: float = 60.0) -> None:
        self.last_success: float | None = None
        self._first_wait = first_wait
        self._longest_wait = longest_wait
        self._lock = threading.Lock()
        self._closed_until = 0.0
        self._why = ""
        self._refusals = 0
        self._windows = {"requests": _Window(), "tokens": _Window()}

    def take_turn(self, tokens: int) -> None:
        """Return when a request of so many tokens may be sent, and count it as sent."""
        while (wait := self._reserve(tokens)) > 0:
            tell("waiting", self._why, wait)
            pause(wait)

    def succeeded(self) -> None:
        """Note that the endpoint answers."""
        with self._lock:
            self.last_success = time.monotonic()
            self._refusals = 0

    def refused(self, why: str, wait: float | None) -> float:
        """Have everybody wait as long as the server said, else longer each time; return for how long."""
        with self._lock:
            now = time.monotonic()
            if wait is None:
                if now >= self._closed_until:  # refusals of one and the same moment count once
                    self._refusals += 1
                wait = self.backoff(self._refusals)
            self._closed_until = max(self._closed_until, now + wait)
            self._why = why
            return self._closed_until - now

    def backoff(self, tries: int) -> float:
        """Return the seconds to wait after so many failed tries: twice as long each time."""
        return float(min(self._longest_wait, self._first_wait * 2 ** min(tries - 1, 30)))

    def heed(self, headers: Mapping[str, str]) -> None:
        """Take over what a reply's headers say of the requests and tokens that are left."""
        with self._lock:
            for name, window in self._windows.items():
                window.update(
                    _integer(headers.get(f"x-ratelimit-limit-{name}")),
                    _integer(headers.get(f"x-ratelimit-remaining-{name}")),
                    duration(headers.get(f"x-ratelimit-reset-{name}")),
                )

    def _reserve(self, tokens: int) -> float:
        """Return 0 and count a request as sent, or the seconds until it is worth looking again."""
        costs = {"requests": 1, "tokens": tokens}
        with self._lock:
            now = time.monotonic()
            if self._closed_until > now:
                return self._closed_until - now
            for name, window in self._windows.items():
                if (wait := window.wait(costs[name], now)) > 0:
                    self._why = f"the server's limit on {name} is reached"
                    return wait
            for name, window in self._windows.items():
                window.spend(costs[name])
            return 0.0


class _Window:
    """What is left of a limit until it is whole again."""

    def __init__(self) -> None:
        self.limit: int | None = None
        self.left: int | None = None
        self.span = 0.0
        self.whole_at = 0.0

    def update(self, limit: int | None, left: int | None, span: float | None) -> None:
        if left is None or span is None:
            return
        now = time.monotonic()
        known = self.left if now < self.whole_at else None  # replies overtake each other: believe the lower count
        self.left = left if known is None else min(left, known)
        self.limit, self.span, self.whole_at = limit, span, now + span

    def wait(self, cost: int, now: float) -> float:
        if self.left is not None and now >= self.whole_at:
            self.left, self.whole_at = self.limit, now + self.span
        if self.left is None or self.left >= cost or self.left == self.limit:
            return 0.0
        return max(self.whole_at - now, 0.001)

    def spend(self, cost: int) -> None:
        if self.left is not None:
            self.left = max(0, self.left - cost)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a refusal's headers ask to wait (milliseconds, seconds or an HTTP date), or None."""
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or text is None:
        return seconds
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - time.time())
    except ValueError:
        return None


UNITS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def duration(text: str | None) -> float | None:
    """Return the seconds in a duration as rate-limit headers have it (`6m0s`, `120ms`, `12`), or None."""
    if text is None or _number(text) is not None:
        return _number(text)
    parts = re.findall(r"([0-9.]{1,12})(ms|h|m|s)", text)
    if not parts or "".join(map("".join, parts)) != text.strip():
        return None
    numbers = [_number(number) for number, _ in parts]
    return sum(number * UNITS[unit] for number, (_, unit) in zip(numbers, parts, strict=True) if number is not None)


def _number(text: str | None) -> float | None:
    try:
        number = float(text or "")
    except ValueError:
        return None
    return number if 0 <= number < 1e9 else None


def _integer(text: str | None) -> int | None:
    number = _number(text)
    return None if number is None else int(number)
