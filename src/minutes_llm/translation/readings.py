"""The names and terms of a document that no list knows, asked for once, so that all parts are translated alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from minutes_llm.asking import Asking, Unanswered, inquire
from minutes_llm.check.names import names
from minutes_llm.languages.tags import NAMES
from minutes_llm.model import Digest, Finding
from minutes_llm.prompts import fence
from minutes_llm.translation.fields import all_fields, labels, statements
from minutes_llm.translation.glossary import Glossary, Term, contains, glossed_terms, key_of, shipped_terms
from minutes_llm.translation.lexicon import Lexicon
from minutes_llm.translation.parallel import JAPANESE
from minutes_llm.translation.people import Name, People, Style, furigana, with_families
from minutes_llm.wording import failure
from minutes_llm.work import Work


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a translation is to be: its language, the caller's own terms and names, and how names are spelled.

    `source` is the text of the minutes where it is at hand: it may tell readings and short forms that the digest
    does not.
    """

    to: str
    terms: tuple[Term, ...] = ()
    names: tuple[Name, ...] = ()
    style: Style = Style()
    source: str = ""


def learned(digest: Digest, asking: Asking, wishes: Wishes) -> Work[tuple[Lexicon, tuple[Finding, ...]]]:
    """Return how the names and terms of a digest are rendered, and what is to be said of their readings."""
    said = "\n".join(_texts(digest, wishes))
    glossed = glossed_terms(said, digest.language)
    known = _Known(digest.language, wishes, _standing_in(said, (*wishes.names, *furigana(said))))
    lexicon = known.lexicon()
    printed = labels(digest)
    lines = [label for label in printed if lexicon.unknown(label)]
    mentions = list(_mentions(digest, lexicon, glossed, lines))
    if not lines and not mentions:
        return known.lexicon(terms=glossed), ()
    entries = "\n".join(
        [*(f"[n{n}] {line}" for n, line in enumerate(lines, 1)), *(f"[m{n}] {m}" for n, m in enumerate(mentions, 1))]
    )

    def judge(answer: Mapping[str, Any]) -> tuple[Lexicon, list[str]]:
        people, terms = _given(answer)
        given = known.lexicon((name for name in people if name.key not in lexicon.glossary.terms), (*terms, *glossed))
        return given, [*_complaints(people, terms, entries, given, glossed), *_gaps(lines, given)]

    values = {
        "language": NAMES[wishes.to],
        "original": NAMES.get(digest.language, digest.language),
        "meeting": digest.meeting.title or digest.source.name,
        "known": _shown(lexicon, entries),
        "entries": entries,
        "fence": fence(entries),
    }
    answered = yield from inquire(asking.prompts["readings"], values, "readings", asking, judge)
    if isinstance(answered, Unanswered):
        reason = failure(answered.finish, answered.detail, wishes.to)
        return known.lexicon(terms=glossed), (Finding("readings-failed", "warning", (("reason", reason),)),)
    return answered, (*_unconfirmed(answered), *_unknown(lines, answered), *_two_ways(answered))


@dataclass(frozen=True, slots=True)
class _Known:
    """What is fixed whatever a model says: the caller's lists and the document's readings, then what ships."""

    language: str
    wishes: Wishes
    people: tuple[Name, ...]

    def lexicon(self, people: Iterable[Name] = (), terms: Iterable[Term] = ()) -> Lexicon:
        """Return the lexicon in which other people and terms fill the gaps."""
        shipped = shipped_terms(self.language, self.wishes.to)
        glossary = Glossary((*self.wishes.terms, *shipped, *terms), self.language)
        names = People((*self.people, *people), self.wishes.style)
        return Lexicon(self.language, self.wishes.to, glossary, names)


def _texts(digest: Digest, wishes: Wishes) -> list[str]:
    """Return all that the document itself says in the digest: its texts, labels and quotations, or the source."""
    if wishes.source:
        return [wishes.source]
    quotes = [e.quote for section in digest.sections for each in statements(section) for e in each.evidence]
    return [*labels(digest), *(field.text for field in all_fields(digest)), *quotes]


def _standing_in(said: str, names: Iterable[Name]) -> tuple[Name, ...]:
    """Return the names that stand in a text, family names alone among them."""
    text = key_of(said).casefold()
    return tuple(name for name in with_families(names) if name.key in text)


