"""What holds for any text at all: nothing raises, nothing is lost, offsets slice back to what they say."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from outlined import source

from minutes_llm.model.minutes import Minutes
from minutes_llm.parse import looks_like_minutes, parse
from minutes_llm.parse.labels import NAMES, TABLE

ANY = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=400)

FRAGMENTS = st.sampled_from(
    [
        *(grammar.example for grammar in TABLE),
        *(
            "日 時）令和６年２月30日（木）",
            "3．出席者）",
            "【構成員】",
            "森下主査、青木構成員",
            "5．議事概要",
            "議事日程",
            "○日時",
        ),
        *(
            "（1）開会",
            "（2）議題",
            "◆議題（１）「案」、事務局より説明。",
            "◆構成員の意見・コメント",
            "## Topic",
            "Topic: x",
            "③",
            "1",
        ),
        *(
            "日程第１　会期",
            "○議長　日程第１、会期の決定を議題といたします。",
            "午前十時　開会",
            "午後３時散会",
            "以上",
            "参考資料５",
        ),
        *(
            "－ 1 －",
            "- 2 -",
            "3",
            "――――◇――――",
            "2024-05-15",
            "（拍手）",
            "〔登壇〕",
            "（",
            "）",
            "「",
            "」",
            "：",
            "→",
            "・",
            "○",
            "〇",
            "**",
            "*",
        ),
        *(
            "それでは、始めます。",
            "（◎は委員長、○は委員）",
            "◎それでは",
            "Q    Really?",
            "---",
            "| a | b |",
            "<nick> ",
            "…",
            "\f",
            "\u3000",
        ),
        *(
            "青木構成員）本日は（拍手）ありがとう。",
            "あ" * 50,
            "word " * 12,
            "一" * 45 + "ー",
            "令和元年",
            "平成三十一年四月三十日",
        ),
    ]
)
SOUP = st.lists(
    st.tuples(FRAGMENTS, st.sampled_from(["\n", "\n", "\n\n", " \n", "\u3000", "\n\n\n\n", ""])), max_size=40
).map(lambda parts: "".join(fragment + end for fragment, end in parts))
TEXTS = st.one_of(ANY, SOUP, st.tuples(SOUP, ANY, SOUP).map("".join))


def squeeze(text: str) -> str:
    return "".join(text.split())


def check_pieces(minutes: Minutes) -> None:
    """Check that the pieces cover the source exactly once, in order, and that only white space is blank."""
    text = minutes.source.text
    at = 0
    for piece in minutes.pieces:
        assert piece.start == at < piece.end
        assert (piece.kind == "blank") == (not text[piece.start : piece.end].strip())
        assert (piece.kind == "unclaimed") == (piece.reason is not None)
        assert piece.reason != "unread"
        at = piece.end
    assert at == len(text)


def check_turns(minutes: Minutes) -> None:
    """Check that sections and turns lie where they say, in order, and that each text is what its spans hold."""
    text = minutes.source.text
    speech = "".join(squeeze(text[p.start : p.end]) for p in minutes.pieces if p.kind == "speech")
    said = ""
    at = 0
    for number, section in enumerate(minutes.sections, start=1):
        assert section.id == f"s{number}"
        assert at <= section.start <= section.end <= len(text)
        at = section.start
        for position, turn in enumerate(section.turns, start=1):
            assert turn.id == f"s{number}t{position}"
            assert section.start <= turn.start <= turn.end <= section.end
            assert at <= turn.start
            at = turn.start
            spoken = "".join(text[start:end] for start, end in turn.spans)
            assert squeeze(turn.text) == squeeze(spoken)
            assert turn.text == turn.text.strip()
            assert all(turn.start <= start < end <= turn.end for start, end in turn.spans)
            assert turn.text or turn.directions
            said += squeeze(spoken)
    assert said == speech


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_is_covered_exactly_once_and_no_speech_is_lost(text: str) -> None:
    minutes = parse(source(text))
    check_pieces(minutes)
    check_turns(minutes)
    looks_like_minutes(minutes)


@settings(max_examples=150, deadline=None)
@given(SOUP)
def test_line_endings_change_nothing_but_offsets(text: str) -> None:
    assert meaning(parse(source(text))) == meaning(parse(source(text.replace("\n", "\r\n"))))


@settings(max_examples=150, deadline=None)
@given(SOUP, st.sampled_from(NAMES))
def test_a_grammar_set_by_hand_loses_nothing_either(text: str, grammar: str) -> None:
    minutes = parse(source(text), speaker_format=grammar)
    check_pieces(minutes)
    check_turns(minutes)
    assert minutes.labels.grammar == grammar


@settings(max_examples=50, deadline=None)
@given(SOUP)
def test_parsing_again_gives_the_same(text: str) -> None:
    assert parse(source(text)) == parse(source(text))


def meaning(minutes: Minutes) -> object:
    """Return all that was understood but for the offsets."""
    return (
        minutes.language,
        minutes.meeting,
        minutes.labels,
        [finding.code for finding in minutes.findings],
        [(piece.kind, piece.reason) for piece in minutes.pieces],
        [
            (section.heading, [(turn.speaker, turn.text, turn.directions, turn.replies_to) for turn in section.turns])
            for section in minutes.sections
        ],
    )


def test_a_space_before_a_closing_quotation_mark_is_no_speech() -> None:
    minutes = parse(source("大谷社長「はい \u3000」\n大谷社長「いいえ」\n"))
    check_pieces(minutes)
    check_turns(minutes)
    assert minutes.sections[0].turns[0].text == "はい\nいいえ"
