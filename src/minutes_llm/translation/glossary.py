"""Terms whose translation is fixed: found in a text, and looked for in its translation.

A table has one term a row: term, translation, and whatever is noted of it; tab-separated where its first row holds a
tab, else CSV. Several forms of a translation stand side by side with semicolons: the first is asked for, each is
taken. `Full Name (ABBR)` is taken as either.

    審議会<tab>Council; Advisory Council<tab>of a ministry
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from minutes_llm.errors import InputError
from minutes_llm.languages.folded import fold
from minutes_llm.languages.ja.address import LEGAL_FORM
from minutes_llm.languages.tags import is_spaced

HEADINGS = frozenset({"term", "name"})
"""First cells by which a row is the table's heading."""

SHORT = 2
"""Kanji of which many words are made: a term of so few is none inside a longer word (部会 in 内部会計)."""

KANJI, KATAKANA = "一-鿿々", "ァ-ヺー"
GLOSSED = re.compile(
    rf"(?P<term>[{KANJI}{KATAKANA}・]{{4,40}})[（(](?P<short>[A-Z][A-Za-z0-9./&-]{{1,15}})[）)]"
    rf"|(?<![A-Za-z0-9])(?P<first>[A-Z][A-Za-z0-9./&-]{{1,15}})[（(](?P<long>[{KANJI}{KATAKANA}・]{{4,40}})[）)]"
)


@dataclass(frozen=True, slots=True)
class Term:
    """A term and the forms its translation may take, the one to be used first; `kind` is the table's third column."""

    term: str
    forms: tuple[str, ...]
    kind: str = ""


def rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a table with the lines they end on; comments (#), a heading and empty lines left out.

    Raises InputError, naming the line, where a row lacks its second cell.
    """
    lines = text.removeprefix("\ufeff").splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    reader = csv.reader(lines, delimiter="\t" if "\t" in first else ",", strict=True)
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if cells[0].casefold() in HEADINGS and lines[reader.line_num - 1] == first:
                continue
            if len(cells) < 2 or not cells[0] or not cells[1]:
                raise InputError(
                    f"{name}, line {reader.line_num}: needs two cells, divided by a tab or a comma: {row[0][:40]!r}"
                )
            yield reader.line_num, cells
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: not a row of a table ({error})") from None


def parse_terms(text: str, name: str) -> tuple[Term, ...]:
    """Return the terms of a table. Raises InputError for a broken row, or two rows for one term that differ."""
    found: dict[str, tuple[int, Term]] = {}
    for line, cells in rows(text, name):
        forms = tuple(form.strip() for form in cells[1].split(";") if form.strip())
        term = Term(cells[0], forms, cells[2] if len(cells) > 2 else "")
        key = key_of(term.term)
        earlier, other = found.setdefault(key, (line, term))
        if other.forms != forms:
            raise InputError(
                f"{name}, line {line}: {term.term!r} has another translation in line {earlier}; keep one"
            )
    return tuple(term for _, term in found.values())


@lru_cache(maxsize=8)
def shipped_terms(language: str, to: str) -> tuple[Term, ...]:
    """Return the terms that ship for a pair of languages, none where there is no table.

    The table of the other direction serves in reverse where it says one thing only.
    """
    there = _shipped(language, to)
    return there if there else _reversed(_shipped(to, language))


def glossed_terms(text: str, language: str) -> tuple[Term, ...]:
    """Return the terms that a Japanese text itself glosses: 「国際協力機構（JICA）」, 「JICA（国際協力機構）」."""
    if language != "ja":
        return ()
    found: dict[str, Term] = {}
    for match in GLOSSED.finditer(text):
        term = LEGAL_FORM.sub("", match["term"] or match["long"])
        found.setdefault(term, Term(term, (match["short"] or match["first"],), "glossed"))
    return tuple(found.values())


def key_of(term: str) -> str:
    """Return a term as it is compared: width evened out, no white space at its ends."""
    return fold(term).text.strip()


class Glossary:
    """Terms found in texts of one language; of two with the same key the first counts."""

    def __init__(self, terms: Iterable[Term], language: str) -> None:
        self.spaced = is_spaced(language)
        self.terms: dict[str, Term] = {}
        for term in terms:
            self.terms.setdefault(key_of(term.term), term)
        longest_first = sorted(self.terms, key=lambda key: (-len(key), key))
        self.pattern = re.compile("|".join(self._pattern(key) for key in longest_first) or r"(?!)")

    def __getitem__(self, key: str) -> Term:
        return self.terms[key]

    def within(self, text: str) -> tuple[Term, ...]:
        """Return the terms that stand in a text, each once; a term inside a longer one is not there."""
        return tuple(dict.fromkeys(self._term(match[0]) for match in self.pattern.finditer(fold(text).text)))

    def without(self, text: str) -> str:
        """Return a text with its terms taken out."""
        return self.pattern.sub(" ", fold(text).text)

    def _term(self, found: str) -> Term:
        """Return the term that the pattern found, in the plural or with a capital perhaps."""
        singular = (found, found.removesuffix("s"), found.removesuffix("es"))
        return next(self.terms[key] for key in (*singular, *map(str.lower, singular)) if key in self.terms)

    def _pattern(self, key: str) -> str:
        word = re.escape(key)
        if self.spaced or key.isascii():
            anyhow = f"(?i:{word})" if key.islower() else word
            return rf"(?<![A-Za-z0-9]){anyhow}(?:s|es)?(?![A-Za-z0-9])"
        after = f"(?![{KANJI}])" if len(key) <= SHORT else ""
        before = (
            f"(?<![{KATAKANA}])" if re.match(f"[{KATAKANA}]", key) else f"(?<![{KANJI}])" if len(key) == 1 else ""
        )
        return before + word + (f"(?![{KATAKANA}])" if re.search(f"[{KATAKANA}]$", key) else after)


def is_used(term: Term, translation: str, to: str) -> bool:
    """Tell whether a translation has a term in one of its forms, inflected or not."""
    return any(contains(translation, form, to) for form in accepted(term))


def accepted(term: Term) -> tuple[str, ...]:
    """Return every form that is taken for a term: those it is given, and either half of `Full Name (ABBR)`."""
    halves = (re.fullmatch(r"(.+?)\s*[(（](.+)[)）]", form) for form in term.forms)
    return (*term.forms, *(half for match in halves if match for half in match.groups()))


def contains(text: str, words: str, language: str) -> bool:
    """Tell whether a text has some words one after the other; in English, inflected ones and plurals too."""
    if not language.startswith("en"):
        return "".join(key_of(words).casefold().split()) in "".join(fold(text).text.casefold().split())
    wanted, said = _stems(words), _stems(text)
    return any(said[place : place + len(wanted)] == wanted for place in range(len(said) - len(wanted) + 1))


def _stems(text: str) -> list[str]:
    evened = fold(text).text.casefold().replace("'s", " ").replace("&", " and ")
    return [_stem(word) for word in re.findall(r"[^\W_]+", evened)]


def _stem(word: str) -> str:
    """Return what the forms of a regular English word share: agency, agencies → agenc; plan, planned → plan."""
    if len(word) < 4 or not word.isalpha():
        return word
    stem = re.sub(r"(?:ies|ying|ied|y)$", "", word) if re.search(r"[^aeiou](?:ies|ied|y)$", word) else word
    if stem == word:
        stem = re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > 4 else re.sub("s$", "", word)
    stem = stem.removesuffix("e")
    return stem[:-1] if len(stem) > 3 and stem[-1] == stem[-2] else stem


def _shipped(language: str, to: str) -> tuple[Term, ...]:
    if (language, to) != ("ja", "en"):
        return ()
    table = files("minutes_llm.languages.en") / "glossary.tsv"
    return parse_terms(table.read_text("utf-8"), "glossary.tsv")


def _reversed(terms: Iterable[Term]) -> tuple[Term, ...]:
    """Return terms the other way round, those left out whose translation stands for several."""
    sides = [(form, term) for term in terms for form in term.forms]
    uses = Counter(form for form, _ in sides)
    return tuple(Term(form, (term.term,), term.kind) for form, term in sides if uses[form] == 1)
