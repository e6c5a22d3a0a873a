"""Small minutes and answers for tests, built by hand so that no parser has to be right for them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from minutes_llm.asking import Asking
from minutes_llm.model.minutes import Labels, Meeting, Minutes, Piece, Section, Source, Turn
from minutes_llm.prompts import load_prompts
from minutes_llm.work import Message, Reply, Request


def minutes_of(*sections: Sequence[tuple[str | None, str]], language: str = "ja") -> Minutes:
    """Return minutes whose sections have the given (speaker, speech) turns, with true offsets."""
    text = ""
    built: list[Section] = []
    for number, turns in enumerate(sections, 1):
        start = len(text)
        heading = f"議題{number}"
        text += heading + "\n"
        said: list[Turn] = []
        for count, (speaker, speech) in enumerate(turns, 1):
            text += f"{speaker}）\n" if speaker else ""
            begin = len(text)
            text += speech + "\n"
            end = begin + len(speech)
            said.append(Turn(f"s{number}t{count}", speaker, speech, begin, end, ((begin, end),)))
        built.append(Section(f"s{number}", heading, start, len(text), tuple(said)))
    source = Source("test.txt", text, "0" * 64, "utf-8")
    pieces = (Piece("speech", 0, len(text)),)
    return Minutes(source, language, Meeting(title="試験の会議"), tuple(built), pieces, Labels("close-paren", 1.0))


def asking(language: str = "ja", budget: int = 12_000) -> Asking:
    """Return how to ask with the shipped prompts, within a budget."""
    return Asking(load_prompts(language), budget)


def statement(text: str, *evidence: tuple[str, str]) -> dict[str, Any]:
    """Return a statement as a model gives it."""
    return {"text": text, "evidence": [{"turn": turn, "quote": quote} for turn, quote in evidence]}


def answer(
    summary: Sequence[tuple[str, Sequence[str]]] = (("要約である。", ["s1t1"]),),
    points: Sequence[dict[str, Any]] = (),
    pairs: Sequence[dict[str, Any]] = (),
    comments: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return an answer to the section prompt."""
    return {
        "summary": [{"text": text, "turns": list(turns)} for text, turns in summary],
        "points": list(points),
        "pairs": list(pairs),
        "comments": list(comments),
    }


def pair(topic: str, question: dict[str, Any], *answers: dict[str, Any], open: Sequence[str] = ()) -> dict[str, Any]:
    """Return a question with its answers as a model gives it."""
    return {"topic": topic, "question": question, "answers": list(answers), "open": list(open)}


class Scripted:
    """Answers requests from a script: for each label its replies in turn; keeps what it was asked."""

    def __init__(self, script: dict[str, list[Any]]) -> None:
        self.script = {label: list(replies) for label, replies in script.items()}
        self.asked: list[Request] = []

    def __call__(self, request: Request) -> Reply:
        self.asked.append(request)
        reply = self.script[request.label].pop(0)
        if isinstance(reply, Reply):
            return reply
        return Reply(reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False))

    def last_message(self, label: str) -> Message:
        """Return the last message of the last request with a label."""
        return next(request.messages[-1] for request in reversed(self.asked) if request.label == label)
