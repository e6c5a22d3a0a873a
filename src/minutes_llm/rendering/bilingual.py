"""A digest and its translation side by side, item by item, as Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from minutes_llm.errors import DigestError
from minutes_llm.exchange.writing import Json, digest_json
from minutes_llm.languages import words
from minutes_llm.model.digest import Digest, SectionDigest, Statement
from minutes_llm.rendering.markdown import escaped
from minutes_llm.translation.fields import all_fields
from minutes_llm.wording import message

BOTH = frozenset(
    {"title", "place", "group", "names", "label", "heading", "reason", "overview", "summary", "text", "topic", "open"}
    | {"speakers", "speaker", "findings", "provenance", "usage"}
)
"""The members of a digest that are given in both languages, whether they differ or not."""

Row = tuple[str, str]
"""An item's id and what stands there."""


def bilingual_json(digest: Digest, translation: Digest) -> Json:
    """Return both as one value: a digest's shape, every text an object with one member a language.

    Raises DigestError where one is no translation of the other.
    """
    _hold_parallel(digest, translation)
    languages = (digest.language, translation.language)
    merged = _merged("", digest_json(digest), digest_json(translation), languages)
    return {**merged, "schema": "minutes-llm/bilingual/1", "language": list(languages)}


def bilingual_markdown(digest: Digest, translation: Digest) -> str:
    """Return both as tables of two columns, an item a row.

    Raises DigestError where one is no translation of the other.
    """
    _hold_parallel(digest, translation)
    return "\n".join(_lines(digest, translation)) + "\n"


def _hold_parallel(digest: Digest, translation: Digest) -> None:
    if digest.source.sha256 != translation.source.sha256:
        raise DigestError(f"not two digests of one document: {digest.source.name} and {translation.source.name}")
    if digest.language == translation.language:
        raise DigestError(f"both digests are in {words('en').LANGUAGE_NAMES.get(digest.language, digest.language)}")
    ids = [[field.id for field in all_fields(each)] for each in (digest, translation)]
    odd = sorted(set(ids[0]) ^ set(ids[1]))
    if odd or _skeleton("", digest_json(digest)) != _skeleton("", digest_json(translation)):
        raise DigestError(f"one digest is no translation of the other: they differ in {odd[0] if odd else 'turns'}")


def _skeleton(name: str, value: Any) -> Any:
    """Return what two parallel digests share: members, counts and ids."""
    if name in BOTH:
        return None
    if isinstance(value, dict):
        return {key: _skeleton(key, each) for key, each in value.items()}
    if isinstance(value, list):
        return [_skeleton("", each) for each in value]
    return value if name in ("id", "turn") else None


def _merged(name: str, one: Any, other: Any, languages: tuple[str, str]) -> Any:
    if name in BOTH:
        return {languages[0]: one, languages[1]: other}
    if isinstance(one, dict):
        return {key: _merged(key, one[key], other[key], languages) for key in one}
    if isinstance(one, list):
        return [_merged("", mine, theirs, languages) for mine, theirs in zip(one, other, strict=True)]
    return one


# --- Markdown --------------------------------------------------------------------------------------------------


def _lines(digest: Digest, translation: Digest) -> Iterator[str]:
    both = (digest, translation)
    titles = [escaped(each.meeting.title or words(each.language).WORDS["untitled-meeting"]) for each in both]
    yield f"# {' / '.join(titles)}"
    yield ""
    yield from _table(digest, translation, *(list(_meeting_rows(each)) for each in both))
    for one, other in zip(digest.sections, translation.sections, strict=True):
        headings = [
            escaped(section.heading) or words(each.language).WORDS["untitled"]
            for section, each in ((one, digest), (other, translation))
        ]
        yield f"## {headings[0]} / {headings[1]}"
        yield ""
        mine = list(_section_rows(one, words(digest.language)))
        yield from _table(digest, translation, mine, list(_section_rows(other, words(translation.language))))
    for each in both:
        if each.findings:
            yield f"## {words(each.language).WORDS['findings']}"
            yield ""
            yield from (f"- {escaped(message(finding, each.language))}" for finding in each.findings)
            yield ""


def _table(digest: Digest, translation: Digest, one: list[Row], other: list[Row]) -> Iterator[str]:
    if not one:
        return
    yield f"| | {_own_name(digest.language)} | {_own_name(translation.language)} |"
    yield "| --- | --- | --- |"
    for (name, text), (_, counterpart) in zip(one, other, strict=True):
        yield f"| {name} | {text} | {counterpart} |"
    yield ""


def _own_name(language: str) -> str:
    return str(words(language).LANGUAGE_NAMES.get(language, language))


def _meeting_rows(digest: Digest) -> Iterator[Row]:
    style, meeting = words(digest.language), digest.meeting
    if meeting.date:
        yield "", style.date(meeting.date)
    if meeting.place:
        yield "", escaped(meeting.place)
    for group in meeting.attendees:
        yield "", f"**{escaped(group.group)}** {escaped(style.LIST_GAP.join(group.names))}"
    for each in meeting.materials:
        yield "", escaped(f"{each.label} {each.title}".strip())
    for number, sentence in enumerate(digest.overview, 1):
        yield f"o{number}", escaped(sentence.text)


def _section_rows(section: SectionDigest, style: ModuleType) -> Iterator[Row]:
    """Yield the items of a section in the order of the digest, questions and answers with who speaks."""
    named = style.WORDS
    if section.reason:
        yield "", f"{named['failed']}: {escaped(section.reason)}"
    for number, sentence in enumerate(section.summary, 1):
        yield f"{section.id}s{number}", escaped(sentence.text)
    for point in section.points:
        yield point.id, escaped(point.text)
    for pair in section.pairs:
        yield pair.id, f"**{escaped(pair.topic)}**"
        yield pair.question.id, _said(named["question"], pair.question, style)
        for answer in pair.answers:
            yield answer.id, _said(named["answer"], answer, style)
        if not pair.answers:
            yield "", named["no-answer"]
        for number, part in enumerate(pair.open, 1):
            yield f"{pair.id}o{number}", f"{named['open']}: {escaped(part)}"
    for comment in section.comments:
        yield comment.id, _said("", comment, style)


def _said(kind: str, statement: Statement, style: ModuleType) -> str:
    who = escaped(style.LIST_GAP.join(statement.speakers)) or style.WORDS["no-speaker"]
    unverified = "" if statement.evidence else f" ⚠ {style.WORDS['unverified']}"
    return f"**{f'{kind} {who}'.strip()}**{unverified} {escaped(statement.text)}"
