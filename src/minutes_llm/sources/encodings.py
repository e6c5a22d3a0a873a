"""Bytes as text in the encoding they were written in, and whether that was certain.

Every encoding that decodes the bytes without error is a candidate; the reading that costs the fewest bits wins.
The costs are a small model of what minutes look like: kana, common kanji and ASCII are cheap, rare kanji dear,
control characters hardly to be paid. UTF-8 with a few characters outside ASCII needs no weighing: nothing else
is valid UTF-8 by accident for long. Detectors from the shelf were tried and err more often, above all on short
texts (`docs/files.md` has the figures).
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from minutes_llm.errors import SourceError
from minutes_llm.model.minutes import Finding

SAMPLE = 20_000
"""How many bytes are weighed; the text decoded with the winner is always the whole."""


class Decoded(NamedTuple):
    """Text without a byte order mark, the codec that gave it, and what is to be said about that."""

    text: str
    encoding: str
    findings: tuple[Finding, ...] = ()


class _Reading(NamedTuple):
    """The bytes read with one codec; `cost` is in bits, over the sample only."""

    codec: str
    text: str
    cost: float


# --- decoding with one codec -----------------------------------------------------------------------------------

# What files call by the first name is in truth written in the second, which holds it: a page declared Shift_JIS
# has ～, ① and 髙 in it. Python spells codecs in many ways; `_codec_name` has made them one before this is asked.
WIDENED = {"shift_jis": "cp932", "iso8859-1": "cp1252", "ascii": "utf-8"}


def _codec_name(label: str) -> str | None:
    """Return the codec to use for an encoding's name as people write it, or None where Python knows none."""
    try:
        name = codecs.lookup(label.strip().lower().removeprefix("x-")).name.replace("utf-8-sig", "utf-8")
        "".encode(name)  # base64 and the like are codecs too, but not of text
    except (LookupError, UnicodeError):
        return None
    return WIDENED.get(name, name)


def _jis_as_windows_has_it(error: UnicodeError) -> tuple[str, int]:
    """Return the character for two bytes that EUC-JP and ISO-2022-JP leave open and Windows fills (①, ㈱, 髙).

    The row and the cell are those of JIS; CP932 has the same grid in another arithmetic.
    """
    if not isinstance(error, UnicodeDecodeError) or error.start + 2 > len(error.object):
        raise error
    row, cell = (byte & 0x7F for byte in error.object[error.start : error.start + 2])
    lead, odd = divmod(row - 0x21, 2)
    trail = cell - 0x21 + (0x9F if odd else 0x40)
    trail += not odd and trail >= 0x7F
    lead += 0x81 if lead < 0x1F else 0xC1
    try:
        return bytes((lead, trail)).decode("cp932"), error.start + 2
    except (UnicodeDecodeError, ValueError):
        raise error from None


WINDOWS_JIS = "minutes_llm.windows_jis"
codecs.register_error(WINDOWS_JIS, _jis_as_windows_has_it)


# With half-width katakana (ESC ( I), which mail programs write into ISO-2022-JP against its letter.
DECODED_WITH = {"iso2022_jp": "iso2022_jp_ext"}


def _decode(data: bytes, codec: str) -> str:
    """Return the bytes decoded, byte order mark dropped. Raises UnicodeDecodeError."""
    errors = WINDOWS_JIS if codec in ("euc_jp", "iso2022_jp") else "strict"
    return data.decode(DECODED_WITH.get(codec, codec), errors).removeprefix("\ufeff")


# --- what a reading costs ----------------------------------------------------------------------------------------

HALF_WIDTH_RUN = 6.0
"""Half-width katakana come in runs; entering one costs this much more."""
IMPLAUSIBLE = 11.0
"""More bits than this for each byte, and the reading is no text at all (Japanese and English take 3 to 7)."""
MARGIN = 20.0
"""A winner by fewer bits than this is called uncertain."""
DECLARED = -20.0
"""What a page's own declaration of its encoding adds to the cost."""
NO_ASCII = 20.0
"""What UTF-16 costs more where no byte is NUL: no ASCII in it, no line end, no full-width space; who writes so?"""


def _bits(char: str) -> float:
    """Return what one character costs, by its kind: the likelier in minutes, the cheaper."""
    code = ord(char)
    if code < 0x80:
        return 5.0 if char.isprintable() or char in "\t\n\r\f" else 40.0
    if 0x3041 <= code <= 0x309F or char in "、。「」（）・ー\u3000":
        return 7.0
    if 0x30A0 <= code <= 0x30FF or 0xFF01 <= code <= 0xFF5E or 0x3000 <= code <= 0x303F:
        return 8.0
    if 0xFF61 <= code <= 0xFF9F:
        return 7.5
    if 0x4E00 <= code <= 0x9FFF:
        return 13.0 if _is_common_kanji(char) else 20.0
    return _bits_of_category(unicodedata.category(char))


def _bits_of_category(category: str) -> float:
    """Return what a character of no Japanese kind costs: letters and signs something, what nobody types a lot."""
    return 40.0 if category in ("Cc", "Cn", "Co", "Cs") else 12.0


def _is_common_kanji(char: str) -> bool:
    """Is this kanji in the first level of JIS X 0208, the 2,965 of daily use?"""
    try:
        return char.encode("shift_jis") < b"\x98\x9f"
    except UnicodeEncodeError:
        return False


def _cost(text: str) -> float:
    """Return what a text costs, in bits."""
    price: dict[str, float] = {char: _bits(char) for char in set(text)}
    half_width_runs = len(re.findall(r"[\uff61-\uff9f]+", text))
    return sum(map(price.__getitem__, text)) + HALF_WIDTH_RUN * half_width_runs


