"""A file, standard input or a string is the text that everything else reads, with what had to be said about it.

The kind of a file is told by its content, not by its ending. Offsets everywhere are on the text as it is here: line
ends are kept as they are, only a byte order mark is dropped. What reads one kind of file alone is imported for it.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from minutes_llm.errors import SourceError
from minutes_llm.model.minutes import Source
from minutes_llm.sources.encodings import decode, decode_as
from minutes_llm.sources.kinds import declared_charset, is_page, kind_of

STANDARD_INPUT = "-"


def read_source(path: Path | str, encoding: str | None = None) -> Source:
    """Return the document in a file, or on standard input for `-`, as text; it is named by the file's name.

    `encoding` sets how plain text and HTML are decoded; PDF and Word files say it themselves. Raises SourceError
    with one line for a person: what is wrong with which file, and what to do.
    """
    if str(path) == STANDARD_INPUT:
        return source_from_bytes(sys.stdin.buffer.read(), "stdin", encoding)
    try:
        data = Path(path).read_bytes()
    except FileNotFoundError:
        raise SourceError(f"{path}: no such file") from None
    except IsADirectoryError:
        raise SourceError(f"{path}: a folder; give the files in it") from None
    except PermissionError:
        raise SourceError(f"{path}: may not be read; check its permissions") from None
    except OSError as error:
        raise SourceError(f"{path}: cannot be read ({error.strerror or error})") from None
    return replace(source_from_bytes(data, str(path), encoding), name=Path(path).name)


def source_from_bytes(data: bytes, name: str, encoding: str | None = None) -> Source:
    """Return a file's content as text. Raises SourceError as `read_source` does."""
    try:
        source = _read(data, name, encoding)
        if not source.text.strip():
            raise SourceError("empty" if not data else "nothing but white space")
        return source
    except SourceError as error:
        raise SourceError(f"{name}: {error}") from None


def source_from_text(text: str, name: str) -> Source:
    """Return a text that is already decoded as a source; its hash is that of its UTF-8."""
    return Source(name, text, _sha256(text.encode("utf-8", "surrogatepass")), "utf-8", _form_feeds(text))


def _read(data: bytes, name: str, encoding: str | None) -> Source:
    sha256 = _sha256(data)
    kind = kind_of(data)
    if kind == "pdf":
        from minutes_llm.sources.pdf import read_pdf

        text, pages, findings = read_pdf(data)
        return Source(name, text, sha256, "pdf", pages, findings)
    if kind == "docx":
        from minutes_llm.sources.docx import read_docx

        text, findings = read_docx(data)
        return Source(name, text, sha256, "docx", findings=findings)
    decoded = decode_as(data, encoding) if encoding else decode(data, declared_charset(data))
    if is_page(decoded.text, name):
        from minutes_llm.sources.html import read_html

        return Source(name, read_html(decoded.text), sha256, "html", findings=decoded.findings)
    return Source(name, decoded.text, sha256, decoded.encoding, _form_feeds(decoded.text), decoded.findings)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _form_feeds(text: str) -> tuple[int, ...]:
    """Return the offsets at which pages begin in a text that marks them with form feeds, as `pdftotext` does."""
    *pages, _ = text.split("\f")
    return tuple(accumulate((len(page) + 1 for page in pages), initial=0)) if pages else ()
