"""The command `render`: a digest in another form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from minutes_llm.cli import options
from minutes_llm.cli.output import emit


@click.command(context_settings=options.SETTINGS, short_help="Give a digest as Markdown, HTML or JSON.")
@click.argument("digest_file", metavar="DIGEST.json", type=click.Path(path_type=Path, allow_dash=True))
@options.output
@options.format_option("md", "html", "json")
@options.detail
@click.option(
    "--source",
    type=click.Path(path_type=Path),
    help="The minutes: the digest is checked against them, and HTML shows them beside it.",
)
@click.option(
    "--bilingual",
    type=click.Path(path_type=Path),
    metavar="OTHER.json",
    help="Its translation, or what it is a translation of: both side by side, in Markdown or JSON.",
)
@options.encoding
def command(
    digest_file: Path,
    output: Path | None,
    format: Any,
    detail: Any,
    source: Path | None,
    bilingual: Path | None,
    encoding: str | None,
) -> None:
    """Give a digest as Markdown, HTML or JSON, without asking anybody anything.

    \b
    Examples:
      minutes-llm render digest.json -f html --source minutes.txt -o digest.html
      minutes-llm render digest.json --bilingual digest.en.json -o both.md
    """
    from minutes_llm.api import load, marked, read, render, side_by_side

    digest = load(digest_file)
    if bilingual:
        emit(side_by_side(digest, load(bilingual), format), output)
        return
    minutes = read(source, encoding=encoding, force=True) if source else None
    if minutes and not digest.translated_from:
        digest = marked(digest, minutes)
    emit(render(digest, format, minutes, detail), output)
