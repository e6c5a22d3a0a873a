"""The command `outline`: what is understood of minutes without any model."""

from __future__ import annotations

from pathlib import Path

import click

from minutes_llm.cli import options
from minutes_llm.cli.output import emit


@click.command(context_settings=options.SETTINGS, short_help="Show what is understood without any model.")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@options.output
@options.format_option("text", "json")
@click.option("--text", "text_only", is_flag=True, help="Print the text as it was read, on which all offsets count.")
@options.source
def command(
    file: Path,
    output: Path | None,
    format: str,
    text_only: bool,
    encoding: str | None,
    speaker_format: str | None,
    force: bool,
) -> None:
    """Show what is understood of minutes without any model: header, sections, speaker turns, findings, plan.

    \b
    Example:
      minutes-llm outline minutes.pdf
    """
    from minutes_llm.api import outline, read
    from minutes_llm.engines import extractive
    from minutes_llm.exchange.writing import to_text
    from minutes_llm.rendering.outline import outline_text
    from minutes_llm.sources import read_source

    if text_only:
        emit(read_source(file, encoding).text, output)
        return
    minutes = read(file, encoding=encoding, speaker_format=speaker_format, force=force)
    value = outline(minutes, extractive())
    emit(to_text(value) if format == "json" else outline_text(minutes, value["plan"]), output)
