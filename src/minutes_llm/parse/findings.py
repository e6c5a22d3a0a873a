"""What a reader should know about the minutes as they were read, found by rule."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from minutes_llm.languages.en import roles as en
from minutes_llm.languages.ja import header as ja
from minutes_llm.model.minutes import Finding, Group, Meeting, Section
from minutes_llm.parse.choice import Choice
from minutes_llm.parse.dates import Day
from minutes_llm.parse.lines import squeeze
from minutes_llm.parse.speakers import COURTESY, ROLES
from minutes_llm.patterns import late

_LOW = 0.5
_ENGLISH = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ADDRESS = late(r"(?:氏|様|さん|君|殿)$")
_MASKED = late(r"^(?:[A-Za-z]|[○〇◯●*＊×]+)$")
_INITIALS = late(r"^(?:[A-Z]\.\s*)+")
_WITH_BODY = late(r"^([^（()]+)[（(](.+)[）)]$")


def findings(
    day: Day | None, meeting: Meeting, sections: Sequence[Section], choice: Choice, cuts: int
) -> tuple[Finding, ...]:
    """Return the findings of a document in the order of this function."""
    found: list[Finding] = []
    if day and day.weekday is not None and day.weekday != day.date.weekday():
        actual = (ja.WEEKDAYS if day.printed in ja.WEEKDAYS else _ENGLISH)[day.date.weekday()]
        facts = (("printed", day.printed), ("actual", actual), ("date", day.date.isoformat()))
        found.append(Finding("weekday-mismatch", "warning", facts, day.start, day.end))
    if cuts:
        found.append(Finding("joined-lines-lost", "info", (("labels", str(cuts)),)))
    if not any(turn.speaker for section in sections for turn in section.turns):
        found.append(Finding("no-labels", "warning"))
    elif choice.confidence < _LOW:
        values = (("grammar", choice.grammar.name), ("confidence", f"{choice.confidence:.2f}"))
        found.append(Finding("low-confidence-grammar", "warning", values))
    found.extend(_strangers(sections, meeting.attendees))
    return tuple(found)


def _strangers(sections: Sequence[Section], groups: Sequence[Group]) -> list[Finding]:
    """Return a finding for each speaker whose kind the roster lists one by one, and who is not in it."""
    seen: set[str] = set()
    found = []
    roster = Roster(groups)
    for section in sections:
        for turn in section.turns:
            speaker = turn.speaker or ""
            if speaker and (plain := _plain(speaker)) not in seen:
                seen.add(plain)
                if roster.lacks(speaker):
                    values = (("speaker", speaker),)
                    found.append(
                        Finding("speaker-not-in-roster", "warning", values, turn.start, turn.end, section.id, turn.id)
                    )
    return found


def _plain(name: str) -> str:
    return squeeze(unicodedata.normalize("NFKC", name))


class Roster:
    """Who is listed as present, and of which kinds of speaker one by one.

    A speaker is matched by surname and role (後藤主査), by organisation and surname (`JICA 井出氏` is 井出博之
    （独立行政法人国際協力機構（JICA））) or by courtesy title and surname (`MR. BRILL` is Mr. Tomas Brill). A kind is
    listed one by one where two names have its role or such a title, or where the organisation has a person of its own
    in the list.
    """

    def __init__(self, groups: Sequence[Group]) -> None:
        self._titled = tuple(n.casefold() for group in groups for n in group.names if COURTESY.match(n))
        self._names = tuple(_plain(name) for group in groups for name in group.names)
        self._roles = {role for role, count in Counter(map(_role, self._names)).items() if role and count >= 2}
        self._people = tuple(match.groups() for name in self._names if (match := _WITH_BODY.match(name)))

    def lacks(self, speaker: str) -> bool:
        """Return whether a speaker is of a kind listed one by one, and not listed."""
        if COURTESY.match(speaker):
            return self._unknown_surname(_INITIALS.sub("", COURTESY.sub("", speaker)))
        speaker = _plain(speaker)
        if len(self._names) < 2 or any(speaker in name or name in speaker for name in self._names if len(name) > 1):
            return False
        role = _role(speaker)
        if role in self._roles:
            surname = speaker[: -len(role)]
            if _MASKED.match(surname):
                return False
            return (
                len(surname) >= 1
                and not surname.endswith("副")
                and not any(name.startswith(surname) for name in self._names)
            )
        return self._unknown_person(_ADDRESS.sub("", speaker))

    def _unknown_surname(self, surname: str) -> bool:
        listed = any(surname.casefold() in name for name in self._titled)
        return len(self._titled) >= 2 and not listed and surname.capitalize() not in en.ROLES

    def _unknown_person(self, speaker: str) -> bool:
        colleagues = [(full, body) for full, body in self._people if _prefix(speaker, body)]
        tails = {speaker[len(_prefix(speaker, body)) :] for _, body in colleagues}
        people = [full for full, _ in colleagues]
        return (
            bool(colleagues)
            and not any(
                part.startswith(tail) for tail in tails for full in people for part in full.split("・") if tail
            )
            and any(tails)
        )


def _role(name: str) -> str:
    """Return the role a name ends in, the longest there is, or nothing; a form of address is no role."""
    if not name.endswith(ROLES):
        return ""
    return next((role for role in ROLES if name.endswith(role) and role not in ja.ADDRESSES), "")


def _prefix(speaker: str, body: str) -> str:
    """Return the part of an organisation's name that a speaker label begins with: JICA, 世界銀行, NTT…, JPCERT."""
    for alias in (body, *re.findall(r"[（(]([^（）()]+)[）)]", body), re.sub(r"[（(].*$", "", body)):
        for end in range(min(len(alias), len(speaker) - 1), 1, -1):
            if speaker[:end] == alias[:end] and (end == len(alias) or not alias[end].isalnum() or end >= 4):
                return speaker[:end]
    return ""
