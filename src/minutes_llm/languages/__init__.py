"""All that depends on a language, one folder a language. A language without one is worded in English."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from minutes_llm.languages.tags import reads_kanji
from minutes_llm.patterns import late

LANGUAGES = ("ja", "en")


def words(language: str) -> ModuleType:
    """Return the words that code itself writes in a language: headings, labels, findings."""
    return import_module(f"minutes_llm.languages.{language if language in LANGUAGES else 'en'}.words")


def tables(language: str, name: str) -> ModuleType:
    """Return the tables of a name (`numbers`, `modality`) that a language is read with.

    Japanese ones serve Chinese too (the numerals are shared), English ones every other language.
    """
    return import_module(f"minutes_llm.languages.{'ja' if reads_kanji(language) else 'en'}.{name}")


KANA = late(r"[ぁ-ヿ]")
LATIN = late(r"[A-Za-z]")
SHORT = 12
"""A text of fewer characters may be all names and numbers."""


def is_written_in(text: str, language: str) -> bool:
    """Tell whether a text can be in a language, by its letters alone; a short one can be in any."""
    if len(text) < SHORT or language not in LANGUAGES:
        return True
    if language == "ja":
        return KANA.search(text) is not None
    return len(LATIN.findall(text)) > 4 * len(KANA.findall(text))
