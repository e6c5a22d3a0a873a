"""The page as a reader has it: in headless Chromium, with mouse, keyboard, phone and paper."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from minutes_llm.model.minutes import Meeting
from minutes_llm.rendering.page import page
from page_sample import (
    hostile_digest,
    hostile_minutes,
    long_digest,
    long_minutes,
    sample_digest,
    sample_minutes,
    sample_translation,
)

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
if CHROMIUM is None:
    pytest.skip("no Chromium here (Debian: apt install chromium)", allow_module_level=True)
playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (pip install -e .[dev])")

FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the pages under test."""
    minutes, folder = sample_minutes(), tmp_path_factory.mktemp("pages")
    digest, hostile, long = sample_digest(minutes), hostile_minutes(), long_minutes(250_000)
    pages = {
        "sample": page(digest, minutes),
        "both": page(digest, minutes, sample_translation(digest)),
        "alone": page(digest),
        "empty": page(replace(digest, sections=(), overview=(), ledger=(), findings=(), meeting=Meeting())),
        "hostile": page(hostile_digest(hostile), hostile),
        "long": page(long_digest(long), long),
    }
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return folder


@dataclass
class Opened:
    """A page opened in a browser, with all that it said on the console and all that it asked the world for."""

    page: Any
    console: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def ids(self, selector: str) -> list[str]:
        """Return the ids of all visible elements that fit a selector."""
        ids: list[str] = self.page.eval_on_selector_all(
            selector, "found => found.filter(e => e.checkVisibility()).map(e => e.id)"
        )
        return ids

    def lit(self) -> str:
        """Return the characters highlighted in the source."""
        text: str = self.page.eval_on_selector_all("mark.lit", "marks => marks.map(m => m.textContent).join('')")
        return text

    def in_view(self, selector: str) -> bool:
        """Say whether the first such element is inside the window and inside the pane that scrolls it."""
        inside: bool = self.page.eval_on_selector(
            selector,
            """e => { const r = e.getBoundingClientRect(); const p = e.closest('.source')?.getBoundingClientRect();
                      return r.height > 0 && r.top >= Math.max(p?.top ?? 0, 0) && r.bottom <= innerHeight; }""",
        )
        return inside

    def settle(self) -> None:
        """Wait until what was asked of the page is on the screen."""
        self.page.evaluate(
            """async () => { for (const _ of [1, 2, 3]) await new Promise(done => requestAnimationFrame(done)); }"""
        )

    def focused(self) -> str:
        """Return the id of the focused element, or of the nearest one around it."""
        id: str = self.page.evaluate("document.activeElement.closest('[id]')?.id ?? ''")
        return id


Open = Callable[..., Opened]


@pytest.fixture
def open_page(chromium: Any, folder: Path) -> Iterator[Open]:
    """Open one of the pages; afterwards it must have said nothing on the console and asked nobody for anything."""
    contexts, opened = [], []

    def open_one(name: str, viewport: dict[str, int] = DESKTOP, **options: Any) -> Opened:
        context = chromium.new_context(viewport=viewport, **options)
        contexts.append(context)
        one = Opened(context.new_page())
        one.page.on("console", lambda message: one.console.append(message.text))
        one.page.on("pageerror", lambda error: one.console.append(str(error)))
        one.page.on("dialog", lambda dialog: one.console.append(dialog.message))
        one.page.on("request", lambda request: one.requests.append(request.url))
        one.page.goto((folder / f"{name}.html").as_uri())
        opened.append((name, one))
        return one

    yield open_one
    for name, one in opened:
        assert one.console == []
        assert [url.split("#")[0] for url in one.requests] == [(folder / f"{name}.html").as_uri(), "data:,"][
            : len(one.requests)
        ]
    for context in contexts:
        context.close()


# --- from a statement to its quotation, and back -----------------------------------------------------------------


