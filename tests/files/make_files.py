"""The committed files here, made anew: `python tests/files/make_files.py` beside LibreOffice and qpdf.

The font is IPA Mincho (Debian `fonts-ipafont`), embedded as a subset. The minutes are invented.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from docx import Document
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from tiny_pdf import tiny_pdf  # noqa: E402  (from the folder above, which is no package)

TITLE = "第２回　河岸緑地検討会　議事要旨"
FIRST_PAGE = (
    "１．日時　令和６年５月１４日（火）15：00～16：30",
    "【委員長】　本日は資料２－１の長い説明から始めます。護岸の工事に使う石は地元のものとし、足りない分だけを隣の"
    "県から運ぶという案です。",
    "【委員】　日程は大丈夫か。",
)
SECOND_PAGE = ("【事務局】　６月１０日に着工し、年内に終わる見込みです。",)
FONT = "IPAMincho"


def run(*command: str) -> None:
    """Run a program in this folder, its chatter kept quiet."""
    subprocess.run(command, cwd=HERE, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def write_word() -> None:
    """Write the minutes as a Word file: a stamp at the head, a page number at the foot, a table, empty lines."""
    document = Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size, style.paragraph_format.space_after = FONT, Pt(10.5), Pt(0)
    style.element.get_or_add_rPr().rFonts.set(qn("w:eastAsia"), FONT)
    document.sections[0].header.paragraphs[0].text = "資料１"
    number = document.sections[0].footer.paragraphs[0].add_run()
    for kind, text in (("begin", ""), ("instr", "PAGE"), ("end", "")):
        mark = OxmlElement("w:instrText" if text else "w:fldChar")
        mark.text = text
        if not text:
            mark.set(qn("w:fldCharType"), kind)
        number._r.append(mark)
    document.add_paragraph(TITLE)
    document.add_paragraph()
    cells = document.add_table(1, 2).rows[0].cells
    cells[0].text, cells[1].text = "出席者", "岡　みどり委員長"
    for text in FIRST_PAGE:
        document.add_paragraph(text)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for text in SECOND_PAGE:
        document.add_paragraph(text)
    document.save(str(HERE / "libreoffice.docx"))


def main() -> None:
    """Write the PDF file of LibreOffice, and encrypted copies of a hand-written one."""
    write_word()
    run("soffice", "--headless", "--convert-to", "pdf", "libreoffice.docx")
    (HERE / "plain.pdf").write_bytes(tiny_pdf([["議事要旨", "【委員】　鍵のかかった頁です。"]]))
    run("qpdf", "--encrypt", "open sesame", "owner", "256", "--", "plain.pdf", "password.pdf")
    run("qpdf", "--encrypt", "", "owner", "256", "--print=none", "--extract=n", "--", "plain.pdf", "no-copying.pdf")
    for source in ("libreoffice.docx", "plain.pdf"):
        (HERE / source).unlink()


if __name__ == "__main__":
    main()
