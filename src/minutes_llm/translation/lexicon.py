"""Names and terms of one document rendered alike from first to last, and every speaker's label made of them.

A label is a name, posts, bodies and courtesies in the order of its language. In the translation the name stands
first, the rest in parentheses: what follows the name, then what stands before it, and of a whole and its part
(`総務省サイバーセキュリティ課`) the part first.

| 桐生主査                       | Kiryu (Chair)                                     |
| 総務省 榊室長                  | Sakaki (Director, Ministry of …)                  |
| 市長（山田太郎君）             | Yamada Taro (Mayor)                               |
| 事務局（総務省）               | Secretariat (Ministry of …)                       |
| Ａ委員                         | Member A                                          |
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from minutes_llm.languages import words
from minutes_llm.languages.en.address import COURTESIES as ENGLISH_COURTESIES
from minutes_llm.languages.folded import fold
from minutes_llm.languages.ja.address import COURTESIES as JAPANESE_COURTESIES
from minutes_llm.languages.ja.address import LEGAL_FORM
from minutes_llm.languages.tags import is_spaced, reads_kanji
from minutes_llm.translation.glossary import Glossary
from minutes_llm.translation.people import Name, People

Kind = Literal["name", "term", "literal", "unknown", "break", "idle"]
LITERAL = re.compile(r"[A-Za-z0-9]+(?:[-./&][A-Za-z0-9]+)*")
WORD = re.compile(r"[^\W_]+")
COUNT = re.compile(r"[0-9].*|[A-Z]")
"""A number or a single letter, which stands behind what it counts: `Member A`, `Document 3-1`."""


@dataclass(frozen=True, slots=True)
class Token:
    """A part of a label: what it is, how it is written, how it is rendered."""

    kind: Kind
    written: str
    rendered: str = ""
    name: Name | None = None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """How the names and terms of one document are rendered in one language."""

    language: str
    to: str
    glossary: Glossary
    people: People

    def unknown(self, label: str) -> tuple[str, ...]:
        """Return the parts of a label that are neither name nor term nor courtesy."""
        return tuple(token.written for token in self.tokens(label) if token.kind == "unknown")

    def labels(self, printed: Iterable[str]) -> dict[str, str]:
        """Return what each label is in the translation; two people never share one."""
        made: dict[str, str] = {}
        people: defaultdict[str, set[str]] = defaultdict(set)
        printed = tuple(printed)
        for label in printed:
            made[label] = self.label(label)
            people[made[label]] |= {self.people.known_by(name).key for name in self.named(label)}
        shared = {label for label, names in people.items() if len(names) > 1}
        return {label: self.label(label, beside=made[label] in shared) for label in printed}

    def named(self, label: str) -> tuple[Name, ...]:
        """Return the people in a label."""
        return tuple(token.name for token in self.tokens(label) if token.name)

    def label(self, printed: str, beside: bool = False) -> str:
        """Return a label in the translation, or as printed where part of it is unknown.

        `beside` puts the name as written beside its spelling.
        """
        tokens = self.tokens(printed)
        if any(token.kind == "unknown" for token in tokens):
            return printed
        place = next((place for place, token in enumerate(tokens) if token.kind == "name"), None)
        if place is None:
            main, *rest = _runs(tokens) or [[printed]]
            return self._joined(", ".join(main), [part for run in rest for part in run])
        name = tokens[place]
        spelled = f"{name.rendered} {name.written}" if beside else name.rendered
        runs = [*_runs(tokens[place + 1 :]), *reversed(_runs(tokens[:place]))]
        return self._joined(spelled, [part for run in runs for part in run])

    def _joined(self, main: str, rest: Sequence[str]) -> str:
        parts = list(dict.fromkeys(rest))
        parts = [part for part in parts if not any(part in other for other in parts if part != other)]
        style = words(self.to)
        return style.LABEL.format(main=main, rest=style.LIST_GAP.join(parts)) if parts else main

    # --- a label taken apart -----------------------------------------------------------------------------------

    def tokens(self, label: str) -> tuple[Token, ...]:
        """Return the parts of a label, the longest known one at each place."""
        text = fold(label).text
        found: list[Token] = []
        place = 0
        while place < len(text):
            token = self._token(text, place)
            place += len(token.written)
            if token.kind == "unknown" and found and found[-1].kind == "unknown":
                token = Token("unknown", found.pop().written + token.written)
            found.append(token)
        return tuple(found)

    def _token(self, text: str, place: int) -> Token:
        known = max(self._known(text, place), key=lambda token: len(token.written), default=None)
        if known:
            return known
        character = text[place]
        if not character.isalnum() and character not in "々ー":
            return Token("idle" if character in " -." else "break", character)
        pattern = LITERAL if not is_spaced(self.language) else WORD
        word = pattern.match(text, place)
        if word is None:
            return Token("unknown", character)
        literal = not is_spaced(self.language) or COUNT.fullmatch(word[0])
        return Token("literal" if literal else "unknown", word[0])

    def _known(self, text: str, place: int) -> Iterator[Token]:
        """Yield what a label can go on with, names first: of two that are as long the name counts."""
        rest = text[place:].casefold()
        for key, name in self.people.names.items():
            if self._stands(key, rest):
                yield Token("name", text[place : place + len(key)], self.people.spelled(name), name)
        for key, term in self.glossary.terms.items():
            if self._stands(key.casefold(), rest):
                yield Token("term", text[place : place + len(key)], term.forms[0])
        for courtesy in ENGLISH_COURTESIES if is_spaced(self.language) else JAPANESE_COURTESIES:
            if self._stands(courtesy.casefold(), rest):
                yield Token("idle", courtesy)
        if not is_spaced(self.language) and (form := LEGAL_FORM.match(text, place)):
            yield Token("idle", form[0])

    def _stands(self, key: str, rest: str) -> bool:
        """Tell whether a text begins with a key; where words are spaced, with whole words."""
        if not rest.startswith(key):
            return False
        return not (is_spaced(self.language) and rest[len(key) : len(key) + 1].isalnum())

    @property
    def shows_kanji(self) -> bool:
        """Whether a name as written tells readers of the translation more than its spelling does."""
        return reads_kanji(self.language) and not reads_kanji(self.to)


def _runs(tokens: Sequence[Token]) -> list[list[str]]:
    """Return the rendered parts between breaks, the part before the whole it belongs to; nothing empty."""
    runs: list[list[str]] = [[]]
    for token in tokens:
        if token.kind == "break":
            runs.append([])
        elif token.kind == "literal" and COUNT.fullmatch(token.written) and runs[-1]:
            runs[-1][0] += f" {token.written}"
        elif token.kind == "term" and runs[-1] and COUNT.fullmatch(runs[-1][0]):
            runs[-1][0] = f"{token.rendered} {runs[-1][0]}"
        elif token.kind != "idle":
            runs[-1].insert(0, token.rendered or token.written)
    return [run for run in runs if run]
