"""The published JSON shapes: a digest out and in again, an outline out (`schemas/*.schema.json`)."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from minutes_llm.errors import DigestError
from minutes_llm.languages import words
from minutes_llm.model import (
    Digest,
    Entry,
    Evidence,
    Finding,
    Group,
    Material,
    Meeting,
    Minutes,
    Pair,
    Provenance,
    SectionDigest,
    Sentence,
    SourceName,
    Statement,
    Turn,
    Usage,
)
from minutes_llm.wording import message

if TYPE_CHECKING:
    from minutes_llm.checking.report import Report
    from minutes_llm.evaluation import SectionScore

Json = dict[str, Any]
T = TypeVar("T", Entry, Evidence, Usage)


def schema(name: str) -> Json:
    """Return a published schema: `digest` or `outline`."""
    from importlib.resources import files

    value: Json = json.loads((files("minutes_llm") / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    return value


def to_text(value: Json) -> str:
    """Return a JSON value as indented text that ends in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# --- out -----------------------------------------------------------------------------------------------------


def digest_json(digest: Digest) -> Json:
    """Return a digest in its published shape."""
    gap = words(digest.language).SENTENCE_GAP
    return {
        "schema": "minutes-llm/digest/1",
        "language": digest.language,
        "translated_from": digest.translated_from,
        "source": _source_name(digest.source),
        "meeting": _meeting(digest.meeting),
        "overview": gap.join(sentence.text for sentence in digest.overview),
        "overview_sentences": [{"text": s.text, "sections": list(s.rests_on)} for s in digest.overview],
        "sections": [_section(section, gap) for section in digest.sections],
        "coverage": _coverage(digest.ledger),
        "findings": [_finding(finding, digest.language) for finding in digest.findings],
        "provenance": {
            "engine": digest.provenance.engine,
            "model": digest.provenance.model,
            "prompts": dict(digest.provenance.prompts),
            "version": digest.provenance.version,
            "translator": digest.provenance.translator,
        },
        "usage": {
            "requests": digest.usage.requests,
            "prompt_tokens": digest.usage.prompt_tokens,
            "completion_tokens": digest.usage.completion_tokens,
        },
    }


def outline_json(minutes: Minutes, plan: Sequence[Json]) -> Json:
    """Return what was understood of minutes, in its published shape, with the plan of the requests."""
    source = minutes.source
    name = SourceName(source.name, source.sha256, len(source.text), source.encoding)
    return {
        "schema": "minutes-llm/outline/1",
        "source": _source_name(name),
        "language": minutes.language,
        "meeting": _meeting(minutes.meeting),
        "labels": {"grammar": minutes.labels.grammar, "confidence": minutes.labels.confidence},
        "sections": [
            {
                "id": section.id,
                "heading": section.heading,
                "start": section.start,
                "end": section.end,
                "turns": [_turn(turn) for turn in section.turns],
            }
            for section in minutes.sections
        ],
        "unclaimed": [
            {"start": p.start, "end": p.end, "text": source.text[p.start : p.end], "reason": p.reason}
            for p in minutes.pieces
            if p.kind == "unclaimed"
        ],
        "spans": [{"kind": p.kind, "start": p.start, "end": p.end} for p in minutes.pieces],
        "plan": list(plan),
        "findings": [_finding(finding, minutes.language) for finding in minutes.findings],
    }


def report_json(report: Report, language: str, thresholds: Mapping[str, float]) -> Json:
    """Return what `check` found: the rates (null where there was nothing to check), every finding, the ledger."""
    return {
        "schema": "minutes-llm/report/1",
        "rates": {
            rate.kind: {
                "good": rate.good,
                "total": rate.total,
                "rate": rate.share,
                "at_least": thresholds.get(rate.kind, 1.0),
            }
            for rate in report.rates
        },
        "below": [rate.kind for rate in report.below(thresholds)],
        "findings": [_finding(finding, language) for finding in report.findings],
        "coverage": _coverage(report.ledger),
    }


