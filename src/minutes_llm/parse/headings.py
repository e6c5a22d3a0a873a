"""Lines that head an agenda item, and how deep: `（1）開会`, `◆議題（１）…`, `日程第１`, `## Proxy`, `Topic: …`.

The rules in order; the first that fits tells a heading's style:

    markdown    ## Secretary report
    programme   日程第２　議案第３号…             (an assembly's order of the day)
    item        議題１　地域計画について          (the word for an item, and a number)
    topic       Topic: Budget
    bracket     【開会】 《２．報告事項》 ＜質疑＞    (the whole line)
    glyph       ◆議題（１）「…」、事務局より説明。   (a glyph that is no speaker's)
    paren       （２）議題
    number      ３．閉会 / ３　閉会
    circle      ①予算について

A heading that says itself that it is an item (議題, 開会, 報告事項 …), or that the header announced, is *sure*; one
that is only numbered or short has to stand where a heading can stand, and to count on from the last of its style.
"""

from __future__ import annotations

from typing import NamedTuple

from minutes_llm.languages.en import headings as en
from minutes_llm.languages.ja import headings as ja
from minutes_llm.languages.ja.lines import NUMERAL
from minutes_llm.languages.ja.numerals import integer
from minutes_llm.parse.lines import squeeze
from minutes_llm.patterns import late


class Heading(NamedTuple):
    """A line read as a heading: its style, its number where it has one, its words.

    What its words say: `sure`, that it is an agenda item; `begins`, at once, with the word for one (`議題（１）…`);
    `plain`, nothing else (`開会`, `議題`); `part`, that it is a part of one (`質疑応答`).
    """

    style: str
    number: int | None
    title: str
    sure: bool = False
    part: bool = False
    plain: bool = False
    begins: bool = False


_LONGEST = 120
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMANS = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_MARKDOWN = late(r"^(?P<hashes>#{1,6})\s+(?P<title>\S.*?)\s*#*$")
_BRACKET = late(r"^(?:【(.+)】|《(.+)》|＜(.+)＞|<([^<>/=]+)>|〔(.+)〕|［(.+)］|≪(.+)≫)$")
_GLYPHS = "◆◇■□●◎〇○◯△▽▼▲☆★※"
_GLYPH = late(rf"^[{_GLYPHS}]\s*(?P<title>\S.*)$")
_PAREN = late(rf"^[（(]\s*(?P<number>{NUMERAL}{{1,3}})\s*[）)]\s*(?P<title>\S.*)$")
_NUMBER = late(
    r"^(?:(?P<dotted>[0-9０-９]{1,2})\s*[.．、）)]|(?P<spaced>[0-9０-９]{1,2})(?=\s)|"
    r"(?P<kanji>[一二三四五六七八九十]{1,2})[、．.　])"
    r"\s*(?P<title>[^0-9０-９\s].*)$"
)
_CIRCLE = late(rf"^(?P<number>[{_CIRCLED}])\s*(?P<title>\S.*)$")
_ROMAN = late(rf"^(?P<number>[{_ROMANS}]+)\s*[.．、]?\s*(?P<title>\S.*)$")
_WORDED = (
    ("programme", "日", ja.PROGRAMME),
    ("item", "【〔［＜《議案審協検報テ項", ja.ITEM),
    ("topic", "TtAaIiSs", en.ITEM),
)
_COUNTED = (
    ("paren", "（(", _PAREN),
    ("number", "0123456789０１２３４５６７８９一二三四五六七八九十", _NUMBER),
    ("circle", _CIRCLED, _CIRCLE),
    ("roman", _ROMANS, _ROMAN),
)
"""The styles with what such a line begins with."""

_BRACKETS = "【《＜<〔［≪"
FIRST = frozenset("".join(("#", _BRACKETS, _GLYPHS, *(begins for _, begins, _ in (*_WORDED, *_COUNTED)))))
"""What a line read as a heading begins with."""


def heading(text: str) -> Heading | None:
    """Return a line read as a heading, or None where it has not the form of one."""
    if not text or text[0] not in FIRST:
        return None
    first = text[0]
    if first == "#" and (markdown := _MARKDOWN.match(text)):
        title = markdown.group("title")
        return Heading(markdown.group("hashes"), None, title, sure=True, part=_is_part(title))
    if len(text) > _LONGEST:
        return None
    for style, begins, pattern in _WORDED:
        if first in begins and (match := pattern.match(text)):
            return _titled(style, match.group("number"), match.group("title") or text, sure=True)
    if first in "（(" and text[-1] in "）)" and _is_part(text[1:-1]):
        return Heading("bracket（", None, text[1:-1], sure=True, part=True)
    if first in _BRACKETS and (bracket := _BRACKET.match(text)):
        return _titled("bracket" + first, None, next(filter(None, bracket.groups())))
    for style, begins, pattern in _COUNTED:
        if first in begins and (match := pattern.match(text)):
            number = next(value for name, value in match.groupdict().items() if value and name != "title")
            return _titled(style, number, match.group("title"))
    glyph = _GLYPH.match(text) if first in _GLYPHS else None
    return _titled("glyph" + first, None, glyph.group("title")) if glyph else None


def _titled(style: str, number: str | None, title: str, sure: bool = False) -> Heading:
    value = integer(number) if number else None
    if number and value is None:
        value = _CIRCLED.find(number) + 1 or None
    plain = squeeze(title).rstrip("。") in ja.PLAIN
    begins = squeeze(title).startswith(ja.BEGINNINGS)
    return Heading(style, value, title, sure or plain or names_an_item(title), _is_part(title), plain, begins or sure)


def names_an_item(title: str) -> bool:
    """Return whether a heading's words say themselves that it is an agenda item."""
    squeezed = squeeze(title)
    return any(word in squeezed for word in ja.AGENDA) and "。" not in squeezed[:-1]


def _is_part(title: str) -> bool:
    squeezed = squeeze(title).strip("【】《》＜＞<>〔〕（）()◆◇■□●○：:")
    return bool(ja.PARTS.match(squeezed) or en.PARTS.match(title.strip()))
