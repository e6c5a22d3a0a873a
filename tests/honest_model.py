"""A model that answers every prompt of the product honestly and dully: for servers of tests, not for quality.

It reads the prompt as a model would: of each turn it makes a comment that quotes its first words, of each section's
summary a sentence of the overview.
"""

from __future__ import annotations

import json
import re
from typing import Any

from scripted_server import Answer, Asked, completion

TURN = re.compile(r"^\[(s\d+t\d+)\](?: [^\n]*?:)? ?(.*)$", re.MULTILINE)
SECTION = re.compile(r"^\[(s\d+)\] ", re.MULTILINE)
PART = re.compile(r"^\[(s\d+t\d+)[^\]]*\] (.*)$", re.MULTILINE)


def answer(prompt: str, schema: str) -> dict[str, Any]:
    """Return the answer to a prompt whose schema has a name."""
    if schema == "overview":
        return {"overview": [{"text": "各議題が論じられた。", "sections": SECTION.findall(prompt)}]}
    if schema == "parts":
        return {"summary": [{"text": "各部分が論じられた。", "turns": [turn for turn, _ in PART.findall(prompt)]}]}
    turns = [(turn, said) for turn, said in TURN.findall(prompt) if said.strip()]
    comments = [{"text": said[:40], "evidence": [{"turn": turn, "quote": said[:12]}]} for turn, said in turns]
    summary = [{"text": "この部分が論じられた。", "turns": [turn for turn, _ in turns[:1]]}]
    return {"summary": summary, "points": [], "pairs": [], "comments": comments}


def reply(asked: Asked, delay: float = 0.0) -> Answer:
    """Return what an OpenAI-compatible server sends for a request as it arrived."""
    name = asked.body["response_format"]["json_schema"]["name"]
    user = next(
        m["content"] for m in reversed(asked.body["messages"]) if m["role"] == "user" and "===" in m["content"]
    )
    text = json.dumps(answer(user, name), ensure_ascii=False)
    return completion(text, prompt_tokens=max(10, len(asked.prompt) * 2), delay=delay)
