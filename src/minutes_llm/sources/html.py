"""An HTML page as a person reads it: blocks on lines of their own, table rows as lines, no ruby, no scripts.

Lexbor (selectolax) parses, as browsers do; the layout follows the HTML Standard's `innerText`. Ready-made extractors
were tried (`docs/files.md`): they turn full-width spaces into others, pad tables, or glue a speaker to the speech.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from minutes_llm.sources.flow import Flow
from minutes_llm.sources.optional import missing

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


# Not read by a person who reads the page. Menus, page heads and feet are: they stay, as lines, for the parser to
# put aside as furniture. So do parts that a style hides, because pages fold their minutes away.
NOT_TEXT = _tags(
    "script style template noscript head title rt rp select textarea button svg canvas iframe object audio video"
)
# Blocks with room above and below, which shows as an empty line; and those that only begin a new line.
APART = _tags("p h1 h2 h3 h4 h5 h6 pre blockquote hr")
BLOCKS = _tags(
    "address article aside body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form header hgroup legend li main menu nav ol search section summary table tbody tfoot thead tr ul"
)
CELLS = _tags("td th")

TEXT = "-text"  # what selectolax calls a text node
# White space that a browser collapses. The full-width space is not among them.
SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(page: str) -> str:
    """Return the text of an HTML page."""
    try:
        from selectolax.lexbor import LexborHTMLParser
    except ImportError:
        raise missing("selectolax", "an HTML page") from None
    flow = Flow()
    root = LexborHTMLParser(page).root
    steps = [(root, True)] if root else []
    preformatted = 0
    while steps:
        node, begins = steps.pop()
        tag = node.tag or ""
        if tag == TEXT:
            _add(flow, node, preformatted > 0)
        elif not begins:
            preformatted -= tag == "pre"
            _end(flow, tag)
        elif tag not in NOT_TEXT:
            preformatted += tag == "pre"
            _begin(flow, node, tag)
            steps.append((node, False))
            steps.extend((child, True) for child in reversed(list(node.iter(include_text=True))))
    return flow.result()


def _begin(flow: Flow, node: LexborNode, tag: str) -> None:
    if tag in CELLS:
        flow.cell(first=_is_first_cell(node))
    elif tag == "br":
        flow.line_break()
    else:
        _block(flow, tag)


def _end(flow: Flow, tag: str) -> None:
    if tag in CELLS:
        flow.end_cell()
    else:
        _block(flow, tag)


def _block(flow: Flow, tag: str) -> None:
    if tag in APART:
        flow.block(2)
    elif tag in BLOCKS:
        flow.block()


def _is_first_cell(cell: LexborNode) -> bool:
    before = cell.prev
    while before is not None and before.tag not in CELLS:
        before = before.prev
    return before is None


def _add(flow: Flow, node: LexborNode, preformatted: bool) -> None:
    text = node.text_content or ""
    if not preformatted:
        between_cells = text.isspace() and node.parent is not None and node.parent.tag == "tr"
        flow.inline("" if between_cells else SPACE.sub(_collapsed, text))
        return
    first, *others = text.split("\n")
    flow.text(first)
    for line in others:
        flow.line_break()
        flow.text(line)


def _collapsed(space: re.Match[str]) -> str:
    """Return what white space shows as: nothing where the page's source only wraps Japanese, else a space."""
    around = space.string[max(space.start() - 1, 0) : space.start()], space.string[space.end() : space.end() + 1]
    wrapped = "\n" in space[0] and all(char and unicodedata.east_asian_width(char) in "WF" for char in around)
    return "" if wrapped else " "
