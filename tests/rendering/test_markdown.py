"""Markdown that reads well and in which nothing of the source or a model is live."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import mistune
import pytest
from markdown_it import MarkdownIt

from minutes_llm.api import digest, read
from minutes_llm.engines import extractive
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Finding
from minutes_llm.rendering.markdown import escaped, markdown, short_heading

FIXTURES = Path(__file__).parents[2] / "fixtures"
HOSTILE = [
    "<script>alert(1)</script>",
    "![x](http://127.0.0.1/x.png)",
    "[見る](javascript:alert(1))",
    "http://127.0.0.1/ www.example.org",
    "a | b | c",
    "# 見出し\n\n- 項目\n\n    code",
    "```\nfence\n```",
    "&lt;b&gt; &#x3c;i&#x3e;",
    "<!-- 注 --> <img src=x onerror=alert(1)>",
    "*強調* __強い__ ~~消す~~ `code` $x$",
    "1. 一\n2) 二",
    "+ 足す\n=====",
    "\u202egnp.exe\u202c\u0007\u200b",
    "[^1] [ref]: http://127.0.0.1",
]


def made(name: str) -> Digest:
    return digest(read(FIXTURES / name / "minutes.txt"), extractive())


def hostile() -> Digest:
    """Return a digest in which everything that is not ours is hostile."""
    whole = made("injection")
    sections = []
    for number, section in enumerate(whole.sections):
        text = HOSTILE[number % len(HOSTILE)]
        pairs = tuple(
            replace(
                pair,
                topic=HOSTILE[(number + at) % len(HOSTILE)],
                question=replace(pair.question, text="\n".join(HOSTILE), speakers=(text,)),
                open=tuple(HOSTILE),
            )
            for at, pair in enumerate(section.pairs)
        )
        points = tuple(replace(point, text=HOSTILE[at % len(HOSTILE)]) for at, point in enumerate(section.points))
        sections.append(replace(section, heading=text, pairs=pairs, points=points))
    findings = tuple(Finding("name-unknown", "warning", (("name", text),)) for text in HOSTILE)
    meeting = replace(whole.meeting, title=HOSTILE[0], place="\n".join(HOSTILE))
    ledger = tuple(replace(entry, speaker=HOSTILE[at % len(HOSTILE)]) for at, entry in enumerate(whole.ledger))
    return replace(whole, sections=tuple(sections), findings=findings, meeting=meeting, ledger=ledger)


class Structure(HTMLParser):
    """The blocks, links and cells of a page, in order, with their text."""

    KEPT = ("h1", "h2", "h3", "h4", "li", "td", "th", "a", "p", "blockquote")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.tags: set[str] = set()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        named = dict(attributes)
        if tag == "a" and "href" in named:
            self.hrefs.append(str(named["href"]))
        if tag in ("h1", "h2", "h3", "h4", "li", "td", "th"):
            self.found.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() and self.found:
            self.found[-1] += re.sub(r"\s+", "", data)


def by_pandoc(text: str) -> str:
    command = ["pandoc", "-f", "gfm", "-t", "html"]
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True).stdout


RENDERERS: dict[str, Callable[[str], str]] = {
    "markdown-it": MarkdownIt("gfm-like", {"linkify": False}).render,
    "mistune": mistune.create_markdown(escape=False, plugins=["table", "strikethrough", "url"]),  # type: ignore[dict-item]
    "pandoc": by_pandoc,
}


def structure(text: str, renderer: str) -> Structure:
    if renderer == "pandoc" and shutil.which("pandoc") is None:
        pytest.skip("pandoc is not installed")
    found = Structure()
    found.feed(RENDERERS[renderer](text))
    return found


@pytest.mark.parametrize("name", ["regional-data", "harbour-board", "city-assembly", "injection"])
@pytest.mark.parametrize("renderer", ["mistune", "pandoc"])
def test_renderers_agree_on_the_structure(name: str, renderer: str) -> None:
    text = markdown(made(name), "full")
    assert structure(text, renderer).found == structure(text, "markdown-it").found


@pytest.mark.parametrize("detail", ["brief", "normal", "full"])
@pytest.mark.parametrize("renderer", RENDERERS)
def test_nothing_of_the_source_or_a_model_is_live(renderer: str, detail: str) -> None:
    found = structure(markdown(hostile(), detail), renderer)  # type: ignore[arg-type]
    ours = {"h1", "h2", "h3", "h4", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "br"}
    ours |= {"strong", "em", "blockquote", "colgroup", "col"}
    assert found.tags <= ours
    assert all(re.fullmatch(r"#s\d+[a-z0-9]*", href) for href in found.hrefs)


@pytest.mark.parametrize("renderer", RENDERERS)
def test_every_link_leads_to_an_anchor_of_the_page(renderer: str) -> None:
    text = markdown(made("regional-data"))
    anchors = set(re.findall(r'<a id="([^"]+)"></a>', text))
    hrefs = structure(text, renderer).hrefs
    assert len(hrefs) > 50
    assert {href.removeprefix("#") for href in hrefs} <= anchors


def test_what_cannot_be_seen_is_shown_by_its_code_point() -> None:
    assert escaped("a\u202eb\u0007c\u200bd") == "a⟨U+202E⟩b⟨U+0007⟩c⟨U+200B⟩d"


def test_a_statement_that_nothing_bears_out_is_marked() -> None:
    whole = made("regional-data")
    section = next(section for section in whole.sections if section.points)
    bare = replace(section.points[0], evidence=())
    sections = tuple(replace(s, points=(bare,)) if s is section else s for s in whole.sections)
    assert "**⚠ 未確認**" in markdown(replace(whole, sections=sections))


def test_a_failed_section_stands_in_its_place_with_its_reason() -> None:
    whole = made("regional-data")
    failed = replace(whole.sections[1], status="failed", reason="接続先が回答を返さない", points=(), pairs=())
    text = markdown(replace(whole, sections=(whole.sections[0], failed, *whole.sections[2:])))
    assert "> **⚠ この議題は要約できなかった**: 接続先が回答を返さない" in text


@pytest.mark.parametrize(
    ("heading", "short"),
    [
        ("◆議題（１）「運用状況について」、事務局より資料２－１を説明。", "議題（１）「運用状況について」"),
        ("（3）閉会", "（3）閉会"),
        ("議題（１）「運用状況について」", "議題（１）「運用状況について」"),
        ("Item 2: Dredging of the inner basin", "Item 2: Dredging of the inner basin"),
    ],
)
def test_a_heading_that_goes_on_is_shortened_to_its_title(heading: str, short: str) -> None:
    assert short_heading(heading) == short
