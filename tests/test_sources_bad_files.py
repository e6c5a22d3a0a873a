"""Files that cannot be read: each stops with one clear line that says what is wrong and what to do."""

from __future__ import annotations

import gzip
import io
import os
import random
import sys
import tarfile
import zipfile
from pathlib import Path

import docx
import pytest

from minutes_llm.errors import SourceError
from minutes_llm.sources import read_source, source_from_bytes
from tiny_pdf import PICTURE, pdf_of, placed, tiny_pdf

FILES = Path(__file__).parent / "files"


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "<x/>")
    return held.getvalue()


def tarred() -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("minutes.txt"))
    return held.getvalue()


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le") + bytes(100)


# What the file is, its bytes, what the line must say is wrong, and what it must say to do.
UNREADABLE: list[tuple[str, bytes, str, str]] = [
    ("nothing", b"", "empty", ""),
    ("white space", " \r\n　\n".encode(), "nothing but white space", ""),
    ("a zip", zipped("minutes.txt"), "an archive (ZIP)", "unpack it"),
    ("a gzip", gzip.compress(b"minutes"), "an archive (gzip)", "unpack it"),
    ("a 7z", b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(40), "an archive (7z)", "unpack it"),
    ("a rar", b"Rar!\x1a\x07\x01\x00" + bytes(40), "an archive (RAR)", "unpack it"),
    ("an lzh", b"\x24\x93-lh5-" + bytes(40), "an archive (LZH)", "unpack it"),
    ("a tar", tarred(), "an archive (tar)", "unpack it"),
    ("a png", b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture (PNG)", "OCR"),
    ("a jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(40), "a picture (JPEG)", "OCR"),
    ("an mp3", b"ID3\x04\x00\x00" + bytes(40), "a recording (MP3)", "transcri"),
    ("an m4a", b"\x00\x00\x00\x20ftypM4A " + bytes(40), "a recording", "transcri"),
    ("an old word file", ole("WordDocument"), "an old Word file (.doc)", ".docx or PDF"),
    ("an old excel file", ole("Workbook"), "an old Excel file (.xls)", ".docx or PDF"),
    ("an encrypted word file", ole("EncryptedPackage"), "protected by a password", "without one"),
    ("an excel file", zipped("[Content_Types].xml", "xl/workbook.xml"), "an Excel file (.xlsx)", ".docx or PDF"),
    ("a slide show", zipped("ppt/presentation.xml"), "a PowerPoint file (.pptx)", ".docx or PDF"),
    ("an odt", zipped("mimetype", "content.xml"), "an OpenDocument file", ".docx or PDF"),
    ("rich text", rb"{\rtf1\ansi minutes}", "Rich Text (RTF)", ".docx or PDF"),
    ("a word file without its parts", zipped("word/document.xml"), "a damaged Word file", "save it again"),
    ("half a zip", zipped("word/document.xml")[:60], "a damaged Word file", "save it again"),
    ("half a pdf", tiny_pdf([["議事要旨"]])[:150], "a damaged PDF", "save it again"),
    ("an encrypted pdf", (FILES / "password.pdf").read_bytes(), "an encrypted PDF", "without one"),
    ("a scanned pdf", pdf_of([PICTURE, PICTURE]), "a PDF of scanned pages, without text", "OCR"),
    ("an empty pdf", pdf_of([b""]), "a PDF without text", "OCR"),
    (
        "a pdf that hides its characters",
        pdf_of([placed([(70, 700, "議事要旨")])], "Identity-H", "Identity"),
        "fonts do not say which characters",
        "OCR",
    ),
    ("a page without text", b"<!DOCTYPE html><html><script>var a = 1</script></html>", "nothing but white space", ""),
    ("random bytes", random.Random(1).randbytes(5_000), "neither text nor", "give text"),
    ("an even number of zeros", bytes(64), "neither text nor", "give text"),
    ("text with a zero in it", "議事録\0委員".encode() + b"!", "neither text nor", "give text"),
    ("separators of fields", b"\x1c\x1d\x1e\x1f" * 50, "neither text nor", "give text"),
    ("bytes of no encoding", "委員".encode("cp932") * 3 + b"\xff\xff\x80", "neither text nor", "give text"),
]


@pytest.mark.parametrize(
    ("data", "what", "advice"), [row[1:] for row in UNREADABLE], ids=[row[0] for row in UNREADABLE]
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, what: str, advice: str) -> None:
    with pytest.raises(SourceError) as refused:
        source_from_bytes(data, "given.txt")
    line = str(refused.value)
    assert line.startswith("given.txt: ")
    assert what in line
    assert advice in line
    assert "\n" not in line


def word_file() -> bytes:
    held = io.BytesIO()
    document = docx.Document()
    document.add_paragraph("議事要旨")
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize(
    "whole",
    [
        (FILES / "libreoffice.pdf").read_bytes(),
        tiny_pdf([["議事要旨", "本文"]]),
        word_file(),
        "委員①".encode("cp932") * 9,
    ],
    ids=["printed pdf", "hand-written pdf", "word", "text"],
)
def test_a_damaged_file_is_read_or_refused_and_nothing_else(whole: bytes) -> None:
    chance = random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 3, 20))):
            place = chance.randrange(len(data) + 1)
            data[place : place + chance.choice((0, 1, 1, 30))] = chance.randbytes(chance.choice((0, 1, 4)))
        try:
            source = source_from_bytes(bytes(data), "damaged")
        except SourceError as refused:
            assert "\n" not in str(refused)
        else:
            assert list(source.pages) == sorted(source.pages)
            assert all(0 <= begin <= len(source.text) for begin in source.pages)


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="missing.txt: no such file$"):
        read_source(tmp_path / "missing.txt")


def test_a_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="a folder; give the files in it$"):
        read_source(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="no file is closed to this user")
def test_a_file_without_permission_is_said(tmp_path: Path) -> None:
    closed = tmp_path / "closed.txt"
    closed.write_text("minutes")
    closed.chmod(0)
    with pytest.raises(SourceError, match="may not be read; check its permissions$"):
        read_source(closed)


def test_a_name_that_no_file_can_have_is_said() -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_source(Path("x" * 5_000))


@pytest.mark.parametrize(
    ("package", "data"),
    [
        ("pypdfium2", tiny_pdf([["議事要旨"]])),
        ("docx", zipped("word/document.xml")),
        ("selectolax.lexbor", b"<!DOCTYPE html><html><p>minutes</p></html>"),
    ],
)
def test_a_missing_library_is_named(package: str, data: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(SourceError, match="which needs the package [a-z0-9-]+; install it with: pip install"):
        source_from_bytes(data, "given")
