"""Kanji and katakana as classes of regular expressions, put so that they are compiled quickly.

CPython goes through a range character by character when it compiles one: half a millisecond for all kanji, wherever
they stand. What is a letter and neither Latin nor kana is the same in Japanese text.
"""

_COMPATIBILITY = r"\uf900-\ufaff"
"""Kanji of other code pages a second time: texts that were converted badly have them in the midst of words."""

_NO_KANJI = rf"\W\d_A-Za-zＡ-Ｚａ-ｚ〇ぁ-ゟ{_COMPATIBILITY}"

KANJI = rf"[^{_NO_KANJI}゠-ヿ]"
KANJI_OR_KE = rf"[^{_NO_KANJI}゠-ヵヷ-ヿ]"
"""Kanji, and the ヶ that stands among them in names."""

KANJI_OR_KATAKANA = rf"[^{_NO_KANJI}]"
ANY_BUT_HIRAGANA = rf"[^\W\d_〇ぁ-ゟ{_COMPATIBILITY}]"
"""A kanji, a katakana or a letter."""

ANY = rf"[^\W\d_〇{_COMPATIBILITY}]"
"""A kanji, a kana or a letter."""
