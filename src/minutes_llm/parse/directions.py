"""Stage directions: what happened in the room, kept apart from what was said."""

from __future__ import annotations

from minutes_llm.languages.en import lines as en
from minutes_llm.languages.ja import lines as ja
from minutes_llm.parse.lines import squeeze
from minutes_llm.patterns import late

_ENCLOSED = late(
    r"^(?:〔(?P<a>.*)[〕】]|（(?P<b>.*)）|\((?P<c>.*)\)|［(?P<d>.*)］|\[(?P<e>.*)\]|《(?P<f>.*)》|[−－―\-]\s*(?P<g>[^−－―]+?.*?)\s*[−－―\-])[.。]?$"
)
_INSIDE = late(
    r"[（(〔［\[]([^（）()〔〕［］\[\]]{1,80}|[^（）()〔〕［］\[\]]{0,60}[「｢][^」｣]{0,60}[」｣][^（）()〔〕［］\[\]]{0,30})[）)〕］\]]"
)
_BRACKET = late(r"[（(〔［\[]")
_AT_END = late(r"(?<=[。」])\s*([－―−─]\s*[^－―−─。]{2,60}?\s*[－―−─])$")
OPENS = frozenset("〔（(［[《−－―-")
"""What a line that is nothing but a stage direction begins with."""

LEADS = frozenset("登降")
"""What a stage direction before a speech begins with (`ja.LEADING`)."""

MAY_HOLD = late(r"[（(〔［\[－―−─━]")
"""Found in every text that has a stage direction or a rule inside it (`noise.rules_inside` asks for four dashes)."""


def whole_line(text: str) -> bool:
    """Return whether a line is nothing but a stage direction: `〔市長登壇〕`, `（事務局説明）`, `−資料の確認−`."""
    if text[:1] not in OPENS or len(text) > 200:
        return False
    match = _ENCLOSED.match(text)
    if match is None:
        return False
    inner = next((group for group in match.groups() if group is not None), "")
    if text[0] in "〔《":
        return True
    return _tells(inner, ja.DIRECTION_ENDS)


def inside(text: str) -> list[tuple[int, int]]:
    """Return the stretches of a line of speech that are stage directions: `…です。（拍手）`."""
    leading = ja.LEADING.match(text) if text[:1] in LEADS else None
    found = [leading.span()] if leading else []
    if _BRACKET.search(text):
        found.extend(match.span() for match in _INSIDE.finditer(text) if _tells(match.group(1), ja.INLINE_ENDS))
    at_end = _AT_END.search(text) if text[-1:] in "－―−─" else None
    if at_end and _tells(at_end.group(1).strip("－―−─"), ja.DIRECTION_ENDS):
        found.append(at_end.span(1))
    return found


def _tells(inner: str, ends: tuple[str, ...]) -> bool:
    squeezed = squeeze(inner).rstrip("。.．")
    return squeezed.endswith(ends) or bool(en.DIRECTIONS.match(inner.strip()))
