"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from minutes_llm.errors import InputError

SETTINGS = {"auto_envvar_prefix": "MINUTES_LLM"}
"""Every option can be set as MINUTES_LLM_<OPTION> in the environment."""

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Destination(click.Path):
    """A file to write, or a folder: one that is there, or one written with a slash at its end, which is made."""

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> Any:
        if str(value).endswith(("/", os.sep)):
            try:
                Path(value).mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise InputError(f"-o {value}: cannot be made ({error.strerror})") from None
        return super().convert(value, parameter, context)


output = click.option(
    "-o",
    "--output",
    type=_Destination(path_type=Path),
    help="File to write; a folder for several inputs, or where it ends in a slash.",
)
encoding = click.option("--encoding", help="Encoding of text files, where it is not recognised.")
model = click.option("-m", "--model", help="Model to ask; with --engine replay the one that was recorded.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but what went wrong.")
detail = click.option(
    "--detail",
    type=click.Choice(["brief", "normal", "full"]),
    default="normal",
    show_default=True,
    help="How much Markdown tells: for two minutes, or with every quotation.",
)


def format_option(*choices: str) -> Decorator:
    """Return the option -f/--format with these choices; the first is the default."""
    return click.option(
        "-f",
        "--format",
        type=click.Choice(choices),
        default=choices[0],
        show_default=True,
        help="Form of the result.",
    )


def together(*decorators: Decorator) -> Decorator:
    """Return several options as one decorator, shown in help in this order."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


source = together(
    encoding,
    click.option(
        "--speaker-format",
        metavar="NAME|REGEX",
        help="How speaker labels look: a grammar's name, or a pattern with (?P<label>…).",
    ),
    click.option("--force", is_flag=True, help="Take a text in which no minutes are found for one section."),
)
"""How minutes are read."""

translation = together(
    click.option(
        "--glossary",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="CSV or TSV of term, translation, note; goes before what ships.",
    ),
    click.option(
        "--names",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="CSV or TSV of name, reading (kana or Latin letters), note.",
    ),
    click.option(
        "--name-order",
        type=click.Choice(["family-first", "family-last"]),
        default="family-first",
        show_default=True,
        help="Order of Japanese names in Latin letters.",
    ),
    click.option("--macrons/--no-macrons", default=False, show_default=True, help="Mark long vowels: Kōno, or Kono."),
)
"""How names and terms are translated."""

translate = together(
    click.option("--translate", metavar="TAG", help="Give the digest in this language instead (en, fr, zh-Hant …)."),
    translation,
)
"""Whether a digest is translated, and how."""

prompting = together(
    click.option(
        "--prompts",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Prompts that go before the shipped ones.",
    ),
    click.option(
        "--part-tokens",
        type=click.IntRange(500),
        default=12_000,
        show_default=True,
        help="How much of a section goes into one request; less for models that read little.",
    ),
)
"""What a model is asked, beyond the minutes themselves."""

engine = together(
    click.option(
        "--engine",
        type=click.Choice(["auto", "openai", "replay", "extractive"]),
        default="auto",
        show_default=True,
        help="Who digests: a model, its recorded answers, or rules; auto: a model where a key or base URL is set.",
    ),
    model,
    click.option("--base-url", help="Address of an OpenAI-compatible server; else OPENAI_BASE_URL."),
    click.option("--api-key", help="Key for that server; else OPENAI_API_KEY."),
    click.option(
        "--recordings",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        help="Where every reply is kept and looked up.",
    ),
    click.option("--note", default="", help="Written into every new recording: who answered."),
    click.option("--refresh", is_flag=True, help="Ask again what was recorded before."),
    prompting,
    click.option("--concurrency", type=click.IntRange(1), default=16, show_default=True, help="Requests at a time."),
    click.option(
        "--max-tokens", type=click.IntRange(1), help="Ask nothing that could go past so many tokens in all."
    ),
    click.option("--max-cost", type=click.FloatRange(0), help="Ask nothing that could go past so many US dollars."),
    click.option("--timeout", type=click.FloatRange(1), default=600, show_default=True, help="Seconds for one call."),
)
"""Who makes the digest, and how it is asked."""
