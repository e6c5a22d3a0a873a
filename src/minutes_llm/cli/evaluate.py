"""The command `evaluate`: a digest scored against a gold made by hand."""

from __future__ import annotations

from pathlib import Path

import click

from minutes_llm.cli import options
from minutes_llm.cli.output import emit
from minutes_llm.errors import DigestError, InputError


@click.command(context_settings=options.SETTINGS, short_help="Score digests against golds made by hand.")
@click.argument("digest_files", metavar="DIGEST.json...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--gold", "golds", type=click.Path(path_type=Path), multiple=True, required=True, help="One a digest.")
@options.output
@options.format_option("text", "json")
def command(digest_files: tuple[Path, ...], golds: tuple[Path, ...], output: Path | None, format: str) -> None:
    """Score digests against golds: precision, recall and F1 of question→answer links, and the coverage.

    \b
    Example:
      minutes-llm evaluate a.json b.json --gold a.gold.json --gold b.gold.json
    """
    from minutes_llm.api import load
    from minutes_llm.evaluation import SectionScore, evaluate, parse_gold
    from minutes_llm.exchange.writing import scores_json, to_text
    from minutes_llm.rendering.report import scores_text

    if len(digest_files) != len(golds):
        raise InputError(
            f"{len(digest_files)} digests and {len(golds)} golds: give one --gold for each digest, in order"
        )
    scores: list[SectionScore] = []
    for digest_file, gold_file in zip(digest_files, golds, strict=True):
        try:
            gold = parse_gold(gold_file.read_text("utf-8"), str(gold_file))
        except (OSError, UnicodeDecodeError) as error:
            raise DigestError(f"{gold_file}: cannot be read as UTF-8 text ({error})") from None
        scores += evaluate(load(digest_file), gold)
    emit(to_text(scores_json(scores)) if format == "json" else scores_text(scores), output)
