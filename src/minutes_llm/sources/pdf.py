"""A PDF as the text a person sees on its pages: lines as printed, gaps as blank lines, where each page begins.

PDFium is the reader (`docs/files.md` compares it). What it leaves to us: it tells nothing of the room between lines,
makes one space of any gap within a line, and takes a hyphen at a line's end together with the break.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import hypot, inf
from typing import TYPE_CHECKING

from minutes_llm.errors import SourceError
from minutes_llm.model.minutes import Finding
from minutes_llm.sources.optional import missing

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

BLANK_LINE = 1.5
"""A step from line to line this many times the usual one is shown as a blank line."""
FULL_WIDTH_GAP = 0.8
"""A gap of this many character heights between full-width characters is shown as full-width spaces."""
COLUMN_GAP = 1.5
"""A gap of this many character heights elsewhere is shown as several spaces, two to the height."""
UNREADABLE = 0.5
"""With this share of characters that the fonts do not explain, a PDF has no text to be read."""

# Some fonts name the shape and not the character: ⽇ and ⻑ are radicals that look like 日 and 長, and nobody types
# them. Unicode knows the first block's characters by normalisation, those of the second only by a table of its own
# (EquivalentUnifiedIdeograph.txt), of which these are the ones in Japanese use.
RADICALS = str.maketrans(
    {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    | dict(zip("⺟⺠⻁⻄⻆⻑⻘⻝⻤⻨⻩⻫⻭⻯⻲⻳", "母民虎西角長青食鬼麦黄斉歯竜亀龜", strict=True))
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One printed line and the height of its middle above the foot of the page, in points."""

    text: str
    height: float


@dataclass(frozen=True, slots=True)
class _Page:
    """A page's lines, whether it has a picture on it, and how many characters its fonts do not explain."""

    lines: tuple[_Line, ...]
    pictured: bool
    unexplained: int


# PDFium may be entered by one thread at a time.
_one_at_a_time = threading.Lock()


def read_pdf(data: bytes) -> tuple[str, tuple[int, ...], tuple[Finding, ...]]:
    """Return the text of a PDF, the offsets at which its pages begin, and what a reader should know.

    Raises SourceError where it is encrypted or damaged, or has no text that can be read.
    """
    with _one_at_a_time:
        pages = _read_pages(data)
    _refuse_unreadable(pages)
    step = _usual_step(pages)
    texts = [_page_text(page, step) for page in pages]
    begins = accumulate((len(text) for text in texts[:-1]), initial=0)
    return "".join(texts), tuple(begins), tuple(_findings(pages))


def _read_pages(data: bytes) -> list[_Page]:
    try:
        import pypdfium2
    except ImportError:
        raise missing("pypdfium2", "a PDF") from None
    try:
        with pypdfium2.PdfDocument(data) as document:
            return [_read_page(document[number]) for number in range(len(document))]
    except pypdfium2.PdfiumError as error:
        if error.err_code in (pypdfium2.raw.FPDF_ERR_PASSWORD, pypdfium2.raw.FPDF_ERR_SECURITY):
            raise SourceError("an encrypted PDF that opens only with a password; save a copy without one") from None
        raise SourceError("a damaged PDF; fetch or save it again") from None


def _refuse_unreadable(pages: list[_Page]) -> None:
    characters = sum(len(line.text) for page in pages for line in page.lines)
    if not characters:
        what = (
            "a PDF of scanned pages, without text" if any(page.pictured for page in pages) else "a PDF without text"
        )
        raise SourceError(f"{what}; recognise its text first (OCR) and give the PDF or text that comes out")
    if sum(page.unexplained for page in pages) > UNREADABLE * characters:
        raise SourceError(
            "a PDF whose fonts do not say which characters they draw; recognise its text first (OCR), or save it anew"
        )


