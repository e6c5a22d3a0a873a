"""Japanese speaker labels told from other words: the roles they end in, and what is never a speaker."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES = (
    # who presides (chairs, deputies)
    *("委員長", "副委員長", "委員長代理", "部会長", "副部会長", "部会長代理", "分科会長", "分科会長代理"),
    *("小委員長", "会長", "副会長", "会長代理", "座長", "副座長", "座長代理", "主査", "副主査", "主査代理"),
    *(
        "議長",
        "副議長",
        "仮議長",
        "臨時議長",
        "司会",
        "司会者",
        "進行",
        "進行役",
        "ファシリテーター",
        "コーディネーター",
    ),
    *(
        "理事長",
        "副理事長",
        "学長",
        "総長",
        "校長",
        "園長",
        "所長",
        "館長",
        "院長",
        "センター長",
        "社長",
        "副社長",
        "支配人",
    ),
    # who sits on the body (members, witnesses, guests)
    *("委員", "専門委員", "臨時委員", "特別委員", "構成員", "議員", "理事", "監事", "幹事", "幹事社", "オブザーバー"),
    *(
        "参考人",
        "政府参考人",
        "政府特別補佐人",
        "長官代理者",
        "公述人",
        "陳述人",
        "意見陳述者",
        "有識者",
        "アドバイザー",
        "顧問",
        "代表",
        "代表者",
        "パネリスト",
    ),
    *("参加者", "質問者", "発言者", "回答者", "発表者", "説明者", "報告者", "提案者", "申請者", "請願者", "傍聴者"),
    *(
        "会員",
        "株主",
        "組合員",
        "住民",
        "市民",
        "区民",
        "町民",
        "村民",
        "記者",
        "会場",
        "講師",
        "教授",
        "准教授",
        "先生",
        "弁護士",
    ),
    # who answers for an office (heads, officials, ministers)
    *("市長", "区長", "町長", "村長", "知事", "副市長", "副区長", "副町長", "副村長", "副知事", "教育長", "教育次長"),
    *(
        "局長",
        "次長",
        "部長",
        "課長",
        "係長",
        "室長",
        "班長",
        "支所長",
        "署長",
        "消防長",
        "技監",
        "監",
        "参事",
        "副参事",
        "主幹",
    ),
    *(
        "参事官",
        "審議官",
        "企画官",
        "統括官",
        "調整官",
        "管理官",
        "政策官",
        "調査官",
        "補佐",
        "補佐官",
        "主任",
        "主事",
        "担当",
    ),
    *(
        "担当者",
        "担当課",
        "事務局",
        "庶務",
        "書記",
        "書記長",
        "事務総長",
        "事務局員",
        "専門員",
        "執行部",
        "当局",
        "理事者",
        "説明員",
    ),
    *(
        "大臣",
        "総理大臣",
        "内閣総理大臣",
        "副大臣",
        "大臣政務官",
        "政務官",
        "長官",
        "総理",
        "総裁",
        "副総裁",
        "検査官",
        "公使",
        "大使",
        "管理者",
        "会計管理者",
    ),
    *(
        "監査委員",
        "選挙管理委員",
        "農業委員",
        "河川管理者",
        "事業者",
        "コンサルタント",
        "支援業者",
        "庁",
        "省",
        "課",
        "室",
        "係",
        "署",
    ),
    # forms of address after a name (Mr, Ms, Dr)
    *("君", "氏", "さん", "様", "殿", "博士"),
)
"""Words that a Japanese speaker label may end in; long ones are tried before the short ones they contain."""

UNITS = ("庁", "省", "課", "室", "係", "監", "署")
"""Roles that are also ends of common words (`日本庁`, `会議室`): they count only where a label is marked clearly."""

ANONYMOUS = _words(
    # member, reporter, shareholder, citizen …: several people share the label, so two in a row are two people
    "委員 構成員 議員 専門委員 臨時委員 記者 質問者 発言者 回答者 参加者 出席者 傍聴者 会員 株主 男性株主 "
    "女性株主 組合員 住民 市民 区民 町民 村民 会場 有識者 参考人 オブザーバー 事務局 担当 担当者 担当課 執行部 "
    "当局 理事者 説明員 説明者 発表者 事業者 パネリスト 幹事社 問 答 質問 回答 意見 要望 Ｑ Ａ"
)

QUESTION_TOKENS = ("質問", "質疑", "意見", "要望", "問", "Q", "Ｑ")
ANSWER_TOKENS = ("回答", "答弁", "応答", "答", "A", "Ａ")
"""What stands in place of a speaker where only question and answer are told apart."""

PARTICLES = "はがもをにでとの"
"""The particles that a noun before a quotation ends in, and a speaker label does not: `太郎は「…」`."""

NEVER = _words(
    # what stands in label marks without being a speaker: stage words, headings, notes
    "説明 資料説明 事務局説明 資料確認 省略 中略 確認 異議なし 異議無し なし 了承 承認 拍手 登壇 降壇 休憩 再開 "
    "笑 笑い 開会 閉会 議題 議事 議案 報告 審議 協議 その他 質疑 質疑応答 意見交換 討論 採決 挨拶 あいさつ "
    "自己紹介 敬称略 順不同 五十音順 略 注 以上 午前 午後 日時 場所 資料 別紙 参考 目次 概要 補足 抜粋 要旨 結論 "
    "決定事項 次回 項目 案 仮称 予定 会議室"
)

NEVER_BEGINS = ("出席", "欠席", "署名", "会議録署名", "本日の", "説明のため", "地方自治法", "傍聴者数", "傍聴人")
"""Beginnings of roster titles, which may end in a role (`○出席委員`, `会議録署名議員`)."""

NEVER_ENDS = (
    # explanation, check, report, about, greeting, matter, question time, bill, order of the day, appointment
    *(
        "説明",
        "確認",
        "省略",
        "報告",
        "について",
        "挨拶",
        "紹介",
        "の件",
        "質疑",
        "討論",
        "採決",
        "応答",
        "日程",
        "指名",
        "決定",
    ),
    *(
        "開会",
        "閉会",
        "開議",
        "散会",
        "休憩",
        "再開",
        "あり",
        "なし",
        "登壇",
        "降壇",
        "質問",
        "概要",
        "要旨",
        "資料",
        "議事録",
        "表明",
    ),
    *(
        "会議録",
        "拍手",
        "一覧",
        "名簿",
        "一部",
        "抜粋",
        "参照",
        "関係",
        "以下略",
        "文書",
        "起立",
        "全員",
        "多数",
        "議案",
        "選任",
        "事項",
    ),
)
"""Ends of phrases that fill label marks without naming anybody (`（資料の説明）`, `○諸般の報告`)."""

NAME_CHARACTERS = r"\u4e00-\u9fff々〆ヶ\u30a1-\u30faー・"
"""Kanji and katakana, as a regular-expression class: what a bare Japanese name without a role is made of."""
