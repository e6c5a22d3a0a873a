"""The command `translate`: a digest in another language."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from minutes_llm.cli import options
from minutes_llm.cli.asked import translator_of, wishes_of
from minutes_llm.cli.output import emit
from minutes_llm.cli.progress import Progress, report


@click.command(context_settings=options.SETTINGS, short_help="Give a digest in another language.")
@click.argument("digest_file", metavar="DIGEST.json", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--to", metavar="TAG", required=True, help="Language of the translation: en, fr, zh-Hant …")
@options.output
@options.format_option("md", "json", "html")
@options.detail
@options.translation
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The minutes: they may tell the readings of names, and HTML shows them beside the digest.",
)
@options.encoding
@options.engine
@options.quiet
def command(
    digest_file: Path,
    to: str,
    output: Path | None,
    format: Any,
    detail: Any,
    glossary: Path | None,
    names: Path | None,
    name_order: str,
    macrons: bool,
    source: Path | None,
    encoding: str | None,
    concurrency: int,
    quiet: bool,
    **engine_options: Any,
) -> int:
    """Give a digest in another language: same sections, pairs and ids; quotations stay as they were said.

    Names of people are spelled as ministries of Japan do, family name first and without macrons, unless asked for.

    \b
    Example:
      minutes-llm translate digest.json --to en --names readings.csv -o digest.en.md
    """
    from minutes_llm import api

    progress = Progress(quiet)
    wishes = wishes_of(to, glossary, names, name_order, macrons)
    digest = api.load(digest_file)
    minutes = api.read(source, encoding=encoding, force=True) if source else None
    if minutes:
        wishes = replace(wishes, source=minutes.source.text)
    translator = translator_of(progress, **engine_options)
    translated = api.translate(digest, translator, wishes, concurrency, progress.on_event)
    progress.clear()
    emit(api.render(translated, format, minutes, detail), output)
    return report(str(digest_file), translated, output, progress)
