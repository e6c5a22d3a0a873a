"""The command `minutes-llm`: options in, files out.

Each command is a module of this package, imported when it is called, so that help is there at once. Results go to
standard output, everything else to standard error; what a caller can mend is one line and an exit code (`errors`).
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from minutes_llm import __version__
from minutes_llm.errors import MinutesError

COMMANDS = {
    "digest": "Minutes in, one digest a file out.",
    "outline": "Show what is understood without any model: header, sections, turns, plan.",
    "translate": "Give a digest in another language.",
    "render": "Give a digest as Markdown, HTML or JSON, without asking anybody.",
    "check": "Hold a digest against its source, by rule alone.",
    "evaluate": "Score digests against golds made by hand.",
    "requests": "The requests of a run as files, and their answers back.",
    "recordings": "List, prune and explain recordings.",
}


LOOK_FOR_CYCLES = 1_000_000
"""Values made between two looks for cycles: looking takes long, and a run in which nothing fails leaves none."""


class _Commands(click.Group):
    """The group of commands; the list of them is known without importing one."""

    def list_commands(self, context: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        command: click.Command = import_module(f"minutes_llm.cli.{name}").command
        return command

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="minutes-llm")
def minutes_llm() -> None:
    """Read minutes so that others need not: a digest of each agenda item, every statement with its proof.

    \b
    Examples:
      minutes-llm digest minutes.pdf -o digest.md
      minutes-llm outline minutes.txt
    """


def main() -> None:
    """Run the command and exit with its code: 0 done, 1 found wanting, 130 stopped, else as `errors` has it."""
    gc.set_threshold(LOOK_FOR_CYCLES)
    try:
        code = minutes_llm.main(prog_name="minutes-llm", standalone_mode=False)
    except MinutesError as error:
        complain(error)
        code = error.exit_code
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("stopped; what was answered is kept, running the same command again goes on from there", err=True)
        code = 130
    except BrokenPipeError:
        sys.stderr.close()  # nobody reads on, and Python would complain of it at exit
        code = 0
    gc.freeze()  # a program that ends need not look through all that it has made for cycles
    sys.exit(code if isinstance(code, int) else 0)


def complain(error: Exception | str) -> None:
    """Say in one line on standard error what is wrong."""
    click.echo(f"minutes-llm: {error}", err=True)
