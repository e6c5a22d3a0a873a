"""Languages by their tags, with the names that a model is told; which of them put spaces between words."""

from __future__ import annotations

from minutes_llm.errors import InputError

NAMES = {
    "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "cs": "Czech", "da": "Danish", "de": "German", "el": "Greek",
    "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian", "fi": "Finnish", "fil": "Filipino",
    "fr": "French", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "km": "Khmer", "ko": "Korean", "lo": "Lao", "lt": "Lithuanian",
    "lv": "Latvian", "mn": "Mongolian", "ms": "Malay", "my": "Burmese", "ne": "Nepali", "nl": "Dutch",
    "no": "Norwegian", "pl": "Polish", "pt": "Portuguese", "pt-BR": "Brazilian Portuguese", "ro": "Romanian",
    "ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "sr": "Serbian", "sv": "Swedish",
    "sw": "Swahili", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek",
    "vi": "Vietnamese", "zh": "Chinese", "zh-Hans": "Simplified Chinese", "zh-Hant": "Traditional Chinese",
}  # fmt: skip
UNSPACED = frozenset({"ja", "zh", "th", "lo", "km", "my"})
KANJI_READERS = frozenset({"ja", "zh"})


def known_tag(tag: str) -> str:
    """Return a tag as the list of languages has it, whatever its case. Raises InputError where nobody knows it."""
    for known in NAMES:
        if known.casefold() == tag.replace("_", "-").casefold():
            return known
    raise InputError(f"no language with the tag {tag!r} is known; give one such as en, fr or zh-Hant")


def is_spaced(language: str) -> bool:
    """Tell whether a language puts spaces between its words."""
    return language.partition("-")[0] not in UNSPACED


def reads_kanji(language: str) -> bool:
    """Tell whether readers of a language can read a Japanese name as it is written."""
    return language.partition("-")[0] in KANJI_READERS
