"""Where results go: standard output, or files that are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

import click

from minutes_llm.errors import InputError

ENDINGS = {"md": ".md", "json": ".json", "html": ".html"}


def write_whole(path: Path, text: str) -> None:
    """Leave a text in a file, all of it or, where that fails, nothing new; raise InputError in one line."""
    import tempfile

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, partial = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(partial).chmod(0o666 & ~_umask())
            Path(partial).replace(path)
        except BaseException:
            Path(partial).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise InputError(f"{path}: cannot be written ({error.strerror})") from None


def emit(text: str, path: Path | None) -> None:
    """Give a result to a file, or to standard output."""
    if path is None:
        click.echo(text.encode("utf-8"), nl=False)
    else:
        write_whole(path, text)


def targets(files: tuple[str, ...], output: Path | None, format: str) -> list[Path | None]:
    """Return for each input where its result goes. Raises InputError where two would go to one file."""
    if output is None:
        return [None] * len(files)
    if len(files) == 1 and not output.is_dir():
        return [output]
    if output.exists() and not output.is_dir():
        raise InputError(f"-o {output}: is a file; several inputs need a folder")
    paths = [output / f"{Path(file).stem if file != '-' else 'stdin'}{ENDINGS[format]}" for file in files]
    doubled = next((path for path in paths if paths.count(path) > 1), None)
    if doubled:
        raise InputError(f"-o {output}: several inputs would be written to {doubled.name}; give them other names")
    return list(paths)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
