"""Long speeches are cut where a new question is put or taken up, and the parts find one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from minutes_llm.discourse import links
from minutes_llm.model.minutes import Section, Turn
from minutes_llm.parse.passages import passages

EXCHANGES = sorted((Path(__file__).parent / "passages").glob("*.txt"))


@dataclass(frozen=True)
class Exchange:
    """An exchange of speeches as a file has it: the source, its turns, the passages and links expected."""

    source: str
    turns: tuple[Turn, ...]
    language: str
    parts: tuple[tuple[str, ...], ...]
    links: dict[str, tuple[str, ...]]


def exchange(path: Path) -> Exchange:
    """Return the exchange that a file holds; its speeches wrap in the source, as printed ones do."""
    body, _, expected = path.read_text(encoding="utf-8").partition("\nlinks:")
    source = ""
    turns: list[Turn] = []
    parts: list[tuple[str, ...]] = []
    language = "en" if path.name.startswith("english") else "ja"
    for speech in re.split(r"(?m)^(?=.+ \|$)", body)[1:]:
        label, _, marked = speech.partition(" |\n")
        parts.append(tuple(part.strip() for part in marked.split("‖")) if "‖" in marked else ())
        text = marked.replace("‖", "").strip()
        spans: list[tuple[int, int]] = []
        for printed in re.findall(r".{1,40}", text) if language == "ja" else text.split("\n"):
            spans.append((len(source), len(source) + len(printed)))
            source += printed + "  \n"
        turns.append(Turn(f"s1t{len(turns) + 1}", label, text, spans[0][0], spans[-1][1], tuple(spans)))
    cut = tuple(replace(turn, passages=passages(turn, source, language)) for turn in turns)
    wanted = {}
    for pair in expected.split():
        asked, _, answers = pair.partition(">")
        wanted[_id(asked)] = tuple(_id(answer) for answer in answers.split(",") if answer)
    return Exchange(source, cut, language, tuple(parts), wanted)


def _id(place: str) -> str:
    turn, _, passage = place.partition(".")
    return f"s1t{turn}p{passage}" if passage else f"s1t{turn}"


def _plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_a_speech_is_cut_where_a_new_question_is_put_or_taken_up(path: Path) -> None:
    case = exchange(path)
    found = tuple(tuple(_plain(passage.text) for passage in turn.passages) for turn in case.turns)
    assert found == tuple(tuple(_plain(part) for part in parts) for parts in case.parts)


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_passages_tile_the_speech_and_their_offsets_hold_their_text(path: Path) -> None:
    case = exchange(path)
    for turn in case.turns:
        if not turn.passages:
            continue
        bounds = [(passage.start, passage.end) for passage in turn.passages]
        assert bounds[0][0] == turn.start
        assert bounds[-1][1] == turn.end
        assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]
        assert [passage.id for passage in turn.passages] == [f"{turn.id}p{n}" for n in range(1, len(bounds) + 1)]
        for passage in turn.passages:
            assert _plain(case.source[passage.start : passage.end]) == _plain(passage.text)


@pytest.mark.parametrize("path", EXCHANGES, ids=lambda path: path.stem)
def test_each_question_passage_is_linked_to_the_passages_that_answer_it(path: Path) -> None:
    case = exchange(path)
    section = Section("s1", "", 0, len(case.source), case.turns)
    divided = {turn.id for turn in case.turns if turn.passages}
    found = {
        link.question_passage or link.question: (
            *link.answer_passages,
            *(answer for answer in link.answers if answer not in divided),
        )
        for link in links(section, case.language)
    }
    assert found == case.links


def test_a_stamp_between_the_lines_of_a_speech_stays_outside_every_text() -> None:
    first, second = "まず、橋についてです。橋の補修は" + "急ぐべきと考えますが、" * 7, "いつ始まるのか伺います。"
    third = (
        "次に、堤防についてです。" + "堤防は古く、大雨のたびに水があふれております。" * 2 + "補強の予定を伺います。"
    )
    source = f"{first}\n資料３\n{second}\n{third}"
    spans = tuple((source.index(part), source.index(part) + len(part)) for part in (first, second, third))
    turn = Turn("s1t1", "東議員", f"{first}{second}\n{third}", 0, len(source), spans)
    assert [passage.text for passage in passages(turn, source, "ja")] == [first + second, third]
