"""A quotation is found where it stands, whatever wraps, widths and stamps lie between."""

import pytest

from minutes_llm.checking.quotes import locate, stands
from minutes_llm.model.minutes import Passage, Turn

SOURCE = "田中委員）\n年会費は日本円で 30 万円程度であ\n参考資料５\nり、負担は～大きい。\n"
STAMP = SOURCE.index("参考資料５")
SAID = Turn(
    "s1t1",
    "田中委員",
    "年会費は日本円で 30 万円程度であり、負担は～大きい。",
    SOURCE.index("年会費"),
    len(SOURCE) - 1,
    ((SOURCE.index("年会費"), STAMP), (STAMP + 5, len(SOURCE) - 1)),
)


@pytest.mark.parametrize("quote", ["日本円で30万円程度", "日本円で３０万円程度であり、負担", "負担は〜大きい。"])
def test_a_quotation_is_found_over_wraps_widths_and_stamps(quote: str) -> None:
    evidence = locate(SAID, quote, SOURCE)
    assert evidence is not None
    assert evidence.quote in SAID.text
    assert SOURCE[evidence.start] == evidence.quote[0]
    assert SOURCE[evidence.end - 1] == evidence.quote[-1]
    assert stands(evidence, SAID, SOURCE)


@pytest.mark.parametrize("quote", ["日本円で31万円程度", "", "大き", "参考資料５", "田中委員）年会費"])
def test_what_was_not_said_or_proves_nothing_is_not_found(quote: str) -> None:
    assert locate(SAID, quote, SOURCE) is None


def test_evidence_moved_by_one_character_no_longer_stands() -> None:
    evidence = locate(SAID, "日本円で30万円程度", SOURCE)
    assert evidence is not None
    moved = type(evidence)(evidence.turn, evidence.quote, evidence.start + 1, evidence.end)
    assert not stands(moved, SAID, SOURCE)


def test_a_quotation_inside_a_passage_names_it() -> None:
    parted = Turn(
        SAID.id,
        SAID.speaker,
        SAID.text,
        SAID.start,
        SAID.end,
        SAID.spans,
        passages=(Passage("s1t1p1", "", SAID.start, STAMP), Passage("s1t1p2", "", STAMP, SAID.end)),
    )
    evidence = locate(parted, "負担は～大きい", SOURCE)
    assert evidence is not None
    assert evidence.passage == "s1t1p2"


def test_a_whole_turn_shorter_than_any_quotation_can_be_quoted() -> None:
    short = Turn("s1t1", "A", "はい", 0, 2, ((0, 2),))
    assert locate(short, "はい", "はい") is not None


def test_half_width_katakana_with_a_mark_of_its_own_is_the_full_width_letter() -> None:
    turn = Turn("s1t1", "A", "ｶﾞｲﾄﾞﾗｲﾝを改定", 0, 11, ((0, 11),))
    evidence = locate(turn, "ガイドライン", turn.text)
    assert evidence is not None
    assert evidence.quote == "ｶﾞｲﾄﾞﾗｲﾝ"[: len(evidence.quote)]
    assert stands(evidence, turn, turn.text)
