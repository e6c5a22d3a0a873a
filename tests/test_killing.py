"""A run that is killed at any moment goes on where it was when it is started again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from killing import AT_ONCE, REQUESTS, kill_often, undisturbed


@pytest.mark.skipif(os.name == "nt", reason="processes are forked and killed by signals")
def test_no_kill_loses_an_answer_or_changes_the_result(tmp_path: Path) -> None:
    outcome = kill_often(30, seed=7, folder=tmp_path / "recordings")
    assert outcome.kills == 30
    assert outcome.results, "no run was left alone long enough to end: lengthen the time before a kill"
    assert set(outcome.results) == {undisturbed()}
    assert outcome.asked_twice == []
    assert outcome.asked <= (len(outcome.results) + 1) * REQUESTS + outcome.kills * AT_ONCE
