"""A digest by rule alone says nothing that was not said, and leaves no turn out."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from building import minutes_of
from minutes_llm.checking.ledger import ledger, section_ledger_findings
from minutes_llm.checking.quotes import stands
from minutes_llm.extractive import digest_section, shortened, topic
from minutes_llm.model.digest import SectionDigest, Statement
from minutes_llm.model.minutes import Minutes, Source
from minutes_llm.parse import parse
from minutes_llm.parse.passages import passages
from test_discourse import MEETINGS, meeting
from test_passages import exchange

SAID = (
    ("西座長", "それでは、港湾課から資料１の説明をお願いします。"),
    ("港湾課長", "岸壁の改修は令和八年度から三か年で進める計画である。例えば、北側では仮の桟橋を設ける。"),
    (
        "南委員",
        "説明に感謝する。差し支えない範囲で、改修の費用の内訳を教えていただきたい。また、漁業者への補償はあるのか。",
    ),
    (
        "港湾課長",
        "御質問ありがとうございます。背景として、資材が上がっている。改修の費用は十二億円で、うち八億円が鋼材である。",
    ),
    ("北川委員", "景観は観光にとって重要だと考える。工事の囲いに絵を飾った例もある。"),
    ("東委員", "工事の時間帯は決まっているか。"),
    ("西座長", "以上で議事を終了します。"),
)


@pytest.fixture
def minutes() -> Minutes:
    return minutes_of(SAID)


@pytest.fixture
def digest(minutes: Minutes) -> SectionDigest:
    return digest_section(minutes.sections[0], minutes)


def _statements(digest: SectionDigest) -> tuple[Statement, ...]:
    pairs = [said for pair in digest.pairs for said in (pair.question, *pair.answers)]
    return (*digest.points, *pairs, *digest.comments)


def test_a_section_without_turns_is_empty() -> None:
    minutes = minutes_of(())
    assert digest_section(minutes.sections[0], minutes).status == "empty"


def test_questions_come_with_their_answers_and_without_where_nobody_answered(digest: SectionDigest) -> None:
    found = [(pair.question.turns, tuple(answer.turns for answer in pair.answers)) for pair in digest.pairs]
    assert found == [(("s1t3",), (("s1t4",),)), (("s1t6",), ())]


def test_what_neither_asks_nor_answers_is_a_comment_of_its_speaker(digest: SectionDigest) -> None:
    assert [(comment.turns, comment.speakers) for comment in digest.comments] == [
        (("s1t2",), ("港湾課長",)),
        (("s1t5",), ("北川委員",)),
    ]


def test_the_sentence_that_answers_comes_before_the_one_that_explains(digest: SectionDigest) -> None:
    text = digest.pairs[0].answers[0].text
    assert text.startswith("改修の費用は十二億円")
    assert "ありがとう" not in text


def test_a_question_loses_its_politeness_and_no_other_word(digest: SectionDigest) -> None:
    assert digest.pairs[0].question.text == "改修の費用の内訳を教えていただきたい。また、漁業者への補償はあるのか。"


def test_a_part_of_a_question_that_no_answer_touches_is_left_open(digest: SectionDigest) -> None:
    assert digest.pairs[0].open == ("また、漁業者への補償はあるのか。",)


def test_a_topic_is_words_of_the_question(digest: SectionDigest) -> None:
    assert [pair.topic for pair in digest.pairs] == ["改修の費用の内訳", "工事の時間帯"]


def test_ids_say_what_they_are_of(digest: SectionDigest) -> None:
    pair = digest.pairs[0]
    ids = (pair.id, pair.question.id, pair.answers[0].id, digest.comments[1].id)
    assert ids == ("s1p1", "s1p1q", "s1p1a1", "s1c2")
    assert [point.id for point in digest.points] == [f"s1k{n}" for n in range(1, len(digest.points) + 1)]


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_every_statement_is_borne_out_and_every_turn_accounted_for(path: Path) -> None:
    case = meeting(path)
    built = minutes_of([(turn.speaker, turn.text) for turn in case.section.turns], language=case.language)
    replies = tuple(
        replace(turn, replies_to=told.replies_to)
        for turn, told in zip(built.sections[0].turns, case.section.turns, strict=True)
    )
    minutes = replace(built, sections=(replace(built.sections[0], turns=replies),))
    digest = digest_section(minutes.sections[0], minutes)
    turns = {turn.id: turn for turn in replies}
    for statement in _statements(digest):
        assert statement.evidence
        assert statement.turns == tuple(dict.fromkeys(evidence.turn for evidence in statement.evidence))
        assert all(stands(found, turns[found.turn], minutes.source.text) for found in statement.evidence)
    assert digest.summary
    assert [entry.turn for entry in ledger(minutes, [digest]) if entry.outcome == "unaccounted"] == []
    found = section_ledger_findings(digest, minutes.sections[0], minutes.language)
    assert {finding.code for finding in found} <= {"parts-unanswered"}


def test_each_part_of_a_long_speech_is_a_pair_with_the_part_that_answers_it() -> None:
    case = exchange(Path(__file__).parent / "passages" / "subjects.txt")
    built = minutes_of([(turn.speaker, turn.text) for turn in case.turns])
    section = built.sections[0]
    cut = tuple(replace(turn, passages=passages(turn, built.source.text, "ja")) for turn in section.turns)
    minutes = replace(built, sections=(replace(section, turns=cut),))
    digest = digest_section(minutes.sections[0], minutes)
    assert [pair.topic for pair in digest.pairs] == ["図書館", "公園の樹木", "職員の採用", "学校のプール"]
    quoted = [(pair.question.evidence[0].passage, pair.answers[0].evidence[0].passage) for pair in digest.pairs]
    assert quoted == [("s1t1p2", "s1t2p2"), ("s1t1p3", "s1t2p3"), ("s1t1p4", "s1t2p4"), ("s1t1p5", None)]


def test_an_answer_that_is_not_divided_is_shared_out_among_the_parts_of_the_question() -> None:
    asked = (
        "三点伺います。第一に、温水プールの料金についてです。料金を来年度から上げるとのことですが、子供の料金はどうなるのでしょうか。"
        "第二に、市民農園の区画についてです。応募が多く、三年待つ方もいると聞きますが、区画を増やすお考えはあるのか伺います。"
        "第三に、図書館の蔵書点検についてです。休館が二週間に及びますが、夜間に行うなどして短くできないのか伺います。"
    )
    answered = "プールの料金は、子供については据え置きます。市民農園の区画は、来年の春に四十区画を増やす予定です。"
    built = minutes_of((("東議員", asked), ("市民部長", answered)))
    section = built.sections[0]
    cut = tuple(replace(turn, passages=passages(turn, built.source.text, "ja")) for turn in section.turns)
    minutes = replace(built, sections=(replace(section, turns=cut),))
    pairs = digest_section(minutes.sections[0], minutes).pairs
    assert [(pair.topic, [answer.text for answer in pair.answers]) for pair in pairs] == [
        ("温水プールの料金", ["プールの料金は、子供については据え置きます。"]),
        ("市民農園の区画", ["市民農園の区画は、来年の春に四十区画を増やす予定です。"]),
        ("図書館の蔵書点検", []),
    ]


def test_a_part_taken_up_in_its_own_words_is_not_left_open() -> None:
    asked = (
        "水位計の費用はいくらか。要所に絞るとして、その選び方を示していただきたい。",
        "費用は四万円である。選び方については地形を調べている。",
    )
    minutes = minutes_of((("東委員", asked[0]), ("河川課長", asked[1])))
    assert [pair.open for pair in digest_section(minutes.sections[0], minutes).pairs] == [()]


def test_a_summary_asks_nothing_and_stands_alone(digest: SectionDigest) -> None:
    texts = [sentence.text for sentence in digest.summary]
    assert "岸壁の改修は令和八年度から三か年で進める計画である。" in texts
    assert not any(text.endswith("か。") for text in texts)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("同意を後から撤回した方の過去のデータをどう扱っているのか。", "過去のデータ"),
        ("確認させていただきたいが、平時の水位の公開のことか、それとも避難の呼び掛けのことか。", "平時の水位の公開"),
        ("二項目めは、空き家についてであります。", "空き家"),
        ("家族の介護を担う子供への支援を伺います。", "子供への支援"),
        ("要約に誤りがあった件数は数えているか。", "要約・件数"),
        ("市の人口は５万4,000人ですよね。", "５万4,000人"),
    ],
)
def test_a_topic_names_a_thing(sentence: str, words: str) -> None:
    assert topic([sentence], "ja") == words


@pytest.mark.parametrize(
    ("sentence", "short"),
    [
        ("えー、それでは、費用はいくらか。", "費用はいくらか。"),
        ("差し支えない範囲で教えていただきたい。", "教えていただきたい。"),
        ("費用はいくらか。", "費用はいくらか。"),
    ],
)
def test_shortening_only_leaves_out(sentence: str, short: str) -> None:
    assert shortened(sentence, "ja") == short


def test_a_topic_is_found_in_english_too() -> None:
    assert topic(["What happens to the north moorings while the wall is mended?"], "en") == "north moorings"


def test_a_section_is_digested_alike_twice(minutes: Minutes, digest: SectionDigest) -> None:
    assert digest_section(minutes.sections[0], minutes) == digest


SPEECH = st.text(
    st.sampled_from("質問次に、第２点目。か？「」（）は\n いうえお資料ABC yes? Second, "), min_size=1, max_size=300
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from([None, "委員", "東座長", "港湾課長", "Q", "Dana"]), SPEECH), max_size=6))
def test_any_speech_at_all_is_digested_and_accounted_for(turns: list[tuple[str | None, str]]) -> None:
    built = minutes_of(turns)
    section = built.sections[0]
    cut = tuple(replace(turn, passages=passages(turn, built.source.text, "ja")) for turn in section.turns)
    minutes = replace(built, sections=(replace(section, turns=cut),))
    digest = digest_section(minutes.sections[0], minutes)
    assert [entry.turn for entry in ledger(minutes, [digest]) if entry.outcome == "unaccounted"] == []
    for turn in cut:
        assert "".join("".join(passage.text for passage in turn.passages).split()) in ("", "".join(turn.text.split()))


REAL = Path(__file__).parents[1] / ".." / "shared" / "minutes"


@pytest.mark.skipif(not REAL.is_dir(), reason="the real minutes lie beside some checkouts only")
def test_on_a_real_document_every_link_of_its_gold_is_found_and_no_other() -> None:
    gold = json.loads((REAL / "gold" / "01-mic-cybersecurity-3.json").read_text(encoding="utf-8"))
    text = (REAL / gold["document"]).read_text(encoding="utf-8")
    minutes = parse(Source(gold["document"], text, "0" * 64, "utf-8"))
    sections = [section for section in minutes.sections if section.turns]
    digests = [digest_section(section, minutes) for section in sections]
    for section, digest, wanted in zip(sections, digests, gold["sections"], strict=True):
        places = {turn.id: place for place, turn in enumerate(section.turns, 1)}
        found = {
            (places[asked], places[answered])
            for pair in digest.pairs
            for asked in pair.question.turns
            for answer in pair.answers
            for answered in answer.turns
        }
        assert found == {tuple(link) for link in wanted["links"]}
        assert [places[turn] for comment in digest.comments for turn in comment.turns] == wanted["comments"]
    assert {entry.outcome for entry in ledger(minutes, digests)} <= {"pair", "comment", "procedural"}
