"""Where a translation is not what the original says: each fault a finding, told back to the model and then shown.

| code                     | what it says                                                               |
| translation-missing      | a text did not come back, or came back empty                               |
| translation-doubled      | an id came back more than once                                             |
| translation-foreign      | an id came back that was not asked for                                     |
| translation-left-over    | words of the original language stand in it                                 |
| translation-sentences    | it has more or fewer sentences                                             |
| translation-figure       | a figure is not the original's: another quantity, unit, hedge or year      |
| translation-figure-lost  | a figure of the original has no counterpart                                |
| translation-name         | a person is not spelled as everywhere else                                 |
| translation-term         | a term is not rendered as fixed                                            |
| translation-latin        | a term in Latin letters is gone (NIST, X.1060)                             |
| translation-negation     | a negation was lost or added; a rule can only suspect it                   |
| translation-mood         | `may`, `considered` or `must` was lost; a rule can only suspect it         |
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from minutes_llm.checking.figures import figures_differ
from minutes_llm.checking.wording import mood_differs, negation_differs
from minutes_llm.languages import LANGUAGES
from minutes_llm.languages.cues import sentences
from minutes_llm.languages.folded import fold
from minutes_llm.languages.quantities import Amount, Figure
from minutes_llm.languages.tags import reads_kanji
from minutes_llm.model.minutes import Finding
from minutes_llm.translation.fields import Field
from minutes_llm.translation.glossary import contains, is_used
from minutes_llm.translation.lexicon import Lexicon

COUNTING = (*LANGUAGES, "zh")
"""Languages whose figures code reads."""

FULL_STOPS = ("。", "．", "？", "！", ".", "?", "!")
"""What does not end in one of these is a heading or a topic and has no sentences to count."""

JAPANESE = re.compile("[ぁ-ゖァ-ヺー一-鿿々〆「」『』、。]+")
KANA = re.compile("[ぁ-ゖァ-ヺー]+")
LATIN_TERM = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9]*(?:[-./&+][A-Za-z0-9]+)*")
ABBREVIATION = re.compile(r"(?<![A-Za-z0-9])[A-Z](?:[A-Z0-9]|[-./&](?=[A-Z0-9]))+(?![A-Za-z0-9])")


def received(answer: Mapping[str, Any], fields: Sequence[Field]) -> tuple[dict[str, str], tuple[Finding, ...]]:
    """Return the texts that came back by their ids, and which ids are missing, doubled or foreign."""
    came = [(each["id"].strip("[] "), " ".join(each["text"].split())) for each in answer["fields"]]
    texts = dict(reversed(came))
    known = {field.id for field in fields}
    times = Counter(name for name, _ in came)
    found = [_finding("translation-missing", field.id) for field in fields if not texts.get(field.id)]
    found += [_finding("translation-doubled", name) for name, count in times.items() if count > 1 and name in known]
    found += [_finding("translation-foreign", None, id=name) for name in times if name not in known]
    return {name: text for name, text in texts.items() if name in known and text}, tuple(found)


def faults(field: Field, text: str, lexicon: Lexicon, on: dt.date | None) -> Iterator[Finding]:
    """Yield what in a translated text is not what the original says; `on` is the day of the meeting."""
    for found in _left_over(field.text, text, lexicon):
        yield _finding("translation-left-over", field.id, text=found)
    yield from _figures(field, text, lexicon, on)
    yield from _fixed(field, text, lexicon)
    yield from _wording(field, text, lexicon)


def _finding(code: str, item: str | None, **values: str) -> Finding:
    return Finding(code, "warning", tuple(values.items()), item=item)


def _left_over(original: str, text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the stretches of a translation that are still in the original's language."""
    wanted = " ".join(form for term in lexicon.glossary.within(original) for form in term.forms)
    if reads_kanji(lexicon.language):
        foreign = KANA if reads_kanji(lexicon.to) else JAPANESE
        runs = foreign.findall(text) if lexicon.to != "ja" else []
        return tuple(run for run in dict.fromkeys(runs) if run not in wanted)
    prose = re.search("[a-z]{4}", original) and text.casefold() == original.casefold()
    unread = lexicon.to == "ja" and re.search("[a-z]{4} [a-z]", text) and not JAPANESE.search(text)
    return (text[:60],) if prose or unread else ()


def _figures(field: Field, text: str, lexicon: Lexicon, on: dt.date | None) -> Iterator[Finding]:
    if lexicon.language not in COUNTING or lexicon.to not in COUNTING:
        return
    for doubt in figures_differ(field.text, text, lexicon.language, lexicon.to, on):
        if _is_one(doubt.figure) and not doubt.nearest:
            continue
        if doubt.reason == "lost":
            yield _finding("translation-figure-lost", field.id, figure=doubt.figure.text)
        else:
            nearest = doubt.nearest.text if doubt.nearest else "-"
            yield _finding("translation-figure", field.id, figure=doubt.figure.text, nearest=nearest)


def _is_one(figure: Figure) -> bool:
    """Tell whether a figure counts one of something, which often needs no figure (`once`, `per person`)."""
    return any(isinstance(reading, Amount) and reading.low == reading.high == 1 for reading in figure.readings)


def _fixed(field: Field, text: str, lexicon: Lexicon) -> Iterator[Finding]:
    for name in lexicon.people.within(field.text):
        spelling = lexicon.people.spelled(name)
        if not contains(text, spelling, lexicon.to):
            yield _finding("translation-name", field.id, name=name.written, spelling=spelling)
    for term in lexicon.glossary.within(field.text):
        if not is_used(term, text, lexicon.to):
            yield _finding("translation-term", field.id, term=term.term, translation=term.forms[0])
    rest = lexicon.glossary.without(field.text)
    for latin in dict.fromkeys(_latin_terms(rest, lexicon)):
        if not re.search(rf"(?<![A-Za-z0-9]){re.escape(latin)}s?(?![A-Za-z0-9])", fold(text).text, re.IGNORECASE):
            yield _finding("translation-latin", field.id, term=latin)


def _latin_terms(text: str, lexicon: Lexicon) -> Iterator[str]:
    """Yield words in Latin letters: all of them in Japanese, else abbreviations outside headings in capitals."""
    if reads_kanji(lexicon.language):
        yield from (match[0] for match in LATIN_TERM.finditer(text) if len(match[0]) > 1)
    elif re.search("[a-z]", text):
        yield from (match[0] for match in ABBREVIATION.finditer(text))


def _wording(field: Field, text: str, lexicon: Lexicon) -> Iterator[Finding]:
    language, to = lexicon.language, lexicon.to
    if language not in LANGUAGES or to not in LANGUAGES:
        return
    before, after = len(sentences(field.text, language)), len(sentences(text, to))
    if before != after and field.text.rstrip().endswith(FULL_STOPS):
        yield _finding("translation-sentences", field.id, original=str(before), translation=str(after))
    if negation_differs(field.text, text, language, to):
        yield _finding("translation-negation", field.id)
    for mood in mood_differs(field.text, text, language, to):
        yield _finding("translation-mood", field.id, mood=mood)
