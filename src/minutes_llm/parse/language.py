"""The language of a text, by the scripts it is written in."""

from __future__ import annotations

import re

_SAMPLE = 200_000
_KANA = re.compile(r"[\u3041-\u30fa]")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LATIN = re.compile(r"[A-Za-z]{2,}")


def language(text: str) -> str:
    """Return `ja`, `zh`, `ko` or `en`, judged by the first 200,000 characters.

    Kana make it Japanese, Chinese characters without kana Chinese; what has none of these is taken for English.
    """
    sample = text[:_SAMPLE]
    kana, han = len(_KANA.findall(sample)), len(_HAN.findall(sample))
    latin, hangul = len(_LATIN.findall(sample)), len(_HANGUL.findall(sample))
    if hangul > kana + han and hangul > latin:
        return "ko"
    if kana + han < latin:
        return "en"
    if kana * 20 >= han:
        return "ja" if kana + han else "en"
    return "zh"
