"""What shells are told when somebody presses tab."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("minutes-llm dig", "plain,digest"),
        ("minutes-llm digest --eng", "plain,--engine"),
        ("minutes-llm digest --engine re", "plain,replay"),
        ("minutes-llm digest minutes.txt arch", "file,arch"),
        ("minutes-llm check --source arch", "file,arch"),
    ],
)
def test_commands_options_choices_and_files_are_completed(typed: str, offered: str) -> None:
    words = typed.split()
    typing = {"COMP_WORDS": typed, "COMP_CWORD": str(len(words) - 1), "_MINUTES_LLM_COMPLETE": "bash_complete"}
    command = [sys.executable, "-m", "minutes_llm"]
    outcome = subprocess.run(command, env=os.environ | typing, capture_output=True, text=True)
    assert outcome.stdout.splitlines() == [offered]
