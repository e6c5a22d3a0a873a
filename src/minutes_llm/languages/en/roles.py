"""English speaker labels told from other words: what is a role, and what is never a speaker."""

from __future__ import annotations

ROLES = (
    *("Chair", "Chairman", "Chairwoman", "Chairperson", "Vice-Chair", "President", "Speaker", "Mayor", "Moderator"),
    *("Secretary", "Clerk", "Councillor", "Councilor", "Councilmember", "Commissioner", "Director", "Minister"),
    *("Senator", "Treasurer", "Staff", "Host", "Facilitator", "Member", "Reporter", "Question", "Answer"),
)

COURTESIES = (
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Dr",
    "Prof",
    "Professor",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Rev",
    "Capt",
)
"""What stands before the surname of a person."""

ANONYMOUS = frozenset(
    {"Q", "A", "Q.", "A.", "Question", "Answer", "Reporter", "Member", "Staff", "Audience", "Public"}
)

NEVER = frozenset(
    {
        *(
            "present",
            "regrets",
            "scribe",
            "scribes",
            "scribenick",
            "topic",
            "agenda",
            "date",
            "time",
            "location",
            "place",
        ),
        *("action", "actions", "resolved", "resolution", "proposal", "note", "notes", "problem", "memo", "recording"),
        *(
            "conclusion",
            "conclusions",
            "presenter",
            "presenters",
            "link",
            "links",
            "attendees",
            "attending",
            "chairs",
        ),
        *(
            "apologies",
            "absent",
            "remote",
            "minutes",
            "summary",
            "background",
            "decision",
            "decisions",
            "title",
            "url",
        ),
        *(
            "previous",
            "next",
            "see",
            "ref",
            "slides",
            "video",
            "issue",
            "pr",
            "todo",
            "edit",
            "http",
            "https",
            "example",
        ),
        *("participants", "guests", "special guests", "moderator", "meeting", "status", "version", "source", "type"),
        *(
            "name",
            "layout",
            "permalink",
            "lang",
            "action item",
            "action items",
            "guest",
            "subject",
            "from",
            "to",
            "cc",
        ),
        *("option", "pros", "cons", "warning", "important", "result", "results", "vote", "votes", "motion", "venue"),
        *("duration", "participant", "ps", "fyi", "eg", "ie", "e.g", "i.e", "when", "where", "remote attendees"),
    }
)
