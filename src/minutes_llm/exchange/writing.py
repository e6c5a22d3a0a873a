"""Digests, outlines, reports and scores as JSON values in their published shapes.

What a value is an instance of is only named here, for the types: to write an outline no digest has to be known.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from minutes_llm.languages import words
from minutes_llm.wording import message

if TYPE_CHECKING:
    from minutes_llm.checking.report import Report
    from minutes_llm.evaluation import SectionScore
    from minutes_llm.model.digest import Digest, Entry, SectionDigest, SourceName, Statement
    from minutes_llm.model.minutes import Finding, Meeting, Minutes, Source, Turn

Json = dict[str, Any]


def to_text(value: Json) -> str:
    """Return a JSON value as indented text that ends in a newline."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def digest_json(digest: Digest) -> Json:
    """Return a digest in its published shape."""
    gap = words(digest.language).SENTENCE_GAP
    return {
        "schema": "minutes-llm/digest/1",
        "language": digest.language,
        "translated_from": digest.translated_from,
        "source": _source(digest.source, digest.source.characters),
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
    return {
        "schema": "minutes-llm/outline/1",
        "source": _source(source, len(source.text)),
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


def _source(source: Source | SourceName, characters: int) -> Json:
    return {"name": source.name, "sha256": source.sha256, "characters": characters, "encoding": source.encoding}


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
