"""The command `check`: is every statement borne out by the source, is every turn accounted for."""

from __future__ import annotations

from pathlib import Path

import click

from minutes_llm.cli import options
from minutes_llm.cli.output import emit
from minutes_llm.errors import InputError


@click.command(context_settings=options.SETTINGS, short_help="Hold a digest against its source, by rule alone.")
@click.argument("digest_file", metavar="DIGEST.json", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--source", type=click.Path(path_type=Path), required=True, help="The minutes the digest is of.")
@options.output
@options.format_option("text", "json")
@click.option(
    "--at-least",
    metavar="KIND=RATE",
    multiple=True,
    help="Least rate for a kind, 0 to 1 (default 1): quotes, statements, speakers, figures, names, turns.",
)
@options.source
def command(
    digest_file: Path,
    source: Path,
    output: Path | None,
    format: str,
    at_least: tuple[str, ...],
    encoding: str | None,
    speaker_format: str | None,
    force: bool,
) -> int:
    """Hold a digest against its source, by rule alone: exit 1 where a rate is below its threshold.

    \b
    Examples:
      minutes-llm check digest.json --source minutes.pdf
      minutes-llm check digest.json --source minutes.pdf --at-least names=0.95 -f json
    """
    from minutes_llm.api import check, load, read
    from minutes_llm.exchange.writing import report_json, to_text
    from minutes_llm.rendering.report import report_text

    thresholds = dict(_threshold(each) for each in at_least)
    digest = load(digest_file)
    minutes = read(source, encoding=encoding, speaker_format=speaker_format, force=True)
    report = check(digest, minutes)
    below = report.below(thresholds)
    if format == "json":
        emit(to_text(report_json(report, digest.language, thresholds)), output)
    else:
        emit(report_text(report, digest.language, below), output)
    return 1 if below or any(finding.severity == "error" for finding in report.findings) else 0


def _threshold(given: str) -> tuple[str, float]:
    from minutes_llm.checking.report import KINDS

    kind, _, rate = given.partition("=")
    try:
        value = float(rate)
    except ValueError:
        value = -1.0
    if kind not in KINDS or not 0 <= value <= 1:
        raise InputError(f"--at-least {given}: give KIND=RATE, a kind of {', '.join(KINDS)} and a rate from 0 to 1")
    return kind, value
