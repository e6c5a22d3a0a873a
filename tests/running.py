"""The command is run in this process: as `test_cli.run` does, without the time that Python takes to start."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import CompletedProcess
from unittest.mock import patch

from click.testing import CliRunner

from minutes_llm.cli import main


def run(*arguments: str | Path) -> CompletedProcess[str]:
    """Return what minutes-llm said and its exit code."""
    words = list(map(str, arguments))
    code: object = None
    with CliRunner().isolation() as (out, err, *_), patch.object(sys, "argv", ["minutes-llm", *words]):
        try:
            main()
        except SystemExit as ended:
            code = ended.code
        assert isinstance(code, int)
        return CompletedProcess(words, code, out.getvalue().decode(), err.getvalue().decode())
