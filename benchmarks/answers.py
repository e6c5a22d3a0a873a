"""What the scripted server says: for each tool's prompt an answer that this tool can digest, right at the first time.

The answers are made by rule from the prompt alone, so that every tool gets what it asked for, in its own form, about
what it sent. No tool is asked again; how often a real model has to be is not measured here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from minutes_llm.extractive import digest_section
from minutes_llm.model.digest import SectionDigest, Statement
from minutes_llm.model.minutes import Labels, Meeting, Minutes, Section, Source, Turn

QUOTE = 30
"""Characters of a quotation, as the prompts ask for 10 to 40."""

FIXED = json.dumps({"points": ["予算を了承した。"] * 60, "text": "了承"}, ensure_ascii=False)
"""What those are answered who only measure the asking: their prompts begin with the seconds that it shall take."""

SPOKEN = re.compile(r"\[(s\d+t\d+(?:p\d+)?)\] ?(?:([^:：\n]{1,40}): ?)?")
SENTENCE = re.compile(r"[^。\n]+(?:。|$)")
ASKS = re.compile(r"(?:か|たい|ください)。?$")


def answer(messages: Sequence[Mapping[str, str]], schema_name: str | None) -> str:
    """Return the answer to a chat; `schema_name` is that of its `json_schema`, None for prose."""
    prompt = next(each["content"] for each in messages if each["role"] == "user")
    if prompt[:1].isdigit():
        return FIXED
    if schema_name == "section":
        return _json(_section(_fenced(prompt)))
    if schema_name == "parts":
        return _json({"summary": _sentences(_fenced(prompt), "turns")})
    if schema_name == "overview":
        return _json({"overview": _sentences(_fenced(prompt), "sections")})
    if "extractions" in prompt or schema_name:
        return _json({"extractions": _extractions(prompt.rpartition("Q: ")[2].removesuffix("A: "))})
    return _prose(prompt)


# --- this tool --------------------------------------------------------------------------------------------------


def _section(shown: str) -> dict[str, Any]:
    """Return a section's digest in the shape of `section.schema.json`, picked from the turns by rule."""
    minutes = _minutes(shown)
    made = digest_section(minutes.sections[0], minutes)
    whole = {turn.id: turn.text for turn in minutes.sections[0].turns}

    def statement(value: Statement) -> dict[str, Any]:
        quoted = [(e.turn, e.quote) for e in value.evidence] or [(turn, whole[turn]) for turn in value.turns]
        evidence = [{"turn": turn, "quote": quote[:QUOTE]} for turn, quote in quoted[:1]]
        return {"text": SENTENCE.findall(value.text)[0], "evidence": evidence}

    pairs = [
        {
            "topic": pair.topic or "質疑",
            "question": statement(pair.question),
            "answers": [statement(each) for each in pair.answers],
            "open": list(pair.open),
        }
        for pair in made.pairs
    ]
    return {
        "summary": _summary(made, list(whole)),
        "points": [statement(point) for point in made.points[:3]],
        "pairs": pairs,
        "comments": [statement(comment) for comment in made.comments],
    }


def _summary(made: SectionDigest, turns: list[str]) -> list[dict[str, Any]]:
    found = [{"text": sentence.text, "turns": list(sentence.rests_on)} for sentence in made.summary]
    return found or [{"text": "説明があった。", "turns": turns[:1]}]


def _minutes(shown: str) -> Minutes:
    """Return the turns of a prompt as minutes of one section; passages count as their turn."""
    parts = SPOKEN.split(shown)
    speeches: dict[str, list[str]] = {}
    speakers: dict[str, str | None] = {}
    for name, speaker, speech in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        turn = name.partition("p")[0]
        speakers.setdefault(turn, speaker)
        speeches.setdefault(turn, []).append(speech.strip())
    text, turns = "", []
    for name, said in speeches.items():
        speech = "\n".join(filter(None, said))
        span = (len(text), len(text) + len(speech))
        turns.append(Turn(name, speakers[name], speech, *span, (span,)))
        text += speech + "\n"
    language = "ja" if re.search("[ぁ-ん]", text) else "en"
    section = Section(next(iter(speeches)).partition("t")[0], "", 0, len(text), tuple(turns))
    source = Source("prompt", text, "", "utf-8")
    return Minutes(source, language, Meeting(), (section,), (), Labels("none", 1.0))


def _sentences(shown: str, rests_on: str) -> list[dict[str, Any]]:
    """Return the first sentence of each of the first summaries, with the ids before it; headings stand behind ids."""
    found = re.findall(r"^\[([^\]]+)\] ([^\n]*)\n?(?!\[)([^\n]*)", shown, re.MULTILINE)
    said = [(ids, SENTENCE.findall(summary or line)) for ids, line, summary in found[:4]]
    return [{"text": sentences[0], rests_on: ids.split()} for ids, sentences in said]


def _fenced(prompt: str) -> str:
    lines = prompt.split("\n")
    fences = [at for at, line in enumerate(lines) if line.startswith("=== ") and line.endswith(" ===")]
    return "\n".join(lines[fences[0] + 1 : fences[-1]])


# --- the others -------------------------------------------------------------------------------------------------


def _extractions(shown: str) -> list[dict[str, Any]]:
    """Return the questions of a chunk and the first sentence of every other paragraph, as langextract has them."""
    found: list[dict[str, Any]] = []
    for paragraph in re.split(r"\n\s*\n", shown):
        said = SENTENCE.findall(paragraph.replace("\n", ""))
        asked = [sentence for sentence in said if ASKS.search(sentence)]
        kind, quoted = ("question", asked[:1]) if asked else ("answer", said[:1])
        attributes = {"topic": said[0][:20], "speaker": paragraph.strip().partition("\n")[0][:20]} if said else {}
        found += [{kind: sentence, f"{kind}_attributes": attributes} for sentence in quoted if len(sentence) > 8]
    return found


def _prose(prompt: str) -> str:
    """Return every seventh sentence of a prompt: a summary about as long as a model's."""
    said = [sentence for sentence in SENTENCE.findall(prompt) if len(sentence) > 15]
    return "".join(said[::7][:12]) or prompt[:100]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
