"""The English words of a heading: what an agenda item is called, and what is only a part of one."""

from __future__ import annotations

import re

from minutes_llm.patterns import late

PARTS = late(
    r"^(?:conclusions?(?:\s*/\s*resolutions?)?|resolutions?|discussion|summary(?: of [\w ]+)?|q\s*&\s*a|questions?|"
    r"decisions?|action items?|background|comments?|next steps|speaker'?s? summary.*|key points)\s*:?$",
    re.IGNORECASE,
)
"""`### Conclusion/Resolution`: a part of the running agenda item."""

ITEM = late(
    r"^(?:topic|agenda item|item|subtopic)\s*(?P<number>\d{1,3}[a-z]?)?\s*[:：.]\s*(?P<title>.+)$", re.IGNORECASE
)
"""`Topic: ISSUE 115`."""
