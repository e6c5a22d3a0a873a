"""A Word document's paragraphs and tables as lines of text, in the order of the document.

python-docx opens the file; its XML is walked here, because python-docx's own text leaves out what minutes have:
the characters under ruby, content controls and text boxes. Deleted text (tracked changes), page heads and feet, foot
notes and comments are not read. Numbers that Word counts by itself are not in the file; a finding says so.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from minutes_llm.errors import SourceError
from minutes_llm.model.minutes import Finding
from minutes_llm.sources.flow import Flow
from minutes_llm.sources.optional import missing

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"  # a text box, told a second time

NOT_READ = frozenset((f"{W}del", f"{W}moveFrom", f"{W}rt", f"{W}pPr", f"{W}rPr", f"{W}sdtPr", FALLBACK))
# What Python raises on entries that are missing, cut, packed in an unknown way or not what they are declared to be.
DAMAGE = (KeyError, ValueError, EOFError, OSError, AttributeError, RuntimeError)
CHARACTERS = {f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}


def read_docx(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a Word document and what a reader should know. Raises SourceError where it is damaged."""
    body = _body(data)
    from lxml import etree

    flow = Flow()
    walk = etree.iterwalk(body, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            _leave(flow, element)
        elif element.tag in NOT_READ:
            walk.skip_subtree()
        else:
            _enter(flow, element)
    return flow.result(), tuple(_findings(body))


def _body(data: bytes) -> _Element:
    try:
        import docx
        from docx.opc.exceptions import OpcError
        from lxml.etree import LxmlError
    except ImportError:
        raise missing("python-docx", "a Word file") from None
    try:
        body: _Element = docx.Document(io.BytesIO(data)).element.body
        return body
    except (OpcError, LxmlError, zipfile.BadZipFile, zlib.error, *DAMAGE):
        raise SourceError("a damaged Word file; open and save it again as .docx") from None


def _findings(body: _Element) -> Iterator[Finding]:
    numbered = sum(1 for _ in body.iter(f"{W}numPr"))
    if numbered:
        yield Finding("automatic-numbers", "info", (("paragraphs", str(numbered)),))


def _enter(flow: Flow, element: _Element) -> None:
    if element.tag == f"{W}t":
        flow.text(element.text or "")
    elif element.tag in CHARACTERS:
        flow.text(CHARACTERS[element.tag])
    elif element.tag in (f"{W}br", f"{W}cr"):
        if element.get(f"{W}type", "textWrapping") == "textWrapping":
            flow.line_break()
    elif element.tag == f"{W}tc":
        flow.cell(first=next(element.itersiblings(f"{W}tc", preceding=True), None) is None)
    elif element.tag in (f"{W}p", f"{W}tr"):
        flow.block()


def _leave(flow: Flow, element: _Element) -> None:
    if element.tag == f"{W}p":
        flow.line_break()
    elif element.tag == f"{W}tc":
        flow.end_cell()
    elif element.tag == f"{W}tr":
        flow.block()
