"""English cues: what asks, what answers, what conducts the meeting, where a long speech changes its subject."""

from __future__ import annotations

import re

from minutes_llm.languages.cue_table import Cues, Rules
from minutes_llm.patterns import late


def words(pattern: str) -> re.Pattern[str]:
    """Return a pattern that takes upper and lower case alike."""
    return late(pattern, re.IGNORECASE)


# --- asking --------------------------------------------------------------------------------------------------------
# 「What does the dredging cost?」 A request for information asks without a question mark: "Could staff explain the
# delay." "I would like to know who pays."

REQUESTS: Rules = (
    (
        "tell me",
        words(
            r"\b(?:(?:could|can|would|will) (?:you|he|she|they|staff|the \w+) (?:please )?(?:explain|clarify"
            r"|confirm|tell|say|describe|outline|comment)"
            r"|(?:please|kindly) (?:explain|clarify|confirm|tell|describe|outline|comment)|(?:i|we)(?:'d| would"
            r"| should|'s)? (?:like to (?:know|ask|hear|understand)|want to (?:know|ask))"
            r"|(?<!not )(?<!n't )(?:asked|enquired|inquired|queried|wondered) (?:whether|if|how|what|when|where|why"
            r"|who|which|about"
            r"|for)|(?:i|we)(?:'m| am|'re| are)? (?:also |just )?wonder(?:ing)? (?:whether|if|how|what|when|where"
            r"|why|who)"
            r"|requested (?:clarification|information|an explanation))\b"
        ),
    ),
)

ASKS: Rules = (("question mark", words(r"\?[\"')\]]*$")),)

SUGGESTS: Rules = (
    (
        "wish",
        words(
            r"\b(?:(?:i|we) (?:hope|suggest|urge|propose|recommend)|(?:i|we) would (?:urge|suggest|recommend"
            r"|ask that)|please (?:consider|bear)|should (?:consider|look at))\b[^?]*$"
        ),
    ),
    (
        "concern",
        words(
            r"\b(?:my|our) (?:\w+ )?(?:concern|worry) is\b|\b(?:i'm|i am|we're|we are) (?:(?:a bit|a little|very"
            r"|quite|still|rather) )?(?:concerned|worried|uneasy)\b"
        ),
    ),
    ("is it not", words(r"\b(?:maybe|perhaps|why not|why don't|how about|shouldn't) [^?]*\?$")),
)

COLLECTIVE = words(
    r"^anything else\b|^(?:(?:any|other|more|further) )?(?:questions|comments|against|opposed|abstentions?|no|none"
    r"|nothing"
    r"|agreed)\?$|\b(?:any(?:one|body)?(?: other| further| more)? (?:questions?|comments?|objections?|discussion"
    r"|corrections?|business|else|remarks?)|is there (?:a motion|a second|any (?:discussion|objection))"
    r"|(?:all|those) in favou?r|are there (?:any|other|further)|is that agreed|shall we (?:move|go|begin"
    r"|start|proceed|continue)|agreed\?|any(?:one|body)\b[^?]{0,40} (?:wish|want|like|care) to|does (?:anyone"
    r"|anybody|anyone else) (?:have|wish|want|object|disagree)"
    r"|who (?:would like"
    r"|wants) to)\b"
)

ASKS_LEAVE = words(
    r"^(?:may|can|could) i (?:just )?(?:ask|put|raise)(?: (?:something|(?:a|one|another|you a)(?: \w+)? question)"
    r"[^?,]{0,30})?\?$"
)

# --- who speaks ----------------------------------------------------------------------------------------------------

