"""A digest's translation: its names and terms are settled, then its parts are translated side by side and checked.

What did not come back, or came back empty twice, stands in the original's language with a finding that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from minutes_llm.asking import Asking, Unanswered, inquire
from minutes_llm.errors import InputError
from minutes_llm.languages import words
from minutes_llm.languages.tags import NAMES, known_tag
from minutes_llm.model.digest import Digest, SectionDigest
from minutes_llm.model.minutes import Finding
from minutes_llm.prompts import TRANSLATING, fence
from minutes_llm.tokens import estimate
from minutes_llm.translation.fields import Field, all_fields, labels, meeting_fields, rewritten, section_fields
from minutes_llm.translation.lexicon import Lexicon
from minutes_llm.translation.parallel import faults, received
from minutes_llm.translation.people import Name
from minutes_llm.translation.readings import Wishes, learned
from minutes_llm.wording import failure, message
from minutes_llm.work import Work, metered, together

Translated = tuple[dict[str, str], tuple[Finding, ...]]
"""The texts of a part by their ids, and what is to be said of them."""


def translate_digest(digest: Digest, asking: Asking, wishes: Wishes) -> Work[Digest]:
    """Return a digest in another language; its ids, counts, turns and quotations stay as they are.

    Raises InputError where nobody knows the language, the digest is in it, or is a translation itself.
    """
    _can_be(digest, known_tag(wishes.to))
    made, usage = yield from metered(_translated(digest, asking, wishes))
    return replace(made, usage=digest.usage + usage)


def _can_be(digest: Digest, to: str) -> None:
    if digest.translated_from:
        raise InputError(
            f"this digest is itself a translation; translate the one in {NAMES[digest.translated_from]} instead"
        )
    if digest.language == to:
        raise InputError(f"the digest is in {NAMES[to]} already; choose another language")


def _translated(digest: Digest, asking: Asking, wishes: Wishes) -> Work[Digest]:
    lexicon, noted = yield from learned(digest, asking, wishes)
    asked = _Asked(digest, asking, lexicon)
    by_code = _by_code(digest, lexicon)
    parts: list[tuple[str, str | None, tuple[Field, ...]]] = [
        ("meeting", None, tuple(f for f in meeting_fields(digest) if f.id not in by_code))
    ]
    parts += [(section.id, section.id, section_fields(section)) for section in digest.sections]
    results = yield from together(asked.part(fields, name, section) for name, section, fields in parts if fields)
    texts = dict(by_code)
    found = list(noted)
    for translated, findings in results:
        texts |= translated
        found += findings
    return _assembled(digest, lexicon, texts, tuple(found), asking)


@dataclass(frozen=True, slots=True)
class _Asked:
    """How the parts of one digest are asked for."""

    digest: Digest
    asking: Asking
    lexicon: Lexicon

    def part(self, fields: tuple[Field, ...], name: str, section: str | None) -> Work[Translated]:
        """Return the translation of some fields, asked for in halves where they are too long."""
        lines = _lines(fields)
        if len(fields) > 1 and estimate(lines) > self.asking.budget:
            return (yield from self.halves(fields, name, section))

        def judge(answer: Mapping[str, Any]) -> tuple[Translated, list[str]]:
            texts, found = received(answer, fields)
            day = self.digest.meeting.date
            checked = [
                fault
                for field in fields
                if field.id in texts
                for fault in faults(field, texts[field.id], self.lexicon, day)
            ]
            findings = tuple(replace(finding, section=section) for finding in (*found, *checked))
            return (texts, findings), [_complaint(finding) for finding in findings]

        translated = yield from inquire(
            self.asking.prompts["translate"], self.values(lines), f"{name} → {self.lexicon.to}", self.asking, judge
        )
        if not isinstance(translated, Unanswered):
            return translated
        if translated.finish in ("length", "overflow") and len(fields) > 1:
            return (yield from self.halves(fields, name, section))
        reason = failure(translated.finish, translated.detail, self.lexicon.to)
        return {}, (Finding("translation-failed", "error", (("reason", reason),), section=section),)

    def halves(self, fields: tuple[Field, ...], name: str, section: str | None) -> Work[Translated]:
        middle = len(fields) // 2
        first, second = yield from together(
            self.part(half, name + letter, section)
            for half, letter in ((fields[:middle], "a"), (fields[middle:], "b"))
        )
        return first[0] | second[0], (*first[1], *second[1])

    def values(self, lines: str) -> dict[str, str]:
        """Return what the prompt is filled in with: of names and terms only those that occur."""
        people = self.lexicon.people
        fixed = [f"{name.written} = {people.spelled(name)}" for name in people.within(lines)]
        fixed += [f"{term.term} = {term.forms[0]}" for term in self.lexicon.glossary.within(lines)]
        return {
            "language": NAMES[self.lexicon.to],
            "original": NAMES.get(self.lexicon.language, self.lexicon.language),
            "meeting": self.digest.meeting.title or self.digest.source.name,
            "fixed": "\n".join(fixed) or "-",
            "fields": lines,
            "fence": fence(lines),
        }


def _lines(fields: tuple[Field, ...]) -> str:
    return "\n".join(f"[{field.id}] {' '.join(field.text.split())}" for field in fields)


def _complaint(finding: Finding) -> str:
    told = message(finding, "en")
    return f"{finding.item}: {told}" if finding.item else told


def _by_code(digest: Digest, lexicon: Lexicon) -> dict[str, str]:
    """Return the labels of materials and the groups of attendees that names and terms make up wholly."""
    made: dict[str, str] = {}
    for field in meeting_fields(digest):
        if field.id.startswith(("m1l", "m1g")) and not lexicon.unknown(field.text):
            text = lexicon.label(field.text)
            group = [term.kind for term in lexicon.glossary.within(field.text) if term.forms[0] == text]
            made[field.id] = words(lexicon.to).SEVERAL.format(text) if group == ["post"] else text
    return made


# --- put together ----------------------------------------------------------------------------------------------


def _assembled(
    digest: Digest, lexicon: Lexicon, texts: Mapping[str, str], findings: tuple[Finding, ...], asking: Asking
) -> Digest:
    made = lexicon.labels(labels(digest))
    translated = rewritten(digest, lambda name, text: texts.get(name, text), made.__getitem__)
    prompts = dict(digest.provenance.prompts) | {stem: asking.prompts[stem].sha256 for stem in TRANSLATING}
    translated = replace(
        translated,
        language=lexicon.to,
        translated_from=digest.language,
        findings=(*_in_language(digest, made, texts, lexicon.to), *findings),
        sections=tuple(_reworded(section, digest.language, lexicon.to) for section in translated.sections),
        provenance=replace(digest.provenance, prompts=tuple(sorted(prompts.items()))),
    )
    return _introduced(translated, digest, lexicon) if lexicon.shows_kanji else translated


def _introduced(translated: Digest, digest: Digest, lexicon: Lexicon) -> Digest:
    """Return a translation in which a name that nobody confirmed has its kanji beside it at its first mention."""
    new = {name.key for name in lexicon.people.names.values() if not name.confirmed}

    def is_first(name: Name) -> bool:
        both = {name.key, lexicon.people.known_by(name).key}
        first = both <= new
        new.difference_update(both)
        return first

    def attendee(printed: str, made: str) -> str:
        first = [name for name in lexicon.named(printed) if is_first(name)]
        return lexicon.label(printed, beside=True) if first else made

    groups = tuple(
        replace(group, names=tuple(map(attendee, before.names, group.names)))
        for before, group in zip(digest.meeting.attendees, translated.meeting.attendees, strict=True)
    )
    originals = {field.id: field.text for field in all_fields(digest)}

    def text(name: str, made: str) -> str:
        for person in lexicon.people.within(originals[name]):
            spelling = lexicon.people.spelled(person)
            if spelling in made and is_first(person):
                made = made.replace(spelling, f"{spelling} ({person.written})", 1)
        return made

    meeting = replace(translated.meeting, attendees=groups)
    return rewritten(replace(translated, meeting=meeting), text, str)


# --- what code itself worded -----------------------------------------------------------------------------------


def _in_language(digest: Digest, made: Mapping[str, str], texts: Mapping[str, str], to: str) -> tuple[Finding, ...]:
    """Return the original's findings with what their sentences are made of in the new language.

    Quotations stay; a passage of the digest becomes the translated text that it stands in.
    """

    def value(name: str, text: str, item: str | None) -> str:
        if name == "stated":
            return texts.get(item or "", text)
        return made.get(text) or _worded(text, digest.language, to)

    return tuple(
        replace(finding, values=tuple((name, value(name, text, finding.item)) for name, text in finding.values))
        for finding in digest.findings
    )


def _reworded(section: SectionDigest, language: str, to: str) -> SectionDigest:
    return replace(section, reason=_worded(section.reason, language, to) if section.reason else section.reason)


def _worded(text: str, language: str, to: str) -> str:
    """Return a word or a failure that code wrote in one language in another; anything else as it is."""
    before, after = words(language), words(to)
    known: dict[str, str] = dict(zip(before.WEEKDAYS, after.WEEKDAYS, strict=True))
    known |= {before.FAILURES[name]: after.FAILURES[name] for name in before.FAILURES}
    known |= {before.LANGUAGE_NAMES[tag]: after.LANGUAGE_NAMES[tag] for tag in before.LANGUAGE_NAMES}
    start, gap, detail = text.partition(" (")
    return known.get(start, start) + gap + detail
