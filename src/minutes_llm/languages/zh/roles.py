"""Chinese speaker labels told from other words: the roles that the labels of a Hansard end in."""

from __future__ import annotations

ROLES = (
    *(
        "主席",
        "代理主席",
        "全委會主席",
        "秘書長",
        "議員",
        "局長",
        "副局長",
        "司長",
        "署長",
        "處長",
        "專員",
        "秘書",
        "議長",
    ),
    *("委员", "主任", "部长", "局长", "市长", "代表", "记者", "發言人", "先生", "女士", "小姐", "書記"),
)

ANONYMOUS = frozenset({"记者", "記者", "代表", "议员", "委员"})

NEVER = frozenset({"註", "注", "附件", "主體答覆", "補充資料", "出席議員", "缺席議員", "列席秘書", "出席政府官員"})
