"""Every name in a statement that no source knows: people, bodies, and terms in Latin letters or katakana.

Code cannot tell every name, and does not try: it takes what a title, an ending, a script or capital letters mark as
one, and looks for it in the sources with width, case and white space evened out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

from minutes_llm.languages.en import names as english
from minutes_llm.languages.folded import fold
from minutes_llm.languages.ja import names as japanese
from minutes_llm.languages.tags import reads_kanji

SHORT = 2
"""Kanji that may be all that is left of a body's name where it is shortened."""


class Name(NamedTuple):
    """A candidate for a proper name and where it stands. A person's `text` leaves out the title."""

    kind: Literal["person", "body", "term"]
    text: str
    start: int
    end: int


def names(text: str, language: str) -> tuple[Name, ...]:
    """Return what the marks of a language show to be names, in order; where two overlap, the first kind that fits."""
    folded = fold(text if language.startswith("ja") else text.replace("\n", " "))
    finder = _japanese if reads_kanji(language) else _english
    found: list[Name] = []
    for name in finder(folded.text):
        if not any(other.start < name.end and name.start < other.end for other in found):
            found.append(name)
    spans = ((name, folded.span(name.start, name.end)) for name in found)
    return tuple(sorted((n._replace(start=s, end=e) for n, (s, e) in spans), key=lambda name: name.start))


def unknown_names(statement: str, sources: Sequence[str], language: str) -> tuple[Name, ...]:
    """Return the names in a statement that occur in none of its sources.

    Give the speakers' labels and the roster among the sources: a person is often named there alone.
    """
    known = "\n".join(_key(text) for text in sources)
    is_known = _known_in_japanese if reads_kanji(language) else _known_in_english
    return tuple(name for name in names(statement, language) if not is_known(name, known))


@lru_cache(maxsize=1024)
def _key(text: str) -> str:
    """Return a text as it is compared: width, case and white space evened out, paragraphs run together."""
    return "".join(unicodedata.normalize("NFKC", fold(text).text).casefold().split())


# --- Japanese --------------------------------------------------------------------------------------------------


def _japanese(text: str) -> Iterator[Name]:
    for match in japanese.PERSON.finditer(text):
        if match["name"] not in japanese.NOT_SURNAMES and match["name"][-1] not in japanese.NOT_SURNAMES:
            yield Name("person", match["name"], match.start("name"), match.end("name"))
    for match in japanese.BODY.finditer(text):
        if not japanese.NOT_BODIES.fullmatch(match[0]):
            yield Name("body", match[0], match.start(), match.end())
    for match in japanese.LATIN.finditer(text):
        if len(match[0]) > 1:
            yield Name("term", match[0], match.start(), match.end())
    for match in japanese.KATAKANA.finditer(text):
        if match[0] not in japanese.EVERYDAY:
            yield Name("term", match[0], match.start(), match.end())


def _known_in_japanese(name: Name, known: str) -> bool:
    key = _key(name.text)
    if key in known:
        return True
    if name.kind == "term":
        return _made_of_known_words(key, known) if japanese.KATAKANA.fullmatch(name.text) else False
    if name.kind == "person":
        return _ends_in_known_surname(key, known)
    return _ends_in_known_body(key, known) or _is_short_for_a_known_body(key, known)


def _ends_in_known_surname(key: str, known: str) -> bool:
    """Tell whether `今回相沢` (委員) ends in a name that the sources call by a title."""
    return any(
        re.search(f"(?<![一-鿿々]){re.escape(key[start:])}(?:{japanese.TITLES})", known)
        for start in range(1, len(key))
    )


def _ends_in_known_body(key: str, known: str) -> bool:
    endings = (key[start:] for start in range(1, len(key) - SHORT))
    return any(re.search(f"(?<![一-鿿々]){re.escape(ending)}", known) for ending in endings)


def _is_short_for_a_known_body(key: str, known: str) -> bool:
    """Tell whether `農水省` is `農林水産省` with characters left out, or the other way round."""
    bodies = {match[0] for match in japanese.BODY.finditer(known) if match[0][-1] == key[-1]}
    return any(_is_within(key, body) or _is_within(body, key) for body in bodies if key[0] == body[0])


def _is_within(short: str, long: str) -> bool:
    """Tell whether the characters of one word occur in another in their order."""
    rest = iter(long)
    return len(short) > SHORT and all(character in rest for character in short)


def _made_of_known_words(key: str, known: str) -> bool:
    """Tell whether a katakana compound is put together from everyday words and words of the sources."""
    reached = {0}
    for end in range(2, len(key) + 1):
        starts = [start for start in reached if end - start >= 2]
        if any(
            key[start:end] in japanese.EVERYDAY or (end - start > 2 and key[start:end] in known) for start in starts
        ):
            reached.add(end)
    return len(key) in reached


# --- English ---------------------------------------------------------------------------------------------------


def _english(text: str) -> Iterator[Name]:
    for match in english.PERSON.finditer(text):
        yield Name("person", match["name"], match.start("name"), match.end("name"))
    for match in english.BODY.finditer(text):
        start = match.start()
        words = match[0].split(" ")
        while words and (words[0] in english.OPENERS or words[0] in ("of", "for", "the", "and", "&", "on")):
            start += len(words.pop(0)) + 1
        if len(words) > 1 and not set(words) & english.CALENDAR:
            yield Name("body", " ".join(words), start, match.end())
    for match in english.LATIN.finditer(text):
        if not english.NOT_TERMS.fullmatch(match[0]):
            yield Name("term", match[0], match.start(), match.end())


def _known_in_english(name: Name, known: str) -> bool:
    """Tell whether a name occurs, or every capitalised word of it, in the singular and without `'s` at least."""
    if _key(name.text) in known:
        return True
    words = [re.sub("['’]s$", "", word) for word in re.split("[ /]", name.text) if word[:1].isupper()]
    if name.kind == "term" and len(words) < 2:
        return name.text.endswith("s") and _key(name.text[:-1]) in known
    return all(word in english.OPENERS or _key(word) in known for word in words)
