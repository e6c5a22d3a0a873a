"""All that depends on a language, one folder a language. A language without one is worded in English."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

LANGUAGES = ("ja", "en")


def words(language: str) -> ModuleType:
    """Return the words that code itself writes in a language: headings, labels, findings."""
    return import_module(f"minutes_llm.languages.{language if language in LANGUAGES else 'en'}.words")
