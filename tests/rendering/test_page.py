"""The page as text: one file, nothing from outside, nothing of the source but text, every quotation in its place."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import subprocess
import sys
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

import page_sample
from minutes_llm.errors import DigestError
from minutes_llm.languages.en.page_words import PAGE as ENGLISH
from minutes_llm.languages.ja.page_words import PAGE as JAPANESE
from minutes_llm.model.digest import Digest, Statement
from minutes_llm.model.minutes import Piece
from minutes_llm.rendering.page import page
from minutes_llm.rendering.page.coverage import WIDTH, strip
from minutes_llm.rendering.page.exchanges import exchanges
from minutes_llm.rendering.page.links import anchor, statements
from minutes_llm.rendering.page.source_pane import Block, Mark, blocks
from page_sample import (
    HOSTILE,
    hostile_digest,
    hostile_minutes,
    sample_digest,
    sample_minutes,
    sample_translation,
)

MINUTES = sample_minutes()
DIGEST = sample_digest(MINUTES)
TRANSLATION = sample_translation(DIGEST)
HOSTILE_MINUTES = hostile_minutes()
VOID = {"meta", "link", "input", "br"}


@dataclass
class Element:
    """An element of a page: its name, its attributes, the text in it, and the classes of what it stands in."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    around: list[str] = field(default_factory=list)

    def has(self, name: str) -> bool:
        return name in self.attributes.get("class", "").split()