ROLES: Rules = (
    ("asker", words(r"^\(?(?:q|question)[0-9]*[.:)]?$")),
    ("answerer", words(r"^\(?(?:a|answer|response|reply)[0-9]*[.:)]?$")),
    ("member", words(r"(?:vice|deputy)-?(?:chair|mayor|president)")),
    ("presider", words(r"^(?:the|mr|madam)?\.?(?:speaker|presidingofficer)$")),
    (
        "chair",
        words(
            r"chair(?:man|woman|person)?(?![a-z])|moderator|facilitator|^chair|^mayor|^(?:the|council|board)*president"
        ),
    ),
    (
        "official",
        words(
            r"minister|director|officer|manager|superintendent|treasurer|engineer|planner|attorney|counsel"
            r"|solicitor|administrator|commissioner|inspector|harbou?rmaster|surveyor|accountant|auditor"
            r"|consultant|presenter|spokes|presssecretary|chief|head(?:of|\()|analyst|librarian|principal"
            r"|professor|architect|coordinator|applicant|witness|warden"
        ),
    ),
    ("secretariat", words(r"secretar(?:y|iat)|clerk|staff|\bclerk\b")),
    (
        "member",
        words(
            r"cllr|councill?or|councilm|member|trustee|alderman|senator|representative|delegate|reporter"
            r"|journalist|resident|audience|participant|supervisor|governor|boardm|committeem|shareholder|public"
        ),
    ),
)

ANONYMOUS = words(
    r"^\(?(?:q|a|question|answer|member|staff|reporter|resident|participant|audience|public|speaker"
    r"|a member|board member|journalist)[0-9]*[.:)]?$"
)

# --- conducting the meeting ----------------------------------------------------------------------------------------

PROCEDURAL: Rules = (
    (
        "consent",
        words(
            r"^(?:yes|no|aye|nay|agreed|seconded|none|hearing none|ok(?:ay)?|right|thank you|thanks|noted"
            r"|understood|so moved|i second(?: the motion| that)?|no objections?|not at this time|hello|hi"
            r"|good (?:morning|afternoon|evening))[,.! ]{0,5}(?:(?:mr|madam)\.? chair(?:man|woman|person)?|everyone"
            r"|everybody|all|very much)?[.!]{0,3}$"
        ),
    ),
    (
        "decision",
        words(
            r"\b(?:we (?:approve|adopt|agree)\b|motion (?:carried|passed|carries|passes|failed|fails|to \w+|by|was)"
            r"|(?:all|those) in favou?r"
            r"|opposed|abstain|seconded by|moved by|so ordered|resolved that|adopted|approved (?:unanimously|as"
            r"|by)|put (?:it|this|the motion) to (?:a|the) vote|the ayes have it|is there a (?:motion|second)"
            r"|roll call|minutes (?:of|were|are|stand)|did not vote|(?:is|was|are) carried|we shall take (?:this"
            r"|it) (?:again|up)|vote (?:was|is|on))\b"
        ),
    ),
    ("recess", words(r"\b(?:recess|take a (?:short )?break|reconvene[sd]?|break for lunch|resume at)\b")),
    (
        "closing",
        words(
            r"\b(?:adjourn\w*|meeting (?:is |was )?(?:closed|ended|over)|close the (?:meeting|item|discussion"
            r"|session)|(?:that )?(?:concludes|completes|brings us to the end)|next meeting|that is all for"
            r"|no further (?:questions|business|comments)|(?:at|past) the hour|same time (?:next|tomorrow)"
            r"|next (?:call|session)|have to (?:stop|leave it|end) (?:us |it )?(?:there|here)|(?:stop|leave"
            r"|park) (?:us|it"
            r"|this|that) (?:there|here)|(?:out of|over) time|take (?:it|this|that) offline|wrap(?:ping)? up)\b"
        ),
    ),
    (
        "opening",
        words(
            r"\b(?:call(?:ed)? (?:the|this) meeting to order|call to order|welcome\b|quorum|open(?:ed"
            r"|s)? the (?:meeting|session)|apologies (?:for absence|from|were)|let(?:'s| us) (?:begin|start"
            r"|get started)|introduc(?:e|tions)|present (?:are|were)|good (?:morning|afternoon|evening))"
        ),
    ),
    (
        "materials",
        words(
            r"\b(?:papers? (?:were|was|have been|are) (?:circulated|distributed)|(?:slide|agenda|page|paper"
            r"|report) (?:is )?(?:in front of|before) you|in your packets?|handouts?|turn to page)\b"
        ),
    ),
    (
        "agenda",
        words(
            r"^(?:next|first)(?: up)?[:,]|\b(?:(?:next|first|last|final) (?:item|(?:on the )?agenda|topic"
            r"|on the agenda|order of business)|next (?:is|up"
            r"|comes) the|(?:move|moving"
            r"|turn|turning|go|going|proceed) (?:on )?to (?:item|agenda|the next|new business|old business|topic"
            r"|our next)|(?:then|now),? (?:we|let's|let us) (?:move|turn|go) (?:on )?to|item (?:number )?[0-9]+"
            r"|agenda item|public comment period|any other business)\b"
        ),
    ),
    ("invitation", COLLECTIVE),
    (
        "invitation",
        words(
            r"\b(?:the floor is (?:open|yours)|open (?:it|the floor|this) (?:up )?(?:to|for)|(?:questions"
            r"|comments) (?:from|please)|i(?:'ll| will) (?:open|take) )"
        ),
    ),
    (
        "handover",
        words(
            r"\b(?:(?:i )?(?:recogni[sz]e|call (?:on|upon)|invite|hand over to|turn (?:it|this) over to|yield)"
            r"|go ahead|you have the floor|please (?:proceed|go ahead|present|introduce|answer|respond|reply)"
            r"|over to|do you want to (?:start|begin|present|introduce|summari[sz]e)|(?:report|paper"
            r"|presentation),? please|(?:would|could) you (?:like to |please )?(?:present|introduce|summari[sz]e"
            r"|open|start"
            r"|begin|respond|answer|take)|your (?:report|turn"
            r"|presentation))\b|^(?:(?:thank you|thanks|and|then|next|now)[,. ]+)?(?:mr|mrs|ms|dr|cllr|councill?or"
            r"|member|director|the (?:clerk|secretary|chair|director|manager|engineer|treasurer)|commissioner"
            r"|officer|manager|engineer"
            r"|treasurer)\.? ?[\w'-]+(?: [\w'-]+)?[,.]?(?: please)?[.?!]?$"
        ),
    ),
    ("order", words(r"\b(?:order,? please|out of time|point of order|time is up|keep (?:it|your \w+) brief|mute)\b")),
    ("thanks", words(r"\b(?:thank you|thanks|grateful|appreciate)\b")),
    (
        "notice",
        words(
            r"^(?:that(?:'s| is) (?:all|it|everything)|nothing further|i have nothing|no (?:further )?questions"
            r"|i see no|seeing none)"
        ),
    ),
)

