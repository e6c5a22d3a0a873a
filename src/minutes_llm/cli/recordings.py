"""The commands `recordings list`, `prune` and `explain`: what is in a folder of recordings, and what is not."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_llm.cli import options, rounds
from minutes_llm.errors import InputError
from minutes_llm.recordings import Misses, Recordings

if TYPE_CHECKING:
    from minutes_llm.recordings import Recording
    from minutes_llm.work import Reply, Request

DAY = 86_400  # seconds

folder_argument = click.argument("folder", type=click.Path(path_type=Path))


@click.group(short_help="List, prune and explain recordings.")
def command() -> None:
    """List the replies that a folder of recordings holds, prune it, or explain what a replay would miss.

    \b
    Example:
      minutes-llm recordings list recordings
    """


@command.command("list", context_settings=options.SETTINGS, short_help="Show a line for each recording.")
@folder_argument
def list_recordings(folder: Path) -> None:
    """Show a line for each recording: key, label, model, how the reply ended, tokens, note.

    Damaged recordings are named on standard error.

    \b
    Example:
      minutes-llm recordings list recordings
    """
    rows = [_row(recording) for recording in _opened(folder)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


@command.command(context_settings=options.SETTINGS, short_help="Remove recordings that are no longer wanted.")
@folder_argument
@click.option("--older-than", type=click.FloatRange(0), metavar="DAYS", help="Remove what was kept longer ago.")
@click.option(
    "--keep-for",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help="Keep what a digest of these minutes uses, whatever its age; may be given again.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@rounds.run
def prune(
    folder: Path,
    older_than: float | None,
    keep_for: tuple[str, ...],
    dry_run: bool,
    model: str | None,
    **run_options: Any,
) -> None:
    """Remove recordings that are older than some days or that no digest of the given minutes uses, and say which.

    With both options, what is old and not used goes. Damaged recordings always go, without any option they alone;
    files that are no recordings stay.
    What a translation uses is kept if --translate and its options say which.

    \b
    Examples:
      minutes-llm recordings prune recordings --keep-for a.pdf --keep-for b.pdf --dry-run
      minutes-llm recordings prune recordings --older-than 90
    """
    recordings = _opened(folder)
    used = None
    if keep_for:
        used = _used(keep_for, folder, [model] if model else recordings.models(), run_options)
    before = None if older_than is None else time.time() - older_than * DAY
    removed = recordings.unwanted(used, before) if dry_run else recordings.prune(used, before)
    for path in removed:
        click.echo(path.name)


@command.command(context_settings=options.SETTINGS, short_help="Say what a replay would miss, and why.")
@folder_argument
@click.argument("file", type=click.Path(allow_dash=True))
@rounds.run
def explain(folder: Path, file: str, model: str | None, **run_options: Any) -> None:
    """Say what a replay of minutes would miss: a line for each request, with where the nearest recording differs.

    \b
    Example:
      minutes-llm recordings explain recordings minutes.txt -m gpt-5.4-mini
    """
    recordings = _opened(folder)
    run = rounds.run_of((file,), recordings, model, **run_options)
    missing = run.awaited()
    misses = Misses(recordings, run.model)
    for request in missing:
        click.echo(misses.why(request))
    if not missing:
        click.echo(f"minutes-llm: {file}: every request has its recording", err=True)


def _opened(folder: Path) -> Recordings:
    if not folder.is_dir():
        raise InputError(f"{folder}: no folder of recordings")
    return Recordings(folder)


def _row(recording: Recording) -> tuple[str, ...]:
    sent, reply = recording.sent, recording.reply
    tokens = f"{reply.usage.prompt_tokens:,} + {reply.usage.completion_tokens:,} tokens"
    return recording.path.stem, sent["label"], sent["model"], reply.finish, tokens, recording.note


class _Noting(Recordings):
    """Recordings that note which of them are used."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.used: set[str] = set()

    def find(self, request: Request, model: str) -> Reply | None:
        reply = super().find(request, model)
        if reply is not None:
            self.used.add(self.key(request, model))
        return reply


def _used(files: Iterable[str], folder: Path, models: Iterable[str], run_options: dict[str, Any]) -> set[str]:
    """Return the keys that digests of files use. Raises InputError for a file that none would be kept for."""
    used: set[str] = set()
    for file in files:
        recordings = _Noting(folder)
        for model in models:
            rounds.run_of((file,), recordings, model, **run_options).awaited()
        if not recordings.used:
            raise InputError(f"--keep-for {file}: nothing in {folder} is used by a digest of it; nothing was removed")
        used |= recordings.used
    return used
