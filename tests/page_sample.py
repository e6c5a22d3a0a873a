"""Invented minutes with the digest, its translation and a source of any length, for the tests of the page."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace

from minutes_llm.model.digest import (
    Digest,
    Entry,
    Evidence,
    Outcome,
    Pair,
    Provenance,
    SectionDigest,
    Sentence,
    SourceName,
    Statement,
    Usage,
)
from minutes_llm.model.minutes import Finding, Group, Labels, Material, Meeting, Minutes, Piece, Section, Source, Turn

WRAP = 32

HEADER = """みどり湖地域交通検討会議（第２回）議事要旨

日　時）令和６年５月２２日（木）14：00～15：30
場　所）みどり湖市役所　３階会議室
出席者）【委員】真壁座長、乙黒委員、瀬名波委員、五十里委員　【事務局】交通政策課　四方田課長、鵜飼係長
　　　　【説明者】みどり湖バス株式会社　来栖氏
"""

# (heading, [(speaker, text, outcome)])
TALK: tuple[tuple[str, tuple[tuple[str, str, Outcome], ...]], ...] = (
    (
        "（１）開会",
        (("真壁座長", "それでは第２回の検討会議を始めます。本日は資料１と資料２について議論します。", "procedural"),),
    ),
    (
        "（２）予約制バスの試行結果について　資料１",
        (
            (
                "来栖氏",
                "昨年１０月から半年間、東部地区で予約制バスを走らせた。利用は延べ４,３２０人で、計画の約１．２倍であった。"
                "一方で、予約の７割が電話によるもので、受付の人手が足りない日があった。",
                "summarised",
            ),
            (
                "乙黒委員",
                "電話での予約が７割とのことだが、高齢の方がアプリを使えるようになれば減ると見ているのか。"
                "また、受付の人手を増やす費用はどの程度か。",
                "pair",
            ),
            (
                "来栖氏",
                "公民館での講習を３回開いたが、電話の割合は下がらなかった。当面は電話を主とし、受付時間を午前に寄せることで"
                "人手をならしたい。費用については、いま見積もりを取っているところである。",
                "pair",
            ),
            (
                "瀬名波委員",
                "病院の予約時刻とバスの時刻が合わないという声を聞く。病院と時刻を合わせる相談はしているのか。",
                "pair",
            ),
            (
                "鵜飼係長",
                "市立病院とは４月に協議を始めた。６月をめどに、午前の便を１５分早める案を固めたい。",
                "pair",
            ),
            (
                "来栖氏",
                "時刻を早めること自体は運行の側では問題ない。乗務員の休憩時間だけは確保をお願いしたい。",
                "pair",
            ),
            (
                "五十里委員",
                "試行の数字は良いが、雪の季節を一度しか経ていない。もう一冬続けてから本格運行を判断すべきではないか。",
                "comment",
            ),
        ),
    ),
    (
        "（３）運賃の見直しについて　資料２",
        (
            (
                "四方田課長",
                "現行の１回３００円を、距離によらず２００円とする案をお示しする。減収は年に約９０万円と見込む。",
                "summarised",
            ),
            (
                "五十里委員",
                "減収の９０万円は、どこから補うのか。また、隣の柊町から乗る人にも同じ運賃とするのか。",
                "pair",
            ),
            ("四方田課長", "減収の分は地域交通基金から充てる。基金の残高は３月末で２,４００万円である。", "pair"),
            ("瀬名波委員", "通学の定期券は据え置かれるのか。保護者から問い合わせが来ている。", "pair"),
            ("真壁座長", "時間が押しているので、定期券の件は次回に改めて伺うこととしたい。", "procedural"),
            ("乙黒委員", "運賃は分かりやすさが第一であり、一律２００円の方向には賛成である。", "comment"),
            ("（発言者不明）", "基金の使い道は広報でも知らせてほしい。", "unaccounted"),
        ),
    ),
    ("（４）次回の予定", (("鵜飼係長", "次回は７月１０日を予定している。会場は追って御連絡する。", "summarised"),)),
)

QUESTIONS_ONLY = "通学の定期券は据え置かれるのか。"


@dataclass
class _Writer:
    """Writes a source piece by piece, as a page prints it, and remembers where each piece lies."""

    text: str = ""
    pieces: tuple[Piece, ...] = ()

    def write(self, kind: str, text: str, reason: str | None = None) -> tuple[int, int]:
        """Add a piece and a line break after it; return where the piece lies."""
        start, end = len(self.text), len(self.text) + len(text)
        self.text += text + "\n"
        self.pieces += (Piece(kind, start, end, reason), Piece("blank", end, end + 1))  # type: ignore[arg-type]
        return start, end


def printed(text: str) -> str:
    """Return a text broken into lines in the middle of words, as minutes are printed."""
    return "\n".join(text[at : at + WRAP] for at in range(0, len(text), WRAP))


def sample_minutes() -> Minutes:
    """Return invented minutes of fifteen turns, hard-wrapped, with page furniture and a stage direction inside."""
    writer = _Writer()
    writer.write("header", HEADER)
    sections = []
    for at, (heading, said) in enumerate(TALK, 1):
        start, _ = writer.write("heading", heading)
        turns = []
        for number, (speaker, text, _) in enumerate(said, 1):
            label = None if speaker == "（発言者不明）" else speaker
            if label:
                writer.write("label", f"{label}）")
            spans = [writer.write("speech", printed(text))]
            directions: tuple[str, ...] = ()
            if (at, number) == (2, 2):  # a page ends inside this turn
                writer.write("unclaimed", "- 2 -", "page-number")
                writer.write("direction", "（資料１の４ページを示しながら）")
                spans.append(writer.write("speech", "資料の表を見ると、冬の電話は特に多い。"))
                text, directions = text + "資料の表を見ると、冬の電話は特に多い。", ("資料１の４ページを示しながら",)
            turns.append(Turn(f"s{at}t{number}", label, text, spans[0][0], spans[-1][1], tuple(spans), directions))
        sections.append(Section(f"s{at}", heading, start, len(writer.text), tuple(turns)))
    writer.write("unclaimed", "以上", "closing")
    return _minutes("みどり湖地域交通検討会議_第2回.txt", writer, tuple(sections))


def _minutes(name: str, writer: _Writer, sections: tuple[Section, ...]) -> Minutes:
    source = Source(name, writer.text, hashlib.sha256(writer.text.encode()).hexdigest(), "utf-8")
    return Minutes(source, "ja", MEETING, sections, writer.pieces, Labels("paren-own-line", 0.98))


MEETING = Meeting(
    title="みどり湖地域交通検討会議（第2回）",
    date=dt.date(2024, 5, 22),
    start="14:00",
    end="15:30",
    place="みどり湖市役所　3階会議室",
    attendees=(
        Group("委員", ("真壁座長", "乙黒委員", "瀬名波委員", "五十里委員")),
        Group("事務局", ("四方田課長", "鵜飼係長")),
        Group("説明者", ("来栖氏（みどり湖バス株式会社）",)),
    ),
    materials=(Material("資料1", "予約制バスの試行結果"), Material("資料2", "運賃の見直し案")),
)


@dataclass(frozen=True)
class Quoting:
    """Makes statements about some minutes, with quotations found in their turns."""

    minutes: Minutes

    def statement(
        self, id: str, text: str, quotes: Iterable[tuple[str, str]], turns: tuple[str, ...] = ()
    ) -> Statement:
        """Return a statement that rests on the turns it quotes, or on `turns` where it quotes none."""
        evidence = tuple(self.evidence(turn, quote) for turn, quote in quotes)
        rests_on = tuple(dict.fromkeys(one.turn for one in evidence)) or turns
        speakers = tuple(dict.fromkeys(self.turn(turn).speaker or "" for turn in rests_on))
        return Statement(id, text, rests_on, tuple(name for name in speakers if name), evidence)

    def turn(self, id: str) -> Turn:
        """Return a turn by its id."""
        return next(turn for section in self.minutes.sections for turn in section.turns if turn.id == id)

    def evidence(self, turn: str, quote: str) -> Evidence:
        """Return a quotation with its place in the source, over line breaks and page furniture."""
        source = self.minutes.source.text
        letters = [at for a, b in self.turn(turn).spans for at in range(a, b) if source[at] != "\n"]
        at = "".join(source[place] for place in letters).index(quote)
        return Evidence(turn, quote, letters[at], letters[at + len(quote) - 1] + 1)


def sample_digest(minutes: Minutes | None = None) -> Digest:
    """Return the digest of the sample minutes, with something of everything that a digest can have."""
    minutes = minutes or sample_minutes()
    make = Quoting(minutes).statement
    reported = make(
        "s2k1",
        "予約制バスの半年間の利用は延べ4,320人で、計画の約1.2倍だった。",
        [("s2t1", "利用は延べ４,３２０人で、計画の約１．２倍であった")],
    )
    phones = make(
        "s2k2",
        "予約の7割は電話で、受付の人手が足りない日があった。",
        [("s2t1", "予約の７割が電話によるもので、受付の人手が足りない日があった")],
    )
    pairs_of_buses = (
        Pair(
            "s2p1",
            "電話予約と受付の人手",
            make(
                "s2p1q",
                "高齢者がアプリを使えるようになれば電話予約は減るのか。受付の人手を増やす費用はどの程度か。",
                [
                    ("s2t2", "電話での予約が７割とのことだが"),
                    ("s2t2", "受付の人手を増やす費用はどの程度か。資料の表を見ると"),
                ],
            ),
            (
                make(
                    "s2p1a1",
                    "講習を3回開いたが電話の割合は下がらなかった。当面は電話を主とし、受付時間を午前に寄せて人手をならす。",
                    [("s2t3", "公民館での講習を３回開いたが、電話の割合は下がらなかった")],
                ),
            ),
            ("受付の人手を増やす費用の額（見積もり中）",),
        ),
        Pair(
            "s2p2",
            "病院の予約時刻との調整",
            make(
                "s2p2q",
                "病院の予約時刻とバスの時刻を合わせる相談はしているか。",
                [("s2t4", "病院と時刻を合わせる相談はしているのか")],
            ),
            (
                make(
                    "s2p2a1",
                    "市立病院と4月に協議を始め、6月をめどに午前の便を15分早める案を固める。",
                    [("s2t5", "市立病院とは４月に協議を始めた")],
                ),
                make(
                    "s2p2a2",
                    "運行の側では問題ないが、乗務員の休憩時間は確保してほしい。",
                    [("s2t6", "乗務員の休憩時間だけは確保をお願いしたい")],
                ),
            ),
        ),
    )
    pairs_of_fares = (
        Pair(
            "s3p1",
            "減収の補い方",
            make(
                "s3p1q",
                "減収の90万円をどこから補うのか。柊町から乗る人にも同じ運賃とするのか。",
                [("s3t2", "減収の９０万円は、どこから補うのか")],
            ),
            (
                make(
                    "s3p1a1",
                    "地域交通基金から充てる。残高は3月末で2,400万円である。",
                    [("s3t3", "減収の分は地域交通基金から充てる")],
                ),
            ),
            ("柊町から乗る人の運賃",),
        ),
        Pair(
            "s3p2",
            "通学定期券の扱い",
            make("s3p2q", "通学の定期券は据え置かれるのか。", [("s3t4", QUESTIONS_ONLY)]),
            (),
        ),
    )
    sections = (
        SectionDigest(
            "s1", "（１）開会", "ok", (Sentence("座長が開会し、資料1と資料2を議論するとした。", ("s1t1",)),)
        ),
        SectionDigest(
            "s2",
            "（２）予約制バスの試行結果について",
            "ok",
            (
                Sentence("みどり湖バスが、東部地区での半年間の試行結果を報告した。", ("s2t1",)),
                Sentence("電話予約の多さと受付の人手、病院の予約時刻との調整が問われた。", ("s2t2", "s2t4")),
            ),
            (reported, phones),
            pairs_of_buses,
            (
                make(
                    "s2c1",
                    "もう一冬続けてから本格運行を判断すべきである。",
                    [("s2t7", "もう一冬続けてから本格運行を判断すべきではないか")],
                ),
            ),
        ),
        SectionDigest(
            "s3",
            "（３）運賃の見直しについて",
            "ok",
            (Sentence("1回300円を一律200円とする案が示され、減収の補い方が議論された。", ("s3t1", "s3t2")),),
            (make("s3k1", "減収は5年で500万円に上ると見込まれる。", (), ("s3t1",)),),
            pairs_of_fares,
            (
                make(
                    "s3c1",
                    "運賃は分かりやすさが第一であり、一律200円に賛成である。",
                    [("s3t6", "一律２００円の方向には賛成である")],
                ),
            ),
        ),
        SectionDigest("s4", "（４）次回の予定", "failed", reason="回答が長さの上限で切れました"),
    )
    weekday = minutes.source.text.index("令和６年")
    findings = (
        Finding("weekday-mismatch", "warning", (("printed", "木"), ("actual", "水")), weekday, weekday + 12),
        Finding("figure-not-in-source", "warning", (("figure", "500万円"),), section="s3", item="s3k1"),
        Finding("unlabelled-turn", "info", turn="s3t7", section="s3"),
        Finding("section-failed", "error", section="s4"),
    )
    return Digest(
        SourceName(minutes.source.name, minutes.source.sha256, len(minutes.source.text), "utf-8"),
        "ja",
        minutes.meeting,
        (
            Sentence(
                "予約制バスの半年間の試行は計画の約1.2倍の利用があり、電話予約の受付と病院の予約時刻との調整が課題とされた。",
                ("s2",),
            ),
            Sentence("運賃を一律200円とする案が示され、減収は地域交通基金で補うと説明された。", ("s3",)),
        ),
        sections,
        _ledger(minutes, [outcome for _, said in TALK for *_, outcome in said]),
        findings,
        Provenance("openai", "0.1.0", "invented-model-1", (("section", "3f" * 32), ("overview", "a7" * 32))),
        Usage(6, 12_480, 3_911),
    )


def _ledger(minutes: Minutes, outcomes: Iterable[Outcome]) -> tuple[Entry, ...]:
    turns = [turn for section in minutes.sections for turn in section.turns]
    return tuple(
        Entry(
            turn.id,
            turn.speaker,
            turn.start,
            turn.end,
            outcome,
            "chair-conducts" if outcome == "procedural" else None,
        )
        for turn, outcome in zip(turns, outcomes, strict=True)
    )


ENGLISH: dict[str, str] = {
    "s2k1": "In half a year the on-demand bus carried 4,320 passengers, about 1.2 times the plan.",
    "s2k2": "Seventy percent of bookings were made by telephone, and on some days reception was short of hands.",
    "s2p1q": "Will telephone bookings fall once older people can use the app? What would more staff cost?",
    "s2p1a1": "Three courses were held, yet the share of telephone bookings did not fall. For now the telephone "
    "stays the main way, and reception hours move to the morning to even out the work.",
    "s2p2q": "Is the hospital being consulted about matching its appointments with the bus times?",
    "s2p2a1": "Talks with the city hospital began in April; a plan for an earlier morning bus is due in June.",
    "s2p2a2": "For the operator that is no problem, but drivers' breaks must be kept.",
    "s2c1": "The trial should go through one more winter before regular service is decided.",
    "s3k1": "The loss of revenue is expected to come to 5 million yen in five years.",
    "s3p1q": "From where will the lost 900,000 yen be made up? Will those who board in Hiiragi pay the same?",
    "s3p1a1": "From the regional transport fund, which held 24 million yen at the end of March.",
    "s3p2q": "Will the price of school passes stay as it is?",
    "s3c1": "Fares should above all be easy to understand; a flat 200 yen is welcome.",
}
TOPICS = {
    "s2p1": ("Telephone bookings and staff", ("The cost of more staff at reception (being estimated)",)),
    "s2p2": ("Matching hospital appointments", ()),
    "s3p1": ("How lost revenue is made up", ("The fare for those who board in Hiiragi",)),
    "s3p2": ("School passes", ()),
}
HEADINGS = {
    "s1": ("1. Opening", ("The chair opened the meeting on documents 1 and 2.",)),
    "s2": (
        "2. Results of the on-demand bus trial",
        (
            "Midoriko Bus reported on half a year of trial service in the eastern district.",
            "Members asked about telephone bookings, staff at reception and hospital appointments.",
        ),
    ),
    "s3": (
        "3. Review of fares",
        ("A flat fare of 200 yen instead of 300 yen was proposed, and its cost discussed.",),
    ),
    "s4": ("4. Next meeting", ()),
}


def sample_translation(digest: Digest | None = None) -> Digest:
    """Return the sample digest in English, with the same ids and the quotations left in Japanese."""
    digest = digest or sample_digest()

    def put(statement: Statement) -> Statement:
        return replace(statement, text=ENGLISH[statement.id])

    def put_pair(pair: Pair) -> Pair:
        topic, open = TOPICS[pair.id]
        return replace(
            pair, topic=topic, question=put(pair.question), answers=tuple(map(put, pair.answers)), open=open
        )

    def put_section(section: SectionDigest) -> SectionDigest:
        heading, texts = HEADINGS[section.id]
        summary = tuple(replace(one, text=text) for one, text in zip(section.summary, texts, strict=True))
        return replace(
            section,
            heading=heading,
            summary=summary,
            points=tuple(map(put, section.points)),
            pairs=tuple(map(put_pair, section.pairs)),
            comments=tuple(map(put, section.comments)),
            reason="The answer was cut at the limit of its length." if section.reason else None,
        )

    overview = (
        "In its half-year trial the on-demand bus carried about 1.2 times the planned passengers; telephone bookings "
        "and hospital appointments remain to be solved.",
        "A flat fare of 200 yen was proposed; the regional transport fund is to make up the loss.",
    )
    return replace(
        digest,
        language="en",
        translated_from="ja",
        meeting=replace(
            digest.meeting, title="Lake Midori Regional Transport Council (2nd meeting)", place="City Hall"
        ),
        overview=tuple(replace(one, text=text) for one, text in zip(digest.overview, overview, strict=True)),
        sections=tuple(map(put_section, digest.sections)),
    )


def long_minutes(characters: int) -> Minutes:
    """Return invented minutes of at least so many characters: one section in ten turns, one speaker in seven."""
    people = ("真壁座長", "乙黒委員", "瀬名波委員", "五十里委員", "四方田課長", "鵜飼係長", "来栖氏")
    writer = _Writer()
    sections: list[Section] = []
    while len(writer.text) < characters:
        at = len(sections) + 1
        start, _ = writer.write("heading", f"（{at}）第{at}の議題について")
        turns = []
        for number in range(1, 11):
            speaker = people[(at + number) % len(people)]
            writer.write("label", f"{speaker}）")
            text = "".join(
                f"{at}の{number}の{n}点目として、予約制バスの運行と運賃の見直しについて申し上げる。"
                for n in range(1, 9)
            )
            span = writer.write("speech", printed(text))
            turns.append(Turn(f"s{at}t{number}", speaker, text, *span, (span,)))
        sections.append(Section(f"s{at}", f"（{at}）第{at}の議題について", start, len(writer.text), tuple(turns)))
    return _minutes("long.txt", writer, tuple(sections))


def long_digest(minutes: Minutes) -> Digest:
    """Return a digest of long minutes in which every second turn asks and every next answers."""
    make = Quoting(minutes).statement
    sections = []
    for section in minutes.sections:
        at = section.id[1:]
        turns = [turn.id for turn in section.turns]
        pairs = tuple(
            Pair(
                f"{section.id}p{n}",
                f"話題{at}の{n}",
                make(
                    f"{section.id}p{n}q",
                    f"第{at}議題の問い{n}である。",
                    [(asked, f"{at}の{asked.split('t')[1]}の3点目")],
                ),
                (
                    make(
                        f"{section.id}p{n}a1",
                        f"第{at}議題の答え{n}である。",
                        [(told, f"{at}の{told.split('t')[1]}の5点目")],
                    ),
                ),
            )
            for n, (asked, told) in enumerate(zip(turns[::2], turns[1::2], strict=True), 1)
        )
        summary = (Sentence(f"第{at}議題の要約である。", (turns[0],)),)
        sections.append(SectionDigest(section.id, section.heading, "ok", summary, (), pairs))
    name = SourceName(minutes.source.name, minutes.source.sha256, len(minutes.source.text), "utf-8")
    count = sum(len(section.turns) for section in minutes.sections)
    return Digest(
        name,
        "ja",
        MEETING,
        (),
        tuple(sections),
        _ledger(minutes, ["pair"] * count),
        (),
        Provenance("extractive", "0.1.0"),
    )


HOSTILE = (
    "</script><script>window.hacked = 1</script></style><style>body { display: none }</style></textarea></title>"
    '<img src="https://attacker.invalid/a.png" onerror="window.hacked = 2"><svg onload="window.hacked = 3"></svg>'
    '<a href="javascript:window.hacked = 4">押す</a><link rel="stylesheet" href="//attacker.invalid/b.css">'
    "\\3c script\\3e \\000022 }*{color:red} url(https://attacker.invalid/c) {{ 7 * 7 }} {% raw %} <!-- --> ]]>"
    "\" onmouseover=\"window.hacked = 5\" ' onfocus='window.hacked = 6' autofocus \u202egnp.exe\u202c \x00\x1b\u2067"
)


def hostile_minutes() -> Minutes:
    """Return minutes whose every part tries to become markup, script or style."""
    writer = _Writer()
    writer.write("header", HOSTILE)
    start, _ = writer.write("heading", HOSTILE)
    writer.write("label", HOSTILE)
    span = writer.write("speech", HOSTILE)
    answer = writer.write("speech", "そのとおりである。" + HOSTILE)
    turns = (
        Turn("s1t1", HOSTILE, HOSTILE, *span, (span,)),
        Turn("s1t2", "javascript:window.hacked = 7", "そのとおりである。" + HOSTILE, *answer, (answer,)),
    )
    section = Section("s1", HOSTILE, start, len(writer.text), turns)
    writer.write("unclaimed", HOSTILE, HOSTILE)
    minutes = _minutes(HOSTILE, writer, (section,))
    meeting = Meeting(
        HOSTILE, None, HOSTILE, HOSTILE, HOSTILE, (Group(HOSTILE, (HOSTILE,)),), (Material(HOSTILE, HOSTILE),)
    )
    return replace(minutes, meeting=meeting)


def hostile_digest(minutes: Minutes) -> Digest:
    """Return a digest of hostile minutes in which the model's answers, and even the ids, are hostile too."""
    (section,) = minutes.sections
    asked, told = section.turns
    question = Statement(
        f"s1p1q{HOSTILE}", HOSTILE, ("s1t1",), (HOSTILE,), (Evidence("s1t1", HOSTILE, asked.start, asked.end),)
    )
    answer = Statement(
        "__proto__", HOSTILE, ("s1t2",), (told.speaker or "",), (Evidence("s1t2", HOSTILE, told.start, told.end),)
    )
    pair = Pair("constructor", HOSTILE, question, (answer,), (HOSTILE,))
    point = Statement("page-status", HOSTILE, ("s1t1", HOSTILE), (HOSTILE,), ())
    sections = (
        SectionDigest(
            "s1", HOSTILE, "ok", (Sentence(HOSTILE, ("s1t1", HOSTILE)),), (point,), (pair,), (replace(point, id="c"),)
        ),
        SectionDigest("s2", HOSTILE, "failed", reason=HOSTILE),
    )
    findings = (
        Finding(HOSTILE, "warning", ((HOSTILE, HOSTILE),), 0, 5),
        Finding(
            "weekday-mismatch", "warning", (("printed", HOSTILE), ("actual", HOSTILE)), item=point.id, turn="s1t1"
        ),
    )
    source = minutes.source
    return Digest(
        SourceName(HOSTILE, source.sha256, len(source.text), HOSTILE),
        "ja",
        minutes.meeting,
        (Sentence(HOSTILE, ("s1",)),),
        sections,
        _ledger(minutes, ["pair", "unaccounted"]),
        findings,
        Provenance(HOSTILE, HOSTILE, HOSTILE, ((HOSTILE, HOSTILE),)),
        Usage(1, 2, 3),
    )
