"""A PDF written by hand, small enough to read: Japanese lines in a font that is named and not embedded.

That is what PDFs of the 2000s look like; readers must know the named character map (`90ms-RKSJ-H`: CP932).
"""

from __future__ import annotations

from collections.abc import Sequence

CODECS = {"UniJIS-UTF16-H": "utf-16-be", "90ms-RKSJ-H": "cp932", "90msp-RKSJ-H": "cp932"}

PICTURE = b"q 300 0 0 400 100 200 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
"""A page's content that is one grey picture, as a scanner makes it."""


def tiny_pdf(pages: Sequence[Sequence[str]], charmap: str = "UniJIS-UTF16-H") -> bytes:
    """Return a PDF of these pages of lines, 18 points from line to line; an empty line leaves its room."""
    return pdf_of([_content(lines, CODECS[charmap]) for lines in pages], charmap)


def pdf_of(contents: Sequence[bytes], charmap: str = "UniJIS-UTF16-H", ordering: str = "Japan1") -> bytes:
    """Return a PDF whose pages have these content streams; /F1 is the font."""
    pages = range(5, 5 + 2 * len(contents), 2)
    kids = " ".join(f"{number} 0 R" for number in pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(contents)} /Kids [{kids}] >>".encode(),
        f"<< /Type /Font /Subtype /Type0 /BaseFont /Ryumin /Encoding /{charmap} /DescendantFonts [4 0 R] >>".encode(),
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ryumin /DW 1000 /CIDSystemInfo "
        + f"<< /Registry (Adobe) /Ordering ({ordering}) /Supplement 2 >> >>".encode(),
    ]
    for number, content in zip(pages, contents, strict=True):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> "
            + f"/Contents {number + 1} 0 R >>".encode(),
            f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream",
        ]
    return _file(objects)


def placed(words: Sequence[tuple[float, float, str]]) -> bytes:
    """Return the content of a page with words at (x, y), in points from its lower left corner."""
    shown = (f"1 0 0 1 {x} {y} Tm <{word.encode('utf-16-be').hex()}> Tj" for x, y, word in words)
    return f"BT /F1 10.5 Tf {' '.join(shown)} ET".encode()


def _content(lines: Sequence[str], codec: str) -> bytes:
    shown = (
        f"1 0 0 1 70 {780 - 18 * row} Tm <{line.encode(codec).hex()}> Tj" for row, line in enumerate(lines) if line
    )
    return f"BT /F1 10.5 Tf {' '.join(shown)} ET".encode()


def _file(objects: Sequence[bytes]) -> bytes:
    body = b"%PDF-1.4\n"
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    tail = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (head + tail).encode()
