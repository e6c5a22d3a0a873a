"""What the command says while it works and when it is done, on standard error."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from minutes_llm.cli import complain

if TYPE_CHECKING:
    from minutes_llm.model.digest import Digest
    from minutes_llm.work import Event


class Progress:
    """A line on a terminal that says what is going on; on no terminal only what a person must know.

    `files` are those of the run's stories: where there are several, it is said which one a request is of.
    """

    def __init__(self, quiet: bool = False, files: Sequence[str] = ()) -> None:
        self.quiet = quiet
        self.files = files
        self.live = sys.stderr.isatty() and not quiet
        self.asked = self.answered = 0

    def on_event(self, event: Event) -> None:
        """Show what has just happened in the run."""
        if event.kind == "warning":
            self.say(event.detail)
        self.asked += event.kind == "asking"
        self.answered += event.kind == "answered"
        if self.live:
            self.show(self._now(event))

    def _now(self, event: Event) -> str:
        line = f"{self.answered} of {self.asked} answers are there"
        if event.kind == "waiting":
            return f"{line}; waiting {event.seconds:.0f} s: {event.detail}"
        if event.kind == "again":
            file = f"{self.files[event.story]} " if len(self.files) > 1 else ""
            return f"{line}; asking {file}{event.label} again: {event.detail}"
        return line

    def show(self, line: str) -> None:
        """Put a line in the place of the last one."""
        click.echo(f"\r\x1b[K{line[:100]}", err=True, nl=False)

    def clear(self) -> None:
        """Take the line away."""
        if self.live:
            self.show("")

    def say(self, line: str) -> None:
        """Say something that stays."""
        self.clear()
        if not self.quiet:
            click.echo(f"minutes-llm: {line}", err=True)

    def done(self, file: str, digest: Digest, place: Path | None) -> None:
        """Say what came of a file and what it cost."""
        from minutes_llm.wording import counted

        pairs = [pair for section in digest.sections for pair in section.pairs]
        unanswered = sum(not pair.answers for pair in pairs)
        parts = [
            counted(len(digest.sections), "section"),
            counted(len(digest.ledger), "turn"),
            counted(len(pairs), "question") + (f" ({unanswered} unanswered)" if unanswered else ""),
        ]
        if digest.findings:
            parts.append(counted(len(digest.findings), "finding"))
        usage = digest.usage
        if usage.requests:
            tokens = f"{usage.prompt_tokens:,} + {usage.completion_tokens:,} tokens"
            parts.append(f"{counted(usage.requests, 'request')}, {tokens}")
        self.say(f"{file}: {', '.join(parts)}" + (f" → {place}" if place else ""))


def report(file: str, digest: Digest, place: Path | None, progress: Progress) -> int:
    """Say what came of a file; return the exit code it calls for."""
    from minutes_llm.wording import message

    failed = [section for section in digest.sections if section.status == "failed"]
    for section in failed:
        complain(
            f"{file}: section {section.id} {section.heading[:40]!r} failed: {section.reason}; run again to retry"
        )
    left = [finding for finding in digest.findings if finding.code == "translation-failed"]
    for finding in left:
        complain(f"{file}: {finding.section or 'meeting'}: {message(finding, 'en')}; run again to retry")
    progress.done(file, digest, place)
    return 3 if failed or left else 0
