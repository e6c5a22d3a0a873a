"""Lines that belong to the page and not to the meeting, each with the reason why it is not claimed.

A page number is one of a run of numbers that counts up (`- 3 -`, `4467`, `3/12`); a running head is one line that
returns with other digits, beside the page numbers or at the edges of pages; a stamp is a material's number alone on a
line (`参考資料５`); a rule is drawn with dashes (`―――◇―――`). What is found is only named: the text stays in the
source, and a sentence that such a line interrupts is joined again across it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Set

from minutes_llm.languages.ja import lines as ja
from minutes_llm.parse.lines import Line
from minutes_llm.patterns import late

_RULE = late(r"^[\s─―ー－‐\-—–−=＝_＿━*＊~～・◇◆○◯●□■△▽☆★┄┈…]{3,}$")
_DASHES = late(r"[─―－‐\-—–−=＝_＿━*＊~～┄┈]{3}|◇")
_LONE_DASH = late(r"^[-－―|｜]+$")
_PAGE_TAG = late(r'^<\s*/?\s*PAGE\s*=?\s*"?\d*"?\s*/?>$|^\f+$', re.IGNORECASE)
_COUNTER = late(r"^[0-9]{1,4}[:：]$")
_DECORATED = late(
    r"^(?:[-－‐―–—−]\s*(\d{1,4}|[０-９]{1,4})\s*[-－‐―–—−]|(\d{1,4})\s*[/／]\s*\d{1,4}|(?:page|p\.?)\s*(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?|(\d{1,4})\s*(?:頁|ページ))$",
    re.IGNORECASE,
)
_BARE = late(r"^[0-9０-９]{1,4}$")
_LONGEST_DECORATED = 20
_LONGEST = max(_LONGEST_DECORATED, *map(len, ja.CHROME))
"""Characters of the longest line that begins with a letter or a digit and shows by itself that it is the page's."""

_DIGITS = late(r"[0-9０-９]+")
_LONG_RULE = late(r"\s*[─―－━＝]{4,}(?:[◇◆○◯]+[─―－━＝]*)*\s*")


def furniture(lines: tuple[Line, ...], pages: tuple[int, ...], spared: Set[int]) -> dict[int, str]:
    """Return the reason for each line, by its number, that is part of the page; `spared` lines are labels."""
    reasons: dict[int, str] = {}
    numbers: list[int] = []
    stamps: list[int] = []
    for index, line in enumerate(lines):
        text = line.text
        if len(text) > _LONGEST and text[0].isalnum() or not text or index in spared:
            continue
        if 2 < len(text) <= 12:
            stamps.append(index)
        if reason := _by_itself(text):
            reasons[index] = reason
        elif _BARE.match(text):
            numbers.append(index)
    reasons.update(dict.fromkeys(_bare_page_numbers(lines, numbers), "page-number"))
    if len(pages) > 1 or "page-number" in reasons.values():
        passed_over = {*reasons, *spared, *numbers}
        heads = [i for i, line in enumerate(lines) if i not in passed_over and _may_head_a_page(line.text)]
        reasons.update(dict.fromkeys(_running_heads(lines, heads, reasons, pages), "running-head"))
    reasons.update(dict.fromkeys(_stamps(lines, stamps), "page-stamp"))
    return reasons


def _may_head_a_page(text: str) -> bool:
    return 0 < len(text) <= 60 and text[-1] not in "。．！？?!"


def _by_itself(text: str) -> str | None:
    """Return the reason for a line that shows by itself what it is."""
    if text in ja.CHROME:
        return "chrome"
    first = text[0]
    if first == "<" and _PAGE_TAG.match(text):
        return "page-number"
    if not first.isalnum() and (_LONE_DASH.match(text) or (_RULE.match(text) and _DASHES.search(text))):
        return "rule"
    if len(text) <= 6 and _COUNTER.match(text):
        return "chrome"
    if len(text) <= _LONGEST_DECORATED and _DECORATED.match(text):
        return "page-number"
    return None


def _bare_page_numbers(lines: tuple[Line, ...], numbers: list[int]) -> list[int]:
    """Return the lines of a run of three or more counting numbers that are not the numbers of sections.

    A number with a short line right under it is a section's number (`２` / `前回議事録の承認`).
    """
    length: dict[int, int] = {}
    follows: dict[int, int] = {}
    at: dict[int, int] = {}
    runs: dict[int, list[int]] = {}
    for index in numbers:
        value = int(lines[index].text)
        before = at.get(value - 1)
        runs[index] = runs[before] if before is not None else []
        runs[index].append(index)
        length[index] = len(runs[index])
        if before is not None:
            follows[before] = index
        at[value] = index
    wide = max((len(line.text) for line in lines), default=0)
    pages = [index for index in numbers if len(runs[index]) >= 3]
    titled = sum(1 for index in pages if _titles(lines, index, wide))
    return [] if titled * 2 > len(pages) else pages


def _titles(lines: tuple[Line, ...], index: int, wide: int) -> bool:
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return 0 < len(below) <= min(25, wide // 2) and below[-1] not in ja.SENTENCE_END


def _running_heads(
    lines: tuple[Line, ...], heads: list[int], reasons: dict[int, str], pages: tuple[int, ...]
) -> list[int]:
    alike: dict[str, list[int]] = defaultdict(list)
    for index in heads:
        alike[_DIGITS.sub("#", lines[index].text)].append(index)
    edges = _edges(lines, pages)
    found: list[int] = []
    for masked, where in alike.items():
        if len(where) < 3 or len(masked) < 4:
            continue
        beside = sum(1 for index in where if index in edges or _beside_page_number(lines, reasons, index))
        if beside * 2 > len(where):
            found.extend(where)
    return found


def _beside_page_number(lines: tuple[Line, ...], reasons: dict[int, str], index: int) -> bool:
    """Return whether the nearest line with text above or below is a page number."""
    for step in (1, -1):
        near = index + step
        while 0 <= near < len(lines) and not lines[near].text:
            near += step
        if reasons.get(near) == "page-number":
            return True
    return False


def _edges(lines: tuple[Line, ...], pages: tuple[int, ...]) -> set[int]:
    """Return the numbers of the first and last two lines with text of each page."""
    by_page: dict[int, list[int]] = defaultdict(list)
    page = 0
    for index, line in enumerate(lines if len(pages) > 1 else ()):
        while page + 1 < len(pages) and line.begin >= pages[page + 1]:
            page += 1
        if line.text:
            by_page[page].append(index)
    return {index for rows in by_page.values() for index in (*rows[:2], *rows[-2:])}


def _stamps(lines: tuple[Line, ...], short: list[int]) -> list[int]:
    found = []
    for index in short:
        if ja.STAMP.match(lines[index].text):
            above = lines[index - 1].text if index else ""
            below = lines[index + 1].text if index + 1 < len(lines) else ""
            if not above and not below:
                found.append(index)
    return found


def rules_inside(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a line that are a rule glued into speech: `…決しました。――――◇――――`."""
    if "――――" not in text and "────" not in text and "━━━━" not in text and "－－－－" not in text:
        return []
    return [match.span() for match in _LONG_RULE.finditer(text)]
