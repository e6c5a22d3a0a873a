"""Japanese lines that are neither speech nor label: stage directions, clock lines, closing words, ornaments."""

from __future__ import annotations

from minutes_llm.patterns import late


def _words(text: str) -> list[str]:
    return text.split()


NUMERAL = r"[0-9０-９〇零一二三四五六七八九十]"

DIRECTION_ENDS = (
    # applause, laughter, voices from the floor, rising, leaving, voting
    *(
        "拍手",
        "笑",
        "笑い",
        "笑声",
        "（笑い）",
        "呼ぶ者あり",
        "する者あり",
        "者多し",
        "者多数",
        "登壇",
        "降壇",
        "着席",
        "起立",
    ),
    *(
        "起立全員",
        "起立多数",
        "起立少数",
        "挙手",
        "挙手全員",
        "挙手多数",
        "挙手なし",
        "賛成者起立",
        "賛成者挙手",
        "退席",
        "退場",
    ),
    *(
        "退室",
        "入室",
        "入場",
        "休憩",
        "再開",
        "中断",
        "暫時休憩",
        "投票開始",
        "投票終了",
        "投票執行",
        "氏名点呼",
        "議場閉鎖",
    ),
    *(
        "議場開鎖",
        "速記中止",
        "速記停止",
        "朗読",
        "省略",
        "中略",
        "略",
        "黙祷",
        "黙禱",
        "異議なし",
        "異議無し",
        "異議なしの声",
    ),
    *(
        "との声",
        "掲載",
        "との声あり",
        "の声あり",
        "声あり",
        "了承",
        "全員了承",
        "うなずく",
        "頷く",
        "沈黙",
        "発言なし",
        "質問なし",
        "意見なし",
    ),
    # the office explains, hands out, checks, shows
    *(
        "説明",
        "以下説明",
        "資料説明",
        "資料確認",
        "資料の確認",
        "事務局説明",
        "基づき説明",
        "報告",
        "資料配付",
        "資料配布",
        "紹介",
    ),
    *(
        "挨拶",
        "あいさつ",
        "自己紹介",
        "録画再生",
        "映像上映",
        "スライド",
        "スライド投影",
        "パネル提示",
        "資料提示",
        "掲載",
        "参照〕",
    ),
    *("禁止", "消灯", "点灯", "暗転", "開票", "点検", "選任", "採決", "互選"),
)
"""A line or a parenthesis that ends so tells what happened in the room (applause, explanation, adjournment)."""

INLINE_ENDS = (
    *(
        "拍手",
        "笑",
        "笑い",
        "笑声",
        "呼ぶ者あり",
        "する者あり",
        "者多し",
        "者多数",
        "登壇",
        "降壇",
        "起立",
        "挙手",
        "退席",
        "着席",
    ),
    *("声あり", "の声", "末尾に掲載", "速記中止", "休憩", "うなずく", "頷く", "禁止", "と呼ぶ", "笑）", "暫時休憩"),
)
"""The narrower set for a parenthesis inside speech, where `（資料に基づく説明）` may well be said."""

_EVENT = r"(?:開\s*会|開\s*議|再\s*開|休\s*憩|散\s*会|閉\s*会|延\s*会|閉\s*議|流\s*会|終\s*了|開\s*始)"
CLOCK = late(
    r"^[○〇◯●◎△（(〔［\[]*\s*(?P<before>" + _EVENT + r")?\s*[（(]?\s*"
    r"(?P<clock>(?:午前|午後)\s*(?:" + NUMERAL + r"{1,3})\s*時\s*(?:(?:" + NUMERAL + r"{1,3})\s*分|半)?)"
    r"\s*(?P<event>" + _EVENT + r")?(?:・" + _EVENT + r")?\s*[）)〕］\]]*$"
)
"""`午前１０時００分　開会`: when the sitting opened, broke off, went on or ended."""

CLOCK_BEGINS = frozenset("午開再休散閉延流終○〇◯●◎△（(〔［[")
"""What a clock line begins with: lines that begin otherwise are not held against it (`parse.rows`)."""

RECESS = late(r"^[（(〔［\[－―\-\s]*(?:暫時)?(?:休\s*憩|再\s*開|中断)[^。]{0,12}[）)〕］\]－―\-\s]*$")
"""`（休憩）`, `〔暫時休憩〕`: the sitting breaks off, or goes on again."""

OPENING = frozenset({"開会", "開議", "開始"})
CLOSING = frozenset({"散会", "閉会", "延会", "閉議", "終了", "流会"})

END = late(r"^[（(〔［\[－―\-\s]*(?:以\s*上|（?了）?|－?了－?|おわり|終わり)[）)〕］\]－―\-。\s]*$")
"""`以上` alone on its line: the record ends here."""

END_BEGINS = frozenset("以了お終（(〔［[－―-")
"""What such a line begins with."""

SENTENCE_END = "。！？!?．」』）)】〕"
"""The characters that a finished Japanese sentence ends in."""

NAME_LINE = late(r"^[^\s。、「」（）()]{2,12}(?:君|氏|さん|様|殿)$")
"""`笹山忠君` alone on a line, under the office of the speaker."""

STAMP = late(
    r"^(?:(?:参考|当日|机上|追加|別添)?(?:資料|別紙|別添|参考)\s*(?:"
    + NUMERAL
    + r"{1,3})(?:\s*[-－‐―ー−]\s*"
    + NUMERAL
    + r"{1,3})?)$"
)
"""`参考資料５` alone on its line: the corner stamp of a page."""

LEADING = late(r"(?:登壇|降壇)(?=\s)")
"""`◯27番（南里茂）登壇　私は…`: a stage direction between label and speech."""

CHROME = frozenset(
    # skip navigation, search term, back, next, top, print, site map …
    _words(
        "ナビゲーションをスキップする 検索語: 検索語： 前へ 次へ 戻る トップ 検索結果一覧に戻る 画面を閉じる "
        "ページの先頭へ ページの先頭へ戻る このページの先頭へ このページのトップへ ページトップへ 印刷 印刷する "
        "本文へ 会議録本文へ すべての発言を表示 ヒット発言 表示形式切替 サイトマップ トップへ戻る 本文へスキップ"
    )
)
"""What the page around a record says."""
