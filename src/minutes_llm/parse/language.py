"""The language of a text, by the scripts it is written in."""

from __future__ import annotations

from collections import Counter

from minutes_llm.patterns import late

_SAMPLE = 200_000
_LATIN = late(r"[A-Za-z]{2,}")


def language(text: str) -> str:
    """Return `ja`, `zh`, `ko` or `en`, judged by the first 200,000 characters.

    Kana make it Japanese, Chinese characters without kana Chinese; what has none of these is taken for English.
    """
    sample = text[:_SAMPLE]
    counts = Counter(sample)
    kana, han = _between(counts, "\u3041", "\u30fa"), _between(counts, "\u4e00", "\u9fff")
    latin, hangul = len(_LATIN.findall(sample)), _between(counts, "\uac00", "\ud7a3")
    if hangul > kana + han and hangul > latin:
        return "ko"
    if kana + han < latin:
        return "en"
    if kana * 20 >= han:
        return "ja" if kana + han else "en"
    return "zh"


def _between(counts: Counter[str], first: str, last: str) -> int:
    return sum(count for character, count in counts.items() if first <= character <= last)