def scores_json(scores: Sequence[SectionScore]) -> Json:
    """Return scores against golds, per section and in all; null where there is nothing to score."""
    from minutes_llm.evaluation import total

    return {
        "schema": "minutes-llm/scores/1",
        "sections": [_score(score) for score in scores],
        "all": _score(total(scores)),
    }


def _score(score: SectionScore) -> Json:
    rates = {
        kind: {
            "right": counts.right,
            "wrong": counts.wrong,
            "missed": counts.missed,
            "precision": counts.precision,
            "recall": counts.recall,
            "f1": counts.f1,
        }
        for kind, counts in score.scores.items()
    }
    return {
        "document": score.document,
        "heading": score.heading,
        **rates,
        "turns": score.turns,
        "accounted": score.accounted,
    }


def _source_name(source: SourceName) -> Json:
    return {
        "name": source.name,
        "sha256": source.sha256,
        "characters": source.characters,
        "encoding": source.encoding,
    }


def _meeting(meeting: Meeting) -> Json:
    return {
        "title": meeting.title,
        "date": meeting.date.isoformat() if meeting.date else None,
        "start": meeting.start,
        "end": meeting.end,
        "place": meeting.place,
        "attendees": [{"group": group.group, "names": list(group.names)} for group in meeting.attendees],
        "materials": [{"label": material.label, "title": material.title} for material in meeting.materials],
    }


def _turn(turn: Turn) -> Json:
    return {
        "id": turn.id,
        "speaker": turn.speaker,
        "text": turn.text,
        "start": turn.start,
        "end": turn.end,
        "directions": list(turn.directions),
        "passages": [{"id": p.id, "text": p.text, "start": p.start, "end": p.end} for p in turn.passages],
        "replies_to": turn.replies_to,
    }


def _section(section: SectionDigest, gap: str) -> Json:
    return {
        "id": section.id,
        "heading": section.heading,
        "status": section.status,
        "reason": section.reason,
        "summary": gap.join(sentence.text for sentence in section.summary),
        "summary_sentences": [{"text": s.text, "turns": list(s.rests_on)} for s in section.summary],
        "points": [_statement(point) for point in section.points],
        "pairs": [
            {
                "id": pair.id,
                "topic": pair.topic,
                "question": _statement(pair.question),
                "answers": [_statement(answer) for answer in pair.answers],
                "open": list(pair.open),
            }
            for pair in section.pairs
        ],
        "comments": [_statement(comment) for comment in section.comments],
    }


def _statement(statement: Statement) -> Json:
    return {
        "id": statement.id,
        "turns": list(statement.turns),
        "speakers": list(statement.speakers),
        "text": statement.text,
        "evidence": [
            {"turn": e.turn, "quote": e.quote, "start": e.start, "end": e.end, "passage": e.passage}
            for e in statement.evidence
        ],
    }


def _coverage(ledger: Sequence[Entry]) -> Json:
    outcomes = Counter(entry.outcome for entry in ledger)
    return {
        "turns": len(ledger),
        "covered": len(ledger) - outcomes["procedural"] - outcomes["unaccounted"],
        "procedural": outcomes["procedural"],
        "uncovered": [entry.turn for entry in ledger if entry.outcome == "unaccounted"],
        "ledger": [
            {
                "turn": entry.turn,
                "speaker": entry.speaker,
                "start": entry.start,
                "end": entry.end,
                "outcome": entry.outcome,
                "rule": entry.rule,
            }
            for entry in ledger
        ],
    }


def _finding(finding: Finding, language: str) -> Json:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "message": message(finding, language),
        "values": dict(finding.values),
        "start": finding.start,
        "end": finding.end,
        "section": finding.section,
        "turn": finding.turn,
        "item": finding.item,
    }


# --- in ------------------------------------------------------------------------------------------------------


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
