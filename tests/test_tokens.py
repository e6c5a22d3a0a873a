"""Tokens are counted for a model whose table is at hand, and else estimated, rather too high than too low."""

from __future__ import annotations

from pathlib import Path

import pytest

from minutes_llm.tokens import counter, estimate

SPEECH = "令和７年度の予算は約1,200万円であり、DX推進室の人員を３名増やす予定である。\n"


def test_without_a_model_tokens_are_estimated() -> None:
    count = counter("")
    assert count(SPEECH) == estimate(SPEECH)


def test_without_its_table_a_model_s_tokens_are_estimated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    counter.cache_clear()
    count = counter("gpt-5-mini")
    assert count(SPEECH) == estimate(SPEECH)


def test_the_estimate_is_near_the_count_and_not_below_it(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = Path(__file__).parents[1] / ".." / "shared" / "tiktoken"
    if not tables.is_dir():
        pytest.skip("no tables of tokens beside the checkout")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tables))
    counter.cache_clear()
    count = counter("gpt-5-mini")
    assert count(SPEECH) < estimate(SPEECH) <= 1.4 * count(SPEECH)
