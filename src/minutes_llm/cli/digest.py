"""The command `digest`: minutes in, one digest a file out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from minutes_llm.cli import complain, options
from minutes_llm.cli.output import emit, targets
from minutes_llm.cli.progress import Progress
from minutes_llm.errors import AccessRefused, InputError, MinutesError

if TYPE_CHECKING:
    from minutes_llm.engines import Engine
    from minutes_llm.model import Digest, Minutes
    from minutes_llm.work import Work

T = TypeVar("T")


@click.command(context_settings=options.SETTINGS, short_help="Minutes in, one digest a file out.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@options.output
@options.format_option("md", "json", "html")
@options.detail
@options.engine
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
    **engine_options: Any,
) -> int:
    """Minutes in, one digest a file out; Markdown on standard output by default.

    \b
    Examples:
      minutes-llm digest minutes.pdf -o digest.md
      minutes-llm digest archive/*.pdf -o digests/ -f json
      minutes-llm digest - --engine extractive < minutes.txt
    """
    from minutes_llm.library import cost_line, read, render, story
    from minutes_llm.work import run_many

    places = targets(files, output, format)
    progress = Progress(quiet)
    engine = _engine(progress, **engine_options)

    if dry_run:
        for file in files:
            minutes = read(Path(file), encoding=encoding, speaker_format=speaker_format, force=force)
            click.echo(f"{file}: {cost_line(minutes, engine)}")
        return 0

    def told(file: str) -> Work[tuple[Minutes, Digest]]:
        minutes = read(Path(file), encoding=encoding, speaker_format=speaker_format, force=force)
        return minutes, (yield from story(minutes, engine))

    results = run_many(map(told, files), engine.answers, concurrency, progress.on_event)
    worst = 0
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
        worst = max(worst, _report(file, digest, place, progress))
    return worst


def _engine(
    progress: Progress,
    engine: str,
    model: str | None,
    base_url: str | None,
    api_key: str | None,
    recordings: Path | None,
    prompts: Path | None,
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
        return engines.replay(recordings, model, prompts)
    folder = recordings or Path(click.get_app_dir("minutes-llm")) / "recordings"
    return engines.openai(model, base_url, api_key, folder, prompts, **limits)


def _in_order(results: Iterable[tuple[int, T]]) -> Iterator[tuple[int, T]]:
    """Yield results in the order of their positions, each as soon as those before it are there."""
    early: dict[int, T] = {}
    wanted = 0
    for position, result in results:
        early[position] = result
        while wanted in early:
            yield wanted, early.pop(wanted)
            wanted += 1


def _report(file: str, digest: Digest, place: Path | None, progress: Progress) -> int:
    """Say what came of a file; return the exit code it calls for."""
    failed = [section for section in digest.sections if section.status == "failed"]
    for section in failed:
        complain(
            f"{file}: section {section.id} {section.heading[:40]!r} failed: {section.reason}; run again to retry"
        )
    progress.done(file, digest, place)
    return 3 if failed else 0
