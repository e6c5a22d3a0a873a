"""A run that recordings alone answer for: its options, and the requests that it still waits for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_llm.cli import options
from minutes_llm.cli.asked import wishes_of
from minutes_llm.errors import InputError

if TYPE_CHECKING:
    from minutes_llm.model import Minutes
    from minutes_llm.recordings import Recordings
    from minutes_llm.translation.readings import Wishes
    from minutes_llm.work import Request

run = options.together(
    click.option("-m", "--model", help="Model whose answers are meant; not needed where those of one are recorded."),
    options.prompting,
    options.translate,
    options.source,
)
"""What a run would ask: the same as for `digest`."""


@dataclass(frozen=True, slots=True)
class Run:
    """Digests of minutes, or translations of them, as far as recordings answer for a model."""

    minutes: tuple[Minutes, ...]
    recordings: Recordings
    model: str
    prompts: Path | None
    part_tokens: int
    wishes: Wishes | None

    def awaited(self, anew: bool = False) -> tuple[Request, ...]:
        """Return the requests without which some digest cannot go on, each once; `anew` as for `library.awaited`."""
        requests = chain.from_iterable(self._awaited_for(minutes, anew) for minutes in self.minutes)
        return tuple({self.recordings.key(request, self.model): request for request in requests}.values())

    def _awaited_for(self, minutes: Minutes, anew: bool) -> tuple[Request, ...]:
        from minutes_llm.library import awaited
        from minutes_llm.work import Awaited

        given = (minutes, self.recordings, self.model, self.prompts, self.wishes)
        reached = awaited(*given, part_tokens=self.part_tokens, anew=anew)
        return reached.requests if isinstance(reached, Awaited) else ()


def run_of(
    files: Iterable[str],
    recordings: Recordings,
    model: str | None,
    prompts: Path | None,
    part_tokens: int,
    translate: str | None,
    encoding: str | None,
    speaker_format: str | None,
    force: bool,
    **naming: Any,
) -> Run:
    """Return the run that the options describe. Raises InputError where a file or an option cannot be used."""
    from minutes_llm.library import read

    name = model_of(model, recordings)
    wishes = wishes_of(translate, **naming) if translate else None
    minutes = [read(Path(file), encoding=encoding, speaker_format=speaker_format, force=force) for file in files]
    return Run(tuple(minutes), recordings, name, prompts, part_tokens, wishes)


def model_of(given: str | None, recordings: Recordings) -> str:
    """Return the model that was named, or else the one whose replies are recorded. Raises InputError if none is."""
    if given:
        return given
    models = recordings.models()
    if len(models) == 1:
        return models[0]
    recorded = f"; recorded are {', '.join(models)}" if models else ""
    raise InputError(f"name the model whose answers are meant with --model{recorded}")
