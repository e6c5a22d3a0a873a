"""A run that recordings alone answer for: its options, and the requests that it still waits for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_llm.cli import options
from minutes_llm.cli.asked import wishes_of
from minutes_llm.errors import InputError

if TYPE_CHECKING:
    from minutes_llm.model.minutes import Minutes
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
    """Digests of minutes, or translations of them, as far as recordings answer for a model.

    `minutes` are by the names of their files, which requests of a run over several have before their own.
    """

    minutes: Mapping[str, Minutes]
    recordings: Recordings
    model: str
    prompts: Path | None
    part_tokens: int
    wishes: Wishes | None

    def awaited(self, anew: bool = False) -> tuple[Request, ...]:
        """Return the requests without which some digest cannot go on, each once; `anew` as for `api.awaited`."""
        found: dict[str, Request] = {}
        for request in chain.from_iterable(self._awaited_for(file, anew) for file in self.minutes):
            found.setdefault(self.recordings.key(request, self.model), request)
        return tuple(found.values())

    def _awaited_for(self, file: str, anew: bool) -> Iterable[Request]:
        from minutes_llm.api import awaited
        from minutes_llm.work import Awaited

        given = (self.minutes[file], self.recordings, self.model, self.prompts, self.wishes)
        reached = awaited(*given, part_tokens=self.part_tokens, anew=anew)
        requests = reached.requests if isinstance(reached, Awaited) else ()
        if len(self.minutes) == 1:
            return requests
        return (replace(request, label=f"{file} {request.label}") for request in requests)


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
    from minutes_llm.api import read

    name = model_of(model, recordings)
    wishes = wishes_of(translate, **naming) if translate else None
    paths = list(dict.fromkeys(map(Path, files)))
    minutes = (read(path, encoding=encoding, speaker_format=speaker_format, force=force) for path in paths)
    by_name = dict(zip(_names(paths), minutes, strict=True))
    return Run(by_name, recordings, name, prompts, part_tokens, wishes)


def _names(paths: Sequence[Path]) -> list[str]:
    """Return the names of files, with as many of the folders they are in as tell them apart."""
    longest = max(1, *(len(path.parts) for path in paths))
    shortened = ([Path(*path.parts[-length:]).as_posix() for path in paths] for length in range(1, longest + 1))
    return next(names for names in shortened if len(set(names)) == len(paths))


def model_of(given: str | None, recordings: Recordings) -> str:
    """Return the model that was named, or else the one whose replies are recorded. Raises InputError if none is."""
    if given:
        return given
    models = recordings.models()
    if len(models) == 1:
        return models[0]
    recorded = f"; recorded are {', '.join(models)}" if models else ""
    raise InputError(f"name the model whose answers are meant with --model{recorded}")
