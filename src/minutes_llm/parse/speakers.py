"""Which words are speaker labels: roles, names, and what stands in label marks without being either.

`後藤主査` and `２０番（鈴木まさし議員）` end in a role; `JPCERT 小宮山` does not, and is known by being repeated;
`（資料確認）` and `【開会】` have the marks of a label and are none.
"""

from __future__ import annotations

import re
from functools import lru_cache

from minutes_llm.languages.en import header as en_header
from minutes_llm.languages.en import roles as en
from minutes_llm.languages.ja import header as ja_header
from minutes_llm.languages.ja import roles as ja
from minutes_llm.languages.ja.headings import PARTS
from minutes_llm.languages.zh import header as zh_header
from minutes_llm.languages.zh import roles as zh
from minutes_llm.parse.lines import squeeze
from minutes_llm.patterns import late

ROLES = tuple(sorted({*ja.ROLES, *zh.ROLES}, key=lambda role: (-len(role), role)))
STRONG_ROLES = tuple(role for role in ROLES if role not in ja.UNITS)
ROLE_PATTERN = "|".join(map(re.escape, STRONG_ROLES))
KEYS = frozenset({*ja_header.KEYS, *ja_header.BODY_KEYS, *en_header.KEYS, *zh_header.KEYS})

_OUTER = late(r"^[（(\[［【〔](.*)[）)\]］】〕]$")
_TAIL = late(r"^(.+?)[（(]([^（）()]*(?:[（(][^（）()]*[）)])?[^（）()]*)[）)]$")
_SEAT = late(r"^(?:議席)?第?[0-9０-９一二三四五六七八九十百]{1,5}番(?:議員|委員)?")
_LETTER = late(r"^(.+?)[A-ZＡ-Ｚ0-9０-９①-⑳]{1,2}$")
_NO_LETTER = late(r"^[\W\d_]*$")
_DATE = late(r"[0-9０-９一二三四五六七八九十]+\s*[年月日時]")
_ENGLISH_ROLE = late(r"\b(?:" + "|".join((*en.ROLES, *map(str.upper, en.ROLES))) + r")\b")
COURTESY = late(r"^(?:" + "|".join((*en.COURTESIES, *map(str.upper, en.COURTESIES))) + r")\b\.?\s*(?=[A-Z])")
"""The beginning of a label that gives a person's courtesy title: `MR. `, `Dr `."""

_CAPITALISED = late(r"^@?(?:[A-Z][\w.'’!-]*)(?:[ /](?:[A-Z(][\w.'’)!-]*|van|von|de|der|den|di|la|bin|al)){0,4}$")
_NAME = late(rf"^[{ja.NAME_CHARACTERS}\u3041-\u3096A-Za-zＡ-Ｚａ-ｚ&＆/]{{1,20}}$")
_ORDINAL = late(r"[0-9０-９]+$")


@lru_cache(maxsize=65536)
def common(label: str) -> str:
    """Return what two labels of one speaker have in common, whatever their spaces and capitals."""
    return squeeze(label).casefold()


@lru_cache(maxsize=65536)
def has_role(label: str) -> bool:
    """Return whether a label ends in a role or a form of address, or names a seat or a person in parentheses."""
    core = squeeze(label)
    outer = _OUTER.match(core)
    core = outer.group(1) if outer else core
    if core.endswith(ROLES) or _SEAT.match(core):
        return True
    lettered = _LETTER.match(core)
    if lettered and lettered.group(1).endswith(STRONG_ROLES):
        return True
    tail = _TAIL.match(core)
    if tail:
        return tail.group(1).endswith(ROLES) or tail.group(2).endswith(STRONG_ROLES)
    return bool(COURTESY.match(label) or _ENGLISH_ROLE.search(label))


@lru_cache(maxsize=65536)
def never(label: str) -> bool:
    """Return whether a label is surely no speaker: a key, a number, a date, a stage direction, an agenda word."""
    core = squeeze(label)
    outer = _OUTER.match(core)
    core = outer.group(1) if outer else core
    if not core or _NO_LETTER.match(core) or _ORDINAL.sub("", core) in ja.NEVER or core in zh.NEVER or "。" in core:
        return True
    if label.strip().rstrip(":").lower() in en.NEVER or core.startswith(("http", "※")):
        return True
    english_role = core.capitalize() in en.ROLES
    if core.startswith(ja.NEVER_BEGINS) or (core.lower() in en_header.KEYS and not english_role):
        return True
    if english_role or has_role(label):
        return False
    return (
        core in KEYS
        or core.startswith("資料")
        or bool(PARTS.match(core))
        or core.endswith(ja.NEVER_ENDS)
        or bool(_DATE.search(core))
    )


@lru_cache(maxsize=65536)
def anonymous(label: str) -> bool:
    """Return whether several people share a label: `委員`, `記者`, `Q`."""
    core = _ORDINAL.sub("", squeeze(label).strip("（）()[]【】〔〕.．:："))
    return core in ja.ANONYMOUS or core in en.ANONYMOUS or core in zh.ANONYMOUS


@lru_cache(maxsize=65536)
def looks_like_a_name(label: str) -> bool:
    """Return whether a label without a role has the shape of a name (`田中`, `Tim`, `IS`)."""
    return bool(_NAME.match(squeeze(label)) or _CAPITALISED.match(label.strip()))
