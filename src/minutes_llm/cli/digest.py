"""The command `digest`: minutes in, one digest a file out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minutes_llm.cli import complain, options
from minutes_llm.cli.asked import engine_of, translator_of, wishes_of
from minutes_llm.cli.output import emit, targets
from minutes_llm.cli.progress import Progress, report
from minutes_llm.errors import AccessRefused, InputError, MinutesError

if TYPE_CHECKING:
    from minutes_llm.model.digest import Digest
    from minutes_llm.model.minutes import Minutes
    from minutes_llm.work import Work

T = TypeVar("T")


@click.command(context_settings=options.SETTINGS, short_help="Minutes in, one digest a file out.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@options.output
@options.format_option("md", "json", "html")
@options.detail
@options.engine
@options.translate
@click.option("--dry-run", is_flag=True, help="Say what would be asked and what it would cost, and ask nothing.")
@options.source
@options.quiet
def command(
    files: tuple[str, ...],
    output: Path | None,
    format: Any,
    detail: Any,
    concurrency: int,
    encoding: str | None,
    speaker_format: str | None,
    force: bool,
    quiet: bool,
    dry_run: bool,
    translate: str | None,
    glossary: Path | None,
    names: Path | None,
    name_order: str,
    macrons: bool,
    **engine_options: Any,
) -> int:
    """Minutes in, one digest a file out; Markdown on standard output by default.

    \b
    Examples:
      minutes-llm digest minutes.pdf -o digest.md
      minutes-llm digest archive/*.pdf -o digests/ -f json
      minutes-llm digest - --engine extractive < minutes.txt
    """
    from minutes_llm.api import cost_line, read, render, story, translation
    from minutes_llm.work import run_many

    places = targets(files, output, format)
    progress = Progress(quiet, files)
    engine = engine_of(progress, **engine_options)
    wishes = wishes_of(translate, glossary, names, name_order, macrons) if translate else None
    translator = translator_of(progress, **engine_options) if wishes and not engine.answer else engine

    worst = 0
    if dry_run:
        for file in files:
            try:
                minutes = read(Path(file), encoding=encoding, speaker_format=speaker_format, force=force)
                click.echo(f"{file}: {cost_line(minutes, engine)}")
            except InputError as error:
                complain(error)
                worst = max(worst, error.exit_code)
        return worst

    def told(file: str) -> Work[tuple[Minutes, Digest]]:
        minutes = read(Path(file), encoding=encoding, speaker_format=speaker_format, force=force)
        digest = yield from story(minutes, engine)
        if wishes:
            digest = yield from translation(digest, translator, replace(wishes, source=minutes.source.text))
        return minutes, digest

    results = run_many(map(told, files), translator.answers, concurrency, progress.on_event)
    for position, result in results if output else _in_order(results):
        file, place = files[position], places[position]
        progress.clear()
        if isinstance(result, MinutesError):
            complain(result if isinstance(result, InputError) else f"{file}: {result}")
            worst = max(worst, result.exit_code)
            if isinstance(result, AccessRefused):
                break
            continue
        minutes, digest = result
        emit(render(digest, format, minutes, detail), place)
        worst = max(worst, report(file, digest, place, progress))
    return worst


def _in_order(results: Iterable[tuple[int, T]]) -> Iterator[tuple[int, T]]:
    """Yield results in the order of their positions, each as soon as those before it are there."""
    early: dict[int, T] = {}
    wanted = 0
    for position, result in results:
        early[position] = result
        while wanted in early:
            yield wanted, early.pop(wanted)
            wanted += 1
