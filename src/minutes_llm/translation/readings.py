"""The names and terms of a document that no list knows, asked for once, so that all parts are translated alike."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from minutes_llm.asking import Asking, Unanswered, inquire
from minutes_llm.checking.names import names
from minutes_llm.languages.tags import NAMES
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Finding
from minutes_llm.prompts import fence
from minutes_llm.translation.fields import all_fields, labels, statements
from minutes_llm.translation.glossary import Glossary, Term, contains, glossed_terms, key_of, shipped_terms
from minutes_llm.translation.lexicon import Lexicon
from minutes_llm.translation.parallel import JAPANESE
from minutes_llm.translation.people import Name, People, Style, furigana, with_families
from minutes_llm.wording import failure
from minutes_llm.work import Work, together


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
    known = _Known(digest.language, wishes, _standing_in(said, (*wishes.names, *furigana(said))))
    lexicon = known.lexicon()
    lines = [label for label in labels(digest) if lexicon.unknown(label)]
    glossed = glossed_terms(said, digest.language)
    entries = [
        *(f"[n{n}] {line}" for n, line in enumerate(lines, 1)),
        *(f"[m{n}] {mention}" for n, mention in enumerate(_mentions(digest, lexicon, glossed, lines), 1)),
    ]
    if not entries:
        return lexicon, ()
    title = digest.meeting.title or digest.source.name
    given = yield from _Asked(title, known, glossed, asking).settled(tuple(entries), "readings")
    if isinstance(given, Unanswered):
        reason = failure(given.finish, given.detail, wishes.to)
        return lexicon, (Finding("readings-failed", "warning", (("reason", reason),)),)
    learnt = known.lexicon(*given)
    return learnt, (*_unconfirmed(learnt), *_unknown(lines, learnt), *_two_ways(learnt))


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


Given = tuple[tuple[Name, ...], tuple[Term, ...]]
"""The people and the terms that a model gives."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """How the names and terms of one document are asked for."""

    title: str
    known: _Known
    glossed: tuple[Term, ...]
    asking: Asking

    def settled(self, entries: tuple[str, ...], name: str) -> Work[Given | Unanswered]:
        """Return the people and terms in some lines, asked for in halves where there are too many."""
        shown = "\n".join(entries)

        def judge(answer: Mapping[str, Any]) -> tuple[Given, list[str]]:
            given = _given(answer, self.known.lexicon())
            lexicon = self.known.lexicon(*given)
            return given, [*_complaints(given, shown, lexicon, self.glossed), *_gaps(entries, lexicon)]

        values = self.values(shown)
        given = yield from inquire(self.asking.prompts["readings"], values, name, self.asking, judge)
        if isinstance(given, Unanswered) and given.finish in ("length", "overflow") and len(entries) > 1:
            return (yield from self.halves(entries, name))
        return given

    def halves(self, entries: tuple[str, ...], name: str) -> Work[Given | Unanswered]:
        middle = len(entries) // 2
        first, second = yield from together(
            self.settled(half, name + letter) for half, letter in ((entries[:middle], "a"), (entries[middle:], "b"))
        )
        if isinstance(first, Unanswered) or isinstance(second, Unanswered):
            return first if isinstance(first, Unanswered) else second
        return (*first[0], *second[0]), (*first[1], *second[1])

    def values(self, entries: str) -> dict[str, str]:
        language, to = self.known.language, self.known.wishes.to
        return {
            "language": NAMES[to],
            "original": NAMES.get(language, language),
            "meeting": self.title,
            "known": _shown(self.known.lexicon(), entries),
            "entries": entries,
            "fence": fence(entries),
        }


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


def _given(answer: Mapping[str, Any], known: Lexicon) -> Given:
    """Return what an answer gives; a post that it takes for a person is left out."""
    people = (
        Name(each["name"].strip(), " ".join(each["reading"].split()), sure=each["certainty"] != "guess")
        for each in answer["people"]
    )
    terms = (Term(each["term"].strip(), (each["translation"].strip(),)) for each in answer["terms"])
    return (
        tuple(name for name in people if name.key and name.reading and name.key not in known.glossary.terms),
        tuple(term for term in terms if term.term and term.forms[0]),
    )


def _complaints(given: Given, entries: str, lexicon: Lexicon, glossed: Iterable[Term]) -> Iterator[str]:
    """Yield what in an answer cannot be used, in words for the model."""
    people, terms = given
    text = key_of(entries).casefold()
    for written in (*(name.written for name in people), *(term.term for term in terms)):
        if key_of(written).casefold() not in text:
            yield f"“{written}” stands in no line"
    for written, rendered in (*((n.written, n.reading) for n in people), *((t.term, t.forms[0]) for t in terms)):
        if lexicon.shows_kanji and JAPANESE.search(rendered):
            yield f"“{written}”: “{rendered}” is not in {NAMES[lexicon.to]}"
    for name in people:
        other = lexicon.people.names.get(name.key, name)
        if not other.confirmed and other.reading.casefold() != name.reading.casefold():
            yield f"“{name.written}” has two readings, {other.reading} and {name.reading}; choose one"
    for part, full in lexicon.people.two_ways():
        yield f"“{part.written}” is read {part.reading}, but {full.reading} in “{full.written}”; choose one"
    translations = {key_of(term.term): term.forms[0] for term in terms}
    for term in glossed:
        translation = translations.get(key_of(term.term))
        if translation and not contains(translation, term.forms[0], lexicon.to):
            yield f"“{term.term}”: the document abbreviates it {term.forms[0]}; add that in parentheses"


def _gaps(entries: Iterable[str], lexicon: Lexicon) -> Iterator[str]:
    for entry in entries:
        number, _, label = entry.partition(" ")
        if number.startswith("[n"):
            yield from (f"{number}: “{part}” is in neither people nor terms" for part in lexicon.unknown(label))


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
