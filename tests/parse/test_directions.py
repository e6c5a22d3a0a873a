"""What happened in the room belongs to the speech around it, and never to another agenda item."""

from __future__ import annotations

from minutes_llm.parse import parse
from minutes_llm.sources.reading import source_from_text

HEAD = "汐見市港湾審議会 議事録\n\n日時　令和７年５月１日（木）\n場所　市役所\n\n"
REPORTED = "（１）報告事項\n（資料１に基づき、事務局から説明）\n\n"
DISCUSSED = "（２）岸壁の改修について\n○相良委員　費用はいくらか。\n○港湾課長　五億円である。\n"


def directions(text: str) -> list[list[tuple[str, ...]]]:
    """Return the directions of each turn of each section."""
    return [[turn.directions for turn in section.turns] for section in parse(source_from_text(text, "x")).sections]


def test_a_direction_of_an_item_without_turns_is_not_given_to_the_next_item() -> None:
    assert directions(HEAD + REPORTED + DISCUSSED) == [[], [(), ()]]


def test_a_direction_before_the_first_label_of_an_item_is_its_first_turn_s() -> None:
    heading, speech = DISCUSSED.split("\n", 1)
    assert directions(f"{HEAD}{heading}\n（事務局から説明）\n{speech}") == [[("（事務局から説明）",), ()]]


def test_a_direction_at_the_end_of_an_item_is_its_last_turn_s() -> None:
    assert directions(HEAD + DISCUSSED + "（異議なし）\n\n" + REPORTED) == [[(), ("（異議なし）",)], []]
