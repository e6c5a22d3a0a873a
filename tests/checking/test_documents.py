"""Whole documents: nothing in a document is doubted against itself, and no text is too odd to be read."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutes_llm.checking.figures import figures, unsupported
from minutes_llm.checking.names import names, unknown_names
from minutes_llm.checking.wording import modality_changes

ROOT = Path(__file__).parents[2]
FIXTURES = sorted((ROOT / "fixtures").glob("*/minutes.txt"))
REAL = ROOT / ".." / "shared" / "minutes"
ENGLISH = ("18-", "20-", "29-", "32-", "harbour")
ON = dt.date(2024, 3, 13)


def language_of(path: Path) -> str:
    return "en" if any(mark in str(path) for mark in ENGLISH) else "ja"


def doubts(path: Path) -> list[str]:
    """Return every figure and name of a document's sentences that the document itself does not bear out."""
    text, language = path.read_text(encoding="utf-8"), language_of(path)
    found = []
    for sentence in re.split(r"(?<=[。\n])|(?<=[.?!]) ", text):
        found += [doubt.figure.text for doubt in unsupported(sentence, [text], language, on=ON)]
        found += [name.text for name in unknown_names(sentence, [text], language)]
    return found


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.parent.name)
def test_an_invented_document_bears_itself_out(path: Path) -> None:
    assert figures(path.read_text(encoding="utf-8"), language_of(path))
    assert doubts(path) == []


@pytest.mark.skipif(not REAL.is_dir(), reason="the real minutes lie in a folder beside the checkout")
def test_real_documents_bear_themselves_out() -> None:
    documents = sorted(path for path in REAL.glob("*.txt") if not path.name.startswith("30-"))  # 30 is Chinese
    assert {path.name: doubts(path) for path in documents} == {path.name: [] for path in documents}


PIECES = st.lists(
    st.sampled_from(
        [
            *"0123456789０五十百千万億兆数第約半年度月日時分の前後円人%割倍〇○・，,.．:：/-～~、。ーアAXn $¥\n",
            *("令和", "つの", "①", "㌔", "ない", "検討"),
            *("one", "two", "hundred", "million", " and ", "May ", "half", "ago", "FY", "not "),
        ]
    ),
    max_size=40,
)
RUNS = ("1", "1,", "一", "十", "1,000", "1-", "A", "A.", "three ", "hundred ", "1 and ", "数", "ない")


@given(PIECES)
def test_every_figure_and_name_of_any_text_stands_where_it_says(pieces: list[str]) -> None:
    text = "".join(pieces)
    for language in ("ja", "en"):
        found = figures(text, language, ON)
        assert [text[figure.start : figure.end] for figure in found] == [figure.text for figure in found]
        assert all(first.end <= second.start for first, second in zip(found, found[1:], strict=False))
        assert unsupported(text, [text], language, on=ON) == ()
        assert all(0 <= name.start < name.end <= len(text) for name in names(text, language))
        assert modality_changes(text, [], language) == ()


@pytest.mark.parametrize("piece", RUNS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_a_long_run_of_one_thing_is_read_to_its_end(piece: str, language: str) -> None:
    text = piece * 5_000 + "、約30人 about 30 people。"
    assert figures(text, language, ON)
    names(text, language)
    modality_changes(text, [text], language)
