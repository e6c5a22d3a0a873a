"""A program built on minutes-llm is tested against recordings, with no model and no network.

pytest finds the fixture by itself once minutes-llm is installed:

    def test_questions_without_an_answer_are_listed(replayed_engine):
        engine = replayed_engine(Path("tests/recordings"))
        assert unanswered(Path("tests/minutes.txt"), engine) == ["…"]
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    from minutes_llm.engines import Engine


@pytest.fixture
def replayed_engine(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Engine]:
    """Give `engines.replay`: a function from a folder of recordings to the engine that answers from them alone.

    Until the test ends, every connection and every look-up of a host raises OSError: nothing is asked by mistake.
    """
    from minutes_llm.engines import replay

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _refuse)
    monkeypatch.setattr(socket, "getaddrinfo", _refuse)
    return replay


def _refuse(*_: object, **__: object) -> NoReturn:
    raise OSError("a test that uses replayed_engine tried to reach the network")