def test_choosing_a_statement_shows_its_quotation(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#s2p2a1 .text")
    opened.settle()
    assert opened.lit() == "市立病院とは４月に協議を始めた"
    assert opened.in_view("mark.lit")
    assert opened.ids(".chosen") == ["s2p2a1", "turn-s2t5"]
    assert "発言6" in opened.page.inner_text("#page-status")


def test_escape_leads_back_to_the_statement(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#s3c1 .cite")
    opened.page.keyboard.press("Escape")
    opened.settle()
    assert opened.focused() == "s3c1" and opened.in_view("#s3c1")
    assert opened.ids(".chosen") == [] and opened.lit() == ""


def test_a_number_leads_to_its_own_turn_where_a_statement_rests_on_several(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#s2-summary-1 .cite >> nth=1")
    opened.settle()
    assert opened.ids(".turn.chosen") == ["turn-s2t4"] and opened.in_view("#turn-s2t4")


def test_a_statement_without_a_quotation_says_so(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#s3k1 .text")
    assert "未確認" in opened.page.inner_text("#page-status") and opened.lit() == ""


def test_choosing_a_turn_shows_what_was_made_of_it(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#turn-s2t1 .turn-number")
    opened.settle()
    assert opened.ids(".digest .chosen") == ["s2-summary-0", "s2k1", "s2k2"]
    assert opened.in_view("#s2-summary-0")
    assert "3件" in opened.page.inner_text("#page-status")


def test_choosing_a_quotation_shows_only_what_rests_on_it(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("mark[data-of=s2k2]")
    assert opened.ids(".digest .chosen") == ["s2k2"]


def test_a_turn_that_is_left_out_says_so(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#turn-s3t7 .speech")
    assert "未反映" in opened.page.inner_text("#page-status")


def test_a_finding_leads_into_the_header(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("#finding-0 .cite")
    opened.settle()
    assert opened.lit() == "令和６年５月２２日（木）" and opened.in_view("mark.lit")


def test_the_strip_leads_to_its_turn(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("rect[data-turn=turn-s3t4]")
    opened.settle()
    assert opened.ids(".turn.chosen") == ["turn-s3t4"] and opened.in_view("#turn-s3t4")


def test_without_the_source_a_page_shows_its_quotations_and_links_turns_to_items(open_page: Open) -> None:
    opened = open_page("alone")
    assert opened.page.is_visible("#s2p2q .quote")
    opened.page.click("rect[data-turn=turn-s2t7]")
    assert opened.ids(".chosen") == ["s2c1"]


def test_a_digest_with_nothing_in_it_opens(open_page: Open) -> None:
    opened = open_page("empty")
    opened.page.check("#page-unanswered")
    assert opened.page.is_visible("#page-nothing")


def test_an_address_with_an_item_opens_at_it(open_page: Open, folder: Path) -> None:
    opened = open_page("sample")
    opened.page.goto((folder / "sample.html").as_uri() + "#s3p2")
    assert opened.ids(".chosen") == ["s3p2"] and opened.in_view("#s3p2")


# --- filtering and searching -------------------------------------------------------------------------------------


def test_filters_leave_only_what_fits(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.select_option("#page-speaker", label="瀬名波委員")
    assert opened.ids(".item") == ["s2p2", "s3p2"]
    opened.page.select_option("#page-topic", label="通学定期券の扱い")
    assert opened.ids(".item") == ["s3p2"] and opened.ids(".agenda") == ["s3"]
    opened.page.click("#page-clear")
    assert len(opened.ids(".item")) == 9 and len(opened.ids(".agenda")) == 4


def test_unanswered_only_shows_questions_without_an_answer_or_with_open_parts(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.check("#page-unanswered")
    assert opened.ids(".item") == ["s2p1", "s3p1", "s3p2"]
    assert opened.page.inner_text("#page-status") == "3／9件を表示"


def test_a_figure_of_who_asked_whom_shows_those_questions(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.click("td button >> nth=1")  # 瀬名波委員 → 来栖氏
    assert opened.ids(".item") == ["s2p2"] and opened.in_view("#s2p2")
    opened.page.click("td button.alarm")
    assert opened.ids(".item") == ["s3p2"]


@pytest.mark.parametrize("typed", ["4,320", "４,３２０"])
def test_search_finds_in_digest_and_source_whatever_the_width(open_page: Open, typed: str) -> None:
    opened = open_page("sample")
    opened.page.fill("#page-query", typed)
    opened.page.press("#page-query", "Enter")
    opened.settle()
    assert opened.ids(".item") == ["s2k1"]
    assert opened.page.inner_text("#page-status") == "原文 1／1か所目"
    assert opened.page.evaluate("[...CSS.highlights.get('search-here')].map(String)") == ["４,３２０"]


def test_search_that_finds_nothing_says_so(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.fill("#page-query", "どこにもない語")
    opened.page.wait_for_selector("#page-nothing", state="visible")
    opened.page.press("#page-query", "Escape")
    assert len(opened.ids(".item")) == 9


def test_choosing_a_turn_brings_back_what_a_filter_hid(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.select_option("#page-speaker", label="五十里委員")
    opened.page.click("#turn-s2t5 .turn-number")
    assert opened.ids(".digest .chosen") == ["s2p2a1"]


# --- languages ---------------------------------------------------------------------------------------------------


def test_either_language_or_both_are_shown(open_page: Open) -> None:
    opened = open_page("both")

    def shown() -> tuple[bool, bool]:
        one, other = (opened.page.is_visible(f"#s3c1 .text > .{name}") for name in ("first", "second"))
        return one, other

    assert shown() == (True, False)
    opened.page.check("input[value=second]")
    assert shown() == (False, True)
    assert opened.page.evaluate("document.documentElement.lang") == "en"
    assert "Who asked whom" in opened.page.inner_text("main") and "誰が誰に" not in opened.page.inner_text("main")
    assert "All speakers" in opened.page.inner_text("#page-speaker")
    opened.page.check("input[value=both]")
    assert shown() == (True, True)


def test_with_room_both_languages_stand_side_by_side(open_page: Open) -> None:
    opened = open_page("both")
    opened.page.click("#page-toggle")
    opened.page.check("input[value=both]")
    one, other = (opened.page.locator(f"#s2p1q .text > .{name}").bounding_box() for name in ("first", "second"))
    assert one["y"] == other["y"] and one["x"] + one["width"] <= other["x"]


# --- keyboard and screen reader ------------------------------------------------------------------------------------


def test_all_of_it_can_be_done_by_keyboard_alone(open_page: Open) -> None:
    opened = open_page("sample")
    keys = opened.page.keyboard

    def tab_to(id: str, limit: int = 80) -> None:
        for _ in range(limit):
            keys.press("Tab")
            if opened.focused() == id:
                return
        raise AssertionError(f"{id} was not reached")

    tab_to("page-query")
    tab_to("page-strip")
    for key in ("End", "ArrowLeft", "ArrowLeft", "Enter"):
        keys.press(key)
    opened.settle()
    assert opened.focused() == "turn-s3t6" and "発言14" in opened.page.inner_text("#page-status")
    keys.press("Tab")  # the turn's number
    keys.press("Enter")
    assert opened.focused() == "s3c1"
    keys.press("Tab")  # its number
    keys.press("Enter")
    opened.settle()
    assert opened.page.evaluate("document.activeElement.tagName") == "MARK" and opened.in_view("mark.lit")
    keys.press("Escape")
    assert opened.focused() == "s3c1"


def test_what_has_the_focus_can_be_seen(open_page: Open) -> None:
    opened = open_page("sample")
    for _ in range(12):
        opened.page.keyboard.press("Tab")
        outline = opened.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"


@pytest.mark.parametrize(
    ("name", "scheme", "viewport"),
    [
        ("sample", "light", DESKTOP),
        ("both", "dark", DESKTOP),
        ("both", "light", PHONE),
        ("sample", "dark", PHONE),
        ("alone", "light", DESKTOP),
    ],
)
def test_axe_finds_nothing(open_page: Open, name: str, scheme: str, viewport: dict[str, int]) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="axe-playwright-python is not installed"
    )
    opened = open_page(name, viewport, color_scheme=scheme)
    if name == "both":
        opened.page.check("input[value=both]")
    opened.page.click("#s2p2q .cite >> nth=0")
    opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = axe.Axe().run(opened.page).response["violations"]
    assert [(one["id"], one["impact"], [node["target"] for node in one["nodes"][:3]]) for one in found] == []


# --- safety --------------------------------------------------------------------------------------------------------


def test_hostile_minutes_names_and_answers_do_nothing(open_page: Open) -> None:
    opened = open_page("hostile")
    for selector in (".cite", ".turn-number", "mark", "td button", "#page-clear"):
        for element in opened.page.query_selector_all(selector):
            if element.is_visible():
                element.click()
    opened.page.fill("#page-query", "<script>")
    opened.page.press("#page-query", "Enter")
    for select in opened.page.query_selector_all("select"):
        select.select_option(index=1)
    opened.page.hover(".turn")
    assert opened.page.evaluate("window.hacked") is None
    assert opened.page.evaluate("document.scripts.length") == 2
    assert (
        opened.page.evaluate("document.querySelectorAll('img, a[href^=javascript], [onerror], [onload]').length") == 0
    )
    assert opened.page.evaluate("getComputedStyle(document.body).display") == "block"


def test_the_policy_stops_a_script_a_style_and_an_image_put_in_by_force(chromium: Any, folder: Path) -> None:
    tab = chromium.new_page()
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text))
    tab.goto((folder / "sample.html").as_uri())
    tab.evaluate(
        """() => { const put = (tag, set) => document.body.append(Object.assign(document.createElement(tag), set));
                   put('script', {textContent: 'window.hacked = 1'});
                   put('style', {textContent: 'body { display: none }'});
                   put('img', {src: 'https://attacker.invalid/x'}); }"""
    )
    assert tab.evaluate("window.hacked") is None
    assert tab.evaluate("getComputedStyle(document.body).display") == "block"
    tab.wait_for_timeout(50)
    assert len([text for text in refused if "Content Security Policy" in text]) == 3
    tab.close()


def test_a_served_page_asks_its_server_for_nothing_more(chromium: Any, folder: Path) -> None:
    asked: list[str] = []

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, format: str, *arguments: Any) -> None:
            asked.append(self.path)

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever).start()
        tab = chromium.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/hostile.html")
        tab.wait_for_timeout(200)
        tab.close()
        server.shutdown()
    assert asked == ["/hostile.html"]


# --- phone, paper, no script, much text ----------------------------------------------------------------------------


def test_on_a_phone_statement_and_quotation_are_seen_together(open_page: Open) -> None:
    opened = open_page("sample", PHONE, has_touch=True)
    assert not opened.page.is_visible("#page-source")
    opened.page.tap("#s2p2q .text")
    opened.settle()
    assert opened.in_view("mark.lit") and opened.in_view("#s2p2q")
    statement, sheet = (opened.page.locator(id).bounding_box() for id in ("#s2p2q", "#page-source"))
    assert statement["y"] + statement["height"] <= sheet["y"]
    opened.page.tap("#page-back")
    assert not opened.page.is_visible("#page-source")
    opened.page.tap("#page-toggle")
    assert opened.page.is_visible("#page-source")


@pytest.mark.parametrize("name", ["sample", "both", "hostile"])
def test_on_a_phone_nothing_sticks_out_sideways(open_page: Open, name: str) -> None:
    opened = open_page(name, PHONE)
    if name == "both":
        opened.page.check("input[value=both]")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_on_paper_quotations_stand_under_what_they_bear_out(open_page: Open) -> None:
    opened = open_page("sample")
    opened.page.emulate_media(media="print")
    assert opened.page.is_visible("#s2p2q .quote")
    assert not opened.page.is_visible("#page-source") and not opened.page.is_visible("#page-query")


def test_without_script_the_page_reads_on_and_its_links_lead_to_the_source(open_page: Open) -> None:
    opened = open_page("both", java_script_enabled=False)
    assert not opened.page.is_visible("#page-query") and not opened.page.is_visible(".turn-number")
    assert opened.page.is_visible("#turn-s3t4")
    assert opened.page.get_attribute("#s3p2q .cite", "href") == "#turn-s3t4"


def test_a_click_lands_on_its_quotation_anywhere_in_a_quarter_of_a_million_characters(open_page: Open) -> None:
    opened = open_page("long")
    for statement in ("s60p3q", "s2p1a1", "s79p5a1"):
        opened.page.eval_on_selector(f"#{statement} .cite", "link => link.click()")
        opened.settle()
        assert opened.in_view("mark.lit") and opened.lit().endswith("点目")
