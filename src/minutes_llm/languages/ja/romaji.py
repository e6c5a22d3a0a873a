"""Kana as revised Hepburn, which Japanese passports and ministries use, with macrons on long vowels.

こうの たろう → Kōno Tarō. Kana do not tell a long vowel from two vowels that meet where one word ends: 「井上」 is
いのうえ and Inoue, 「松浦」 is まつうら and Matsuura. So う lengthens o but not after の before え, ち or ら, and
u only after a glide (ゆう, しゅう).
"""

from __future__ import annotations

import re
import unicodedata

ROWS = {
    "": "あいうえお", "k": "かきくけこ", "s": "さしすせそ", "t": "たちつてと", "n": "なにぬねの", "h": "はひふへほ",
    "m": "まみむめも", "r": "らりるれろ", "g": "がぎぐげご", "z": "ざじずぜぞ", "d": "だぢづでど", "b": "ばびぶべぼ",
    "p": "ぱぴぷぺぽ",
}  # fmt: skip
SINGLE = {kana: row + vowel for row, kanas in ROWS.items() for kana, vowel in zip(kanas, "aiueo", strict=True)} | {
    "し": "shi", "ち": "chi", "つ": "tsu", "ふ": "fu", "じ": "ji", "ぢ": "ji", "づ": "zu", "や": "ya", "ゆ": "yu",
    "よ": "yo", "わ": "wa", "ゐ": "i", "ゑ": "e", "を": "o", "ん": "n", "ゔ": "vu", "ぁ": "a", "ぃ": "i", "ぅ": "u",
    "ぇ": "e", "ぉ": "o",
}  # fmt: skip
GLIDES = {"ゃ": "a", "ゅ": "u", "ょ": "o"}
KANA = re.compile("[ぁ-ゖァ-ヺー・ 　]+")


def romaji(kana: str) -> str:
    """Return kana, hiragana or katakana, as capitalised words with macrons; what is no kana stays as it is."""
    words = re.split("[ 　・]+", unicodedata.normalize("NFKC", kana).strip())
    return " ".join(_word("".join(map(_hiragana, word))) for word in words).strip()


def _hiragana(character: str) -> str:
    return chr(ord(character) - 0x60) if "ァ" <= character <= "ヴ" else character


def _word(kana: str) -> str:
    kana = re.sub("の(?=う[えちら])", "の'", kana)
    text = ""
    for place, character in enumerate(kana):
        following = SINGLE.get(kana[place + 1 : place + 2], "")
        if character in GLIDES and text.endswith("i"):
            text = text[:-1] + ("" if text.endswith(("shi", "chi", "ji")) else "y") + GLIDES[character]
        elif character == "っ":
            text += "t" if following.startswith("ch") else following[:1]
        elif character == "ー":
            text += text[-1:]
        else:
            text += SINGLE.get(character, character)
    text = re.sub("o[ou](?!')", "ō", text)
    text = re.sub("(?<=[yhj])uu", "ū", text).replace("aa", "ā").replace("'", "")
    return text[:1].upper() + text[1:]
