"""What programs and notebooks do with the library."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

import minutes_llm
from minutes_llm import api
from minutes_llm.api import digest, read
from minutes_llm.engines import Engine, extractive
from minutes_llm.model.minutes import Minutes
from minutes_llm.rendering.page import page
from minutes_llm.work import Reply, Request

FIXTURES = Path(__file__).parents[1] / "fixtures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def minutes() -> Minutes:
    return read(FIXTURES / "regional-data" / "minutes.txt")


def refusal(request: Request) -> Reply:
    return Reply("", "refusal", request.label)


@pytest.mark.parametrize("name", ["read", "outline", "digest", "translate", "render", "check"])
def test_the_package_offers_the_functions_of_the_library(name: str) -> None:
    assert getattr(minutes_llm, name) is getattr(api, name)


def test_digest_can_be_called_inside_a_running_event_loop(minutes: Minutes) -> None:
    engine = Engine("openai", "m", refusal)

    async def main() -> tuple[object, object]:
        return digest(minutes, engine), await asyncio.to_thread(digest, minutes, engine)

    here, in_a_thread = asyncio.run(main())
    assert here == in_a_thread == digest(minutes, engine)


def test_a_digest_shows_itself_in_a_notebook_as_its_page(minutes: Minutes, tmp_path: Path) -> None:
    sync_api = pytest.importorskip(
        "playwright.sync_api", reason="playwright is not installed (pip install -e .[dev])"
    )
    if CHROMIUM is None:
        pytest.skip("no Chromium here (Debian: apt install chromium)")
    made = digest(minutes, extractive())
    notebook = tmp_path / "notebook.html"
    notebook.write_text(f"<!doctype html><p>In [1]:</p>{made._repr_html_()}", "utf-8")
    with sync_api.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        opened = browser.new_page()
        opened.goto(notebook.as_uri())
        frame = opened.frames[1]
        assert frame.title() in page(made)
        frame.click('nav a[href="#s3"]')
        assert frame.evaluate("document.querySelector(':target').id") == "s3"
        assert opened.url == notebook.as_uri()
        browser.close()
