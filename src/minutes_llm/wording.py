"""Findings, failures and complaints as sentences, in the language of the reader."""

from __future__ import annotations

from minutes_llm.languages import words
from minutes_llm.model.minutes import Finding
from minutes_llm.patterns import late

ITEM = late(r"(?:s\d+)?(?P<kind>[kcpso])(?P<number>\d+)(?:(?P<question>q)|a(?P<answer>\d+))?\Z")
MEMBERS = {"k": "points", "c": "comments", "p": "pairs", "s": "summary", "o": "overview"}


def message(finding: Finding, language: str) -> str:
    """Return what a finding says, in a language; a code that has no words yet is given with its values."""
    template: str | None = words(language).FINDINGS.get(finding.code)
    values = dict(finding.values)
    if template is None:
        return f"{finding.code} {values}" if values else finding.code
    return template.format_map(_Gaps(values)).strip()


def complaint(finding: Finding, language: str) -> str:
    """Return a finding as it is told back to a model: where in its own answer, and what is wrong there."""
    return f"{_member(finding.item)}: {message(finding, language)}" if finding.item else message(finding, language)


def failure(finish: str, detail: str, language: str) -> str:
    """Return why a section has no digest, with the endpoint's own word on it."""
    reason: str = words(language).FAILURES.get(finish, finish)
    return f"{reason} ({detail})" if detail else reason


def counted(number: int, noun: str) -> str:
    """Return a number with what it counts, in English: `1 turn`, `1,200 turns`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _member(item: str) -> str:
    """Return the place in a model's answer that an item's id stands for (`s2p3a1` → `pairs[2].answers[0]`)."""
    match = ITEM.match(item)
    if match is None:
        return item
    place = f"{MEMBERS[match['kind']]}[{int(match['number']) - 1}]"
    if match["question"]:
        return f"{place}.question"
    return f"{place}.answers[{int(match['answer']) - 1}]" if match["answer"] else place


class _Gaps(dict[str, str]):
    """Leaves out what a finding does not say."""

    def __missing__(self, key: str) -> str:
        return ""
