"""A digest as one HTML file, in which every statement leads to its quotation in the source.

The file needs nothing else: style and script are inlined, and a content security policy lets only these two, by their
hashes, have any effect. Everything that comes from minutes or a model is text: the template escapes it, ids go into
attributes as `links.anchor` writes them, and characters that could act without being seen are spelled out.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from minutes_llm.errors import DigestError
from minutes_llm.languages import words
from minutes_llm.languages.en.page_words import PAGE as ENGLISH
from minutes_llm.languages.ja.page_words import PAGE as JAPANESE
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Finding, Minutes
from minutes_llm.rendering.page import coverage, exchanges, links, source_pane
from minutes_llm.wording import message

if TYPE_CHECKING:
    from jinja2 import Template

_PAGE_WORDS: Mapping[str, Mapping[str, str]] = {"ja": JAPANESE, "en": ENGLISH}

# What the script says by itself; everything else is in the text it finds.
_SPOKEN = (
    *("shown", "found", "found_hint", "hit", "nothing", "exchange_shown", "nobody", "unanswered"),
    *("quoted", "not_quoted", "not_in_source", "at_turn", "made", "not_made"),
    *("pair", "comment", "summarised", "procedural", "unaccounted"),
)

# Control characters, marks that turn the direction of the text around them, and halves of characters.
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def page(digest: Digest, minutes: Minutes | None = None, translation: Digest | None = None) -> str:
    """Return a digest as the text of one HTML file; the same values give the same text.

    With `minutes`, the source stands beside the digest; without, the digest shows its quotations itself. With
    `translation`, a digest with the same ids in another language, the reader chooses either or both. Raises
    `DigestError` where the minutes or the translation are of another document.
    """
    if minutes is not None and minutes.source.sha256 != digest.source.sha256:
        raise DigestError(f"{minutes.source.name} is not the document this digest was made from; give that file")
    if translation is not None and translation.source.sha256 != digest.source.sha256:
        raise DigestError("the translation is of another document's digest; give the one made from this digest")
    return _template().render(_content(digest, minutes, translation)) + "\n"


def _content(digest: Digest, minutes: Minutes | None, translation: Digest | None) -> dict[str, Any]:
    """Return all that the template fills in, under the names it uses."""
    findings = tuple(dict.fromkeys((*digest.findings, *(translation.findings if translation else ()))))
    numbers = links.numbers(digest, minutes)
    made = links.made_of(digest)
    people = exchanges.speakers(digest)
    topics = tuple(dict.fromkeys(pair.topic for section in digest.sections for pair in section.pairs))
    return {
        "digest": digest,
        "translation": translation,
        "minutes": minutes,
        "source_language": minutes.language if minutes else digest.translated_from or digest.language,
        "first": _page_words(digest.language),
        "second": _page_words(translation.language) if translation else None,
        "numbers": numbers,
        "made": made,
        "twins": links.twins(translation),
        "items": {item.id for item in links.statements(digest)} | {p.id for s in digest.sections for p in s.pairs},
        "findings": findings,
        "notes": _notes(findings),
        "entries": {entry.turn: entry for entry in digest.ledger},
        "people": {name: at for at, name in enumerate(people)},
        "topics": {topic: at for at, topic in enumerate(topics)},
        "topics_translated": _topics_translated(digest, translation),
        "exchanges": exchanges.exchanges(digest),
        "bars": coverage.strip(digest),
        "tally": coverage.tally(digest),
        "blocks": source_pane.blocks(minutes, links.marks(digest, findings)) if minutes else (),
        "data": _data(digest, translation, numbers, made),
    }


def _notes(findings: tuple[Finding, ...]) -> dict[str | None, list[tuple[int, Finding]]]:
    """Return the findings by where they are shown: the item, turn or section they are about, None for the whole."""
    notes: dict[str | None, list[tuple[int, Finding]]] = {}
    for at, finding in enumerate(findings):
        notes.setdefault(finding.item or finding.turn or finding.section, []).append((at, finding))
    return notes


def _topics_translated(digest: Digest, translation: Digest | None) -> dict[str, str]:
    """Return the topics of the translation by those of the digest, matched through the pairs that have them."""
    others = (
        {pair.id: pair.topic for section in translation.sections for pair in section.pairs} if translation else {}
    )
    pairs = [pair for section in digest.sections for pair in section.pairs if pair.id in others]
    return {pair.topic: others[pair.id] for pair in pairs}


def _data(
    digest: Digest, translation: Digest | None, numbers: Mapping[str, int], made: Mapping[str, list[str]]
) -> dict[str, Any]:
    """Return what the script is told: its words in each language, and each turn with what was made of it."""
    languages = [digest.language, *([translation.language] if translation else [])]
    entries = {entry.turn: entry for entry in digest.ledger}
    return {
        "words": [{name: _page_words(language)[name] for name in _SPOKEN} for language in languages],
        "turns": [
            {
                "id": links.turn_anchor(turn),
                "n": n,
                "speaker": visible(entries[turn].speaker or "") if turn in entries else "",
                "outcome": entries[turn].outcome if turn in entries else "unaccounted",
                "made": made.get(turn, []),
            }
            for turn, n in numbers.items()
        ],
    }


def visible(value: Any) -> Any:
    """Return a text in which every character that could act unseen is spelled out; anything else as it is."""
    if type(value) is not str:  # markup is a str as well, and has been through here
        return value
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", value)


def _page_words(language: str) -> Mapping[str, str]:
    """Return the page's words in a language, in English where it has none."""
    return _PAGE_WORDS.get(language.split("-")[0], ENGLISH)


def _language_name(language: str) -> str:
    return _page_words(language)["language"] if language.split("-")[0] in _PAGE_WORDS else language


def _dated(date: dt.date, language: str) -> str:
    """Return a date with its weekday, as a language writes it."""
    return str(words(language).date(date))


def _policy(style: str, script: str) -> str:
    """Return a content security policy under which only this style and this script have any effect."""
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


@cache
def _template() -> Template:
    """Return the page's template with its style, its script and the functions it calls."""
    from jinja2 import Environment, StrictUndefined
    from markupsafe import Markup

    folder = resources.files(__package__)
    style, script, text = (
        folder.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "script.js", "template.html")
    )
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, finalize=visible, trim_blocks=True, lstrip_blocks=True
    )
    functions: dict[str, Callable[..., Any]] = {
        "anchor": links.anchor,
        "turn_anchor": links.turn_anchor,
        "sentence_anchor": links.sentence_anchor,
        "finding_anchor": links.finding_anchor,
        "sentences": links.sentences,
        "asked_by": exchanges.asked_by,
        "answered_by": exchanges.answered_by,
        "shape": coverage.shape,
        "dated": _dated,
        "language_name": _language_name,
        "message": message,
    }
    environment.globals.update(
        **functions,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        strip_width=coverage.WIDTH,
    )
    return environment.from_string(text)
