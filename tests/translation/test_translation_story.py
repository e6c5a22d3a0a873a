"""A digest translated by scripted replies: what is asked, what is checked, what a reader is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from building import Scripted, minutes_of
from minutes_llm.api import check
from minutes_llm.errors import InputError
from minutes_llm.exchange.reading import parse_digest
from minutes_llm.exchange.writing import digest_json, to_text
from minutes_llm.model.digest import Digest, SectionDigest, Usage
from minutes_llm.model.minutes import Finding
from minutes_llm.pipeline import extract_minutes
from minutes_llm.translation.fields import all_fields, statements
from minutes_llm.translation.glossary import Term
from minutes_llm.translation.people import Name, Style
from minutes_llm.translation.readings import Wishes
from minutes_llm.translation.story import translate_digest
from minutes_llm.work import Reply, run
from translating import MEETING, MINUTES, READINGS, SECTION, Translating, asking, digest, fields, script, translated

NOTES = {"reading-unconfirmed", "reading-guessed"}
"""What is said of every translation whose readings nobody confirmed."""


def faults_of(made: Digest) -> list[tuple[str, str | None]]:
    return [(finding.code, finding.item) for finding in made.findings if finding.code not in NOTES]


# --- nothing but the texts changes -----------------------------------------------------------------------------


def test_every_text_is_in_the_new_language_and_nothing_else_has_changed() -> None:
    made, scripted = translated(script())
    before = digest()
    assert {field.id: field.text for field in all_fields(made) if field.id in SECTION} == SECTION
    assert [field.id for field in all_fields(made)] == [field.id for field in all_fields(before)]
    assert (made.language, made.translated_from) == ("en", "ja")
    for old, new in zip(before.sections, made.sections, strict=True):
        for stated, other in zip(statements(old), statements(new), strict=True):
            assert (stated.id, stated.turns, stated.evidence) == (other.id, other.turns, other.evidence)
    assert faults_of(made) == []
    assert len(scripted.asked) == 3


def test_who_asked_and_who_answered_is_looked_up_by_code() -> None:
    made, _ = translated(script())
    (pair,) = made.sections[0].pairs
    assert pair.question.speakers == ("Tsutaya (Member)",)
    assert pair.answers[0].speakers == ("Himi (Uminari Prefecture)",)
    assert {entry.speaker for entry in made.ledger} == {"Tsutaya (Member)", "Himi (Uminari Prefecture)"}


def test_labels_of_materials_and_groups_of_attendees_are_made_by_code() -> None:
    made, _ = translated(script())
    assert [material.label for material in made.meeting.materials] == ["Document 2-1"]
    assert [group.group for group in made.meeting.attendees] == ["Members"]


def test_a_translation_is_a_digest_in_the_published_shape() -> None:
    made, _ = translated(script())
    assert parse_digest(to_text(digest_json(made)), "digest.en.json") == made


def test_usage_and_prompts_of_the_translation_are_added_to_the_digests_own() -> None:
    spent = Reply(json.dumps(READINGS, ensure_ascii=False), usage=Usage(1, 900, 80))
    made, _ = translated(script(readings=[spent]))
    assert made.usage == digest().usage + Usage(1, 900, 80)
    assert {"section", "translate", "readings"} <= {stem for stem, _ in made.provenance.prompts}


def test_a_fault_outside_the_sections_is_named_in_the_published_shape_too() -> None:
    spoilt = fields(MEETING, o1="加盟について論じた。")
    made, _ = translated(script(meeting_to_en=[spoilt], meeting_to_en_again=[spoilt]))
    assert faults_of(made) == [("translation-left-over", "o1")]
    assert parse_digest(to_text(digest_json(made)), "digest.en.json") == made


# --- each fault is found, told back once, then shown -----------------------------------------------------------

FEE = SECTION["s1k1"]
REPLY = SECTION["s1p1a1"]
FAULTS: dict[str, tuple[dict[str, str | None], str, str | None]] = {
    "an id missing": ({"s1k1": None}, "translation-missing", "s1k1"),
    "a field empty": ({"s1k1": " "}, "translation-missing", "s1k1"),
    "an id foreign": ({"s1k9": "Another point."}, "translation-foreign", None),
    "a number off by ten": ({"s1k1": FEE.replace("300,000", "3,000,000")}, "translation-figure", "s1k1"),
    "another unit": ({"s1k1": FEE.replace("yen", "people")}, "translation-figure", "s1k1"),
    "a hedge lost": ({"s1k1": FEE.replace("about ", "")}, "translation-figure", "s1k1"),
    "a fiscal year off by one": ({"s1k1": FEE.replace("2024", "2025")}, "translation-figure", "s1k1"),
    "a figure left out": ({"s1k1": "The annual fee for fiscal year 2024."}, "translation-figure-lost", "s1k1"),
    "a person spelled two ways": ({"s1p1a1": REPLY.replace("Himi", "Hyomi")}, "translation-name", "s1p1a1"),
    "a glossary term ignored": (
        {"s1p1a1": REPLY.replace("Ministry of Internal Affairs and Communications", "Soumu Ministry")},
        "translation-term",
        "s1p1a1",
    ),
    "a Latin term lost": ({"s1p1a1": REPLY.replace("NIST documents", "documents")}, "translation-latin", "s1p1a1"),
    "a Japanese sentence left over": (
        {"s1c1": "負担を軽くする仕組みの検討を求める。"},
        "translation-left-over",
        "s1c1",
    ),
    "a Japanese word left over": (
        {"s1c1": "It is requested that a way of easing the 負担 be considered."},
        "translation-left-over",
        "s1c1",
    ),
    "a sentence dropped": (
        {"s1p1a1": REPLY.removeprefix("The annual fee is about 300,000 yen. ")},
        "translation-sentences",
        "s1p1a1",
    ),
    "a sentence added": ({"s1c1": SECTION["s1c1"] + " This was agreed."}, "translation-sentences", "s1c1"),
    "a negation lost": (
        {"s1p1a1": REPLY.replace("There is no support", "There is support")},
        "translation-negation",
        "s1p1a1",
    ),
    "a consideration made a promise": (
        {"s1c1": "A way of easing the burden is provided."},
        "translation-mood",
        "s1c1",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_told_back_once_and_mended(name: str) -> None:
    changed, _, item = FAULTS[name]
    spoilt = fields(SECTION, **changed)
    made, scripted = translated(script(s1_to_en=[spoilt], s1_to_en_again=[fields(SECTION)]))
    told = scripted.last_message("s1 → en (again)").content
    assert (item or "s1k9") in told
    assert faults_of(made) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_that_stays_is_shown_where_it_stands(name: str) -> None:
    changed, code, item = FAULTS[name]
    spoilt = fields(SECTION, **changed)
    made, scripted = translated(script(s1_to_en=[spoilt], s1_to_en_again=[spoilt]))
    assert (code, item) in faults_of(made)
    assert all(finding.section == "s1" for finding in made.findings if finding.code == code)
    assert len([request for request in scripted.asked if request.label.startswith("s1")]) == 2


def test_an_id_that_comes_back_twice_is_told_back_and_the_first_shown() -> None:
    spoilt = fields(SECTION)
    spoilt["fields"].append({"id": "s1k1", "text": FEE.replace("2024", "2024, it is said,")})
    made, scripted = translated(script(s1_to_en=[spoilt], s1_to_en_again=[spoilt]))
    assert "s1k1" in scripted.last_message("s1 → en (again)").content
    assert ("translation-doubled", "s1k1") in faults_of(made)
    assert made.sections[0].points[0].text == FEE


def test_an_id_may_come_back_in_its_brackets() -> None:
    bracketed = {"fields": [{"id": f"[{name}]", "text": text} for name, text in SECTION.items()]}
    made, _ = translated(script(s1_to_en=[bracketed]))
    assert faults_of(made) == []


def test_a_text_that_does_not_come_back_stays_as_it_was_and_no_field_becomes_empty() -> None:
    spoilt = fields(SECTION, s1k1=None)
    made, _ = translated(script(s1_to_en=[spoilt], s1_to_en_again=[spoilt]))
    assert made.sections[0].points[0].text == digest().sections[0].points[0].text


@pytest.mark.parametrize("finish", ["refusal", "filter", "failed"])
def test_a_part_that_is_not_answered_stays_in_its_language_and_says_why(finish: Any) -> None:
    made, _ = translated(script(s1_to_en=[Reply("", finish, "policy 7")]))
    assert made.sections[0].points[0].text == digest().sections[0].points[0].text
    assert made.overview[0].text == MEETING["o1"]
    (failed,) = [finding for finding in made.findings if finding.severity == "error"]
    assert (failed.code, failed.section) == ("translation-failed", "s1")
    assert "policy 7" in dict(failed.values)["reason"]


def test_a_part_that_is_too_long_is_asked_for_in_halves() -> None:
    ids = list(SECTION)
    first = {name: SECTION[name] for name in ids[:4]}
    second = {name: SECTION[name] for name in ids[4:]}
    replies = script(s1_to_en=[Reply("", "length")], s1a_to_en=[fields(first)], s1b_to_en=[fields(second)])
    made, _ = translated(replies)
    assert {field.id: field.text for field in all_fields(made) if field.id in SECTION} == SECTION


def test_a_part_over_the_budget_is_never_sent_whole() -> None:
    readings, meeting = [READINGS], [fields({name: MEETING[name]}) for name in MEETING]
    ids = list(SECTION)
    replies: dict[str, list[Any]] = {"readings": readings, "meeting → en": [fields(MEETING)]}
    replies |= {"meetinga → en": meeting[:1], "meetingb → en": [fields({n: MEETING[n] for n in ("m1r1", "o1")})]}
    for letters, chosen in {
        "a": ids[:4],
        "b": ids[4:],
        "aa": ids[:2],
        "ab": ids[2:4],
        "ba": ids[4:6],
        "bb": ids[6:],
    }.items():
        replies[f"s1{letters} → en"] = [fields({name: SECTION[name] for name in chosen})]
    made, scripted = translated(replies, budget=110)
    assert "s1 → en" not in [request.label for request in scripted.asked]
    assert {field.id: field.text for field in all_fields(made) if field.id in SECTION} == SECTION


# --- names and terms -------------------------------------------------------------------------------------------


def test_only_the_names_and_terms_that_occur_are_in_the_prompt() -> None:
    _, scripted = translated(script())
    shown = next(request for request in scripted.asked if request.label == "s1 → en").messages[-1].content
    assert "総務省 = Ministry of Internal Affairs and Communications" in shown
    assert "氷見 = Himi" in shown
    assert "Tsutaya" not in shown
    assert "外務省" not in shown


def test_readings_that_nobody_confirmed_are_noted_once_with_the_kanji_beside_the_first_mention() -> None:
    made, _ = translated(script())
    (likely,) = [finding for finding in made.findings if finding.code == "reading-unconfirmed"]
    (guessed,) = [finding for finding in made.findings if finding.code == "reading-guessed"]
    assert "Tsutaya 蔦谷" in dict(likely.values)["names"]
    assert "Himi" in dict(guessed.values)["names"]
    assert made.meeting.attendees[0].names == ("Tsutaya 蔦谷 (Member)", "Himi Ryo 氷見遼 (Uminari Prefecture)")


def test_without_a_roster_the_kanji_stand_at_the_first_mention_in_the_text() -> None:
    bare = digest()
    bare = replace(bare, meeting=replace(bare.meeting, attendees=()))
    readings = {**READINGS, "people": READINGS["people"][:2]}
    made = run(translate_digest(bare, asking(), Wishes("en")), Scripted(script(readings=[readings])))
    assert "Himi (氷見) asks" in made.sections[0].pairs[0].answers[0].text


def test_a_list_of_names_goes_before_the_model_and_its_readings_are_not_in_doubt() -> None:
    names = (Name("氷見 遼", "Hyōmi Ryō", confirmed=True), Name("蔦谷", "Tsutatani", confirmed=True))
    section = {**SECTION, "s1p1a1": REPLY.replace("Himi", "Hyomi")}
    replies = script(s1_to_en=[fields(section)], readings=[{"people": [], "terms": READINGS["terms"]}])
    made, scripted = translated(replies, Wishes("en", names=names))
    assert made.sections[0].comments[0].speakers == ("Tsutatani (Member)",)
    assert made.sections[0].pairs[0].answers[0].speakers == ("Hyomi (Uminari Prefecture)",)
    assert not {finding.code for finding in made.findings} & NOTES
    asked = scripted.asked[0].messages[-1].content
    assert "氷見 = Hyōmi" in asked
    assert "蔦谷" not in asked.partition("Known")[2]


def test_furigana_in_the_source_confirm_a_reading() -> None:
    source = "出席者：蔦谷 凛（つたたに りん）、氷見 遼（ひみ りょう）"
    replies = script(readings=[{"people": [], "terms": READINGS["terms"]}])
    made, _ = translated(replies, Wishes("en", source=source))
    assert made.sections[0].comments[0].speakers == ("Tsutatani (Member)",)
    assert not {finding.code for finding in made.findings} & NOTES


def test_names_are_spelled_as_wished() -> None:
    wishes = Wishes("en", style=Style(family_first=False, macrons=True))
    made, _ = translated(script(), wishes)
    assert made.meeting.attendees[0].names[1].startswith("Ryō Himi")


def test_the_callers_glossary_goes_before_what_ships() -> None:
    wishes = Wishes("en", terms=(Term("総務省", ("Home Ministry",)), Term("構成員", ("Panellist",))))
    section = {**SECTION, "s1p1a1": REPLY.replace("Ministry of Internal Affairs and Communications", "Home Ministry")}
    made, _ = translated(script(s1_to_en=[fields(section)]), wishes)
    assert made.sections[0].comments[0].speakers == ("Tsutaya (Panellist)",)
    assert faults_of(made) == []


def test_one_person_with_two_readings_is_told_back() -> None:
    torn = {
        **READINGS,
        "people": [{"name": "氷見", "reading": "Hyōmi", "certainty": "guess"}, *READINGS["people"][::2]],
    }
    _, scripted = translated(script(readings=[torn], readings_again=[READINGS]))
    assert "Hyōmi" in scripted.last_message("readings (again)").content


def test_a_label_that_is_not_made_up_wholly_is_told_back_and_then_stays_as_printed() -> None:
    short = {**READINGS, "terms": []}
    made, scripted = translated(script(readings=[short], readings_again=[short]))
    assert "海鳴県" in scripted.last_message("readings (again)").content
    assert made.sections[0].pairs[0].answers[0].speakers == ("海鳴県 氷見氏",)
    assert "label-untranslated" in {finding.code for finding in made.findings}


def test_a_name_that_stands_in_no_line_is_told_back() -> None:
    invented = {
        **READINGS,
        "people": [*READINGS["people"], {"name": "山田", "reading": "Yamada", "certainty": "certain"}],
    }
    _, scripted = translated(script(readings=[invented], readings_again=[READINGS]))
    assert "山田" in scripted.last_message("readings (again)").content


def test_nobody_is_asked_for_readings_that_are_known() -> None:
    names = (Name("氷見 遼", "Himi Ryō", confirmed=True), Name("蔦谷", "Tsutaya", confirmed=True))
    terms = (Term("海鳴県", ("Uminari Prefecture",)),)
    made, scripted = translated(script(readings=[]), Wishes("en", terms, names))
    assert [request.label for request in scripted.asked if request.label == "readings"] == []
    assert faults_of(made) == []


def test_names_too_many_for_one_answer_are_asked_for_in_halves() -> None:
    first = {"people": READINGS["people"][:1], "terms": []}
    second = {"people": READINGS["people"][1:], "terms": READINGS["terms"]}
    made, scripted = translated(script(readings=[Reply("", "length")], readingsa=[first], readingsb=[second]))
    assert made == translated(script())[0]
    assert "[n1] 蔦谷構成員" in scripted.last_message("readingsa").content


def test_without_readings_labels_stay_as_printed_and_the_texts_are_translated_all_the_same() -> None:
    made, _ = translated(script(readings=[Reply("", "refusal")]))
    assert made.sections[0].comments[0].speakers == ("蔦谷構成員",)
    assert made.sections[0].points[0].text == FEE
    assert faults_of(made) == [("readings-failed", None)]


def test_a_check_of_a_translation_finds_the_speakers_right() -> None:
    assert [finding.code for finding in check(translated(script())[0], MINUTES).findings] == []


# --- what code itself has worded -------------------------------------------------------------------------------


def test_findings_and_reasons_of_the_original_are_worded_anew_and_quotations_in_them_stay() -> None:
    original = digest()
    failed = SectionDigest("s2", "", "failed", reason="モデルが回答を拒んだ (policy 7)")
    findings = (
        Finding("section-failed", "error", (("reason", failed.reason or ""),), section="s2"),
        Finding("weekday-mismatch", "warning", (("printed", "火"), ("actual", "水"), ("date", "2024-03-13"))),
        Finding("speaker-not-in-roster", "warning", (("speaker", "海鳴県 氷見氏"),), turn="s1t2"),
        Finding("wording-changed", "info", (("stated", "年会費"), ("source", "日本円で")), item="s1k1"),
    )
    original = replace(original, sections=(*original.sections, failed), findings=findings)
    made = run(translate_digest(original, asking(), Wishes("en")), Scripted(script()))
    assert made.sections[1].reason == "the model refused (policy 7)"
    values = [dict(finding.values) for finding in made.findings[:4]]
    assert values[0]["reason"] == "the model refused (policy 7)"
    assert (values[1]["printed"], values[1]["actual"]) == ("Tuesday", "Wednesday")
    assert values[2]["speaker"] == "Himi (Uminari Prefecture)"
    assert values[3] == {"stated": FEE, "source": "日本円で"}


# --- other languages -------------------------------------------------------------------------------------------


def test_an_english_digest_becomes_japanese() -> None:
    minutes = minutes_of(
        [
            ("MRS. OKAFOR-LINDE", "What does the dredging cost?"),
            ("CAPT. FERRIS", "It costs about £186,000, and the World Bank will not pay."),
        ],
        language="en",
    )
    story = translate_digest(extract_minutes(minutes), asking(), Wishes("ja"))
    readings = {
        "people": [
            {"name": "OKAFOR-LINDE", "reading": "オカフォー＝リンデ", "certainty": "likely"},
            {"name": "FERRIS", "reading": "フェリス", "certainty": "certain"},
        ],
        "terms": [{"term": "CAPT", "translation": "船長"}],
    }
    answer_text = "費用は約18万6,000ポンドで、世界銀行は払わない。"
    scripted = Translating(readings, {"dredging cost": "浚渫の費用は幾らか。", "186,000": answer_text})
    made = run(story, scripted)
    (pair,) = made.sections[0].pairs
    assert (pair.question.speakers, pair.answers[0].speakers) == (("オカフォー＝リンデ",), ("フェリス（船長）",))
    assert pair.answers[0].text == answer_text
    assert pair.answers[0].evidence[0].quote.startswith("It costs about")
    assert "World Bank = 世界銀行" in scripted.shown


# --- what cannot be --------------------------------------------------------------------------------------------


def test_a_digest_in_the_language_already_or_a_translation_is_refused() -> None:
    made, _ = translated(script())
    for given, wishes in ((digest(), Wishes("ja")), (made, Wishes("fr")), (digest(), Wishes("xx"))):
        with pytest.raises(InputError):
            run(translate_digest(given, asking(), wishes), Scripted({}))