# --- choosing ----------------------------------------------------------------------------------------------------

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's: asked first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PLAIN_SPACES = dict.fromkeys(map(ord, "\t\n\r\f\u3000"))
CERTAINLY_UTF8 = 8
"""This many characters outside ASCII in valid UTF-8 settle it."""


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the bytes as text in the encoding that fits them best.

    `declared` is what the document says of itself; it tips the scales and is overruled, with a finding, where the
    bytes say otherwise. Raises SourceError where no encoding fits.
    """
    mark = next((codec for mark, codec in BYTE_ORDER_MARKS if data.startswith(mark)), None)
    if mark is not None:
        return Decoded(_decode_or_explain(data, mark), mark)
    stated = _codec_name(declared) if declared else None
    readings = sorted(_readings(data, stated), key=lambda reading: reading.cost)
    if not readings:
        raise SourceError(_why_undecodable(data))
    best, *others = readings
    findings = [*_uncertainty(best, others), *_misdeclared(best.codec, stated)]
    return Decoded(best.text, best.codec, tuple(findings))


def decode_as(data: bytes, encoding: str) -> Decoded:
    """Return the bytes as text in an encoding set by hand. Raises SourceError where they do not decode."""
    codec = _codec_name(encoding)
    if codec is None:
        raise SourceError(f"unknown encoding {encoding!r}; use a name such as utf-8, cp932, euc_jp or iso2022_jp")
    return Decoded(_decode_or_explain(data, codec), codec)


def _decode_or_explain(data: bytes, codec: str) -> str:
    try:
        return _decode(data, codec)
    except UnicodeDecodeError as error:
        raise SourceError(
            f"not {codec}: byte {_place(data, error)} does not decode; set another --encoding, or none"
        ) from None


def _readings(data: bytes, stated: str | None) -> Iterable[_Reading]:
    """Yield every reading of the bytes that decodes without error and looks like text."""
    sample = _sample(data)
    candidates = _candidates(data, stated)
    for codec in candidates:
        try:
            text = _decode(data, codec)
        except UnicodeDecodeError:
            continue
        sampled = text if sample is data else sample.decode(codec, "ignore")
        if len(candidates) == 1 and sampled.translate(_PLAIN_SPACES).isprintable():
            yield _Reading(codec, text, 0.0)  # nothing to weigh it against, and nothing dear in it
        elif (cost := _cost(sampled)) <= IMPLAUSIBLE * len(sample):
            yield _Reading(codec, text, cost + _prejudice(codec, data, stated))


def _prejudice(codec: str, data: bytes, stated: str | None) -> float:
    """Return what is to be added to a codec's cost for reasons that its reading does not show."""
    declared = DECLARED if codec == stated else 0.0
    return declared + (NO_ASCII if codec.startswith("utf-16") and b"\0" not in data else 0.0)


def _candidates(data: bytes, stated: str | None) -> list[str]:
    """Return the codecs worth trying, the likelier first; what the bytes rule out at once is left out."""
    if b"\0" in data:
        return ["utf-16-le", "utf-16-be"] if len(data) % 2 == 0 else []
    if data.isascii():
        return ["iso2022_jp" if re.search(rb"\x1b[$(]", data) else "utf-8"]
    valid, broken = _utf8_characters(data)
    if valid >= CERTAINLY_UTF8 and not broken:
        return ["utf-8"]
    if valid > 4 * broken > 0:
        return []  # UTF-8 with a damage: any other reading of it would be rubbish that happens to decode
    candidates = ["utf-8", "cp932", "euc_jp"]
    if len(data) % 2 == 0:
        candidates += ["utf-16-le", "utf-16-be"]
    if _count_ascii(data) >= 0.9 * len(data):
        candidates += ["cp1252"]  # English with a few typographic quotes
    if stated is not None and stated not in candidates:
        candidates += [stated]
    return candidates


def _utf8_characters(data: bytes) -> tuple[int, int]:
    """Return how many characters outside ASCII the bytes hold as UTF-8, and at how many places they are none."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return len(text) - _count_ascii(data) - broken, broken


def _count_ascii(data: bytes) -> int:
    return len(data) - len(data.translate(None, bytes(range(0x80))))


def _sample(data: bytes) -> bytes:
    """Return the bytes to weigh: the beginning, or in a long document its lines with characters outside ASCII."""
    if len(data) <= SAMPLE or b"\0" in data:
        return data[:SAMPLE]
    telling = [line for line in data[: 50 * SAMPLE].split(b"\n") if not line.isascii()]
    return b"\n".join(telling)[:SAMPLE] or data[:SAMPLE]


def _uncertainty(best: _Reading, others: list[_Reading]) -> Iterable[Finding]:
    close = [other.codec for other in others if other.cost - best.cost < MARGIN and other.text != best.text]
    if close or best.codec == "cp1252":
        values = (("encoding", best.codec), ("alternatives", ", ".join(close)))
        yield Finding("encoding-uncertain", "warning", values)


def _misdeclared(codec: str, stated: str | None) -> Iterable[Finding]:
    if stated is not None and stated != codec:
        yield Finding("encoding-misdeclared", "info", (("encoding", codec), ("declared", stated)))


def _why_undecodable(data: bytes) -> str:
    valid, broken = _utf8_characters(data)
    if b"\0" not in data and valid > 4 * broken:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as error:
            return f"damaged UTF-8: byte {_place(data, error)} does not decode; save the file again as UTF-8"
    return "neither text nor a kind of file that can be read; give text, PDF, Word .docx or HTML"


def _place(data: bytes, error: UnicodeDecodeError) -> str:
    """Return where decoding stopped, for a person: `0xFF at offset 120 (line 3)`."""
    line = data.count(b"\n", 0, error.start) + 1
    return f"0x{data[error.start]:02X} at offset {error.start} (line {line})"
