"""The man page stands in docs/minutes-llm.1, made from the commands themselves.

python scripts/man_page.py > docs/minutes-llm.1
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from minutes_llm.cli import minutes_llm

NAME = "minutes-llm"
EXIT_CODES = {
    "0": "done",
    "1": "check found the digest wanting",
    "2": "your side: usage, a file that cannot be read, no minutes in it, a broken prompt or schema",
    "3": "the model's side; a digest is still written, with the failure in its place, and all answers are kept",
    "4": "requests were written out and their answers are not there yet",
    "130": "interrupted; what was answered is kept",
}
ENVIRONMENT = {
    "OPENAI_API_KEY": "key for OpenAI, or for the server that OPENAI_BASE_URL names; it is sent nowhere else",
    "OPENAI_BASE_URL": "address of an OpenAI-compatible server",
    "MINUTES_LLM_OPTION": "any option: MINUTES_LLM_ENGINE=extractive is --engine extractive",
}


def man_page() -> str:
    """Return the page in roff, as `man` reads it."""
    context = click.Context(minutes_llm, info_name=NAME)
    return "\n".join(_lines(context)) + "\n"


def _lines(context: click.Context) -> Iterator[str]:
    about, _, examples = _help(minutes_llm)
    yield f'.TH {NAME.upper()} 1 "" "" "User Commands"'
    yield ".SH NAME"
    yield f"{_plain(NAME)} \\- digests of meeting minutes that carry their proof"
    yield ".SH SYNOPSIS"
    yield f".B {_plain(NAME)}"
    yield "COMMAND [OPTIONS] ARGUMENTS"
    yield ".SH DESCRIPTION"
    yield _plain(about)
    yield from _examples(examples)
    yield ".SH COMMANDS"
    for path, command in _commands(minutes_llm, context):
        yield from _command(path, command, context)
    yield from _table("EXIT STATUS", EXIT_CODES)
    yield from _table("ENVIRONMENT", ENVIRONMENT)


def _commands(group: click.Group, context: click.Context, path: str = "") -> Iterator[tuple[str, click.Command]]:
    """Yield every command with the words that call it; those of a group follow it."""
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{path}{name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, context, f"{path}{name} ")


def _command(path: str, command: click.Command, context: click.Context) -> Iterator[str]:
    inner = click.Context(command, parent=context, info_name=path)
    about, rest, examples = _help(command)
    yield f'.SS "{_plain(" ".join([path, *command.collect_usage_pieces(inner)]))}"'
    yield _plain(about)
    if rest:
        yield f".PP\n{_plain(rest)}"
    for option in command.params:
        if isinstance(option, click.Option) and (record := option.get_help_record(inner)):
            yield _item(*record)
    yield from _examples(examples)


def _help(command: click.Command) -> tuple[str, str, str]:
    """Return what a command's help says: its first paragraph, the others, the lines of its examples."""
    text, _, examples = (command.help or "").partition("\b\n")
    about, _, rest = text.strip().partition("\n\n")
    return _joined(about), _joined(rest), examples.partition("\n")[2]


def _examples(lines: str) -> Iterator[str]:
    if lines:
        yield ".PP\nFor example:\n.PP\n.EX"
        yield from (_plain(line) for line in lines.strip("\n").split("\n"))
        yield ".EE"


def _table(title: str, rows: dict[str, str]) -> Iterator[str]:
    yield f".SH {title}"
    for name, meaning in rows.items():
        yield _item(name, meaning)


def _item(name: str, meaning: str) -> str:
    return f".TP\n\\fB{_plain(name)}\\fR\n{_plain(meaning)}"


def _joined(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _plain(text: str) -> str:
    """Return a text that roff takes for nothing but text."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text)


if __name__ == "__main__":
    print(man_page(), end="")
