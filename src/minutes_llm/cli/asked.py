"""Who is asked, and for what translation, as the options say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_llm.cli.progress import Progress
from minutes_llm.errors import InputError

if TYPE_CHECKING:
    from minutes_llm.engines import Engine
    from minutes_llm.translation.readings import Wishes


def engine_of(
    progress: Progress,
    engine: str,
    model: str | None,
    base_url: str | None,
    api_key: str | None,
    recordings: Path | None,
    prompts: Path | None,
    part_tokens: int,
    **limits: Any,
) -> Engine:
    """Return who digests, by the options; say so where nobody was named."""
    from minutes_llm import engines

    if engine == "auto":
        engine = "openai" if engines.has_endpoint(base_url, api_key) else "extractive"
        if engine == "extractive":
            progress.say(
                "no key and no base URL are set, so this is a digest by rule alone (--engine extractive); "
                "set OPENAI_API_KEY or --base-url to have a model make it"
            )
    if engine == "extractive":
        return engines.extractive()
    if engine == "replay":
        if recordings is None:
            raise InputError("--engine replay needs --recordings FOLDER, the folder of recorded answers")
        return replace(engines.replay(recordings, model, prompts), part_tokens=part_tokens)
    folder = recordings or Path(click.get_app_dir("minutes-llm")) / "recordings"
    asked = engines.openai(model, base_url, api_key, folder, prompts, **limits)
    return replace(asked, part_tokens=part_tokens)


def translator_of(progress: Progress, **options: Any) -> Engine:
    """Return who translates: a model or its recordings, also where the digest itself is made by rule alone.

    Raises InputError where the options name neither.
    """
    from minutes_llm import engines

    engine = options["engine"]
    if engine in ("auto", "extractive"):
        named = engines.has_endpoint(options["base_url"], options["api_key"])
        if not named and options["recordings"] is None:
            raise InputError(engines.NO_MODEL)
        engine = "openai" if named else "replay"
    return engine_of(progress, **(options | {"engine": engine}))


def wishes_of(to: str, glossary: Path | None, names: Path | None, name_order: str, macrons: bool) -> Wishes:
    """Return what a translation is to be, as the options say. Raises InputError for a language or a table
    that cannot be used."""
    from minutes_llm.languages.tags import known_tag
    from minutes_llm.translation.glossary import parse_terms
    from minutes_llm.translation.people import Style, parse_names
    from minutes_llm.translation.readings import Wishes

    return Wishes(
        known_tag(to),
        parse_terms(_table(glossary), glossary.name) if glossary else (),
        parse_names(_table(names), names.name) if names else (),
        Style(name_order == "family-first", macrons),
    )


def _table(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"{file}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8; save it as CSV or TSV in UTF-8") from None