def _mentions(digest: Digest, lexicon: Lexicon, glossed: Iterable[Term], lines: Iterable[str]) -> Iterator[str]:
    """Yield, each once, what the texts name that no list and no label knows: short forms, people, bodies."""
    shown = "\n".join(map(key_of, lines))
    texts = [field.text for field in all_fields(digest)]
    found = [f"{term.term}（{term.forms[0]}）" for term in glossed if any(term.term in text for text in texts)]
    for text in texts:
        found += [name.text for name in names(text, digest.language) if name.kind in ("person", "body")]
    for mention in dict.fromkeys(found):
        if key_of(mention) not in shown and lexicon.unknown(mention):
            yield mention


def _given(answer: Mapping[str, Any]) -> tuple[list[Name], list[Term]]:
    people = [
        Name(each["name"].strip(), " ".join(each["reading"].split()), sure=each["certainty"] != "guess")
        for each in answer["people"]
        if each["name"].strip() and each["reading"].strip()
    ]
    terms = [
        Term(each["term"].strip(), (each["translation"].strip(),))
        for each in answer["terms"]
        if each["term"].strip() and each["translation"].strip()
    ]
    return people, terms


def _complaints(
    people: Sequence[Name], terms: Sequence[Term], entries: str, given: Lexicon, glossed: Iterable[Term]
) -> Iterator[str]:
    """Yield what in an answer cannot be used, in words for the model."""
    text = key_of(entries).casefold()
    for written in (*(name.written for name in people), *(term.term for term in terms)):
        if key_of(written).casefold() not in text:
            yield f"“{written}” stands in no line"
    for written, rendered in (*((n.written, n.reading) for n in people), *((t.term, t.forms[0]) for t in terms)):
        if given.shows_kanji and JAPANESE.search(rendered):
            yield f"“{written}”: “{rendered}” is not in {NAMES[given.to]}"
    for name in people:
        other = given.people.names.get(name.key, name)
        if not other.confirmed and other.reading.casefold() != name.reading.casefold():
            yield f"“{name.written}” has two readings, {other.reading} and {name.reading}; choose one"
    for part, full in given.people.two_ways():
        yield f"“{part.written}” is read {part.reading}, but {full.reading} in “{full.written}”; choose one"
    translations = {key_of(term.term): term.forms[0] for term in terms}
    for term in glossed:
        translation = translations.get(key_of(term.term))
        if translation and not contains(translation, term.forms[0], given.to):
            yield f"“{term.term}”: the document abbreviates it {term.forms[0]}; add that in parentheses"


def _gaps(lines: Iterable[str], given: Lexicon) -> Iterator[str]:
    for number, line in enumerate(lines, 1):
        for part in given.unknown(line):
            yield f"[n{number}]: “{part}” is in neither people nor terms"


def _shown(lexicon: Lexicon, entries: str) -> str:
    """Return what is known already of the names and terms in some lines, as the prompt shows it."""
    people = [f"{name.written} = {name.reading}" for name in lexicon.people.names.values() if name.key in entries]
    terms = [f"{term.term} = {term.forms[0]}" for term in lexicon.glossary.within(entries)]
    return "\n".join([*people, *terms]) or "-"


# --- what is to be said of it ----------------------------------------------------------------------------------


def _unconfirmed(lexicon: Lexicon) -> tuple[Finding, ...]:
    """Return one note on the readings that nobody confirmed, and one on those of which the model was not sure."""
    people = [name for name in lexicon.people.names.values() if not name.confirmed]
    people = [name for name in people if lexicon.people.known_by(name) is name]

    def note(code: str, names: list[Name]) -> tuple[Finding, ...]:
        listed = ", ".join(f"{lexicon.people.spelled(name)} {name.written}" for name in names)
        return (Finding(code, "info", (("names", listed),)),) if names else ()

    likely, guessed = [name for name in people if name.sure], [name for name in people if not name.sure]
    return (*note("reading-unconfirmed", likely), *note("reading-guessed", guessed))


def _unknown(lines: Iterable[str], lexicon: Lexicon) -> Iterator[Finding]:
    for line in lines:
        for part in lexicon.unknown(line):
            yield Finding("label-untranslated", "warning", (("label", line), ("part", part)))


def _two_ways(lexicon: Lexicon) -> Iterator[Finding]:
    for part, full in lexicon.people.two_ways():
        values = (("name", part.written), ("one", part.reading), ("other", full.reading))
        yield Finding("name-two-ways", "warning", values)
