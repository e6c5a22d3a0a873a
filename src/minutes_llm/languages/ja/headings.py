"""The Japanese words of a heading: what an agenda item is called, and what is only a part of one."""

from __future__ import annotations

from minutes_llm.languages.ja.lines import NUMERAL
from minutes_llm.patterns import late


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


AGENDA = (
    # opening, items, reports, deliberation, any other business, closing
    *(
        "開会",
        "閉会",
        "議題",
        "議事",
        "議案",
        "日程",
        "報告事項",
        "審議事項",
        "協議事項",
        "検討事項",
        "その他",
        "連絡事項",
        "事務連絡",
    ),
    *(
        "挨拶",
        "あいさつ",
        "諸般の報告",
        "会期の決定",
        "会議録署名",
        "一般質問",
        "代表質問",
        "質疑",
        "討論",
        "採決",
        "自己紹介",
        "委嘱",
    ),
    *(
        "冒頭発言",
        "前回議事録",
        "意見交換",
        "質疑応答",
        "について",
        "に関する件",
        "開式",
        "閉式",
        "休憩",
        "報告",
        "説明",
        "所信表明",
    ),
)
"""A short marked line with one of these in it names an agenda item."""

BEGINNINGS = (
    "議題",
    "議事",
    "議案",
    "日程",
    "報告事項",
    "審議事項",
    "協議事項",
    "検討事項",
    "その他",
    "開会",
    "閉会",
    "連絡事項",
)
"""Words for an item that a heading may begin with."""

PLAIN = _words(
    "開会 閉会 議題 議事 その他 報告事項 審議事項 協議事項 検討事項 連絡事項 事務連絡 挨拶 あいさつ 開会あいさつ "
    "開会挨拶 閉会あいさつ 閉会挨拶 委員紹介 自己紹介 質疑応答 意見交換 開会のあいさつ 閉会のあいさつ 開会の挨拶 "
    "閉会の挨拶 会長挨拶 委員長挨拶 議事録署名人の選任 次回開催 散会"
)
"""Headings that are nothing but the name of an item (opening, reports, any other business, closing)."""

PARTS = late(
    r"^(?:(?:[^\s。、]{0,12}(?:の|からの|による|より))?(?:主な|主たる)?(?:御|ご)?"
    r"(?:意見|コメント|質問|質疑|回答|応答|発言|討議|議論|討論|説明|資料説明|意見交換|質疑応答|審議|事務局説明|補足説明|自由討議|採決|結論|まとめ)"
    r"(?:[・･、，,及びと／/\s]{0,3}(?:意見|コメント|質問|質疑|回答|応答|発言|討議|議論|討論|審議|意見交換))*(?:等|など)?(?:の概要|の要旨|概要|要旨)?)$"
)
"""`構成員の意見・コメント`, `質疑応答`, `事務局説明`: a part of the running agenda item, not an item of its own."""

PROGRAMME = late(
    r"^(?:日程\s*第?\s*|日程)(?P<number>" + NUMERAL + r"{1,4})(?![0-9０-９年月日])\s*[、，,:：　 ]?\s*(?P<title>.*)$"
)
"""`日程第１　会期の決定`: an item of an assembly's order of the day."""

ITEM = late(
    r"^[【〔［＜《]?(?P<word>議\s*題|議案第|議案|議\s*事|案\s*件|報告事項|審議事項|協議事項|検討事項|報告|テーマ|項目)\s*[（(]?\s*(?P<number>"
    + NUMERAL
    + r"{1,3})"
    r"\s*[）)]?\s*(?:号)?[】〕］＞》]?(?![0-9０-９年月日人名件つ点]|[）)])\s*(?P<title>.*)$"
)
"""`議題１ …`, `議案第３号　…`, `報告事項（１）…`, `【議題２】…`."""

INSERTED = late(r"(?:表|報告書|通告書|申出書|一覧|名簿)(?:\s*[〔（(].*[〕）)])?$")
"""`議案付託事項表`: the title of a document that was put in here, and no agenda item."""

SAID = late(
    r"(?:^|[。\n　 ])\s*"
    r"(?:(?:それでは|では|次に|続きまして|続いて|まず|はじめに|初めに|引き続き|これより)、?)*"
    r"(?P<heading>日程第?\s*" + NUMERAL + r"{1,4}\s*[、，,　 ]\s*[^。\n]{1,120}?)を(?:一括(?:して)?)?議題と"
)
"""`次に、日程第２、議案第３号…を議題といたします`: an agenda item announced only in the chair's speech."""