EVERYDAY = """
that this with have from they them their there what when where which will would could should been were
about into your just like also more than then some only very because think know want need much many does
doing question answer please thank chair member meeting make made other over such really these those being
here going
"""
"""Words that every meeting is full of."""

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
CARDINALS = ("one", "two", "three", "four", "five", "six")

CUES = Cues(
    sentence_end=late(
        r"(?<!\b[A-Z])(?<!\bMr)(?<!Mrs)(?<!Ms)(?<!Dr)(?<!No)(?<!e\.g)(?<!i\.e)(?<!vs)"
        r"(?<!\b[ap]\.m(?=\.\s[a-z0-9]))[.!?][\"')\]]*(?=\s|$)|\n"
    ),
    vocative=words(r", (?:mr|madam|director|minister|officer|manager|chair)[a-z.]*(?: [a-z'-]+)?(?=\?$)"),
    requests=REQUESTS,
    asks=ASKS,
    suggests=SUGGESTS,
    answers_itself=words(r"^(?:because|well, because|the answer is|that is because)\b"),
    collective=COLLECTIVE,
    asks_leave=ASKS_LEAVE,
    roles=ROLES,
    anonymous=ANONYMOUS,
    procedural=PROCEDURAL,
    presiding=frozenset({"handover", "agenda", "decision", "order", "invitation"}),
    anybodys=frozenset({"consent", "thanks", "notice"}),
    officers=frozenset({"opening", "closing", "materials", "handover", "order", "agenda"}),
    turns_page=frozenset({"agenda", "closing", "opening", "recess", "decision"}),
    invites=frozenset({"invitation"}),
    opinion=words(
        r"\b(?:i|we) (?:think|believe|feel|support|worry|disagree|agree)|\b(?:should|important|concern(?:ed"
        r"|s)?|must|ought)\b"
    ),
    acknowledges=words(
        r"\b(?:noted|take (?:it|that|this) on board|take note|good point|thank you for (?:the|that|your)"
        r"|appreciate)\b"
    ),
    replies=words(
        r"^(?:yes|no|yeah|not|correct|right|exactly|that(?:'s| is| was)|it(?:'s| is| was| will| would| does)"
        r"|we |they |he |she |there (?:is|are|was|were)|i (?:think|believe|expect|do|can)|currently|at present"
        r"|on (?:your|the|that)|as (?:for|to)|regarding|to (?:answer|your)|because|about|around|the (?:answer"
        r"|question|reason|short answer)|in (?:short|brief)|good question)\b"
    ),
    rejoins=words(
        r"^(?:(?:that(?:'s| is)|you(?:'re| are)) (?:quite |absolutely )?(?:right|true|correct|fair)|fair point"
        r"|sorry)\b"
    ),
    together=words(
        r"\b(?:both (?:questions|points|of you)|together|all (?:three|of these|of those)|these questions)\b"
    ),
    supplements=words(
        r"\b(?:to add|i(?:'d| would) add|add to that|in addition|also|further to|likewise|same (?:here|for)"
        r"|as \w+ said)\b"
    ),
    declines=words(
        r"\b(?:no comment|(?:not|n't|unable to|cannot|would rather not|won't) (?:be able to )?(?:comment|answer|say"
        r"|go into"
        r"|discuss))\b"
    ),
    joins=words(
        r"^and\b|\b(?:same (?:question|point|thing)|related (?:to that|question)|on (?:that|the same) (?:point"
        r"|note)|following on"
        r"|follow(?:ing)?[- ]up (?:on|to) that|me too|i (?:was|am|had) (?:also )?wondering (?:that|the same))\b"
    ),
    to_several=words(r"\b(?:(?:both|each|all|any) of you|you (?:both|all)|the panel|everyone|each)\b"),
    own_matter=words(
        r"^(?:for the record|(?:just |as )?a (?:comment|remark|request|suggestion)\b|not a question|(?:i|we)(?:'d"
        r"| would|"
        r" should)(?: only| just)? (?:like(?! to (?:know|ask|hear|understand))|rather|prefer|say|add)|separately"
        r"|on (?:a|another) (?:different|separate|other))"
    ),
    parts=(words(""),),
    ordinal=words(
        r"^(?:and |my |the |your |on (?:your|the) |as (?:to|for) (?:your|the) |to your |turning to (?:your"
        r"|the) ){0,4}(?:question (?P<ask>[0-9]+|one|two|three|four|five|six)\b"
        r"|(?P<number>first|second|third|fourth|fifth|sixth|seventh|eighth)(?:ly)?(?=,| (?:question|point"
        r"|issue|matter|concern|item|is|of)\b)|(?P<digit>[0-9])[.)] )"
    ),
    sequence=words(
        r"^(?:next|then|finally|lastly|last|secondly|thirdly|firstly|moving on|turning (?:now )?to"
        r"|another (?:question|point)|also|in addition|on (?:a|another) (?:different|related|separate"
        r"|matter))\b"
    ),
    question_topic=words(
        r"^(?:on|about|regarding|concerning|turning (?:now )?to|as (?:for|to)|with (?:regard|respect) to"
        r"|in relation to|my \w+ (?:question|point) (?:is|concerns|relates|is about))\b"
    ),
    heading=words(
        r"^(?:on |about |regarding )?[^.?!]{2,60}\b(?:question|point) (?:is|concerns|relates to"
        r"|is about) [^?]{2,80}\.$"
    ),
    about=words(r"^(?:on|about|regarding|as (?:for|to))\b"),
    presents=words(
        r"\b(?:report on|present(?:s|ing)? (?:the|this|my) (?:report|paper|item)|introduc(?:e|es|ing) (?:the"
        r"|this) (?:report|paper|item))\b"
    ),
    answer_topic=words(
        r"^(?:(?:next|then|finally|lastly|now|and|first|second|third)?,? ?(?:on|about|regarding|concerning"
        r"|turning (?:now )?to|as (?:for|to)|with (?:regard|respect) to|in relation to|in (?:answer|reply"
        r"|response) to|to (?:your|the))|(?:you (?:also )?asked|the (?:member|councill?or) (?:also )?asked))\b"
    ),
    own_list=words(r"^(?:first|second|third)(?:ly)?,? (?:because|it|there)\b"),
    announces=words(
        r"\b(?:(?:two|three|four|five|six|several|a few|some|a couple of|[0-9]+) (?:quick |short "
        r"|brief )?(?:questions|points|issues|matters)|will (?:answer|take) (?:them|these|each"
        r"|your questions))\b"
    ),
    answering=words(
        r"\b(?:(?:your|the) (?:\w+ )?(?:questions?|points?)|you(?: also)? asked|(?:answer|reply|response)"
        r"|(?:the|councill?or|cllr|member)\.? \w+ asked)\b"
    ),
    content=late(r"[A-Za-z][A-Za-z-]{3,}|[0-9]{2,}"),
    compound=late(r"[A-Za-z]+-[A-Za-z-]+"),
    weightless=frozenset(EVERYDAY.split()),
    empty=words(
        r"^(?:(?:many )?thank(?:s| you)[^.]{0,60}|good (?:morning|afternoon|evening)[^.]{0,40}|that(?:'s"
        r"| is) (?:all|it)[^.]{0,20}|hello[^.]{0,20}|understood|noted|okay|right)[.!]?$"
    ),
    filler=words(
        r"^(?:well|so|um+|uh+|er+|okay|ok|right|yes, thank you|thank you|thanks|i mean|you know|and"
        r"|just a question|quick question|my question is(?: whether| this)?:?)[,:.] "
    ),
    explains=words(
        r"^(?:for example|for instance|because|the reason|in particular|incidentally|by the way|also|however"
        r"|historically|as background|in the past)\b"
    ),
    leans=words(
        r"^(?:this|that|these|those|it|they|he|she|then|but|however|also|both|neither|the (?:rest|other|others"
        r"|first|second"
        r"|latter)|in the meantime|otherwise|so|and|or|not|yes|no)\b"
    ),
    decides=words(
        r"\b(?:will|plan(?:s|ned)?|expect|decided|is|are|was|were|cannot|can|do not|does not|not|by|per cent"
        r"|percent|million|[0-9]+)\b"
    ),
    hedge=words(r"(?:^|(?<= ))(?:if i may,? |with respect,? |i was wondering,? |just |basically,? |to be honest,? )"),
    phrase=words(
        r"\b(?:(?P<subject>about|regarding|concerning)|(?<!out )of|on|for|the) (?P<what>(?:the |a "
        r"|an )?[a-z0-9][\w'-]*(?: [\w'-]+){0,3}?)(?= (?:is|are|was|were|will|would|should|has|have|be|before"
        r"|after|while|if|when|or|and|to|in|on|at|by|from|with)\b|[?.,;])"
    ),
    refers_back=words(
        r"^(?:why|how so|what about (?:it|that)|and (?:why|how|when|who)|is that|does that|what do you (?:say"
        r"|think)|can you (?:explain|confirm) that)\b[^?]{0,30}\?$"
    ),
    name_suffix=words(
        r"\b(?:chair(?:man|woman|person)?|cllr|councill?or|mr|mrs|ms|dr|director|officer|minister|secretary|clerk"
        r"|staff"
        r"|member|vice|deputy|reporter|resident)\b\.?|[(),0-9]"
    ),
    integers={word: place for words in (ORDINALS, CARDINALS) for place, word in enumerate(words, 1)},
)
"""The English table."""
