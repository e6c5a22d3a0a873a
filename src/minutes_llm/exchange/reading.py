"""A digest read back from its published JSON shape."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from typing import Any, TypeVar

from minutes_llm.errors import DigestError
from minutes_llm.exchange.writing import Json
from minutes_llm.languages import words
from minutes_llm.model.digest import (
    Digest,
    Entry,
    Evidence,
    Pair,
    Provenance,
    SectionDigest,
    Sentence,
    SourceName,
    Statement,
    Usage,
)
from minutes_llm.model.minutes import Finding, Group, Material, Meeting

T = TypeVar("T", Entry, Evidence, Usage)


def parse_digest(text: str, name: str) -> Digest:
    """Return the digest that a JSON text holds; raise DigestError naming the first place that is not our shape."""
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise DigestError(f"{name}: not JSON ({error}); give a digest written by `digest --format json`") from None
    conform(value, "digest", name)
    try:
        return _digest(value)
    except ValueError as error:
        raise DigestError(f"{name}: {error}") from None


def conform(value: Any, shape: str, name: str) -> None:
    """Raise DigestError, naming the first place, where a value is not of a published shape."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import best_match

    error = best_match(Draft202012Validator(schema(shape)).iter_errors(value))
    if error is not None:
        where = "/".join(map(str, error.absolute_path)) or "top"
        raise DigestError(f"{name}: not a minutes-llm {shape} (at {where}: {error.message[:200]})")


def _digest(value: Json) -> Digest:
    provenance, usage = value["provenance"], value["usage"]
    source, gap = value["source"], words(value["language"]).SENTENCE_GAP
    return Digest(
        SourceName(source["name"], source["sha256"], source["characters"], source["encoding"]),
        value["language"],
        _meeting_in(value["meeting"]),
        _sentences_in(value["overview"], value.get("overview_sentences", ()), "sections", gap),
        tuple(_section_in(section, gap) for section in value["sections"]),
        tuple(_picked(Entry, entry) for entry in value["coverage"].get("ledger", ())),
        tuple(_finding_in(finding) for finding in value["findings"]),
        Provenance(
            provenance["engine"],
            provenance["version"],
            provenance["model"],
            tuple(provenance["prompts"].items()),
            provenance.get("translator"),
        ),
        _picked(Usage, usage),
        value["translated_from"],
    )


def _meeting_in(value: Json) -> Meeting:
    return Meeting(
        value["title"],
        dt.date.fromisoformat(value["date"]) if value["date"] else None,
        value["start"],
        value["end"],
        value["place"],
        tuple(Group(group["group"], tuple(group["names"])) for group in value["attendees"]),
        tuple(Material(material["label"], material["title"]) for material in value["materials"]),
    )


def _sentences_in(text: str, sentences: Sequence[Json], on: str, gap: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text. The text is what readers were shown: it stands alone where they differ."""
    if gap.join(sentence["text"] for sentence in sentences) == text:
        return tuple(Sentence(sentence["text"], tuple(sentence[on])) for sentence in sentences)
    return (Sentence(text, ()),)


def _section_in(value: Json, gap: str) -> SectionDigest:
    name = value["id"]
    return SectionDigest(
        name,
        value["heading"],
        value["status"],
        _sentences_in(value["summary"], value.get("summary_sentences", ()), "turns", gap),
        tuple(_statement_in(f"{name}k{n}", point) for n, point in enumerate(value["points"], 1)),
        tuple(_pair_in(pair) for pair in value["pairs"]),
        tuple(_statement_in(f"{name}c{n}", comment) for n, comment in enumerate(value["comments"], 1)),
        value.get("reason"),
    )


def _pair_in(value: Json) -> Pair:
    name = value["id"]
    return Pair(
        name,
        value["topic"],
        _statement_in(f"{name}q", value["question"]),
        tuple(_statement_in(f"{name}a{n}", answer) for n, answer in enumerate(value["answers"], 1)),
        tuple(value["open"]),
    )


def _statement_in(name: str, value: Json) -> Statement:
    """Return a statement; digests by hand may leave out its id and the turns that its evidence names."""
    evidence = tuple(_picked(Evidence, each) for each in value["evidence"])
    turns = value.get("turns", dict.fromkeys(each.turn for each in evidence))
    return Statement(value.get("id", name), value["text"], tuple(turns), tuple(value.get("speakers", ())), evidence)


def _finding_in(value: Json) -> Finding:
    return Finding(
        value["code"],
        value["severity"],
        tuple(value.get("values", {}).items()),
        value.get("start"),
        value.get("end"),
        value.get("section"),
        value.get("turn"),
        value.get("item"),
    )


def _picked(kind: type[T], value: Json) -> T:
    """Return a value object made of the members that bear its fields' names; others are passed over."""
    return kind(**{name: value[name] for name in kind.__dataclass_fields__ if name in value})


def schema(name: str) -> Json:
    """Return a published schema: `digest` or `outline`."""
    from importlib.resources import files

    value: Json = json.loads((files("minutes_llm") / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    return value
