"""One question put to a model until its answer is read and has been checked once; the loop every prompt goes through.

| what comes back                        | what is done                                                     |
| text that is not the JSON asked for    | asked again with the error, READINGS times in all                |
| an answer that the checks find wanting | told back once; of the two answers the one with fewer faults     |
| anything but a finished answer         | returned as `Unanswered`: the caller splits the question or fails |
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar

from minutes_llm.languages import words
from minutes_llm.model.minutes import Minutes
from minutes_llm.prompts import Prompt, Prompts
from minutes_llm.replies import Unreadable, read
from minutes_llm.tokens import estimate
from minutes_llm.work import Message, Request, Work, ask

READINGS = 3
"""How often at most one question is put."""

T = TypeVar("T")
Judge = Callable[[Mapping[str, Any]], tuple[T, list[str]]]
"""Makes of an answer that is valid under the schema what it amounts to, and what is to be told back about it."""


class Asking(NamedTuple):
    """What every request of a run is made with: the prompts, and a budget of tokens a part."""

    prompts: Prompts
    budget: int


class Unanswered(NamedTuple):
    """No answer that could be read: `finish` is the reply's, or `unreadable`; `detail` says more.

    Whoever can make nothing else of it disowns its `requests` (`work.disown`), so that the next run asks anew.
    """

    finish: str
    detail: str
    requests: tuple[Request, ...]


def inquire(
    prompt: Prompt, values: Mapping[str, str], label: str, asking: Asking, judge: Judge[T]
) -> Work[T | Unanswered]:
    """Return what the judge makes of the best answer to a prompt, or why there is none."""
    messages = prompt.filled(**values)
    judged: list[tuple[int, T]] = []
    asked: list[Request] = []
    for reading in range(READINGS):
        tokens = sum(estimate(message.content) for message in messages)
        again = f"{label} (again)" if reading else label
        asked.append(Request(again, messages, prompt.stem, prompt.schema, tokens=tokens))
        reply = yield from ask(asked[-1])
        why: tuple[str, str] = reply.finish, reply.detail
        if reply.finish != "stop":
            break
        try:
            result, complaints = judge(read(reply.text, prompt.schema))
        except Unreadable as error:
            complaints = [str(error)]
            why = "unreadable", complaints[0]
        else:
            judged.append((len(complaints), result))
            if not complaints or len(judged) == 2:
                break
        faults = "\n".join(f"- {complaint}" for complaint in complaints)
        told = asking.prompts["again"].filled(faults=faults)
        messages = (*messages, Message("assistant", reply.text), *told)
    return min(reversed(judged), key=itemgetter(0))[1] if judged else Unanswered(*why, tuple(asked))


def values_of(minutes: Minutes, **values: str) -> dict[str, str]:
    """Return what prompts are filled in with: the meeting in one line, its language by name, and what is given."""
    title = minutes.meeting.title or minutes.source.name
    meeting = f"{title} ({minutes.meeting.date})" if minutes.meeting.date else title
    language = words("en").LANGUAGE_NAMES.get(minutes.language, "the language of the minutes")
    return {"meeting": meeting, "language": language, **values}
