"""How sure and how binding an English sentence is: its moods, its negations, and pairs of opposites."""

from __future__ import annotations

import re

from minutes_llm.patterns import late

# The same names as in the other languages, so that a sentence and its translation can be compared.
MOODS: dict[str, re.Pattern[str]] = {
    "considered": late(
        r"\b(?:consider\w*|examin\w+|study|studying|studied|explor\w+|look(?:ing)? into|deliberat\w+|discuss\w*|"
        r"review\w*|weigh\w*|think(?:ing)? about|assess\w*)\b",
        re.I,
    ),
    "possible": late(
        r"\b(?:may|might|could|possib\w+|perhaps|likely|seem\w*|appear\w*|probabl\w+|potential\w*|risk\w*|concern\w*|"
        r"expected|presum\w+|would|fear\w*|suggest\w*|think|thinks|thought|believ\w+)\b",
        re.I,
    ),
    "planned": late(
        r"\b(?:plan\w*|intend\w*|scheduled|will|going to|aim\w*|expected|policy|to be|from now on|"
        r"in future|proceed\w*)\b",
        re.I,
    ),
    "wished": late(r"\b(?:hope\w*|wish\w*|want\w*|would like|desir\w+|request\w*|expect\w*|ask\w*)\b", re.I),
    "should": late(r"\b(?:should|ought|better|important|essential|recommend\w*)\b", re.I),
    "must": late(
        r"\b(?:must|ha(?:ve|s|d) to|need\w*|necess\w+|requir\w+|oblig\w+|mandatory|essential|shall|"
        r"indispensable|cannot but)\b",
        re.I,
    ),
    "able": late(r"\b(?:can|able|possible|could)\b", re.I),
}
PLAIN_MOODS: dict[str, re.Pattern[str]] = {
    "considered": late(
        r"\b(?:considering|under consideration|consider(?= [a-z]+ing)|look(?:ing)? into|explor\w+)\b", re.I
    ),
    "possible": late(r"\b(?:might|possibly|possibility|perhaps|probabl[ey]|could be|may (?:well|have))\b", re.I),
    "must": late(r"\b(?:must|ha(?:ve|s) to(?= [a-z])|needs? to|necessary|indispensable|obliged)\b", re.I),
}
"""What says a mood so plainly that a translation of it has to show a trace."""

TRACES: dict[str, re.Pattern[str]] = {
    "considered": late(
        MOODS["considered"].pattern
        + r"|\b(?:look(?:s|ed|ing)? (?:into|at)|coordinat\w+|arrang\w+|adjust\w+|negotiat\w+|"
        r"consult\w+|talks?|debat\w+|search\w*|seek\w*|sought|think\w*|thought|work(?:s|ed|ing)? (?:out|on)|"
        r"contemplat\w+|investigat\w+|research\w*|evaluat\w+)\b",
        re.I,
    ),
    "possible": late(
        MOODS["possible"].pattern
        + r"|\b(?:can|conceiv\w+|assum\w+|envisag\w+|anticipat\w+|estimat\w+|apparent\w*|wonder\w*|"
        r"consider\w*|seen|worr\w+|danger\w*|afraid|anxi\w+|anxious|suspect\w*|forecast\w*|project(?:ed|ion)s?|predict\w*|"
        r"look(?:s|ed)? like|feel|feels|felt|suppos\w+|expect\w*|prospect\w*|chance\w*|sounds?|impression|threat\w*|"
        r"liable|prone|uneas\w+|apprehens\w+|whether)\b|\?",
        re.I,
    ),
    "must": late(
        MOODS["must"].pattern + r"|\b(?:call\w* for|demand\w*|urg\w+|compuls\w+|vital|crucial|imperative|critical|"
        r"no choice|unavoidabl\w+|inevitabl\w+|dut(?:y|ies)|obligat\w+|bound to|forced|cannot do without|"
        r"(?:is|are|was|were) to)\b",
        re.I,
    ),
}
"""What may stand for a plain mood of another language."""

DONE = late(r"\b(?:was|were|has been|have been|had been|did|has|have)\b|\b[a-z]+ed\b", re.I)
CARRIED_OUT = late(
    r"\b(?:implement\w*|carr(?:y|ied|ies|ying) out|conduct\w*|introduc\w+|launch\w*|start\w*|establish\w*|abolish\w*|"
    r"creat\w+|build\w*|built|provid\w+|increas\w+|decid\w+|adopt\w*|expand\w*|open\w*|publish\w*|pay|paid|pays)\b",
    re.I,
)
REPORTED = late(r"\b(?:said|stated|opinion|view|felt|noted|argued|pointed out|commented|according to)\b", re.I)

NO_DENIAL = late(
    r"\bnot only\b|\bno doubt\b|\bcannot but\b|\bnot least\b|\bnothing but\b|\bno later than\b|"
    r"\bno (?:more|fewer|less) than\b|"
    r"\bwhether or not\b|\bno\.",
    re.I,
)
DENIED = late(
    r"(?:\b(?:not|never|cannot|no longer|nor|neither|without|unable to|fail(?:s|ed)? to)|n't) "
    r"(?:(?:yet|been|be|being|have|to|a|an|the|any|only|all|always) ){0,3}(?P<word>[a-z]+)",
    re.I,
)
AFFIRMED = late(r"\b(?P<word>[a-z]{3,})\b", re.I)
NEGATIVE_PREFIX = late(r"\b(?:un|non-|in|dis)(?P<word>[a-z]{4,})\b", re.I)
ANY_NEGATION = late(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|unless|lack\w*|fail\w*|few|little|hardly|rarely|"
    r"only|unable|refus\w+|avoid\w*|prevent\w*|exclud\w+|except|difficult\w*|hard|absence|absent|less|fewer|non\w*|"
    r"un[a-z]+|in(?:sufficient|adequate|complete|ability|capable|equitable|accurate)\w*|im(?:possible|practical)\w*|"
    r"dis[a-z]+|ir[a-z]+|insufficien\w+|short\w*|miss\w*|yet|remain\w*|stop\w*|ban\w*|prohibit\w*|reject\w*|oppos\w+|"
    r"too|rather than|instead of|far from|beyond|delay\w*|behind|limited|just|abolish\w*)\b|n't\b",
    re.I,
)
STRICT_NEGATION = late(r"\b(?:not(?! only)|never|cannot|none|nobody|neither|no longer)\b|n't\b", re.I)

OPPOSITES: tuple[tuple[str, str], ...] = (
    *(
        ("increase", "decrease"),
        ("raise", "lower"),
        ("expand", "reduc"),
        ("approve", "reject"),
        ("surplus", "deficit"),
    ),
    *(
        ("in favour", "against"),
        ("extend", "shorten"),
        ("easy", "difficult"),
        ("support", "oppose"),
        ("rise", "fall"),
    ),
    *(("import", "export"), ("agree", "disagree"), ("sufficient", "insufficient"), ("necessary", "unnecessary")),
)

SENTENCE_END = late(r"(?<=[.!?]) |\n")
CONTENT = late(r"[a-z]{4,}|[0-9][0-9.,]*", re.I)


def hedged_part(sentence: str) -> str:
    """Return where a sentence may say how sure it is: English has its `may` anywhere."""
    return sentence