class Elements(HTMLParser):
    """Reads a page as the list of its elements."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.all: list[Element] = []
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, f"left open: {[element.tag for element in self._open]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        around = [name for element in self._open for name in element.attributes.get("class", "").split()]
        element = Element(tag, {name: value or "" for name, value in attrs}, around=around)
        self.all.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.all.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def with_class(self, name: str) -> list[Element]:
        return [element for element in self.all if element.has(name)]

    def by_id(self, id: str) -> Element:
        (found,) = [element for element in self.all if element.attributes.get("id") == id]
        return found


PAGES = {
    "with its source": page(DIGEST, MINUTES),
    "with its translation": page(DIGEST, MINUTES, TRANSLATION),
    "in English alone": page(TRANSLATION),
    "hostile": page(hostile_digest(HOSTILE_MINUTES), HOSTILE_MINUTES),
}
every_page = pytest.mark.parametrize("text", PAGES.values(), ids=PAGES.keys())


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- one file, and safe ----------------------------------------------------------------------------------------


@every_page
def test_a_page_needs_nothing_from_outside(text: str) -> None:
    elements = Elements(text).all
    addresses = [
        e.attributes[name]
        for e in elements
        for name in ("src", "href", "action", "poster", "data")
        if name in e.attributes
    ]
    assert addresses
    assert all(address.startswith("#") or address == "data:," for address in addresses)
    (style,) = [element.text for element in elements if element.tag == "style"]
    assert "url(" not in style and "@import" not in style


@every_page
def test_the_policy_lets_only_the_pages_own_style_and_script_through(text: str) -> None:
    elements = Elements(text).all
    (policy,) = [
        e.attributes["content"] for e in elements if e.attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    scripts = [element for element in elements if element.tag == "script"]
    assert [script.attributes.get("type") for script in scripts] == ["application/json", None]
    (style,) = [element for element in elements if element.tag == "style"]
    assert policy.startswith("default-src 'none'; ")
    for directive, element in (("style-src", style), ("script-src", scripts[1])):
        hashed = base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()
        assert re.findall(rf"{directive} ([^;]*)", policy) == [f"'sha256-{hashed}'"]
    assert "unsafe" not in policy


@every_page
def test_no_element_carries_an_inline_handler_or_style(text: str) -> None:
    names = {name for element in Elements(text).all for name in element.attributes}
    assert not [name for name in names if name.startswith("on") or name in ("style", "srcdoc")]


def test_hostile_text_adds_no_element_and_no_attribute() -> None:
    def kinds(text: str) -> set[str]:
        elements = Elements(text).all
        return {element.tag for element in elements} | {name for element in elements for name in element.attributes}

    assert kinds(PAGES["hostile"]) <= kinds(PAGES["with its source"]) | kinds(PAGES["with its translation"])


def test_hostile_text_is_shown_as_the_text_it_is() -> None:
    elements = Elements(PAGES["hostile"])
    shown = re.sub("[\x00\x1b\u202c\u202e\u2067]", lambda found: f"⟨U+{ord(found[0]):04X}⟩", HOSTILE)
    assert shown in [element.text for element in elements.with_class("first")]
    assert shown in [element.text for element in elements.with_class("heading")]
    assert shown in [element.text for element in elements.all if element.tag == "q"]
    assert shown in elements.by_id("turn-s1t1").text


def test_characters_that_act_unseen_are_spelled_out_everywhere() -> None:
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", PAGES["hostile"])
    halved = replace(DIGEST, meeting=replace(DIGEST.meeting, title="半分の\ud83d文字"))
    assert "半分の⟨U+D83D⟩文字" in page(halved)


def test_an_id_cannot_take_the_place_of_one_of_the_pages_own() -> None:
    assert anchor("s12p3a1") == "s12p3a1"
    assert "-" not in anchor("page-status") and anchor("a b") != anchor("a-b") != anchor("a_b")
    for text in PAGES.values():
        ids = [element.attributes["id"] for element in Elements(text).all if "id" in element.attributes]
        assert len(ids) == len(set(ids))


def test_the_same_values_give_the_same_text_whatever_the_order_of_hashes() -> None:
    program = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); import page_sample as s;"
        "from minutes_llm.rendering.page import page; m = s.sample_minutes(); d = s.sample_digest(m);"
        "print(hashlib.sha256(page(d, m, s.sample_translation(d)).encode()).hexdigest())"
    )
    folder = str(Path(page_sample.__file__).parent)
    prints = {
        subprocess.run(
            [sys.executable, "-c", program, folder],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert prints == {hashlib.sha256(PAGES["with its translation"].encode()).hexdigest() + "\n"}


def test_minutes_or_a_translation_of_another_document_are_refused() -> None:
    with pytest.raises(DigestError, match="not the document"):
        page(DIGEST, HOSTILE_MINUTES)
    with pytest.raises(DigestError, match="another document"):
        page(DIGEST, MINUTES, replace(TRANSLATION, source=replace(TRANSLATION.source, sha256="0")))


# --- the source ------------------------------------------------------------------------------------------------


def text_of(block: Block) -> str:
    return "".join(run.text for run in block.runs)


def test_all_of_the_source_but_labels_and_white_space_is_shown_in_order() -> None:
    labels = {at for piece in MINUTES.pieces if piece.kind == "label" for at in range(piece.start, piece.end)}
    unlabelled = "".join(character for at, character in enumerate(MINUTES.source.text) if at not in labels)
    assert bare("".join(text_of(block) for block in blocks(MINUTES, ()))) == bare(unlabelled)


def test_lines_of_a_turn_are_joined_and_page_furniture_stays_where_it_stood() -> None:
    (turn,) = [block for block in blocks(MINUTES, ()) if block.id == "s2t2"]
    assert "高齢の方がアプリを使えるようになれば減ると見ているのか" in text_of(turn)
    assert [run.text for run in turn.runs if run.aside] == ["- 2 -", "（資料１の４ページを示しながら）"]
    assert turn.runs[0].text.endswith("費用はどの程度か。") and turn.runs[-1].text.startswith("資料の表を見ると")


@pytest.mark.parametrize("statement", [s for s in statements(DIGEST) if s.evidence], ids=lambda s: s.id)
def test_a_quotation_is_marked_over_line_breaks_and_furniture(statement: Statement) -> None:
    marks = [
        e
        for e in Elements(PAGES["with its source"]).all
        if e.tag == "mark" and anchor(statement.id) in e.attributes["data-of"].split()
    ]
    assert bare("".join(mark.text for mark in marks)) == bare("".join(e.quote for e in statement.evidence))


def test_where_quotations_overlap_each_character_knows_all_of_them() -> None:
    (turn,) = MINUTES.sections[3].turns
    one, other = Mark(turn.start, turn.start + 8, "one"), Mark(turn.start + 3, turn.start + 10, "other")
    (block,) = [block for block in blocks(MINUTES, (one, other)) if block.id == turn.id]
    assert [(run.text, run.items) for run in block.runs[:4]] == [
        (turn.text[:3], ("one",)),
        (turn.text[3:8], ("one", "other")),
        (turn.text[8:10], ("other",)),
        (turn.text[10:], ()),
    ]


def test_a_turn_whose_text_is_not_its_source_is_shown_as_the_source_has_it() -> None:
    first, *rest = MINUTES.sections
    edited = replace(first, turns=(replace(first.turns[0], text="まったく別の文である。"),))
    (block,) = [block for block in blocks(replace(MINUTES, sections=(edited, *rest)), ()) if block.id == "s1t1"]
    turn = first.turns[0]
    assert text_of(block) == MINUTES.source.text[turn.start : turn.end]


def test_minutes_without_pieces_still_show_their_headings_and_turns() -> None:
    shown = [(block.kind, text_of(block)) for block in blocks(replace(MINUTES, pieces=()), ())]
    assert shown[:2] == [("heading", "（１）開会"), ("turn", MINUTES.sections[0].turns[0].text)]


def test_what_the_header_says_again_at_the_end_is_shown_at_the_end() -> None:
    closing = MINUTES.pieces[-2]
    late = replace(MINUTES, pieces=(*MINUTES.pieces[:-2], replace(closing, kind="header"), MINUTES.pieces[-1]))
    shown = blocks(late, ())
    assert [block.kind for block in shown].count("header") == 1
    assert text_of(shown[-1]) == "以上" and len(shown) == len(blocks(MINUTES, ()))


def test_a_finding_in_the_header_is_marked_there() -> None:
    header = next(block for block in blocks(MINUTES, (Mark(32, 40, "finding-0"),)) if block.kind == "header")
    assert [run.text for run in header.runs if run.items] == [MINUTES.source.text[32:40]]


def test_pieces_within_the_header_are_shown_once() -> None:
    first = MINUTES.pieces[0]
    middle = first.end // 2
    split = (
        Piece("header", 0, middle),
        Piece("unclaimed", middle, middle + 3, "page-stamp"),
        Piece("header", middle + 3, first.end),
    )
    shown = [text_of(block) for block in blocks(replace(MINUTES, pieces=split + MINUTES.pieces[1:]), ())]
    assert shown[0] == MINUTES.source.text[: first.end]
    assert shown.count(MINUTES.source.text[middle : middle + 3]) == 0


# --- the digest ------------------------------------------------------------------------------------------------


def test_every_statement_leads_to_its_turns_by_number() -> None:
    elements = Elements(PAGES["with its source"])
    numbers = {turn.id: n for n, turn in enumerate((t for s in MINUTES.sections for t in s.turns), 1)}
    for statement in statements(DIGEST):
        assert all(f"発言{numbers[turn]}" in elements.by_id(anchor(statement.id)).text for turn in statement.turns)


def test_what_nothing_bears_out_is_marked_unverified_and_nothing_else_is() -> None:
    elements = Elements(PAGES["with its source"])
    doubted = [s.id for s in statements(DIGEST) if JAPANESE["unverified"] in elements.by_id(s.id).text]
    assert doubted == ["s3k1"]


def test_unanswered_questions_open_parts_and_failures_are_said() -> None:
    elements = Elements(PAGES["with its source"])
    unanswered = [
        e.attributes["id"]
        for e in elements.with_class("pair")
        if e.tag == "article" and "data-unanswered" in e.attributes
    ]
    assert unanswered == ["s3p2"]
    assert "柊町から乗る人の運賃" in elements.by_id("s3p1").text
    assert "回答が長さの上限で切れました" in elements.by_id("s4").text


def test_findings_stand_where_they_belong_and_in_the_list() -> None:
    elements = Elements(PAGES["with its source"])
    assert "500万円" in elements.by_id("s3k1").text and "500万円" in elements.by_id("finding-1").text
    assert "unlabelled-turn" in elements.by_id("turn-s3t7").text


def test_a_digest_by_rule_says_that_no_model_made_it() -> None:
    by_rule = replace(DIGEST, provenance=replace(DIGEST.provenance, engine="extractive", model=None))
    assert JAPANESE["made_by_rule"] in page(by_rule)
    assert JAPANESE["made_by_rule"] not in PAGES["with its source"]


def test_quotations_keep_the_language_of_the_source() -> None:
    english = Elements(PAGES["in English alone"])
    assert english.all[0].attributes["lang"] == "en"
    assert {e.attributes["lang"] for e in english.all if e.tag == "q"} == {"ja"}
    assert {e.attributes["lang"] for e in english.with_class("first")} == {"en"}


def test_a_page_with_its_translation_has_each_text_in_both_languages() -> None:
    elements = Elements(PAGES["with its translation"])
    for one, other in zip(statements(DIGEST), statements(TRANSLATION), strict=True):
        text = elements.by_id(one.id).text
        assert one.text in text and other.text in text
    assert {e.attributes["lang"] for e in elements.with_class("second") if "lang" in e.attributes} == {"en"}


def test_what_the_translation_lacks_is_shown_in_the_first_language() -> None:
    *sections, last = TRANSLATION.sections
    elements = Elements(page(DIGEST, MINUTES, replace(TRANSLATION, sections=(sections[0],))))
    assert any(element.has("only") and "半年間の利用" in element.text for element in elements.with_class("first"))


def test_a_language_without_words_of_its_own_is_served_in_english() -> None:
    assert ENGLISH["contents"] in page(replace(DIGEST, language="fr"))


def test_both_languages_have_the_same_words_with_the_same_blanks() -> None:
    assert list(JAPANESE) == list(ENGLISH)
    for name in JAPANESE:
        assert sorted(re.findall(r"\{\w+\}", JAPANESE[name])) == sorted(re.findall(r"\{\w+\}", ENGLISH[name])), name


# --- strip and table -------------------------------------------------------------------------------------------


def test_the_strip_is_to_scale_and_shows_every_turn() -> None:
    bars = strip(DIGEST)
    unit = WIDTH / DIGEST.source.characters
    assert [bar.turn for bar in bars] == [entry.turn for entry in DIGEST.ledger]
    assert [(bar.x, bar.width) for bar in bars] == [
        (round(entry.start * unit, 3), round((entry.end - entry.start) * unit, 3)) for entry in DIGEST.ledger
    ]
    assert len({(bar.y, bar.height) for bar in bars}) == len({entry.outcome for entry in DIGEST.ledger})


def test_who_asked_whom_counts_each_question_for_each_answerer() -> None:
    table = exchanges(DIGEST)
    assert table.askers == ("乙黒委員", "瀬名波委員", "五十里委員")
    assert table.answerers == ("来栖氏", "鵜飼係長", "四方田課長")
    assert table.counts[("瀬名波委員", "鵜飼係長")] == table.counts[("瀬名波委員", "来栖氏")] == 1
    assert table.unanswered == {"瀬名波委員": 1}


@pytest.mark.parametrize("empty", [(), DIGEST.sections[:1]])
def test_a_digest_with_little_in_it_is_a_page_too(empty: tuple[()]) -> None:
    bare_digest: Digest = replace(
        DIGEST, sections=empty, overview=(), ledger=(), findings=(), meeting=type(DIGEST.meeting)()
    )
    assert JAPANESE["no_findings"] in Elements(page(bare_digest)).all[0].text
