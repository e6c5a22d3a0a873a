"""PDF, Word and HTML files as text; the kind is told by the content."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from minutes_llm.model.minutes import Source
from minutes_llm.sources import read_source, source_from_bytes
from tiny_pdf import PICTURE, pdf_of, placed, tiny_pdf

FILES = Path(__file__).parent / "files"


def read(data: bytes, name: str = "given") -> Source:
    return source_from_bytes(data, name)


def pages_of(source: Source) -> list[str]:
    ends = [*source.pages[1:], len(source.text)]
    return [source.text[begin:end] for begin, end in zip(source.pages, ends, strict=True)]


# --- any file ----------------------------------------------------------------------------------------------------


def test_a_file_is_named_without_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "minutes.md"
    path.write_text("# Minutes\n\n**Ann:** Good morning.\n", encoding="utf-8")
    source = read_source(path)
    assert (source.name, source.encoding) == ("minutes.md", "utf-8")
    assert source.text == "# Minutes\n\n**Ann:** Good morning.\n"


def test_a_dash_is_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("○議長　開会します。".encode("cp932"))))
    assert read_source("-").text == "○議長　開会します。"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (tiny_pdf([["議事要旨"]]), "pdf"),
        (b"\xef\xbb\xbf <!-- saved --> <!DOCTYPE HTML><p>minutes", "html"),
        ("<html><body>議事要旨</body></html>".encode("utf-16"), "html"),
        (b"<!-- a comment --> # Minutes in Markdown", "utf-8"),
        (b"<nick> an IRC log", "utf-8"),
    ],
)
def test_the_content_tells_the_kind_and_not_the_ending(data: bytes, kind: str) -> None:
    assert read(data, "wrongly-named.docx").encoding == kind


def test_a_piece_of_a_page_is_known_by_its_ending() -> None:
    assert read(b"<p>Minutes</p>", "piece.html").text == "Minutes\n"
    assert read(b"<p>Minutes</p>", "notes.md").text == "<p>Minutes</p>"


# --- PDF ---------------------------------------------------------------------------------------------------------

LINES = ["議事要旨", "１．日時　15：00～16：30", "資料２－１について－説明", "", "【委員長】ﾐﾄﾞﾘ①㈱髙﨑"]


@pytest.mark.parametrize("charmap", ["UniJIS-UTF16-H", "90ms-RKSJ-H", "90msp-RKSJ-H"])
def test_a_pdf_keeps_its_characters_its_lines_and_the_room_between_them(charmap: str) -> None:
    assert read(tiny_pdf([LINES], charmap)).text == "\n".join(LINES) + "\n"


def test_the_pages_of_a_pdf_begin_where_it_says() -> None:
    source = read(tiny_pdf([["一頁目"], [], ["三頁目", "終わり"]]))
    assert pages_of(source) == ["一頁目\n", "", "三頁目\n終わり\n"]


def test_a_printed_word_document_is_read_as_printed() -> None:
    source = read_source(FILES / "libreoffice.pdf")
    first, second = pages_of(source)
    assert source.encoding == "pdf"
    assert first.splitlines()[:3] == ["資料１", "", "第２回　河岸緑地検討会　議事要旨"]
    assert "令和６年５月１４日（火）15：00～16：30\n" in first
    assert "護岸の工事に使う石は地元のもの\nとし、足りない分だけを隣の県から運ぶという案です。\n" in first
    assert first.endswith("日程は大丈夫か。\n\n1\n")
    assert second == "資料１\n\n【事務局】　６月１０日に着工し、年内に終わる見込みです。\n\n2\n"


def test_a_pdf_that_only_forbids_copying_is_read() -> None:
    assert read_source(FILES / "no-copying.pdf").text == "議事要旨\n【委員】　鍵のかかった頁です。\n"


def test_gaps_between_columns_stay_wide() -> None:
    page = placed(
        [(70, 700, "出席者"), (144, 700, "岡委員長"), (70, 682, "Chair"), (180, 682, "Ann"), (217, 682, "Oka")]
    )
    assert read(pdf_of([page])).text == "出席者　　　　岡委員長\nChair           Ann Oka\n"


def test_shapes_that_fonts_name_become_the_characters_meant() -> None:
    assert read(tiny_pdf([["委員⻑は⽇本⽯川県", "⼀⼆三"]])).text == "委員長は日本石川県\n一二三\n"


def test_a_hyphen_at_a_line_s_end_is_kept_as_printed() -> None:
    assert read(tiny_pdf([["the cyber-", "security of the co-op"]])).text == "the cyber-\nsecurity of the co-op\n"


def test_a_rare_kanji_outside_the_first_plane_is_one_character() -> None:
    assert read(tiny_pdf([["𠮷野委員　𠮟る"]])).text == "𠮷野委員　𠮟る\n"


def test_a_scanned_page_among_others_is_said() -> None:
    source = read(pdf_of([placed([(70, 700, "議事要旨")]), PICTURE]))
    assert [(finding.code, finding.values) for finding in source.findings] == [
        ("page-without-text", (("pages", "2"),))
    ]


# --- Word --------------------------------------------------------------------------------------------------------


def word(*blocks: str) -> bytes:
    """Return a .docx whose body is these blocks of WordprocessingML."""
    document = docx.Document()
    end = document.element.body[-1]
    for block in blocks:
        end.addprevious(parse_xml(block.replace(">", f" {nsdecls('w')}>", 1)))
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def paragraph(*texts: str) -> str:
    return "<w:p>" + "".join(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' for text in texts) + "</w:p>"


def table(*rows: Iterable[str]) -> str:
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_paragraphs_and_tables_come_in_the_order_of_the_document() -> None:
    source = read(
        word(
            paragraph("議事", "要旨"),
            paragraph(),
            table(["日時", "５月１４日"], ["場所", ""], ["", "備考"]),
            paragraph("○岡委員長　開会します。"),
        )
    )
    assert source.encoding == "docx"
    assert source.text == "議事要旨\n\n日時\t５月１４日\n場所\n\t備考\n○岡委員長　開会します。\n"


# One line each: what Word has in a paragraph, and what a person reads there.
IN_A_PARAGRAPH = [
    ("<w:r><w:t>一</w:t><w:br/><w:t>二</w:t><w:tab/><w:t>三</w:t></w:r>", "一\n二\t三\n"),
    ('<w:r><w:t>前</w:t><w:br w:type="page"/><w:t>後</w:t></w:r>', "前後\n"),
    ("<w:hyperlink><w:r><w:t>資料へ</w:t></w:r></w:hyperlink>", "資料へ\n"),
    (
        "<w:ins><w:r><w:t>足した</w:t></w:r></w:ins><w:del><w:r><w:delText>消した</w:delText></w:r></w:del>",
        "足した\n",
    ),
    ("<w:moveFrom><w:r><w:t>元の所</w:t></w:r></w:moveFrom><w:r><w:t>残り</w:t></w:r>", "残り\n"),
    ("<w:sdt><w:sdtContent><w:r><w:t>欄の中</w:t></w:r></w:sdtContent></w:sdt>", "欄の中\n"),
    (
        "<w:r><w:ruby><w:rt><w:r><w:t>つた</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>蔦</w:t></w:r></w:rubyBase></w:ruby>"
        "</w:r><w:r><w:t>委員</w:t></w:r>",
        "蔦委員\n",
    ),
    ("<w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r>", "7\n"),
]


@pytest.mark.parametrize(("inside", "text"), IN_A_PARAGRAPH)
def test_a_word_paragraph_is_what_a_person_reads(inside: str, text: str) -> None:
    assert read(word(f"<w:p>{inside}</w:p>")).text == text


def test_a_control_around_whole_paragraphs_is_read() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph('一')}{paragraph('二')}</w:sdtContent></w:sdt>"
    assert read(word(control, paragraph("三"))).text == "一\n二\n三\n"


def test_numbers_that_word_counts_by_itself_are_said_to_be_missing() -> None:
    listed = "<w:p><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>日時</w:t></w:r></w:p>"
    source = read(word(listed, listed, paragraph("１．場所")))
    assert source.text == "日時\n日時\n１．場所\n"
    assert [(finding.code, finding.values) for finding in source.findings] == [
        ("automatic-numbers", (("paragraphs", "2"),))
    ]


# --- HTML --------------------------------------------------------------------------------------------------------


def page(body: str) -> str:
    return f"<!DOCTYPE html><html><head><title>題</title></head><body>{body}</body></html>"


# One line each: a piece of a page, and what a person reads there.
PIECES = [
    ("<p>一段落</p><p>二段落</p>", "一段落\n\n二段落\n"),
    ("<div>○議長<div>開会します。</div>次に</div>", "○議長\n開会します。\n次に\n"),
    ("一行<br>二行<br/><br>四行", "一行\n二行\n\n四行\n"),
    ("<p>最後の改行<br></p><p>次</p>", "最後の改行\n\n次\n"),
    ("<h2>議題</h2>　字下げの行", "議題\n\n　字下げの行\n"),
    ("<p>ここで\n  折り返す行と\nLatin\nwords</p>", "ここで折り返す行と Latin words\n"),
    ("<span>○岡委員</span>\n<span>はい。</span>", "○岡委員 はい。\n"),
    ("<ruby>蔦<rp>（</rp><rt>つた</rt><rp>）</rp></ruby>委員", "蔦委員\n"),
    ("<table><tr><th>日時</th><td>５月</td></tr><tr><td>場所</td><td></td></tr></table>", "日時\t５月\n場所\n"),
    (
        "<table><tr><td><p>岡委員</p></td><td><p>はい。</p><p>以上。</p></td></tr></table>",
        "岡委員\tはい。\n\n以上。\n",
    ),
    ("<table>\n<tr>\n<td>甲</td>\n<td>乙</td>\n</tr>\n</table>", "甲\t乙\n"),
    ("<dl><dt>問</dt><dd>いつか。</dd><dt>答</dt><dd>五月。</dd></dl>", "問\nいつか。\n答\n五月。\n"),
    ("<ul><li>甲<ul><li>乙</li></ul></li><li>丙</li></ul>", "甲\n乙\n丙\n"),
    ("<pre>\n 一　二\n\n  三</pre>続き", " 一　二\n\n  三\n\n続き\n"),
    ("前<script>var a='<p>x</p>'</script><style>p{}</style><!-- 注 -->後", "前後\n"),
    ("<nav><a>ホーム</a></nav><main>本文</main><footer>問い合わせ</footer>", "ホーム\n本文\n問い合わせ\n"),
    ("<p style='display:none'>畳んだ議事</p>", "畳んだ議事\n"),
    ("Q&amp;A&nbsp;①&#12316;～－", "Q&A\xa0①〜～－\n"),
    ("<p>閉じない<p>段落<td>だけ", "閉じない\n\n段落だけ\n"),
]


@pytest.mark.parametrize(("piece", "text"), PIECES)
def test_a_page_is_what_a_person_reads(piece: str, text: str) -> None:
    source = read(page(piece).encode())
    assert (source.text, source.encoding) == (text, "html")


def test_a_page_declared_shift_jis_is_read_as_cp932() -> None:
    body = '<html><head><meta charset="Shift_JIS"></head><p>15：00～16：30　髙﨑①</p></html>'
    source = read(body.encode("cp932"))
    assert (source.text, source.findings) == ("15：00～16：30　髙﨑①\n", ())


def test_a_declaration_settles_what_the_bytes_leave_open() -> None:
    body = '<html><meta http-equiv="Content-Type" content="text/html; charset={}"><p>ｶﾅ</p></html>'
    assert read(body.format("shift_jis").encode("cp932")).text == "ｶﾅ\n"
    assert read(body.format("x-sjis").encode("cp932")).text == "ｶﾅ\n"
    assert read(body.replace("ｶﾅ", "叫").format("euc-jp").encode("euc_jp")).text == "叫\n"


def test_a_page_saved_again_in_another_encoding_than_it_declares_is_read_and_said() -> None:
    source = read('<html><meta charset="shift_jis"><p>護岸の石について伺います。</p></html>'.encode())
    assert source.text == "護岸の石について伺います。\n"
    assert [finding.code for finding in source.findings] == ["encoding-misdeclared"]


def test_deeply_nested_and_unclosed_pages_are_read() -> None:
    assert read(page("<font>" * 20_000 + "底").encode()).text == "底\n"
