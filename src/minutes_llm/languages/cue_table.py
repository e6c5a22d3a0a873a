"""The shape of a language's table of cues; `ja/cues.py` and `en/cues.py` are the tables."""

from __future__ import annotations

import re
from typing import NamedTuple

Rules = tuple[tuple[str, re.Pattern[str]], ...]
"""Named patterns in order: the first that is found wins."""


class Cues(NamedTuple):
    """All that is known of one language about asking, answering and conducting a meeting.

    `sentence_end` finds ends of sentences. At the end of a sentence, once a `vocative` behind it is taken off, these
    are looked for in this order: `requests` for information, `suggests` what may be answered (a wish, an opinion put
    as a question), and `asks` as questions end. A question followed by what `answers_itself` is none; a `collective`
    one asks everybody and nobody, and `asks_leave` asks only to be allowed to ask.

    `roles` are looked for in a label without white space; an `anonymous` label is shared by several people.
    `procedural` names why a sentence only conducts the meeting; `presiding` are those of its rules by which a chair
    asks without asking, `anybodys` those that the asking side may use too, `officers` those that an officer may use
    besides. After one of `turns_page` a question can no longer be answered, after one of `invites` only by an answer
    that clearly speaks of it. An `opinion` is no mere conduct. `acknowledges` is a reply that takes note and answers
    nothing, `replies` how an answer often begins and `rejoins` how only one does, `together` says that it answers
    several questions, `supplements` that it adds to another, and `declines` that there will be none. A question that
    `joins` the one before is answered with it, one put `to_several` people by each of them; `own_matter` opens what
    is neither a question nor an answer.

    In long speeches `ordinal` and `sequence` go on to the next part, `question_topic`, `heading`, `answer_topic` and
    `about` name its subject, `own_list` is a list of the speaker's own; `announces` is a sentence that says that
    questions or answers will come, `answering` and `presents` tell an answer from an explanation. One of `parts` is
    found wherever an `ordinal`, a `sequence` or a `heading` stands at the beginning of a sentence that is not the
    first.

    `content` finds the words that tell what a text is about, less those that are `weightless`; `compound` finds
    further ones that are compared as they stand. The rest shortens: `empty` is a sentence that carries nothing,
    `filler` its beginning that does not, `hedge` a clause that may go; `explains` and `decides` tell a reason from an
    answer; what `leans` on the sentence before cannot stand alone; `phrase` finds `what` is spoken of, as a `subject`
    where it is named as one, and `refers_back` a question that needs the sentence before it. `name_suffix` stands
    about a name; `integers` are numbers in words.
    """

    sentence_end: re.Pattern[str]
    vocative: re.Pattern[str]
    requests: Rules
    asks: Rules
    suggests: Rules
    answers_itself: re.Pattern[str]
    collective: re.Pattern[str]
    asks_leave: re.Pattern[str]
    roles: Rules
    anonymous: re.Pattern[str]
    procedural: Rules
    presiding: frozenset[str]
    anybodys: frozenset[str]
    officers: frozenset[str]
    turns_page: frozenset[str]
    invites: frozenset[str]
    opinion: re.Pattern[str]
    acknowledges: re.Pattern[str]
    replies: re.Pattern[str]
    rejoins: re.Pattern[str]
    together: re.Pattern[str]
    supplements: re.Pattern[str]
    declines: re.Pattern[str]
    joins: re.Pattern[str]
    to_several: re.Pattern[str]
    own_matter: re.Pattern[str]
    parts: tuple[re.Pattern[str], ...]
    ordinal: re.Pattern[str]
    sequence: re.Pattern[str]
    question_topic: re.Pattern[str]
    heading: re.Pattern[str]
    about: re.Pattern[str]
    presents: re.Pattern[str]
    answer_topic: re.Pattern[str]
    own_list: re.Pattern[str]
    announces: re.Pattern[str]
    answering: re.Pattern[str]
    content: re.Pattern[str]
    compound: re.Pattern[str]
    weightless: frozenset[str]
    empty: re.Pattern[str]
    filler: re.Pattern[str]
    explains: re.Pattern[str]
    leans: re.Pattern[str]
    decides: re.Pattern[str]
    hedge: re.Pattern[str]
    phrase: re.Pattern[str]
    refers_back: re.Pattern[str]
    name_suffix: re.Pattern[str]
    integers: dict[str, int]
