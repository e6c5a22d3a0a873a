"""A long section is asked in parts: whole, in order, and never cut inside an exchange where that can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from building import Scripted, answer, asking, minutes_of, pair, statement
from minutes_llm.api import planned
from minutes_llm.cli.digest import command as digest_command
from minutes_llm.discourse import links
from minutes_llm.engines import PART_TOKENS, Engine
from minutes_llm.plan import halves, plan
from minutes_llm.section import digest_section
from minutes_llm.tokens import counter, estimate
from minutes_llm.work import run

EXCHANGES = [
    turn
    for number in range(1, 13)
    for turn in (
        ("青木委員", f"第{number}号施設の利用者数はどう変わったか。理由も教えていただきたい。"),
        (
            "事務局",
            f"第{number}号施設の利用者数は前の年より{number}割増えた。広報を増やしたためと考えている。",
        ),
    )
]
LONG = minutes_of(EXCHANGES)


def parts(budget: int) -> tuple[tuple[str, ...], ...]:
    planned = plan(LONG.sections[0], "ja", budget)
    return tuple(tuple(piece.turn.id for piece in part) for part in planned)


def test_what_fits_is_one_part() -> None:
    assert parts(100_000) == (tuple(turn.id for turn in LONG.sections[0].turns),)


def test_a_plan_is_the_same_with_a_table_of_tokens_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    tables = Path(__file__).parents[1] / ".." / "shared" / "tiktoken"
    if not tables.is_dir():
        pytest.skip("no tables of tokens beside the checkout")
    rows = []
    for folder in (str(tables), "nowhere"):
        monkeypatch.setenv("TIKTOKEN_CACHE_DIR", folder)
        counter.cache_clear()
        rows.append(planned(LONG, Engine("openai", "gpt-5-mini", part_tokens=500)))
    counted, estimated = rows
    assert counted[0]["tokens"] < estimated[0]["tokens"]
    assert counted[0]["requests"] == estimated[0]["requests"] > 1


def test_the_command_plans_as_the_library_does() -> None:
    """The option states the budget anew, because help must not import the engines."""
    (option,) = [each for each in digest_command.params if each.name == "part_tokens"]
    assert option.default == PART_TOKENS


def test_every_turn_is_in_exactly_one_part_in_order_and_parts_keep_the_budget() -> None:
    planned = plan(LONG.sections[0], "ja", 400)
    assert len(planned) > 2
    assert [piece.turn.id for part in planned for piece in part] == [turn.id for turn in LONG.sections[0].turns]
    assert all(sum(estimate(piece.text) for piece in part) <= 400 for part in planned)


def test_no_cut_parts_a_question_from_its_answer() -> None:
    part_of = {turn: number for number, part in enumerate(parts(400)) for turn in part}
    found = links(LONG.sections[0], "ja")
    assert len(found) == 12
    for link in found:
        assert {part_of[turn] for turn in link.answers} == {part_of[link.question]}


def test_a_turn_longer_than_the_budget_is_cut_between_sentences_and_nothing_of_it_is_lost() -> None:
    speech = "".join(f"第{number}の課題は費用の負担である。" for number in range(200))
    minutes = minutes_of([("事務局", speech)])
    planned = plan(minutes.sections[0], "ja", 300)
    assert len(planned) > 5
    assert "".join(piece.text for part in planned for piece in part) == speech
    assert all(piece.text.endswith("。") for part in planned for piece in part)


def test_halves_keep_everything_and_one_sentence_has_none() -> None:
    (part,) = plan(LONG.sections[0], "ja", 100_000)
    two = halves(part)
    assert two is not None
    assert two[0] + two[1] == part
    (single,) = plan(minutes_of([("青木委員", "一文だけである。")]).sections[0], "ja", 1000)
    assert halves(single) is None


def test_an_exchange_that_a_cut_parted_is_found_all_the_same() -> None:
    minutes = minutes_of(
        [
            ("青木委員", "年会費はいくらか教えていただきたい。" + "背景として経緯を述べる。" * 30),
            ("事務局", "年会費は30万円である。" + "内訳は資料のとおりである。" * 30),
        ]
    )
    question = statement("年会費を問う。", ("s1t1", "年会費はいくらか"))
    reply = statement("年会費は30万円である。", ("s1t2", "年会費は30万円である"))
    script = Scripted(
        {
            "s1 1/2": [answer([("年会費が問われた。", ["s1t1"])], pairs=[pair("年会費", question, open=["年会費"])])],
            "s1 2/2": [answer([("年会費が示された。", ["s1t2"])], comments=[reply])],
            "s1 summary": [{"summary": [{"text": "年会費が論じられた。", "turns": ["s1t1", "s1t2"]}]}],
        }
    )
    draft = run(digest_section(minutes.sections[0], minutes, asking(budget=400)), script)
    (made,) = draft.digest.pairs
    assert [said.turns for said in made.answers] == [("s1t2",)]
    assert made.answers[0].id == "s1p1a1"
    assert made.open == ()
    assert draft.digest.comments == ()