def _findings(pages: list[_Page]) -> Iterator[Finding]:
    pictures = [str(number) for number, page in enumerate(pages, 1) if page.pictured and not page.lines]
    if pictures:
        yield Finding("page-without-text", "warning", (("pages", ", ".join(pictures)),))
    doubtful = [str(number) for number, page in enumerate(pages, 1) if page.unexplained]
    if doubtful:
        count = sum(page.unexplained for page in pages)
        yield Finding("characters-unexplained", "warning", (("count", str(count)), ("pages", ", ".join(doubtful))))


# --- one page ----------------------------------------------------------------------------------------------------

LINE_FEED, HYPHEN_AT_LINE_END = 0x0A, 0x02


def _read_page(page: PdfPage) -> _Page:
    import pypdfium2.raw as pdfium

    printed = page.get_textpage()
    try:
        count = printed.count_chars()
        return _Page(
            lines=tuple(_lines(printed, [pdfium.FPDFText_GetUnicode(printed, index) for index in range(count)])),
            pictured=any(True for _ in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE])),
            unexplained=sum(pdfium.FPDFText_HasUnicodeMapError(printed, index) == 1 for index in range(count)),
        )
    finally:
        printed.close()
        page.close()


def _lines(printed: PdfTextPage, units: list[int]) -> Iterator[_Line]:
    """Yield the lines of a page in PDFium's reading order, those without a visible character left out.

    `units` are the page's characters as PDFium counts them: units of UTF-16.
    """
    ends = [index for index, unit in enumerate(units) if unit in (LINE_FEED, HYPHEN_AT_LINE_END)]
    for begin, end in pairwise([-1, *ends, len(units)]):
        visible = [index for index in range(begin + 1, end) if not chr(units[index]).isspace()]
        if not visible:
            continue
        text = "".join(_as_printed(printed, units, index) for index in range(begin + 1, visible[-1] + 1))
        if end < len(units) and units[end] == HYPHEN_AT_LINE_END:
            text += "-"
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").translate(RADICALS)
        yield _Line(text, height=_middle(printed, visible[0]))


def _as_printed(printed: PdfTextPage, units: list[int], index: int) -> str:
    """Return one character; for a space between two others as many as the printed gap is wide."""
    char = chr(units[index] or 0xFFFD)
    if char != " " or index == 0:
        return char
    _, _, left, _ = printed.get_charbox(index - 1, loose=True)
    right, _, _, _ = printed.get_charbox(index + 1, loose=True)
    gap = (right - left) / max(_size(printed, index + 1), 1.0)
    if all(unicodedata.east_asian_width(chr(units[beside])) in "WF" for beside in (index - 1, index + 1)):
        return "\u3000" * round(gap) if gap >= FULL_WIDTH_GAP else char
    return " " * round(2 * gap) if gap >= COLUMN_GAP else char


def _size(printed: PdfTextPage, index: int) -> float:
    """Return the size in points a character is set in; the file says it, whatever font stands in for its own."""
    import pypdfium2.raw as pdfium

    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(printed, index, matrix)
    return float(pdfium.FPDFText_GetFontSize(printed, index)) * hypot(matrix.c, matrix.d)


def _middle(printed: PdfTextPage, index: int) -> float:
    _, foot, _, head = printed.get_charbox(index, loose=True)
    return float(foot + head) / 2


# --- line steps --------------------------------------------------------------------------------------------------


def _usual_step(pages: list[_Page]) -> float:
    """Return the usual way down from a line to the next, in points; infinite where no page has two lines.

    It is the step that a quarter of all steps stay below: paragraphs of one line each, set apart, hide the median.
    """
    steps = [above.height - below.height for page in pages for above, below in pairwise(page.lines)]
    downward = sorted(step for step in steps if step > 0)
    return downward[len(downward) // 4] if downward else inf


def _page_text(page: _Page, step: float) -> str:
    """Return the lines of a page, each with its line end, blank lines where the print leaves more room."""
    text = ""
    above = None
    for line in page.lines:
        far = above is not None and above.height - line.height > BLANK_LINE * step
        text += ("\n" if far else "") + line.text + "\n"
        above = line
    return text
