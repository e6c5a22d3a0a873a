"""Where a statement sounds surer, more binding or more final than its source, or denies what the source affirms.

A rule can only suspect: every change carries how sure the rule is, and is for a person to look at. A sentence is held
against the sentence of the source that shares most of its content words, never against a whole turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence, Set
from functools import lru_cache
from types import ModuleType
from typing import Literal, NamedTuple

from minutes_llm.languages import tables
from minutes_llm.languages.folded import fold

LEAST_SHARED = 0.3
"""The share of a statement's content words that a sentence of the source must have to be compared with it."""

AS_CLOSE = 0.75
"""What part of the closest sentence's share makes another one as good a match."""

ChangeKind = Literal["commitment", "certainty", "completion", "obligation", "negation", "opposite"]


class Change(NamedTuple):
    """A suspected change of wording between a statement and its source, and how sure the rule is (0 to 1).

    `commitment`: considered, and now carried out. `certainty`: possible, and now so. `completion`: planned, and now
    done. `obligation`: should, and now must. `negation`: denied on one side only. `opposite`: increase for decrease.
    `start` and `end` are where the sentence stands in the statement; `source` is the sentence it was compared with.
    """

    kind: ChangeKind
    confidence: float
    start: int
    end: int
    source: str


class Clause(NamedTuple):
    """A sentence with what is needed to compare it."""

    text: str
    start: int
    content: frozenset[str]


def modality_changes(statement: str, sources: Sequence[str], language: str) -> tuple[Change, ...]:
    """Return the changes of modality and negation that a statement seems to make to what its sources say."""
    words = tables(language, "modality")
    said = [clause for source in sources for clause in _sentences(source, words)]
    changes: list[Change] = []
    for sentence in _sentences(statement, words):
        changes.extend(
            change
            for change in _changes(sentence, _closest(sentence, said), words)
            if change.kind != "negation" or _is_negated(sentence.text, " ".join(each.text for each in said), words)
        )
    return tuple(changes)


def negation_differs(original: str, translation: str, original_language: str, translation_language: str) -> float:
    """Return how sure a rule is that a negation was lost or added in translation; 0 is not at all.

    Only a plain negation against no trace of one counts: languages deny with different words (`しかない`, `only`).
    """
    before, after = tables(original_language, "modality"), tables(translation_language, "modality")
    original, translation = _without(original, before), _without(translation, after)
    lost = before.STRICT_NEGATION.search(original) and not after.ANY_NEGATION.search(translation)
    added = after.STRICT_NEGATION.search(translation) and not before.ANY_NEGATION.search(original)
    return 0.8 if lost or added else 0.0


def mood_differs(
    original: str, translation: str, original_language: str, translation_language: str
) -> tuple[str, ...]:
    """Return the moods (`considered`, `possible`, `must`) of a text that its translation shows no trace of."""
    before, after = tables(original_language, "modality"), tables(translation_language, "modality")
    plain = (mood for mood, cue in before.PLAIN_MOODS.items() if cue.search(original))
    return tuple(mood for mood in plain if not after.TRACES[mood].search(translation))


@lru_cache(maxsize=1024)
def _sentences(text: str, words: ModuleType) -> tuple[Clause, ...]:
    """Return the sentences of a text; many statements rest on the same turn."""
    found = []
    start = 0
    for end in [match.start() for match in words.SENTENCE_END.finditer(text)] + [len(text)]:
        if sentence := text[start:end].strip():
            content = words.CONTENT.findall(fold(sentence).text.casefold())
            found.append(Clause(sentence, text.index(sentence, start), frozenset(content)))
        start = end
    return tuple(found)


