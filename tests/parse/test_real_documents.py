"""Real minutes, where they lie beside the checkout: counts and samples judged by hand from their labels."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from outlined import source
from test_parse_properties import check_pieces, check_turns, squeeze

from minutes_llm.model.minutes import Minutes
from minutes_llm.parse import looks_like_minutes, parse

FOLDER = Path(__file__).parents[3] / "shared" / "minutes"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real minutes are not beside this checkout")


@cache
def minutes(name: str) -> Minutes:
    (path,) = FOLDER.glob(f"{name}*.txt")
    with path.open(encoding="utf-8", newline="") as file:
        return parse(source(file.read()))


def speakers(name: str) -> Counter[str | None]:
    return Counter(turn.speaker for section in minutes(name).sections for turn in section.turns)


NAMES = sorted(path.name[:2] for path in FOLDER.glob("*.txt")) if FOLDER.is_dir() else []


@pytest.mark.parametrize("name", NAMES)
def test_nothing_of_a_real_document_is_lost(name: str) -> None:
    check_pieces(minutes(name))
    check_turns(minutes(name))
    assert looks_like_minutes(minutes(name))


def test_document_01_is_read_as_its_gold_says() -> None:
    gold = json.loads((FOLDER / "gold" / "01-mic-cybersecurity-3.json").read_text(encoding="utf-8"))
    read = minutes("01")
    spoken = [section for section in read.sections if section.turns]
    for section, expected in zip(spoken, gold["sections"], strict=True):
        assert expected["heading_contains"] in section.heading
        for turn, words in zip(section.turns, expected["turns"], strict=True):
            said = squeeze(turn.text)
            assert (turn.speaker, len(said)) == (words["speaker"], words["characters_without_space"])
            assert said.startswith(words["first"])
            assert said.endswith(words["last"])
    assert [section.heading for section in read.sections if not section.turns] == ["（1）開会", "（3）閉会"]
    assert "2層" in read.sections[1].turns[3].text
    assert "提供されているということだが" in read.sections[2].turns[8].text


def test_document_01_has_the_header_its_gold_says() -> None:
    gold = json.loads((FOLDER / "gold" / "01-mic-cybersecurity-3.json").read_text(encoding="utf-8"))["meeting"]
    meeting = minutes("01").meeting
    assert squeeze(meeting.title or "") == gold["title"]
    assert (str(meeting.date), meeting.start, meeting.end, meeting.place) == (
        gold["date"],
        gold["start"],
        gold["end"],
        gold["place"],
    )
    assert {group.group: len(group.names) for group in meeting.attendees} == gold["attendee_groups"]
    assert len(meeting.materials) == gold["materials"]


def test_document_01_has_two_findings_and_one_stamp() -> None:
    read = minutes("01")
    assert [(finding.code, dict(finding.values)) for finding in read.findings] == [
        ("weekday-mismatch", {"printed": "火", "actual": "水", "date": "2024-03-13"}),
        ("speaker-not-in-roster", {"speaker": "JICA 古川氏"}),
    ]
    text = read.source.text
    unclaimed = [(p.reason, text[p.start : p.end]) for p in read.pieces if p.kind == "unclaimed"]
    assert unclaimed == [("page-stamp", "参考資料５"), ("closing", "以上")]
    (weekday, _) = read.findings
    assert text[weekday.start : weekday.end].startswith("令和 6年 3 月 13 日（火")


@pytest.mark.parametrize(
    ("name", "grammar", "sections", "turns", "sample"),
    [
        ("02", "glyph", 6, 24, {"おのせ康裕議長": 9, "青木英二区長": 6, "２０番（鈴木まさし議員）": 2}),
        ("06", "glyph", 4, 29, {"議長（鈴木太郎君）": 17, "市長（山中竹春君）": 2, "（井上さくら君）": 4}),
        ("13", "glyph", 1, 206, {"安住委員長": 22, "齋藤（健）委員": 1, "安住座長": 2, "山本一太君": 1}),
        ("18", "initials", 12, 216, {"AKI": 35, "IS": 6, None: 9}),
        ("20", "name-colon", 8, 197, {"Alex": 39, "Hadley": 13}),
        ("29", "bold", 5, 394, {"Tim Beiko": 98, "Gary Schulte": 7, "Łukasz Rozmej": 3}),
        ("30", "colon", 13, 194, {"主席": 54, "石禮謙議員": 3, "石禮謙議員 (譯文 )": 1}),
        ("42", "paren-pair", 2, 3, {"記 者": 1, "大 臣": 1}),
        ("44", "paren-pair", 1, 2, {"上田:NHK記者": 1, "知事": 1}),
        ("45", "bracket", 1, 1, {"増田分科会長代理": 1}),
        ("50", "bracket", 1, 5, {"事務局": 3, "委員": 2}),
        ("52", "colon", 2, 4, {"委員": 2, "担当": 1}),
        ("57", "bare-line", 1, 3, {"事務局": 2, "会長代理": 1}),
        ("59", "bare-line", 1, 4, {"中村委員": 2, "関総務課長": 2}),
        ("61", "legend", 1, 1, {"事務局": 1}),
        ("75", "quote", 1, 4, {"笹社長": 2, "男性株主": 2}),
    ],
)
def test_a_document_has_its_sections_turns_and_speakers(
    name: str, grammar: str, sections: int, turns: int, sample: dict[str | None, int]
) -> None:
    read, found = minutes(name), speakers(name)
    assert read.labels.grammar == grammar
    assert len(read.sections) == sections
    assert sum(found.values()) == turns
    assert {speaker: found[speaker] for speaker in sample} == sample


@pytest.mark.parametrize("name", ["32", "67"])
def test_a_document_without_labels_has_sections_and_names_nobody(name: str) -> None:
    assert set(speakers(name)) == {None}
    assert len(minutes(name).sections) >= 3
    assert [finding.code for finding in minutes(name).findings] == ["no-labels"]


def test_the_running_heads_of_a_hansard_are_taken_out_of_its_sentences() -> None:
    reasons = Counter(piece.reason for piece in minutes("30").pieces if piece.kind == "unclaimed")
    assert reasons["running-head"] >= 85
    assert reasons["page-number"] >= 85
    assert not any("立法會  ─" in turn.text for section in minutes("30").sections for turn in section.turns)
