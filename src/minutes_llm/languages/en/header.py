"""The English keys of a header (`Date:`, `Present:`) and the dates and clock times in their values."""

from __future__ import annotations

import re

from minutes_llm.patterns import late

KEYS = {
    **dict.fromkeys(("title", "meeting", "committee"), "title"),
    **dict.fromkeys(("date", "meetingdate", "dateandtime", "date/time", "meetingdate/time", "when"), "date"),
    **dict.fromkeys(("time", "meetingtime"), "time"),
    **dict.fromkeys(("place", "location", "venue", "where"), "place"),
    **dict.fromkeys(
        (
            *(
                "present",
                "attendees",
                "attending",
                "attendance",
                "participants",
                "remoteattendees",
                "regrets",
                "absent",
            ),
            *(
                "apologies",
                "chair",
                "chairs",
                "guests",
                "specialguests",
                "scribe",
                "scribes",
                "members",
                "inattendance",
            ),
            *(
                "memberspresent",
                "membersabsent",
                "staffpresent",
                "alsopresent",
                "moderator",
                "notes",
                "stafff",
                "remote",
            ),
        ),
        "attendees",
    ),
    **dict.fromkeys(("materials", "documents", "handouts", "papers"), "materials"),
    **dict.fromkeys(("agenda", "topics", "contents"), "agenda"),
}
"""Header keys in lower case without white space, and the field each stands for."""

BODY_KEYS = frozenset(
    {"minutes", "discussion", "proceedings", "transcript", "meetingnotes", "discussions", "meetingminutes"}
)
"""Keys after which the header is over."""

MATERIAL = late(
    r"(?P<label>[A-Z]{1,8}[-/ ]?\d[\w/.-]*|(?:Paper|Document|Annex|Appendix|Enclosure)\s+[A-Z\d][\w./-]*)"
    r"\s*[:–—-]?\s+(?P<title>\S.*?)(?=[,;]\s+[A-Z]{1,8}[-/ ]?\d|$)"
)
"""`HB/25/14 Maintenance dredging`: a document's label and its title; several may stand on a line."""

MONTHS = {
    name: number
    for number, names in enumerate(
        ("january jan", "february feb", "march mar", "april apr", "may may", "june jun", "july jul", "august aug",
         "september sep sept", "october oct", "november nov", "december dec"),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?P<weekday>" + "|".join(WEEKDAYS) + r")\s*,?\s*(?:the\s+)?)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})\b"
DATES = (
    late(rf"\b{_WEEKDAY}{_MONTH}\s+{_DAY}\s*,?\s+{_YEAR}", re.IGNORECASE),
    late(rf"\b{_WEEKDAY}{_DAY}\s+(?:of\s+)?{_MONTH}\s*,?\s+{_YEAR}", re.IGNORECASE),
)  # fmt: skip
"""`Wednesday, March 13, 2024`; `19 April, 2021`."""

TIME = late(
    r"(?<![\d:.])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b\.?)|"
    r"(?<![\d:.])(?P<hour24>\d{1,2}):(?P<minute24>\d{2})(?![\d:])",
    re.IGNORECASE,
)
"""`12:15 P.M.`, `2 pm`, `14:00`."""

RECORD = late(
    r"\b(?:minutes of|(?:meeting|council|committee|board|draft|adopted|approved)\b[^\n]{0,40}\bminutes\b|"
    r"meeting (?:notes|summary)|transcript of|official report|debates|press briefing|irc log)\b",
    re.IGNORECASE,
)
"""What a record of a meeting is called: `Adopted Council Minutes`, `Meeting Notes`."""
