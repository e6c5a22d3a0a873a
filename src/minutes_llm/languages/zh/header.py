"""The Chinese keys of a header and the words that name a record of a meeting."""

from __future__ import annotations

KEYS = {
    **dict.fromkeys(("日期", "時間", "时间", "會議日期", "会议时间"), "date"),
    **dict.fromkeys(("地點", "地点", "會議地點", "会议地点"), "place"),
    **dict.fromkeys(
        (
            "出席議員",
            "缺席議員",
            "出席政府官員",
            "列席秘書",
            "出席",
            "缺席",
            "列席",
            "出席人员",
            "参会人员",
            "出席者",
            "主持人",
        ),
        "attendees",
    ),
    **dict.fromkeys(("議程", "议程", "会议议程"), "agenda"),
}
RECORDS = ("會議過程正式紀錄", "會議紀錄", "会议记录", "会议纪要")
