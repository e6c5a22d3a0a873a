"""Plain text: every encoding is recognised by its bytes, and what was not certain is said."""

from __future__ import annotations

import codecs

import pytest

from minutes_llm.errors import SourceError
from minutes_llm.model.minutes import Source
from minutes_llm.sources import source_from_bytes, source_from_text

MINUTES = """第２回　河岸緑地検討会　議事要旨
１．日時　令和６年５月１４日（火）15：00〜16：30

○岡委員長　本日は護岸の石について伺います。
◆委員　ベンチの数が足りないのではないか。
◎事務局　ご指摘のとおりで、来年度に三台ふやします。
"""

CODECS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "euc_jp", "iso2022_jp"]


def read(data: bytes, encoding: str | None = None) -> Source:
    return source_from_bytes(data, "minutes.txt", encoding)


@pytest.mark.parametrize("codec", CODECS)
def test_minutes_are_read_in_every_encoding_without_a_doubt(codec: str) -> None:
    source = read(MINUTES.encode(codec))
    assert source.text == MINUTES
    assert source.encoding == codec.removesuffix("-sig")
    assert source.findings == ()


def test_shift_jis_is_read_as_cp932() -> None:
    text = MINUTES.replace("〜", "～").replace("岡", "髙﨑①㈱－")
    source = read(text.encode("cp932"))
    assert (source.text, source.encoding, source.findings) == (text, "cp932", ())


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_is_read_by_its_byte_order_mark(bom: bytes) -> None:
    codec = "utf-16-le" if bom == codecs.BOM_UTF16_LE else "utf-16-be"
    source = read(bom + MINUTES.encode(codec))
    assert source.text == MINUTES
    assert source.encoding == "utf-16"


SHORT = ["○会長　開会します。", "（委員）予算はいくらか。", "議題は三つである", "以上、閉会。"]


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16-le", "utf-16-be"])
def test_one_short_line_is_enough(text: str, codec: str) -> None:
    assert read(text.encode(codec)).text == text


HALF_WIDTH = "ﾐﾄﾞﾘ課長 ｺﾞﾐ置場ﾆﾂｲﾃ､ｺﾚｶﾗ説明ｼﾏｽ｡\n委員 ｿﾚﾃﾞ足ﾘﾙﾉｶ｡\n"


@pytest.mark.parametrize("codec", ["utf-8", "cp932", "euc_jp"])
def test_half_width_katakana_are_not_taken_for_kanji(codec: str) -> None:
    source = read(HALF_WIDTH.encode(codec))
    assert (source.text, source.encoding) == (HALF_WIDTH, codec)


def test_mail_s_half_width_katakana_in_iso_2022_jp_are_read() -> None:
    data = "岡委員　".encode("iso2022_jp") + "ﾐﾄﾞﾘ".encode("iso2022_jp_ext")
    assert read(data).text == "岡委員　ﾐﾄﾞﾘ"


# ①髙 of Windows, which the standards have not: rows 13 and 92 of its grid.
WINDOWS_PAIR = b"\x2d\x21\x7c\x62"


def test_euc_jp_with_characters_of_windows_is_read() -> None:
    data = "議題 ".encode("euc_jp") + bytes(byte | 0x80 for byte in WINDOWS_PAIR) + "橋委員の発言".encode("euc_jp")
    assert read(data).text == "議題 ①髙橋委員の発言"


def test_iso_2022_jp_with_characters_of_windows_is_read() -> None:
    data = b"\x1b$B" + WINDOWS_PAIR + b"\x1b(B end"
    assert read(data).text == "①髙 end"


def test_english_is_utf_8() -> None:
    source = read(b"CHAIR: The meeting is open.\nDan: Thanks.\n")
    assert (source.encoding, source.findings) == ("utf-8", ())


def test_english_with_typographic_quotes_of_windows_is_read_and_called_uncertain() -> None:
    text = "CHAIR: We don’t have a quorum – the “second” item waits.\n" * 4
    source = read(text.encode("cp1252"))
    assert source.text == text
    assert [finding.code for finding in source.findings] == ["encoding-uncertain"]


def test_line_ends_are_kept_and_only_the_byte_order_mark_goes() -> None:
    assert read(codecs.BOM_UTF8 + "議事\r\n\ufeff録\r\n".encode()).text == "議事\r\n\ufeff録\r\n"


def test_bytes_that_two_encodings_explain_are_called_uncertain() -> None:
    finding = next(iter(read("ｶﾅ".encode("cp932")).findings))
    assert finding.code == "encoding-uncertain"
    values = dict(finding.values)
    assert {values["encoding"], *values["alternatives"].split(", ")} >= {"cp932", "euc_jp"}


def test_an_encoding_set_by_hand_wins() -> None:
    data = "ｶﾅ".encode("cp932")
    assert read(data, "euc-jp").text != "ｶﾅ"
    source = read(data, "Shift_JIS")
    assert (source.text, source.encoding, source.findings) == ("ｶﾅ", "cp932", ())


def test_an_encoding_set_by_hand_that_does_not_fit_says_where() -> None:
    data = "一行目\n".encode() + "二行目".encode("cp932")
    with pytest.raises(SourceError, match=r"^minutes.txt: not utf-8: byte 0x93 at offset 10 \(line 2\)"):
        read(data, "utf-8")


def test_an_unknown_encoding_is_refused() -> None:
    for name in ("klingon", "base64", ""):
        with pytest.raises(SourceError, match="unknown encoding"):
            read(b"minutes", name or " ")


def test_one_broken_byte_in_utf_8_is_placed() -> None:
    data = MINUTES.encode().replace("石".encode(), b"\xff", 1)
    with pytest.raises(SourceError, match=r"damaged UTF-8: byte 0xFF at offset \d+ \(line 4\)"):
        read(data)


def test_a_large_text_is_read_whole_though_only_its_beginning_is_weighed() -> None:
    text = "Present: chair, clerk\n" * 5_000 + MINUTES.replace("〜", "～") * 3_000
    source = read(text.encode("cp932"))
    assert (source.text, source.encoding) == (text, "cp932")


def test_form_feeds_begin_pages() -> None:
    source = source_from_text("一頁目\n\f二頁目\n\f三", "x")
    assert [source.text[begin] for begin in source.pages] == ["一", "二", "三"]
    assert source_from_text("一頁だけ", "x").pages == ()


def test_a_source_names_its_bytes() -> None:
    utf8, sjis = read(MINUTES.encode()), read(MINUTES.encode("cp932"))
    assert utf8.sha256 != sjis.sha256
    assert utf8.sha256 == source_from_text(MINUTES, "x").sha256
