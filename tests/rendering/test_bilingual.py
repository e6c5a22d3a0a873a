"""A digest and its translation side by side."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from minutes_llm.api import side_by_side
from minutes_llm.errors import DigestError, InputError
from minutes_llm.model.digest import Digest
from minutes_llm.rendering.bilingual import bilingual_json, bilingual_markdown
from translating import SECTION, digest, script, translated


@pytest.fixture(scope="module")
def both() -> tuple[Digest, Digest]:
    return digest(), translated(script())[0]


def test_every_item_stands_in_one_row_with_its_counterpart(both: tuple[Digest, Digest]) -> None:
    rows = [line for line in side_by_side(*both).splitlines() if line.startswith("| s1")]
    assert [row.split("|")[1].strip() for row in rows] == list(SECTION)[1:]
    (fee,) = [row for row in rows if row.startswith("| s1k1")]
    assert "30万円程度" in fee.split("|")[2]
    assert "300,000 yen" in fee.split("|")[3]


def test_questions_and_answers_say_who_speaks_in_both_languages(both: tuple[Digest, Digest]) -> None:
    (answer,) = [line for line in side_by_side(*both).splitlines() if line.startswith("| s1p1a1")]
    assert "**答 海鳴県 氷見氏**" in answer
    assert "**A Himi (Uminari Prefecture)**" in answer


def test_json_gives_each_text_in_both_languages_and_all_else_once(both: tuple[Digest, Digest]) -> None:
    value = json.loads(side_by_side(*both, "json"))
    assert value["schema"] == "minutes-llm/bilingual/1"
    (point,) = value["sections"][0]["points"]
    assert point["text"] == {"ja": "令和６年度の年会費は30万円程度である。", "en": SECTION["s1k1"]}
    assert point["evidence"][1]["quote"] == "年会費は日本円で30万円程度"
    assert point["turns"] == ["s1t1", "s1t2"]


def test_nothing_that_is_not_parallel_is_put_side_by_side(both: tuple[Digest, Digest]) -> None:
    one, other = both
    section = other.sections[0]
    (pair,) = section.pairs
    spoilt = [
        replace(other, source=replace(other.source, sha256="f" * 64)),
        one,
        replace(other, sections=()),
        replace(other, sections=(replace(section, comments=()),)),
        replace(other, sections=(replace(section, pairs=(replace(pair, open=()),)),)),
        replace(other, ledger=other.ledger[1:]),
    ]
    for each in spoilt:
        for make in (bilingual_markdown, bilingual_json):
            with pytest.raises(DigestError) as error:
                make(one, each)
            assert "\n" not in str(error.value)
    with pytest.raises(InputError, match="Markdown or JSON"):
        side_by_side(one, other, "html")