def _closest(sentence: Clause, said: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the sentences that share most content words with one, the closest first; none where all are far."""
    shares = [(_shared(sentence, source), source) for source in said]
    least = max([LEAST_SHARED, *(share * AS_CLOSE for share, _ in shares)])
    close = [(share, source) for share, source in shares if share >= least]
    close.sort(key=lambda pair: (-pair[0], len(pair[1].content)))
    return tuple(source for _, source in close)


def _shared(sentence: Clause, source: Clause) -> float:
    return len(sentence.content & source.content) / max(1, len(sentence.content))


def _changes(sentence: Clause, sources: Sequence[Clause], words: ModuleType) -> Iterator[Change]:
    """Yield what every one of the closest sentences speaks for: the same thing may be said twice, in two ways."""
    for kind, weight, rule in RULES:
        if sources and all(rule(sentence.text, source.text, words) for source in sources):
            sure = weight * min(1.0, _shared(sentence, sources[0]) + 0.3)
            yield Change(kind, round(sure, 2), sentence.start, sentence.start + len(sentence.text), sources[0].text)


def _commits(sentence: str, source: str, words: ModuleType) -> bool:
    considered = words.MOODS["considered"]
    dropped = considered.search(source) and not considered.search(sentence)
    return bool(dropped and words.CARRIED_OUT.search(sentence) and not words.STRICT_NEGATION.search(sentence))


def _is_certain(sentence: str, source: str, words: ModuleType) -> bool:
    if not words.MOODS["possible"].search(words.hedged_part(source)) or words.REPORTED.search(sentence):
        return False
    return not any(words.MOODS[mood].search(sentence) for mood in ("possible", "considered", "wished", "should"))


def _is_completed(sentence: str, source: str, words: ModuleType) -> bool:
    if not words.DONE.search(sentence) or words.DONE.search(source) or words.REPORTED.search(sentence):
        return False
    if not any(words.MOODS[mood].search(source) for mood in ("planned", "wished", "should", "must")):
        return False
    moods = ("planned", "wished", "should", "must", "considered")
    return not any(words.MOODS[mood].search(sentence) for mood in moods)


def _is_obliged(sentence: str, source: str, words: ModuleType) -> bool:
    must = words.MOODS["must"]
    if not must.search(sentence) or must.search(source):
        return False
    return any(words.MOODS[mood].search(source) for mood in ("should", "wished", "possible", "considered"))


def _is_negated(sentence: str, source: str, words: ModuleType) -> bool:
    """Tell whether a word is only denied in one of the two and only affirmed in the other."""
    if not _denied(sentence, words) and not _denied(source, words):
        return False
    denied_here, affirmed_here = _polarity(sentence, words)
    denied_there, affirmed_there = _polarity(source, words)
    lost = _turned(denied_there - affirmed_there, affirmed_here, denied_here)
    return lost or _turned(denied_here, affirmed_there, denied_there)


def _turned(denied: Set[str], affirmed: Set[str], also_denied: Set[str]) -> bool:
    """Tell whether one side denies a word that the other affirms and nowhere denies."""
    return any(_is_among(word, affirmed) and not _is_among(word, also_denied) for word in denied)


def _is_among(word: str, others: Set[str]) -> bool:
    """Tell whether a word is among others, its English ending or the kanji that run into it (順次進 for 進) aside."""
    if word.isascii():
        return any(word == other or (min(len(word), len(other)) > 3 and _begins(word, other)) for other in others)
    return any(word.endswith(other) or other.endswith(word) for other in others)


def _begins(word: str, other: str) -> bool:
    return word.startswith(other) or other.startswith(word)


def _is_opposite(sentence: str, source: str, words: ModuleType) -> bool:
    return any(
        ours in sentence and theirs not in sentence and theirs in source and _lacks(source, ours, theirs)
        for pair in words.OPPOSITES
        for ours, theirs in (pair, pair[::-1])
    )


def _lacks(source: str, word: str, opposite: str) -> bool:
    """Tell whether a word is nowhere in a source but inside its opposite (公開 in 非公開)."""
    return word not in source.replace(opposite, "")


@lru_cache(maxsize=1024)
def _polarity(text: str, words: ModuleType) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that a text denies and those that it affirms; a word said more than once may be both."""
    denied = _denied(text, words)
    affirmed = Counter(match["word"].casefold() for match in words.AFFIRMED.finditer(_without(text, words)))
    return frozenset(denied), frozenset(affirmed - denied)


@lru_cache(maxsize=1024)
def _denied(text: str, words: ModuleType) -> Counter[str]:
    """Return the words that a text denies, and how often."""
    text = _without(text, words)
    found = [*words.DENIED.finditer(text), *words.NEGATIVE_PREFIX.finditer(text)]
    return Counter(match["word"].casefold() for match in found)


@lru_cache(maxsize=1024)
def _without(text: str, words: ModuleType) -> str:
    cleaned: str = words.NO_DENIAL.sub(" ", text)
    return cleaned


Rule = Callable[[str, str, ModuleType], bool]
RULES: tuple[tuple[ChangeKind, float, Rule], ...] = (
    ("commitment", 0.9, _commits),
    ("certainty", 0.6, _is_certain),
    ("completion", 0.8, _is_completed),
    ("obligation", 0.6, _is_obliged),
    ("negation", 0.8, _is_negated),
    ("opposite", 0.8, _is_opposite),
)
