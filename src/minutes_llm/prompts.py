"""Prompts as values: the messages of a stem in a language, and the JSON Schema of its answer.

A prompt is a stem in a folder: `section.ja.md` and `section.en.md` hold the messages, each under a line
`<!-- role: system -->`, with `$name` where the code fills something in; `section.schema.json` is the full schema of
the answer. A folder of one's own goes before the shipped one, file by file.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from minutes_llm.errors import PromptError
from minutes_llm.folders import shipped
from minutes_llm.patterns import late
from minutes_llm.work import Message

ROLE_LINE = late(r"^<!-- role: (system|user|assistant) -->\n", re.MULTILINE)
VARIABLES = {
    "section": {"meeting", "heading", "turns", "fence", "language"},
    "parts": {"meeting", "heading", "sentences", "fence", "language"},
    "overview": {"meeting", "sections", "fence", "language"},
    "again": {"faults"},
    "readings": {"meeting", "known", "entries", "fence", "language", "original"},
    "translate": {"meeting", "fixed", "fields", "fence", "language", "original"},
}
"""The prompts that the product asks with, and what each may have filled in."""

TRANSLATING = ("readings", "translate")
"""Those of them that translate a digest; they are in English, whatever the languages."""
DIGESTING = tuple(stem for stem in VARIABLES if stem not in TRANSLATING)


class Prompt(NamedTuple):
    """One prompt in one language. `sha256` is of its files, for provenance."""

    stem: str
    messages: tuple[Message, ...]
    schema: Mapping[str, Any]
    sha256: str

    def filled(self, **values: str) -> tuple[Message, ...]:
        """Return the messages with the values in their places; what a value contains is never filled in again."""
        return tuple(Message(m.role, Template(m.content).substitute(values)) for m in self.messages)


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts for minutes in one language."""

    language: str
    by_stem: Mapping[str, Prompt]

    def __getitem__(self, stem: str) -> Prompt:
        return self.by_stem[stem]

    def hashes(self) -> tuple[tuple[str, str], ...]:
        """Return the hash of each prompt by its stem, in order."""
        return tuple((stem, prompt.sha256) for stem, prompt in sorted(self.by_stem.items()))


def load_prompts(language: str, folder: Path | None = None, stems: Iterable[str] = DIGESTING) -> Prompts:
    """Return the prompts for minutes in a language; English ones serve a language that has none of its own.

    Raises PromptError, with the file and what to do, where one is missing, names a variable nobody fills in, or has a
    schema that is no JSON Schema.
    """
    if folder is not None and not folder.is_dir():
        raise PromptError(f"--prompts {folder}: no such folder")
    folders = [shipped("prompts")] if folder is None else [folder, shipped("prompts")]
    return Prompts(language, {stem: _load(stem, language, folders) for stem in stems})


def _load(stem: str, language: str, folders: list[Path]) -> Prompt:
    text_file = _first(folders, f"{stem}.{language}.md") or _first(folders, f"{stem}.en.md")
    schema_file = _first(folders, f"{stem}.schema.json")
    if text_file is None:
        raise PromptError(f"no prompt {stem}.{language}.md in {folders[0]}")
    text = _read(text_file)
    schema_text = _read(schema_file) if schema_file else "{}"
    return Prompt(
        stem,
        _messages(text, text_file, VARIABLES[stem]),
        _schema(schema_text, schema_file),
        hashlib.sha256(f"{text}\n{schema_text}".encode()).hexdigest(),
    )


def _first(folders: list[Path], name: str) -> Path | None:
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PromptError(f"{file}: cannot be read as UTF-8 text ({error})") from None


def _messages(text: str, file: Path, known: set[str]) -> tuple[Message, ...]:
    parts = ROLE_LINE.split(text)
    if len(parts) < 3 or parts[0].strip():
        raise PromptError(f"{file}: must begin with a line <!-- role: system --> or <!-- role: user -->")
    messages = tuple(Message(role, content.strip()) for role, content in zip(parts[1::2], parts[2::2], strict=True))
    for message in messages:
        template = Template(message.content)
        if not template.is_valid():
            raise PromptError(f"{file}: a $ that is no variable; write $$ for a dollar sign")
        unknown = sorted(set(template.get_identifiers()) - known)
        if unknown:
            names = ", ".join(f"${name}" for name in sorted(known))
            raise PromptError(f"{file}: nothing fills in ${unknown[0]}; this prompt may use {names}")
    return messages


def _schema(text: str, file: Path | None) -> Mapping[str, Any]:
    """Return a schema; one of one's own is held against what a JSON Schema is (the shipped ones are by the tests)."""
    try:
        schema: Mapping[str, Any] = json.loads(text)
    except json.JSONDecodeError as error:
        raise PromptError(f"{file}: not JSON (line {error.lineno}: {error.msg})") from None
    if file is not None and file.parent != shipped("prompts"):
        from jsonschema import Draft202012Validator, SchemaError

        try:
            Draft202012Validator.check_schema(schema)
        except SchemaError as error:
            where = "/".join(map(str, error.absolute_path)) or "top"
            raise PromptError(f"{file}: not a JSON Schema (at {where}: {error.message})") from None
    return schema


def fence(data: str) -> str:
    """Return a line that the data cannot contain by design: it is made from a hash of the data itself."""
    return "=== " + hashlib.sha256(data.encode()).hexdigest()[:12] + " ==="
