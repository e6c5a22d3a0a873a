"""English lines that are neither speech nor label: stage directions, the end of the record."""

from __future__ import annotations

import re

from minutes_llm.patterns import late

DIRECTIONS = late(
    r"^(?:laughter|applause|laughs|silence|pause|crosstalk|inaudible|unintelligible|cheers|off[- ]?mic|recess|break|"
    r"silent|no response|end of recording|music|chuckles)\b",
    re.IGNORECASE,
)
"""`(Laughter.)`, `[silence]`: what happened in the room, as the first word inside the brackets."""

NOTE = late(
    r"^(?:ACTIONS?|RESOLVED|RESOLUTION|PROPOSED RESOLUTION|DECISION|AGREED|CONSENSUS)(?:\s?[-:]|\s+[A-Z][a-z]+\s?:)\s"
)
"""`RESOLVED: …`, `ACTION Anna: …`: what the meeting decided, said by nobody."""

NOTE_BEGINS = frozenset("ARPDC")
"""What such a line begins with."""

END = late(
    r"^\[?\s*(?:end of (?:the )?(?:minutes|meeting|transcript)|meeting (?:was )?adjourned|we adjourned?.*|"
    r"(?:the )?meeting (?:was )?(?:adjourned|closed|concluded|ended)\b.{0,40})\s*\.?\s*\]?$",
    re.IGNORECASE,
)
"""`[End of minutes]`, `The meeting closed at 8.25 p.m.`: the record ends here."""

END_BEGINS = frozenset("[EMWTemwt")
"""What such a line begins with."""
