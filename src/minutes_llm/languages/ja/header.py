"""The Japanese keys of a header (`１ 日時`, `場 所）`, `【構成員】`), and dates and clock times in their values."""

from __future__ import annotations

from minutes_llm.languages.ja.lines import NUMERAL
from minutes_llm.patterns import late


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


KEYS = {
    # title of the meeting
    **dict.fromkeys(("会議名", "会議の名称", "会議名称", "名称", "件名", "会合名"), "title"),
    # date and time
    **dict.fromkeys(
        (
            "日時",
            "開催日時",
            "開催日",
            "会議の日時",
            "期日",
            "とき",
            "日程",
            "開催年月日",
            "年月日",
            "実施日時",
            "開会日時",
        ),
        "date",
    ),
    **dict.fromkeys(("時間", "開催時間", "開議時刻", "開会時刻", "時刻"), "time"),
    # place
    **dict.fromkeys(
        ("場所", "開催場所", "会場", "ところ", "会議の場所", "会議場所", "開催方法", "実施場所", "開催形式", "於"),
        "place",
    ),
    # who attended
    **dict.fromkeys(
        (
            *(
                "出席者",
                "出席委員",
                "出席議員",
                "参加者",
                "出席構成員",
                "構成員",
                "委員",
                "出席者氏名",
                "出席説明員",
                "説明員",
            ),
            *(
                "欠席者",
                "欠席委員",
                "欠席議員",
                "出席",
                "欠席",
                "出席者名",
                "委員出席者",
                "出席理事者",
                "説明のための出席者",
            ),
            *(
                "事務局",
                "オブザーバー",
                "出席事務局職員",
                "議会事務局",
                "区議会事務局",
                "出席議会局職員",
                "事務局出席者",
                "幹事",
            ),
            *(
                "説明者",
                "発表者",
                "関係者",
                "参考人",
                "出席状況",
                "出席者等",
                "会議出席者",
                "出席委員氏名",
                "出席職員",
                "傍聴者",
            ),
            *(
                "欠席",
                "欠席構成員",
                "傍聴人",
                "傍聴",
                "傍聴者数",
                "傍聴人数",
                "事務局職員",
                "出席した者",
                "担当課",
                "説明のため出席した者",
            ),
        ),
        "attendees",
    ),
    # documents handed out
    **dict.fromkeys(
        (
            "配付資料",
            "配布資料",
            "資料",
            "会議資料",
            "配付資料一覧",
            "配布資料一覧",
            "提出資料",
            "資料一覧",
            "当日資料",
        ),
        "materials",
    ),
    # agenda announced
    **dict.fromkeys(
        (
            "議題",
            "議事次第",
            "次第",
            "議事日程",
            "案件",
            "会議次第",
            "会議に付した事件",
            "本日の会議に付した事件",
            "付議事件",
        ),
        "agenda",
    ),
    **dict.fromkeys(
        ("会議の議題", "項目", "審議事項", "協議事項", "議案", "会議の案件", "日程及び議題", "協議案件"), "agenda"
    ),
    # open or closed, how many came, who wrote it: known as keys, not used
    **dict.fromkeys(
        (
            "公開",
            "公開・非公開の別",
            "会議の公開・非公開",
            "公開の可否",
            "問合せ先",
            "連絡先",
            "担当",
            "署名",
            "作成者",
        ),
        "other",
    ),
    **dict.fromkeys(
        ("敬称略", "備考", "概要", "定足数", "会期", "凡例", "主催", "所管課", "会議録署名議員", "書記"), "other"
    ),
}
"""Header keys without white space, and the field each stands for."""

BODY_KEYS = _words(
    "議事概要 議事要旨 議事録 議事内容 議事 議事の概要 議事の内容 議事経過 議事の経過 議事の要旨 議事要録 会議録 "
    "会議の経過 会議経過 会議内容 会議の内容 会議概要 会議の概要 会議要旨 会議結果 審議経過 審議内容 審議概要 "
    "審議の概要 審議要旨 発言内容 発言要旨 発言記録 討議内容 討議概要 議論の概要 会議の経過及び結果 "
    "議事の経過及び結果 審議の経過 議事及び発言の要旨 議事の要点 内容 経過 会議録本文 議事記録 議事要点 主な内容 "
    "議事の記録 議事・質疑 会議の状況 議事の状況 本文 会議の記録 議事進行 審議 概要"
)
"""Keys that only announce the meeting itself (`5．議事概要`): the header is over after them."""

OPENERS = _words(
    "主な質疑 主な質疑応答 主な意見 主な議論 主な発言 質疑応答 質疑概要 質疑内容 意見交換 冒頭発言 質疑等 "
    "主な意見等 委員からの主な意見 質疑 主な意見交換 大臣発言 冒頭あいさつ 冒頭挨拶"
)
"""Numbered keys that are the first heading of the meeting itself (`1.冒頭発言`): the header is over before them."""

