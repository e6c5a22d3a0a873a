"""The grammars of speaker labels, in one ordered table: how a line says who speaks.

Each grammar reads the beginning of a line and offers the labels it could begin with (most offer one; where nothing
separates label and speech, `○安住委員長これより`, each role the line could be cut after is an offer). Which grammar a
document uses, and which of its offers are speakers, is decided over the whole document (`choice`), so that a grammar
may be generous here: `（資料確認）` is offered by `paren-pair` and turned down later.

Where two grammars explain a document equally well, the one that stands first in the table wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from minutes_llm.errors import InputError
from minutes_llm.languages.ja import roles as ja
from minutes_llm.parse.lines import Line
from minutes_llm.parse.speakers import ROLE_PATTERN, STRONG_ROLES, has_role, never
from minutes_llm.patterns import late


class Mark(NamedTuple):
    """A label offered for a line: `text[start:end]` is the speaker, speech goes on at `stop`.

    `reply` says that the line itself marks what it opens as a reply (an arrow, （答）).
    """

    start: int
    end: int
    stop: int
    reply: bool = False


Read = Callable[[str], tuple[Mark, ...]]


class Grammar(NamedTuple):
    """One way to print a speaker label. `example` is an invented line that it reads.

    `begins` holds the characters such a line can begin with, `has` one or two of which it must have one: both only
    serve to be quick about the many lines without a label (`worth_reading`).
    `marked`: the label has marks of its own, so that a name without a role is believed. `alone`: one role in the
    whole document is evidence enough. `inside`: a label of it can be told in mid-line, after a full stop.
    `second` names the grammar that may appear beside it in the same document.
    """

    name: str
    example: str
    read: Read
    begins: str = ""
    has: str = ""
    marked: bool = True
    alone: bool = False
    inside: re.Pattern[str] | None = None
    second: str | None = None

    def worth_reading(self, lines: Sequence[Line], first: int) -> list[tuple[int, str]]:
        """Return the numbers and texts of the lines from number `first` on that may have a label."""
        numbered = enumerate([line.text for line in lines[first:]], start=first)
        if self.begins:
            begins = frozenset(self.begins)
            return [(index, text) for index, text in numbered if text[:1] in begins]
        if self.has:
            one, other = self.has[0], self.has[-1]
            return [(index, text) for index, text in numbered if one in text or other in text]
        return [(index, text) for index, text in numbered if text]


# --- the parts that labels are made of ------------------------------------------------------------------------

GLYPHS = "○◯〇◎◆●■◇□▲△▼▽◉☆★"
NESTED = r"(?:[^（）()\r\n]|[（(][^（）()\r\n]{0,40}[）)])"
GROUP = rf"[（(]{NESTED}{{1,50}}[）)]"
CJK = r"\u3041-\u30fa\u4e00-\u9fff々"
_KANJI_DIGIT = "一二三四五六七八九十百千〇"


def by(pattern: str) -> Read:
    """Return a reader for labels that one regular expression describes."""
    compiled = late(pattern)

    def read(text: str) -> tuple[Mark, ...]:
        match = compiled.match(text)
        if match is None or match.start("label") < 0:
            return ()
        return (_mark(match, "reply" in match.re.groupindex and match.group("reply") is not None),)

    return read


def _mark(match: re.Match[str], reply: bool = False) -> Mark:
    start, end = match.span("label")
    label = match.string[start:end]
    end -= len(label) - len(label.rstrip())
    start += len(label) - len(label.lstrip())
    return Mark(start, end, match.end(), reply)


# --- glyph + label --------------------------------------------------------------------------------------------
#
# ○議長（山口一朗君）　これより…      role(name), a space
# ○おおたに一郎議長　　ただいまから…   name+role
# ○（大谷いちろう議長）　次に…        (name role)
# ◆（白木正子君）　…                a person without a role
# ○２０番（大谷いちろう議員）　…       number(name)
# ○塩谷　委員長　　それでは…          name and role kept apart by a space
# ○大谷委員長これより…              no separator at all (records of the Diet whose line breaks are gone)
#
# 〇 beside a digit is a zero, not a mark; two marks in a row (○○委員から) are a masked name.

_GLYPH = late(rf"[{GLYPHS}]\s*(?![{GLYPHS}])")
_ZERO = late(rf"〇(?:[0-9０-９・．]|[{_KANJI_DIGIT}]+(?![{_KANJI_DIGIT}番]))")
_WITH_GROUP = late(rf"[^\s（）()、。「」：:]{{0,25}}\s?(?P<group>{GROUP})")
_WORD = late(r"[^\s（）()、。，「」『』：:]{1,30}(?=\s|[：:「『]|$)")
_LETTERS = r"[^\s（）()、。，「」『』：:]"
_WIDE_WORD = late(rf"{_LETTERS}{{1,20}}(?: {_LETTERS}{{1,20}}){{1,2}}(?=　|\s\s|[：:「]|\s*$)")
_SECOND_WORD = late(rf"(?: [^\s、。「」]{{0,20}}?|　{{1,2}}[^\s、。「」]{{0,8}}?)(?:{ROLE_PATTERN})(?=\s|[：:]|$)")
_RUN_ON_WORD = late(rf" [{ja.NAME_CHARACTERS}]{{1,20}}?(?:{ROLE_PATTERN})")
_SECOND_NAME = late(rf" [{ja.NAME_CHARACTERS}]{{1,8}}(?=\s)")
_ROLE = late(rf"(?={'(' + ROLE_PATTERN + ')'})")
_UNIT = late("|".join(ja.UNITS))
_AFTER = late(r"[\s：:]*")


def read_glyph(text: str) -> tuple[Mark, ...]:
    """Offer the labels that may follow a glyph at the beginning of a line, the most likely first."""
    if text[:1] not in GLYPHS or _ZERO.match(text):
        return ()
    glyph = _GLYPH.match(text)
    if glyph is None:
        return ()
    start = glyph.end()
    ends = _glyph_ends(text, start)
    return tuple(Mark(start, end, _AFTER.match(text, end).end()) for end in ends)  # type: ignore[union-attr]


def _glyph_ends(text: str, start: int) -> tuple[int, ...]:
    """Return where the label could end, the most likely first."""
    word = _WORD.match(text, start)
    if word:
        wide = _WIDE_WORD.match(text, start)
        ends = [word.end(), *_role_ends(text, start, word.end())]
        if wide and wide.end() > word.end():
            ends.insert(0, wide.end())
        if not word.group().endswith(STRONG_ROLES):
            ends = [*_second_ends(text, word.end()), *ends]
        return tuple(dict.fromkeys(ends))
    group = _WITH_GROUP.match(text, start)
    if group:
        head = group[0].partition("（")[0].partition("(")[0]
        runs_on = _role_ends(text, start, start + len(head))
        if has_role(head):
            return group.end(), *runs_on
        role = next((role for role in STRONG_ROLES if text.startswith(role, group.end())), "")
        return *runs_on, group.end() + len(role)
    return _role_ends(text, start, min(len(text), start + 25))


def _second_ends(text: str, start: int) -> list[int]:
    """Return where a label could end whose first word, an organisation, ends at `start`: `RISC 真柴　…`."""
    if text[start : start + 1] not in (" ", "　"):
        return []
    whole = _SECOND_WORD.match(text, start)
    name = _SECOND_NAME.match(text, start)
    run_on = None if whole else _RUN_ON_WORD.match(text, start)
    return [match.end() for match in (whole, name, run_on) if match]


def _role_ends(text: str, start: int, stop: int) -> tuple[int, ...]:
    """Return the offsets at which a role ends, nearest first: where speech may follow without a separator."""
    ends: list[int] = []
    for match in _ROLE.finditer(text, start + 1, stop):
        role = match.group(1)
        ends.append(match.start() + len(role))
        ends.extend(match.start() + len(shorter) for shorter in _shorter(role))
        if len(ends) > 6:
            break
    single = _ROLE.match(text, start)
    if single:
        ends.insert(0, single.start() + len(single.group(1)))
    ends.extend(match.end() for match in _UNIT.finditer(text, start + 1, stop))
    return tuple(dict.fromkeys(end for end in ends if end <= stop and not _GOES_ON.match(text, end)))


_GOES_ON = late("の(?!ち)|より|から|を|・|、|及び|並びに")


@cache
def _shorter(role: str) -> tuple[str, ...]:
    """Return the other roles that a role begins with."""
    return tuple(other for other in STRONG_ROLES if other != role and role.startswith(other))


_UNMARKED = rf"(?![{GLYPHS}【〔＜→⇒*＊|#-])"


# --- question and answer tokens -------------------------------------------------------------------------------
#
# （問）整備の時期はいつか。 / （答）来年度である。      Ｑ．… / Ａ．…      Q1: … / A1: …      問１　… / 答　…

_QUESTION = rf"(?:{'|'.join(ja.QUESTION_TOKENS)})"
_ANSWER = rf"(?:{'|'.join(ja.ANSWER_TOKENS)})"
_TOKEN = late(
    rf"(?:[（(【〔＜<\[]\s*(?P<inner>(?:{_QUESTION}|{_ANSWER})\s?[0-9０-９]{{0,3}})\s*[）)】〕＞>\]][：:]?"
    r"|(?P<outer>(?:[QＱAＡ]|問|答)\s?[0-9０-９]{0,3})(?:\s*[.．:：、)）]|(?=[ 　])))\s*"
)
_REPLY = late(_ANSWER)


def read_token(text: str) -> tuple[Mark, ...]:
    """Offer the question or answer token at the beginning of a line."""
    match = _TOKEN.match(text)
    if match is None:
        return ()
    start, end = match.span("inner") if match.group("inner") else match.span("outer")
    return (Mark(start, end, match.end(), bool(_REPLY.match(text, start))),)


# --- bullets, with arrows for the replies ---------------------------------------------------------------------
#
# ・整備を急ぐべきではないか。                 an opinion, by nobody named
# ・（大谷委員）整備を急ぐべきではないか。        by somebody
# →（事務局）来年度から始める予定である。         a reply

_BULLET = late(
    rf"(?:(?P<reply>→|⇒|➡|⇨|＝＞|=>|->)|[・･•◦‣○◯●■\-－*])\s*"
    rf"(?:[（(【]\s*(?P<paren>(?(reply)[^（）()【】。]{{1,20}}|[^（）()【】。]{{0,20}}?(?:{ROLE_PATTERN})))\s*[）)】]\s*"
    rf"|(?P<colon>[^（）()：:。、]{{0,20}}?(?:{ROLE_PATTERN}))[：:]\s*)?"
)


def read_bullet(text: str) -> tuple[Mark, ...]:
    """Offer the bullet or arrow at the beginning of a line, with the speaker in it if there is one."""
    match = _BULLET.match(text)
    if match is None or match.end() == len(text):
        return ()
    reply = match.group("reply") is not None
    group = "paren" if match.group("paren") else "colon" if match.group("colon") else None
    if group is None or never(match.group(group)):
        stop = match.start("paren") - 1 if group == "paren" else match.end()
        return (Mark(stop, stop, stop, reply),)
    return (Mark(*match.span(group), match.end(), reply),)


# --- the table ------------------------------------------------------------------------------------------------

_LATIN = rf"(?![{CJK}])[^\W\d_]"
_INSIDE_GLYPH = late(rf"(?<=[。」）)\s])(?=[{GLYPHS}][^\s{GLYPHS}])")
_INSIDE_PAREN = late(r"(?<=[。」\s])(?=[（(][^（）()\s][^（）()]{0,20}[）)])")
_INSIDE_BRACKET = late(r"(?<=[。」\s])(?=[【〔][^【】〔〕]{1,30}[】〕])")
_INSIDE_COLON = late(rf"(?<=[。」\s])(?=[^\s。、「」：:（）()]{{0,10}}(?:{ROLE_PATTERN})[：:])")
_INSIDE_SPACES = late(rf"(?<=[。」\s])(?=[^\s。、「」：:（）()]{{0,10}}(?:{ROLE_PATTERN})[ 　]{{2}}\S)")

_NAME = rf"[A-Za-z{ja.NAME_CHARACTERS}]{{2,12}}(?: [{ja.NAME_CHARACTERS}]{{1,8}})?"
"""A name or an office without a role, which a bare label may be where it is repeated: `RISC 真柴`, `道路管理課`."""
_BEFORE_ROLE = late(rf"{_UNMARKED}(?:[^\s（）()。、，「」：:0-9０-９・][^（）()。、，「」：:]{{0,20}}?(?:{GROUP})?)?")
_BARE_NAME = late(rf"{_UNMARKED}{_NAME}$")
_LONGEST_NAME = 12 + 1 + 8
_LONGEST_BARE = 90


def read_bare_line(text: str) -> tuple[Mark, ...]:
    """Offer a line that is nothing but a label without marks."""
    if len(text) <= _LONGEST_BARE and text.endswith(STRONG_ROLES):
        heads = (len(text) - len(role) for role in STRONG_ROLES if text.endswith(role))
        if any(_BEFORE_ROLE.fullmatch(text, 0, end) for end in heads):
            return (Mark(0, len(text), len(text)),)
    return (Mark(0, len(text), len(text)),) if len(text) <= _LONGEST_NAME and _BARE_NAME.match(text) else ()


_TO_SPEECH = r"[ 　\t]+(?=[^\s：:])"
_SPACED_ROLE = late(
    rf"{_UNMARKED}"
    r"(?P<label>(?:[^\s（）()。、，「」：:0-9０-９・]{1,12} )?[^\s（）()。、，「」：:0-9０-９・]{0,20}?"
    rf"(?:{GROUP})?(?:{ROLE_PATTERN})(?=\s)){_TO_SPEECH}"
)
_SPACED_NAME = late(rf"{_UNMARKED}(?P<label>{_NAME}(?=　|\s\s)){_TO_SPEECH}")
_SPACE = late(r"\s+")
_WIDE_SPACE = late(r"　|\s\s")


def read_bare_space(text: str) -> tuple[Mark, ...]:
    """Offer a label that nothing but space parts from what is said."""
    match = None
    if any(text.endswith(STRONG_ROLES, 0, space.start()) for space in _SPACE.finditer(text)):
        match = _SPACED_ROLE.match(text)
    if match is None and _WIDE_SPACE.search(text, 0, _LONGEST_NAME + 2):
        match = _SPACED_NAME.match(text)
    return (_mark(match),) if match else ()


TABLE: tuple[Grammar, ...] = (
    Grammar(
        "glyph",
        "○議長（山口一朗君）　これより本日の会議を開きます。",
        read_glyph,
        GLYPHS,
        alone=True,
        inside=_INSIDE_GLYPH,
    ),
    Grammar(
        "question-answer", "（問）整備の時期はいつか。", read_token, "（(【〔＜<[問質意要QＱ答回応AＡ", marked=False
    ),
    Grammar(
        "close-paren",
        "青木構成員）",
        by(
            r"(?P<label>(?=[^（）()]{2}|[^（）()][（(])"
            r"[^\s（）()。、，「」『』：:0-9０-９・○◯〇◎◆●■→⇒*＊\-－※][^（）()。、「」『』：:→]{0,39}"
            rf"(?:{GROUP}[^（）()。、「」：:]{{0,8}})?)[）)]\s*"
        ),
        has="）)",
        marked=False,
    ),
    Grammar(
        "paren-pair",
        "（委員長）本日は、お集まりいただき、ありがとうございます。",
        by(rf"[（(]\s*(?P<label>[^（）()。、「」\s0-9０-９①-⑳]{NESTED}{{0,30}}?)\s*[）)][\s：:]*"),
        begins="（(",
        marked=False,
        inside=_INSIDE_PAREN,
    ),
    Grammar(
        "bracket",
        "【事務局】　資料１を説明する。",
        by(r"[【〔［\[＜〈]\s*(?P<label>[^【】〔〕［］\[\]＜＞〈〉。「」]{1,40}?)\s*[】〕］\]＞〉](?!\()[\s：:]*"),
        begins="【〔［[＜〈",
        alone=True,
        inside=_INSIDE_BRACKET,
    ),
    Grammar(
        "initials",
        "KTN: I think that this belongs in the report.",
        by(r"(?P<label>[A-Z]{2,5}(?:/[A-Z]{2,5}){0,4})\s?:(?!//)\s+"),
        has=":",
        marked=False,
    ),
    Grammar(
        "colon",
        "事務局：資料２を御覧ください。",
        by(
            rf"{_UNMARKED}(?:[・･•]\s*)?(?=[^：:]{{0,30}}[{CJK}])(?:[0-9０-９]{{1,3}}[.．]\s*)?"
            r"(?P<label>[^\s：:。、，「」『』（）()0-9０-９・･→⇒*＊#|\-][^：:。，「」『』（）()|]{0,25}"
            rf"(?:{GROUP}[^\s：:。，、「」（）()|]{{0,8}})?\s?)(?:(?<![0-9０-９])[：:]|[：:](?![0-9０-９]))(?!//)\s*"
        ),
        has="：:",
        marked=False,
        inside=_INSIDE_COLON,
    ),
    Grammar(
        "name-colon",
        "Anna Kovacs: Could we come back to the budget?",
        by(
            r"(?:§\s*)?(?P<label>Q(?=\s{2,})|"
            rf"@?{_LATIN}[\w.'’!-]*(?:[ /-][\w.'’!-]+){{0,4}}(?:\s*\([^()]{{1,40}}\))?"
            r"(?=\s?:(?!//)(?:\s|$)))\s?:?\s*"
        ),
        has=":Q",
        marked=False,
    ),
    Grammar(
        "bold",
        "**Anna Kovacs**",
        by(r"(?:[*+-]\s+)?\*\*\s*(?P<label>[^*:：|]{1,40}?)\s*[:：]?\s*\*\*\s*[:：]?\s*"),
        begins="*+-",
        marked=False,
        second="name-colon",
    ),
    Grammar(
        "nick",
        "<anna_k> we could split the item",
        by(r"(?:\[?\d{1,2}:\d{2}(?::\d{2})?\]?\s+)?<\s?[@+]?(?P<label>[^<>\s/]{1,30})>\s+"),
        begins="<[0123456789",
        marked=False,
        second="name-colon",
    ),
    Grammar(
        "time-nick",
        "14:16:35 [anna_k]",
        by(r"\d{1,2}:\d{2}(?::\d{2})?\s+\[(?P<label>[^\[\]\s]{1,30})\]\s*"),
        begins="0123456789",
        marked=False,
        second="name-colon",
    ),
    Grammar(
        "list-name",
        "* Anna: the release can wait",
        by(rf"[*+•-]\s+(?P<label>@?{_LATIN}[\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}})(?:\s?:(?!//)(?:\s+|$)|$)"),
        begins="*+•-",
        marked=False,
    ),
    Grammar(
        "hansard",
        "§ Mrs. Anna Hall (Northwick)On a point of order.",
        by(
            r"(?:§\s*)?(?P<label>(?:Mr|Mrs|Ms|Miss|Sir|Dr|Lord|Lady|Viscount|Baroness|The)\.?\s[A-Z][^()\r\n:]{1,50}"
            r"\([^()]{2,60}\))\s*:?\s*"
        ),
        begins="§MSDLVBT",
        marked=False,
    ),
    Grammar(
        "quote",
        "大谷社長「御質問はございますか」",
        by(
            r"[○◯●]?(?P<label>[^\s「」『』（）()〔【［\[。、，：:0-9０-９][^「」『』（）()。、，：:]{0,20}?"
            rf"(?:{GROUP})?)[ 　]?「"
        ),
        has="「",
        marked=False,
    ),
    Grammar(
        "bare-line",
        "青木総務課長",
        read_bare_line,
        marked=False,
    ),
    Grammar(
        "bare-group",
        "議長（山口一朗君）　これより本日の会議を開きます。",
        by(rf"{_UNMARKED}(?P<label>[^\s（）()。、，「」：:・]{{1,15}}{GROUP})[ 　\t]+(?=\S)"),
        has="（(",
        marked=False,
    ),
    Grammar(
        "bare-space",
        "議長　それでは、議題１に入ります。",
        read_bare_space,
        marked=False,
        inside=_INSIDE_SPACES,
    ),
)
"""Every grammar that names speakers, in order of preference."""

BULLETS = Grammar("bullets", "・整備を急ぐべきではないか。", read_bullet, marked=False)
LEGEND = Grammar("legend", "●本日は、四名の委員に御出席いただいております。", read_glyph)
NONE = Grammar("none", "事務局から資料１の説明があり、質疑の後、了承された。", lambda text: ())

NAMES = tuple(grammar.name for grammar in (*TABLE, LEGEND, BULLETS, NONE))
"""The names that a speaker format can be set to by hand."""


def named(speaker_format: str) -> Grammar:
    """Return the grammar of a name, or one made of a regular expression with a group `label`.

    Raises InputError for anything else.
    """
    for grammar in (*TABLE, LEGEND, BULLETS, NONE):
        if grammar.name == speaker_format:
            return grammar
    known = ", ".join(NAMES)
    if "(?P<label>" not in speaker_format:
        raise InputError(
            f"unknown speaker format {speaker_format!r}: use one of {known}, or a pattern with (?P<label>…)"
        )
    try:
        re.compile(speaker_format)
    except re.error as error:
        raise InputError(f"speaker format is no regular expression ({error}): {speaker_format!r}") from None
    return Grammar("pattern", speaker_format, by(speaker_format), alone=True)


_LEGEND = late(rf"(?P<glyph>[{GLYPHS}])\s*(?:は|が|…+|―|：|:|＝|=)\s*(?P<role>[^\s、，,。；;）)」{GLYPHS}]{{1,15}})")


def legend(texts: tuple[str, ...]) -> dict[str, str]:
    """Return what each glyph stands for where one line of the document says so: `（◎は委員長、○は委員）`."""
    for text in texts:
        found = {m.group("glyph"): re.sub(r"の?発言.*$", "", m.group("role")) for m in _LEGEND.finditer(text)}
        if len(found) >= 2 and all(map(has_role, found.values())):
            return found
    return {}
