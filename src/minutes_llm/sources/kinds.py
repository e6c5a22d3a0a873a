"""What kind of file some bytes are, by their content: what can be read, and for the rest what to do instead."""

from __future__ import annotations

import io
import re
from typing import Literal

from minutes_llm.errors import SourceError
from minutes_llm.patterns import late

Kind = Literal["text", "pdf", "docx"]

PDF = late(rb"%PDF-\d")

# --- what cannot be read -----------------------------------------------------------------------------------------

ARCHIVE = "an archive ({}); unpack it first and give the files in it"
PICTURE = "a picture ({}); recognise its text first (OCR) and give that"
RECORDING = "a recording ({}); have it transcribed first and give the transcript"
OFFICE = "{}; save it as .docx or PDF and give that"

# What a file begins with, its kind, and the advice. `.` is any byte; the first that fits is it.
BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (rb"\x1f\x8b", "gzip", ARCHIVE),
    (rb"BZh[1-9]1AY&SY", "bzip2", ARCHIVE),
    (rb"\xfd7zXZ\0", "xz", ARCHIVE),
    (rb"7z\xbc\xaf\x27\x1c", "7z", ARCHIVE),
    (rb"Rar!\x1a\x07", "RAR", ARCHIVE),
    (rb"\x28\xb5\x2f\xfd", "Zstandard", ARCHIVE),
    (rb"MSCF\0\0\0\0", "CAB", ARCHIVE),
    (rb"..-l[hz][0-9ds]-", "LZH", ARCHIVE),
    (rb".{257}ustar", "tar", ARCHIVE),
    (rb"\x89PNG\r\n\x1a\n", "PNG", PICTURE),
    (rb"\xff\xd8\xff", "JPEG", PICTURE),
    (rb"GIF8[79]a", "GIF", PICTURE),
    (rb"II\*\0|MM\0\*", "TIFF", PICTURE),
    (rb"BM.{4}\0\0\0\0", "BMP", PICTURE),
    (rb"RIFF....WEBP", "WebP", PICTURE),
    (rb"....ftyp(?:heic|heix|mif1|avif)", "HEIC or AVIF", PICTURE),
    (rb"....ftyp", "MP4 or QuickTime", RECORDING),
    (rb"RIFF....WAVE", "WAV", RECORDING),
    (rb"ID3[\x02-\x04]\0|\xff[\xfb\xf3\xf2][\x10-\xef]", "MP3", RECORDING),
    (rb"OggS\0", "Ogg", RECORDING),
    (rb"fLaC\0", "FLAC", RECORDING),
    (rb"\x1aE\xdf\xa3", "WebM or Matroska", RECORDING),
    (rb"\{\\rtf", "Rich Text (RTF)", OFFICE),
)
BEGINNING = late(b"|".join(b"(" + pattern + b")" for pattern, _, _ in BEGINNINGS), re.DOTALL)

# Old Office files and today's encrypted ones are both an OLE container; its directory names its streams in UTF-16.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "protected by a password; save a copy without one"),
    ("WordDocument", OFFICE.format("an old Word file (.doc)")),
    ("Workbook", OFFICE.format("an old Excel file (.xls)")),
    ("PowerPoint Document", OFFICE.format("an old PowerPoint file (.ppt)")),
    ("", OFFICE.format("an old Office or Ichitaro file")),
)

# A zip is what its entries say it is.
ZIP_ENTRIES: tuple[tuple[str, str], ...] = (
    ("xl/workbook", OFFICE.format("an Excel file (.xlsx)")),
    ("ppt/presentation", OFFICE.format("a PowerPoint file (.pptx)")),
    ("META-INF/container.xml", "an e-book (EPUB); save its text or a PDF of it and give that"),
    ("content.xml", OFFICE.format("an OpenDocument file (.odt, .ods, .odp)")),
    ("", ARCHIVE.format("ZIP")),
)


def kind_of(data: bytes) -> Kind:
    """Return what the bytes are. Raises SourceError, with what to do, where they are nothing that can be read."""
    if PDF.search(data, 0, 1024):
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        raise SourceError(next(advice for stream, advice in OLE_STREAMS if stream.encode("utf-16-le") in data))
    if (match := BEGINNING.match(data)) and match.lastindex:
        _, name, advice = BEGINNINGS[match.lastindex - 1]
        raise SourceError(advice.format(name))
    return "text"


def _kind_of_zip(data: bytes) -> Kind:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        what = "a damaged Word file" if b"word/" in data else "a damaged ZIP archive or Office file"
        raise SourceError(f"{what}; fetch or save it again") from None
    if any(name.startswith("word/") for name in names):
        return "docx"
    raise SourceError(
        next(advice for entry, advice in ZIP_ENTRIES if any(name.startswith(entry) for name in names) or not entry)
    )


# --- HTML --------------------------------------------------------------------------------------------------------

# A page begins with its doctype or one of its outermost elements, after white space and comments at most. A piece of
# a page (`<p>…`) is only known as one by the file's ending: Markdown may begin with an element too.
PAGE_BEGINNING = late(
    r"(?:\s|<!--(?:(?!-->).)*-->|<\?xml[^>]*>)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
PAGE_PIECE = late(r"\s*<[a-z!][^<]*>", re.IGNORECASE)
DECLARED_CHARSET = late(rb"""<(?:meta|\?xml)[^>]*?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)


def is_page(text: str, name: str) -> bool:
    """Is this text an HTML page, or a piece of one in a file called so?"""
    if PAGE_BEGINNING.match(text[:4096]):
        return True
    return name.lower().endswith((".html", ".htm", ".xhtml")) and PAGE_PIECE.match(text) is not None


def declared_charset(data: bytes) -> str | None:
    """Return the encoding that a page declares in its first bytes (`<meta charset=…>`), or None."""
    declaration = DECLARED_CHARSET.search(data[:4096])
    return declaration[1].decode("ascii", "replace") if declaration else None