ADDRESSES = ("君", "氏", "様", "さん", "殿")
"""Forms of address: after a name, but no role."""

NOBODY = frozenset({"なし", "無し", "なし。", "無", "－", "敬称略", "（敬称略）", "(敬称略)"})
"""What stands in a roster without naming anybody (none, titles omitted)."""

WEEKDAYS = "月火水木金土日"

_N = NUMERAL
DATE = late(
    r"(?:(?P<era>令\s*和|平\s*成|昭\s*和|大\s*正)\s*(?P<count>元|"
    + _N
    + r"{1,3})|(?P<year>(?:19|20|１９|２０)[0-9０-９]{2}|[一二][〇○零一二三四五六七八九]{3}))"
    r"\s*年\s*(?:[（(][^（）()]{1,10}[）)])?\s*(?P<month>" + _N + r"{1,3})\s*月\s*(?P<day>" + _N + r"{1,3})\s*日"
    r"\s*(?:[（(〔［\[]?\s*(?P<weekday>[月火水木金土日])(?:\s*曜\s*日?|(?=\s*[・）)〕］\]]|\s*[祝休])))?"
)
"""`令和６年３月13日（水）`, `平成二十九年八月十八日`, `2024年3月13日(水曜日)`; `numerals` reads the parts."""

DIGIT_DATE = late(
    r"(?<![0-9０-９])(?P<year>(?:19|20)[0-9]{2})\s*[./-]\s*(?P<month>[01]?[0-9])\s*[./-]\s*(?P<day>[0-3]?[0-9])(?![0-9０-９])"
    r"\s*(?:[（(]\s*(?P<weekday>[月火水木金土日])(?:曜日?)?\s*[）)])?"
)
"""`2024/3/13（水）`, `2024.3.13`, `2024-03-13`."""

TIME = late(
    r"(?P<half>午\s*前|午\s*後|正\s*午)?\s*(?:(?<![0-9０-９:：])(?P<hour>"
    + _N
    + r"{1,3})\s*(?:[:：]\s*(?P<colon>[0-9０-９]{2})(?![0-9０-９])"
    r"|時\s*(?!間)(?:(?P<minute>" + _N + r"{1,3})\s*分|(?P<thirty>半))?))"
)
"""`15：00`, `午後１時半`, `９時45分`, `午後零時三十分`."""

MATERIAL = late(
    r"^(?P<label>(?:参考|当日|机上|追加|机上配布|席上|補足|会議|委員提出)?(?:資料|別紙|別添|議案書?|参考)"
    r"\s*(?:[（(]?"
    + _N
    + r"{1,3}[）)]?(?:\s*[-－‐―ー−–]\s*(?:"
    + _N
    + r"{1,3}|[A-Za-zＡ-Ｚ]))*|[A-ZＡ-Ｚ](?:[-－‐−]"
    + _N
    + r"{1,2})?)?)"
    r"(?:[\s:：．.、]+|(?=[「『（(]))(?P<title>\S.*)$"
)
"""`資料３－１ 国際連携に係る…`: a label and a title."""

ROW_NUMBER = late(r"(?:第\s{0,3})?" + _N + r"{1,3}\s{0,3}番")
"""`１０番` before a member's name in a roster of an assembly."""

ROSTER_TITLE = late(
    r"^(?P<name>[^、。\s]{2,30}(?:出席者|出席した者|説明員|出席職員|事務局職員|議会局職員))(?:[（(].{1,10}[）)])?$"
)
"""`地方自治法第121条による出席者`: the title of a further group in a roster."""

HEADCOUNT = late(r"^[^\s、。]{0,12}\s*[0-9０-９一二三四五六七八九十]+\s*[人名]$")
"""`市民62人`, `部会委員　８名`: how many came, not who."""

SUBGROUP = late(
    r"^(?P<name>[^\s、。：:（）()0-9０-９]{1,12})(?:\s*(?P<colon>[：:])\s*|\s+)(?P<names>[^\s、：:][^：:]*)$"
)
"""`河川管理者　加美所長、早坂調査課長`: a group within the list of those present, and its people."""

COUNT = late(r"[（(][0-9０-９一二三四五六七八九十]+\s*[人名][）)]$")
"""`（２５名）` after the name of a group."""

RECORDS = (
    "議事録",
    "議事要旨",
    "議事概要",
    "会議録",
    "会議概要",
    "会議要旨",
    "議事要録",
    "議事次第",
    "記者会見",
    "会見録",
    "速記録",
    "議事日程",
)
"""What a record of a meeting is called: the words a title ends in."""
