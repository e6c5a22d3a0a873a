"""The figures of a Japanese text as quantities: numbers with their counters, dates, clock times, numbered things.

How a figure is told from a word that merely contains a numeral (`一方`, `四国`, `十分`), in the order of `RULES`: at
every place where a figure could begin the first rule that reads something wins, and reading goes on behind it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

from minutes_llm.languages.folded import fold
from minutes_llm.languages.ja.numerals import ERAS, LONGEST, era_year, integer, number, years_without_era
from minutes_llm.languages.quantities import (
    FINER,
    PERIODS,
    Amount,
    Day,
    Direction,
    Figure,
    Hedge,
    Label,
    Period,
    Reading,
    Relative,
    joined,
    kind_of,
    of_unit,
    resolved,
    with_year_of,
)
from minutes_llm.patterns import late

# --- words that contain a numeral and are no figure ------------------------------------------------------------
# Codes of many digits, adverbs and compounds (「一部の委員」), places and people (「三条市」, 「五十嵐委員」).
# What `一` counts is a figure of speech as often as a count; it is read, but as a loose figure.
IDIOMS = late(
    f"[0-9〇○零一二三四五六七八九十百千万億兆,.]{{{LONGEST + 1},}}+|"
    "1日も早|一人(?:ひとり|一人)|一つ(?:ひとつ|一つ|ずつ)|一(?:日も早|度に|時的|時金|時期|部|回り|本化|面的|点張|番い|番お|番大|番適|"
    "昨日|歩一歩|年生植)|十(?:分(?!間|の[一二三四五六七八九十])|二分|和田|日町|人十色|字)|二(?:分さ|分し|人三脚|度手間|度と|"
    "階堂|次[被災利元的募]|本松|日市)|三(?:位一体|次元|次産業|次救急|次市|条市|条大橋|本木|者三様|日月|日坊主|権|重)|"
    "四(?:半世紀|半期|国|万十|日市市?|街道|条畷)|五(?:十嵐|分五分|日市|所川原)|六(?:本木|次産業|ヶ所村|ケ所村|か所村)|"
    "七(?:転八起|五三)|八(?:百屋|百長|王子|日市|十二銀行|十島)|九(?:十九里|分九厘|州)|百(?:五銀行|貨店|分率|歩譲|人町)|"
    "千(?:歳市|歳空港|葉|代田|差万別)|五百旗頭|[一二三四五六七八九]戸[市町村]|八戸"
)

# --- numerals --------------------------------------------------------------------------------------------------
# `1,200`, `3.2`, `二〇二四`, `百三十`, `八十七・三`, and both mixed with 万・億・兆: `3億2千万`. Possessive
# throughout, so that no text makes the match go back: a numeral is read once, and what a rule looks for behind it is
# an expression of its own.
PLAIN = r"(?:[0-9]{1,3}(?:,[0-9]{3}(?![0-9]))++|[0-9]++)(?:\.[0-9]++)?+"
KANJI = (
    r"(?:[一二三四五六七八九十百千][〇○零一二三四五六七八九十百千]*+(?:[・.][〇零一二三四五六七八九]++)?+"
    r"|[〇零][・.][〇零一二三四五六七八九]++)"
)
BLOCK = rf"(?:{PLAIN}(?:[百千](?:{PLAIN})?+)*+|{KANJI})"
NUMERAL = late(rf"{BLOCK}(?:[万億兆京](?:{BLOCK})?+)*+")
VAGUE = {"数": 1, "十数": 10}
"""`数十人` is 20 to 90, `数人` 2 to 9; `十数人` 11 to 19."""

# --- counters and units ----------------------------------------------------------------------------------------
# What stands behind the numeral, and the one English word that it is compared by, with the number of those that one
# of it makes (`1割` is 10 percent). The longest wins. Near-synonyms share a word where minutes use them for the same
# thing (`2組織`, `2機関`). Behind `つの` or `の` a noun of this table counts as the counter (`三つの国`).
COUNTERS: dict[str, tuple[str, ...]] = {
    "yen": ("円",),
    "dollar": ("米ドル", "ドル"),
    "euro": ("ユーロ",),
    "pound": ("英ポンド", "ポンド"),
    "won": ("ウォン",),
    "yuan": ("人民元",),
    "percent": ("%", "パーセント"),
    "point": ("%ポイント", "パーセントポイント", "ポイント", "pt"),
    "times": ("倍",),
    "person": ("人", "名", "人の委員", "名の委員"),
    "household": ("世帯", "戸", "軒"),
    "country": ("か国", "カ国", "ヵ国", "ヶ国", "ケ国", "箇国", "国・地域", "国", "の国"),
    "organisation": ("組織", "機関", "団体", "法人", "事業者", "社", "企業", "会社", "事業所"),
    "municipality": ("市区町村", "市町村", "自治体", "市", "町", "村"),
    "ward": ("区", "特別区"),
    "prefecture": ("都道府県", "都府県", "県"),
    "case": ("件", "案件", "例", "事例"),
    "item": ("つ", "個", "箇", "点", "項目", "事項", "課題", "論点"),
    "place": ("か所", "カ所", "ヵ所", "ヶ所", "ケ所", "箇所", "個所", "拠点", "地点", "会場"),
    "area": ("地域", "地区", "分野", "領域"),
    "facility": ("施設", "店舗", "店", "館", "園"),
    "school": ("校", "大学"),
    "occasion": ("回", "度"),
    "night": ("泊",),
    "machine": ("台", "機", "基", "両", "隻"),
    "long thing": ("本",),
    "volume": ("冊", "部"),
    "sheet": ("枚",),
    "animal": ("頭", "羽", "匹"),
    "building": ("棟",),
    "room": ("室", "部屋"),
    "bed": ("床", "病床"),
    "seat": ("席", "議席"),
    "vote": ("票",),
    "question": ("問", "設問", "質問"),
    "kind": ("種類", "種", "パターン"),
    "stage": ("段階", "ステップ"),
    "layer": ("層", "階層"),
    "proposal": ("案", "議案", "法案", "提案"),
    "group": ("班", "組", "グループ", "チーム", "部会"),
    "page": ("ページ", "頁"),
    "slide": ("スライド",),
    "character": ("文字",),
    "share": ("株", "口"),
    "route": ("路線", "便"),
    "project": ("事業", "プロジェクト"),
    "pillar": ("本柱", "本の柱", "柱"),
    "age": ("歳", "才"),
    "decade of age": ("歳代",),
    "year": ("年間", "か年", "カ年", "ヵ年", "ヶ年", "箇年", "年"),
    "quarter": ("四半期",),
    "month": ("か月間", "カ月間", "ヵ月間", "ヶ月間", "か月", "カ月", "ヵ月", "ヶ月", "ケ月", "箇月", "月間"),
    "week": ("週間", "週"),
    "day": ("日間", "日"),
    "hour": ("時間",),
    "minute": ("分間", "分"),
    "second": ("秒間", "秒"),
    "mile": ("マイル", "海里"),
    "kilometre": ("km", "キロメートル"),
    "metre": ("m", "メートル"),
    "centimetre": ("cm", "センチメートル", "センチ"),
    "millimetre": ("mm", "ミリメートル", "ミリ"),
    "kilogram": ("kg", "キログラム"),
    "gram": ("g", "グラム"),
    "tonne": ("トン", "t"),
    "hectare": ("ha", "ヘクタール"),
    "square metre": ("m2", "平方メートル", "平米"),
    "square kilometre": ("km2", "平方キロメートル", "平方キロ"),
    "cubic metre": ("m3", "立方メートル", "立米"),
    "litre": ("リットル", "L"),
    "kilowatt": ("kW", "キロワット"),
    "kilowatt hour": ("kWh", "キロワット時"),
    "megawatt": ("MW", "メガワット"),
    "gigawatt": ("GW", "ギガワット"),
    "megabyte": ("MB", "メガバイト"),
    "gigabyte": ("GB", "ギガバイト"),
    "terabyte": ("TB", "テラバイト"),
    "degree": ("℃", "°C"),
    "kilo": ("キロ",),
    "nth": (
        "番",
        "号",
        "条",
        "項",
        "位",
        "期",
        "次",
        "章",
        "節",
        "丁目",
        "等",
        "級",
        "学年",
        "年生",
        "周年",
        "世紀",
        "番地",
    ),
}
MANY = {"割": ("percent", 10), "四半世紀": ("year", 25), "半世紀": ("year", 50), "ダース": ("item", 12)}
UNITS: dict[str, tuple[str, int]] = {word: (unit, 1) for unit, words in COUNTERS.items() for word in words} | MANY
NOT_A_UNIT = {
    "割": "(?![合り当高引安])",
    "時間": "(?!帯)",
    "分": "(?![野類析割離配散解別担布])",
    "人": "(?![口材事権類工])",
    "名": "(?![称前義])",
    "点": "(?![検灯])",
    "本": "(?![部社人来年日質当案法格])",
    "度": "(?!目)",
    "期": "(?![間待限])",
    "項": "(?!目)",
    "次": "(?![回第世])",
    "等": "(?![し身])",
    "機": "(?![関能械会構])",
    "区": "(?![分域間])",
    "案": "(?!内)",
    "社": "(?!会)",
    "国": "(?![内民会際家])",
    "市": "(?![民場])",
    "部": "(?![分署会門])",
    "例": "(?![え外])",
    "号": "(?!令)",
    "組": "(?!合)",
    "席": "(?!上)",
    "口": "(?!座)",
    "日": "(?![本])",
    "件": "(?!名)",
    "店": "(?!長)",
    "回": "(?!答)",
    "g": "(?![A-Za-z])",
    "t": "(?![A-Za-z])",
    "m": "(?![A-Za-z])",
    "L": "(?![A-Za-z])",
    "つ": "(?!いて|まり|なが|もり|くる)",
    "両": "(?![方者国])",
}
"""What may not follow a unit, where it is then the beginning of another word (`3分野`, `30人口`)."""
UNIT = late("|".join(re.escape(word) + NOT_A_UNIT.get(word, "") for word in sorted(UNITS, key=len, reverse=True)))
COUNTED_NOUN = late(
    f"の({'|'.join(word for word, (unit, _) in UNITS.items() if len(word) > 1 and kind_of(unit) == 'count')}|国)"
)
FIRM_ONE = frozenset({"yen", "dollar", "percent", "point", "times", "nth", "age"})

# --- hedges ----------------------------------------------------------------------------------------------------
# Before the numeral (「約30人」, 「最大で5社」) or behind the unit (「30万円程度」, 「5年ほど前」).
HEDGES_BEFORE: dict[Hedge, str] = {
    "about": "(?<![要契条規制節集解公予誓特盟成密協婚破確売倹簡])約|"  # no hedge in 要約, 契約
    "およそ|おおよそ|凡そ|概ね|おおむね|ほぼ|だいたい|大体|見積(?:り|もり)?(?:額|費用|金額)",
    "at least": "最低でも|最低|最短で|最短|少なくとも",
    "at most": "最大で|最大|最高で|最長で|最長|せいぜい",
    "up to": "上限額?|限度額?",
}
HEDGES_BEHIND: dict[Hedge, str] = {
    "about": "(?:という|の)見積|程度|ほど|くらい|ぐらい|前後|内外|近く|を(?:めど|目途|目処|目安)",
    "just over": "余り|あまり|余(?![裕剰地儀])|強(?![いくまめ化制力靭調度])|台(?![帳数風])",
    "just under": "弱(?![い者点体])",
    "at least": "以上",
    "at most": "以下|以内|を?超えな",
    "more than": "を?超え|超(?!過)|を上回",
    "less than": "未満|に?満た(?:ない|なかった|ず)|足らず|を下回|を切|を割[りっ]",
    "up to": "まで|[をが](?:上限|限度)",
}
BEFORE = late(f"(?:{'|'.join(f'({words})' for words in HEDGES_BEFORE.values())})[のは]?$")
BEHIND = late("|".join(f"({words})" for words in HEDGES_BEHIND.values()))
DIRECTIONS: tuple[tuple[Direction, re.Pattern[str]], ...] = (
    ("ago", late("の?前(?!後|期|半|提|年|月|回|日|向)")),
    ("later", late("の?後(?!期|半|継|ろ)")),
)

# --- relative dates --------------------------------------------------------------------------------------------
# 「昨年度」, 「先月末」, 「本年3月」, 「来年の4月1日」. 前年度, 同年 and 翌月 look back to another date in the text,
# not to the day of the meeting: no figure.
YEARS = {"一昨": -2, "おととし": -2, "今": 0, "本": 0, "当": 0, "昨": -1, "去": -1, "再来": 2, "来": 1, "明": 1}
MONTHS = {"先々": -2, "先": -1, "今": 0, "本": 0, "再来": 2, "来": 1}
DAYS = {"一昨日": -2, "おととい": -2, "昨日": -1, "本日": 0, "今日": 0, "明日": 1, "明後日": 2}
RELATIVE = late(
    "(?P<years>一昨|今|本|当|昨|去|再来|(?<![本以将従古由])来|明)年(?P<fiscal>度)?(?![間齢代])"
    "|(?P<ototoshi>おととし)"
    "|(?P<months>先々|(?<![優率])先|今|(?<![日])本|再来|(?<![本以])来)月"
    f"|(?P<days>{'|'.join(DAYS)})(?![本])"
)

# --- dates, clock times, numbered things -----------------------------------------------------------------------
ERA = late(rf"{'|'.join(ERAS)}|(?<![A-Za-z])[MTSHR](?=[0-9]{{1,2}}年)")
INITIALS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
YEAR_OF_ERA = late("(?P<year>年)?(?P<fiscal>度)?")
YEAR = late("年(?P<fiscal>度)?(?![間半代])")
NUMERIC = late(
    r"(?:(?P<first>(?:19|20)[0-9]{2})[/-](?:(?P<next>[0-9]{2})年度|(?P<next2>1[3-9]|[2-9][0-9]))"
    r"|(?P<year>(?:19|20)[0-9]{2})(?P<sep>[/.-])(?P<month>0?[1-9]|1[0-2])(?:(?P=sep)(?P<day>[0-3]?[0-9]))?"
    r"|(?<![A-Za-z])(?P<era>[MTSHR])(?P<count>[0-9]{1,2})\.(?P<month2>[0-9]{1,2})\.(?P<day2>[0-9]{1,2})"
    r"|FY(?P<fy>(?:19|20)?[0-9]{2}))(?![0-9/.-])"
)
MONTH = late("月(?!間)")
DECADE = late("(?:年代|代)(?![表わ替金])")
HALF = late("午[前後]")
FIRST_HOUR = late("([0-9]{1,2})時?~")
HOUR = late("時(?![間点代期計])(?P<half>半)?|:(?P<minute>[0-5][0-9])(?![0-9:])")
# 「資料３－１」, 「別紙2」, 「X.1060」, 「5G」, 「03-5555-0123」: the digits are a name's. Not 「10km」.
LABEL = late(
    r"(?:参考資料|配[付布]資料|資料|別紙|別添|別表|様式|図表?|表|議題|スライド|No\.|"
    r"[A-Za-z][A-Za-z./_+-]{0,19}|[A-Z]{2,9} )[第(]?"
    r"(?P<digits>[0-9]+(?:[-.][0-9]+)*+)(?![0-9,]|[年月日時円人名社件%万億兆千百割倍])|"
    r"(?P<hyphened>[0-9]+(?:-[0-9]+){2,}+|[0-9]+-[0-9]+(?![0-9])|[0-9]+(?:\.[0-9]+){2,}+)|"
    r"(?P<lettered>[0-9]+(?!(?:km|mm|cm|kg|m|g|t|ha|kW|kWh|MW|GW|MB|GB|TB|L|pt|FY)[^A-Za-z0-9])[A-Za-z]+[0-9]*+)"
)
# 「半年」, 「倍増」, 「双方の負担」 say a figure without a numeral; the loose ones need none in another language.
IMPLIED: dict[str, tuple[Fraction | int, str]] = {
    "過半数": (50, "percent"), "半数": (50, "percent"), "半分": (50, "percent"), "半減": (50, "percent"),
    "半額": (50, "percent"),
    "半年": (6, "month"), "半日": (Fraction(1, 2), "day"), "倍増": (2, "times"),
    "両": (2, ""), "双方": (2, ""), "隔週": (2, "week"), "隔月": (2, "month"), "隔年": (2, "year"),
    "正午": (12 * 60, "clock"),
}  # fmt: skip
LOOSELY_IMPLIED = frozenset({"両", "双方", "隔週", "隔月", "隔年", "正午"})
IMPLYING = late(
    "過半数|半数|半額|半分|半年|半日|半減|倍増|双方|隔[週月年]|正午|"
    "(?<!車)両(?=[方者案国県市町村社省庁論面側院日派課部校])"
)
LISTED = late("~|-|から|及び|と|・|、|,|又は|または")
CURRENCY = late(r"US\$|[¥$€£]")
CURRENCIES = {"¥": "yen", "$": "dollar", "US$": "dollar", "€": "euro", "£": "pound"}
SEVERAL = late("十?数(?=[十百千万億兆人名社件年か日回個つ時分倍割%円])[十百千]?[万億兆]?")
TENTHS = late("([0-9一二三四五六七八九])分(?!の)")
TO = late("~|-|から")
START = late(
    "[0-9〇○零一二三四五六七八九十百千数¥$€£]|[A-Za-z]+|[今本当昨去再来明先]|おとと|大正|昭和|平成|令和|午[前後]|"
    "過半数|半[数額分年日減]|倍増|双方|隔[週月年]|正午|両|参考資料|配[付布]資料|資料|別[紙添表]|様式|[図表]|議題|スライド"
)


class Place(NamedTuple):
    """Where in the folded text a figure may begin, and the day its relative dates count from.

    `numeral` is the one that stands there, empty where none does; it ends at `end`.
    """

    text: str
    start: int
    on: dt.date | None
    numeral: str
    end: int

    def is_ordinal(self) -> bool:
        """Tell whether 第 stands before."""
        return self.start > 0 and self.text[self.start - 1] == "第"

    def hedge_before(self) -> Hedge:
        """Return the hedge that stands right before."""
        match = BEFORE.search(self.text[max(0, self.start - 7) : self.start])
        return list(HEDGES_BEFORE)[match.lastindex - 1] if match and match.lastindex else ""


def figures(text: str, on: dt.date | None) -> tuple[Figure, ...]:
    """Return the figures of a Japanese text in order; `on` is the day that 昨年 and 先月末 count from."""
    folded = fold(text)
    found = []
    for figure in _with_years(folded.text, tuple(_scan(folded.text, on))):
        start, end = folded.span(figure.start, figure.end)
        same = (start, end, text[start:end]) == (figure.start, figure.end, figure.text)
        found.append(figure if same else figure._replace(start=start, end=end, text=text[start:end]))
    return tuple(found)


def _scan(text: str, on: dt.date | None) -> Iterator[Figure]:
    rules = [rule for marks, rule in RULES if not marks or any(mark in text for mark in marks)]
    position = 0
    while start := START.search(text, position):
        place = Place(text, start.start(), on, *_numeral(text, start.start()))
        idiom = None if place.is_ordinal() else IDIOMS.match(text, place.start)
        figure = None if idiom else next((f for rule in rules if (f := rule(place))), None)
        if figure:
            yield figure
        position = figure.end if figure else idiom.end() if idiom else start.end()


def _numeral(text: str, at: int) -> tuple[str, int]:
    """Return the numeral at a place and where it ends; an empty one where none stands."""
    match = NUMERAL.match(text, at)
    return (match[0], match.end()) if match else ("", at)


def _month_and_day(text: str, at: int) -> tuple[str, str, int]:
    """Return the numerals of `3月13日` at a place, empty where they are not said, and where that ends."""
    month, end = _numeral(text, at)
    if not month or text[end : end + 1] != "月" or text[end + 1 : end + 2] in {"間", "分"}:
        return "", "", at
    return month, *_day(text, end + 1)


def _day(text: str, at: int) -> tuple[str, int]:
    """Return the numeral of `13日` at a place, empty where no day is said, and where that ends."""
    day, end = _numeral(text, at)
    return (day, end + 1) if day and text.startswith("日", end) else ("", at)


def _goes_on_with(place: Place, sign: re.Pattern[str]) -> re.Match[str] | None:
    """Return the sign that a second numeral has and the one here goes without: the 代 of `20~30代`."""
    if place.text[place.end : place.end + 1] not in {"~", "、", "・", "-"}:
        return None
    second, end = _numeral(place.text, place.end + 1)
    return sign.match(place.text, end) if second else None


def _with_years(text: str, found: tuple[Figure, ...]) -> Iterator[Figure]:
    """Yield the figures, each date of `令和5年7月から9月` with its year."""
    for before, figure in zip((None, *found), found, strict=False):
        linked = before and LISTED.fullmatch(text, before.end, figure.start)
        yield with_year_of(figure, before) if before and linked else figure


def _figure(place: Place, end: int, readings: tuple[Reading, ...], loose: bool = False) -> Figure | None:
    if not readings:
        return None
    first = readings[0]
    if isinstance(first, Amount):
        kind = kind_of(first.unit)
    elif isinstance(first, Label):
        kind = "identifier"
    else:
        fiscal = first.period == "fiscal year" if isinstance(first, Relative) else first.fiscal
        kind = "fiscal year" if fiscal else "date"
    return Figure(kind, readings, place.start, end, place.text[place.start : end], loose=loose)


def _relative(place: Place) -> Figure | None:
    match = RELATIVE.match(place.text, place.start)
    if not match:
        return None
    month, day, end = "", "", match.end()
    period: Period = "day"
    if match["days"]:
        offset = DAYS[match["days"]]
    elif match["months"]:
        period, offset = "month", MONTHS[match["months"]]
        day, end = _day(place.text, end)
    else:
        period, offset = "fiscal year" if match["fiscal"] else "year", YEARS[match["years"] or match["ototoshi"]]
        if match["years"]:
            month, day, behind = _month_and_day(place.text, end + place.text.startswith("の", end))
            end = behind if month else end
    relative = Relative(period, offset, integer(month), integer(day))
    readings = (relative, resolved(relative, place.on)) if place.on else (relative,)
    return _figure(place, end, readings, loose=period == "day" and offset == 0)


def _era(place: Place) -> Figure | None:
    era = ERA.match(place.text, place.start)
    if not era:
        return None
    count, end = ("元", era.end() + 1) if place.text.startswith("元", era.end()) else _numeral(place.text, era.end())
    sign = YEAR_OF_ERA.match(place.text, end)
    year = era_year(INITIALS.get(era[0], era[0]), count)
    if year is None or sign is None:
        return None
    if sign[0] != "年":
        return _date(place, sign.end(), (year,), "", "", bool(sign["fiscal"]) if sign["year"] else None)
    month, day, end = _month_and_day(place.text, sign.end())
    return _date(place, end, (year,), month, day, False)


def _western(place: Place) -> Figure | None:
    sign = YEAR.match(place.text, place.end) if place.numeral else None
    count = integer(place.numeral) if sign else None
    if not sign or count is None or place.is_ordinal():
        return None
    fiscal = bool(sign["fiscal"])
    month, day, end = _month_and_day(place.text, sign.end())
    if 1000 <= count < 3000:
        return _date(place, end, (count,), month, day, fiscal)
    if not fiscal and (not month or count >= 100):
        return None
    return _date(place, end, years_without_era(count), month, day, fiscal)


def _numeric(place: Place) -> Figure | None:
    match = NUMERIC.match(place.text, place.start)
    if not match:
        return None
    if match["first"]:
        following = (int(match["first"]) + 1) % 100 == int(match["next"] or match["next2"])
        return _date(place, match.end(), (int(match["first"]),), "", "", True) if following else None
    if match["fy"]:
        return _date(place, match.end(), (int(match["fy"]) % 100 + 2000,), "", "", True)
    if match["era"]:
        year = era_year(INITIALS[match["era"]], match["count"]) or 0
        return _date(place, match.end(), (year,), match["month2"], match["day2"], False)
    return _date(place, match.end(), (int(match["year"]),), match["month"], match["day"] or "", False)


def _month(place: Place) -> Figure | None:
    if not place.numeral:
        return None
    if not (sign := MONTH.match(place.text, place.end)):
        return _date(place, place.end, (), place.numeral, "", False) if _goes_on_with(place, MONTH) else None
    day, end = _day(place.text, sign.end())
    if day and place.text.startswith("間", end):
        day, end = "", sign.end()
    return _date(place, end, (), place.numeral, day, False)


def _date(place: Place, end: int, years: tuple[int, ...], month: str, day: str, fiscal: bool | None) -> Figure | None:
    """Return a date from the numerals of its month and day, or None where there are no such."""
    months, days = integer(month), integer(day)
    if (months is not None and not 1 <= months <= 12) or (days is not None and not 1 <= days <= 31):
        return None
    return _figure(place, end, (Day(years, months, days, fiscal),))


def _decade(place: Place) -> Figure | None:
    if not place.numeral:
        return None
    own = DECADE.match(place.text, place.end)
    sign = own or _goes_on_with(place, DECADE)
    count = integer(place.numeral) if sign else None
    if not sign or count is None:
        return None
    end = own.end() if own else place.end
    if sign[0] == "代":
        return _figure(place, end, (_amount(count, "decade of age"),)) if count <= 100 else None
    count += 1900 if count < 100 else 0
    return _figure(place, end, (_amount(count, "decade"),))


def _clock(place: Place) -> Figure | None:
    half = HALF.match(place.text, place.start)
    begin = half.end() if half else place.start
    first = number(earlier[1]) if (earlier := FIRST_HOUR.match(place.text, begin)) else None
    time = _time(place.text, earlier.end()) if earlier else None
    if time is None:
        first, time = None, _time(place.text, begin)
    if time is None or time[0] > 24:
        return None
    hour, minute, end = time
    late = [12] if half and half[0] == "午後" and hour < 12 else [0]
    shifts = late if half or hour > 12 else [0, 12]
    readings = [
        of_unit((hour if first is None else first) * 60 + (minute if first is None else 0) + shift * 60,
                hour * 60 + minute + shift * 60, "clock")
        for shift in shifts
    ]  # fmt: skip
    return _figure(place, end, tuple(readings))


def _time(text: str, at: int) -> tuple[Fraction, Fraction, int] | None:
    """Return the hour and the minutes of `3時15分`, `3時半` or `15:00` at a place, and where that ends."""
    numeral, end = _numeral(text, at)
    sign = HOUR.match(text, end) if numeral else None
    hour = number(numeral) if sign else None
    if sign is None or hour is None:
        return None
    minutes, behind = ("", 0) if sign["half"] or sign["minute"] else _numeral(text, sign.end())
    if minutes and text.startswith("分", behind):
        return hour, number(minutes) or Fraction(0), behind + 1
    return hour, Fraction(30 if sign["half"] else int(sign["minute"] or 0)), sign.end()


def _label(place: Place) -> Figure | None:
    match = LABEL.match(place.text, place.start)
    if not match:
        return None
    if match["hyphened"] and UNIT.match(place.text, match.end()):
        return None
    digits = match["digits"] or match["hyphened"] or re.sub("[A-Za-z]", "", match["lettered"])
    return _figure(place, match.end(), (Label(digits),))


def _part(place: Place) -> Figure | None:
    if implying := IMPLYING.match(place.text, place.start):
        word = implying[0]
        figure = _behind(place, implying.end(), (_amount(*IMPLIED[word]),), loose=word in LOOSELY_IMPLIED)
        return figure and figure._replace(hedge="more than" if word == "過半数" else figure.hedge)
    if not place.numeral or not place.text.startswith("分の", place.end):
        return None
    numeral, end = _numeral(place.text, place.end + 2)
    whole, part = number(place.numeral), number(numeral)
    return _behind(place, end, (_amount(part * 100 / whole, "percent"),)) if whole and part else None


def _quantity(place: Place) -> Figure | None:
    currency = CURRENCY.match(place.text, place.start) if place.text[place.start] in "US$¥€£" else None
    begin = currency.end() if currency else place.start
    several = SEVERAL.match(place.text, begin) if place.text[begin : begin + 1] in {"数", "十"} else None
    if several:
        numeral, end = several[0], several.end()
    else:
        numeral, end = _numeral(place.text, begin) if currency else (place.numeral, place.end)
    if not numeral or (not several and number(numeral) is None):
        return None
    low, high, end = _from_several(numeral, end) if several else _bounds(place, numeral, end)
    unit, factor, end = (CURRENCIES[currency[0]], 1, end) if currency else _unit(place, end)
    if len(numeral) == 1 and not numeral.isdecimal() and not unit and not place.is_ordinal():
        return None
    if low == high and unit and unit != "nth":
        high, end = _second_bound(place, end, unit, high)
    if place.text.startswith("半", end) and unit in PERIODS:
        low, high, end = low + Fraction(1, 2), high + Fraction(1, 2), end + 1
    if factor == 10 and (rest := TENTHS.match(place.text, end)):
        tenths = (number(rest[1]) or Fraction(0)) / 10
        low, high, end = low + tenths, high + tenths, rest.end()
    if factor != 1:
        low, high = low * factor, high * factor
    amount, end = _joined(place, end, of_unit(low, high, unit))
    if place.text.startswith("目", end):
        return _figure(place, end + 1, (amount._replace(unit="nth"),), loose=unit in ("item", "question"))
    if place.is_ordinal():
        return _figure(place, end, (amount._replace(unit="nth"),), loose=place.text.startswith("に", end))
    return _behind(
        place, end, (amount, *_other_readings(place, end, amount, numeral)), _is_loose(place, amount, numeral)
    )


def _from_several(numeral: str, end: int) -> tuple[Fraction, Fraction, int]:
    """Return the least and the greatest number that `数十` may mean, and where it ends."""
    scale = number("1" + numeral.removeprefix("数")) if numeral[0] == "数" else None
    if scale is None:
        return Fraction(11), Fraction(19), end
    scale = scale if numeral == "数" else number(numeral.replace("数", "一")) or scale
    return 2 * scale, 9 * scale, end


def _bounds(place: Place, numeral: str, end: int) -> tuple[Fraction, Fraction, int]:
    """Return the least and the greatest number said, and where they end; `60、70` are bounds, `3、8` are not."""
    link = place.text[end : end + 1]
    second, behind = _numeral(place.text, end + 1) if link in {"~", "、", ",", "・", "-"} else ("", end)
    low = number(numeral) or Fraction(0)
    high = number(second) if second else None
    if high is None or not low < high:
        return low, low, end
    step = 10 ** (len(str(int(high))) - len(str(int(high)).rstrip("0")))
    if link in "、,・" and not (high - low == step and UNIT.match(place.text, behind)):
        return low, low, end
    if second[-1] in "万億兆" and not any(myriad in numeral for myriad in "万億兆"):
        low *= number("1" + second[-1]) or 1
    return low, high, behind


def _unit(place: Place, end: int) -> tuple[str, int, int]:
    """Return the unit behind a number, how many it makes, and where it ends."""
    unit = UNIT.match(place.text, end)
    if not unit:
        noun = COUNTED_NOUN.match(place.text, end)
        return (UNITS[noun[1]][0], 1, noun.end()) if noun else ("", 1, end)
    name, factor = UNITS[unit[0]]
    if name == "item" and (noun := COUNTED_NOUN.match(place.text, unit.end())):
        return UNITS[noun[1]][0], 1, noun.end()
    return name, factor, unit.end()


def _second_bound(place: Place, end: int, unit: str, high: Fraction) -> tuple[Fraction, int]:
    """Return the upper bound of `3人~5人`, said with its own unit, or the number as it was."""
    to = TO.match(place.text, end)
    second, behind = _numeral(place.text, to.end()) if to and to[0] != "から" else ("", end)
    again = UNIT.match(place.text, behind) if second else None
    if not again or UNITS[again[0]][0] != unit:
        return high, end
    return max(high, number(second) or high), again.end()


def _joined(place: Place, end: int, whole: Amount) -> tuple[Amount, int]:
    """Return a duration with the part of it told in a finer unit (`2時間40分`), and where it ends."""
    part, behind = _numeral(place.text, end) if whole.unit in FINER else ("", end)
    unit = UNIT.match(place.text, behind) if part else None
    value = number(part) if part else None
    if not unit or value is None:
        return whole, end
    duration = joined(whole, _amount(value, UNITS[unit[0]][0]))
    return (duration, unit.end()) if duration else (whole, end)


def _other_readings(place: Place, end: int, amount: Amount, numeral: str) -> Iterator[Reading]:
    """Yield what else a number may mean: `6年` an era's year, `3日` a day of the month, `2024` a year."""
    if amount.unit == "occasion" and place.text[end - 1] == "度":
        yield amount._replace(unit="degree")
    if amount.unit == "kilo":
        yield from (amount._replace(unit=unit) for unit in ("kilometre", "kilogram"))
    if amount.low != amount.high or amount.low.denominator != 1:
        return
    count = int(amount.low)
    if amount.unit == "year" and count < 100 and place.text[end - 1] == "年":
        yield Day(years_without_era(count))
    if amount.unit == "day" and 1 <= count <= 31 and place.text[end - 1] == "日":
        yield Day(day=count)
    if not amount.unit and len(numeral) == 4 and 1900 <= count < 2100:
        yield Day((count,), fiscal=None)


def _is_loose(place: Place, amount: Amount, numeral: str) -> bool:
    before = place.text[place.start - 1 : place.start] if place.start else "\n"
    behind = place.text[place.start + len(numeral) : place.start + len(numeral) + 1]
    listed = not amount.unit and len(numeral) < 3 and (behind == ")" or (before == "\n" and behind == "."))
    return listed or (numeral == "一" and amount.unit not in FIRM_ONE) or (amount.unit == "item" and amount.high == 1)


def _behind(place: Place, end: int, readings: tuple[Reading, ...], loose: bool = False) -> Figure | None:
    """Return the figure with the hedge around it and the 前 or 後 behind it."""
    hedge = place.hedge_before()
    if (match := BEHIND.match(place.text, end)) and match.lastindex:
        hedge, end = hedge or list(HEDGES_BEHIND)[match.lastindex - 1], match.end()
    figure = _figure(place, end, readings, loose)
    if not figure or figure.kind != "duration":
        return figure._replace(hedge=hedge) if figure and hedge else figure
    direction, end = next(((d, m.end()) for d, p in DIRECTIONS if (m := p.match(place.text, end))), ("", end))
    amount = readings[0]
    if direction and place.on and isinstance(amount, Amount) and amount.unit == "year" and amount.low == amount.high:
        years = int(amount.low) * (-1 if direction == "ago" else 1)
        readings = (amount, Day((place.on.year + years,)))
    elif direction:
        readings = (amount,)
    text = place.text[place.start : end]
    return figure._replace(readings=readings, hedge=hedge, direction=direction, end=end, text=text)


def _amount(value: Fraction | int, unit: str) -> Amount:
    return Amount(Fraction(value), Fraction(value), unit)


RULES: tuple[tuple[str, Callable[[Place], Figure | None]], ...] = (
    ("年月日お", _relative),  # 昨年, 来年度, 先月末, 本年3月, おととし
    ("治正和成MTSHR", _era),  # 令和6年3月13日, 平成30, R6.3.13
    ("/.-F", _numeric),  # 2024-03-13, FY2024, 2026/27年度
    ("年", _western),  # 二〇二四年, 2024年度, 7年度, 6年3月
    ("代", _decade),  # 1980年代, 40代, the 20 of 20~30代
    ("分半倍双隔正両", _part),  # 3分の1, 半数
    ("月", _month),  # 3月, 3月13日, the 4 of 4~6月
    ("時:", _clock),  # 15:00, 午後3時半, 15~17時
    ("", _label),  # 資料3-1, X.1060, 5G
    ("", _quantity),  # 30万円程度, 60、70か国, 第3回, 5年ほど前
)
"""The rules in order, each with the characters of which a text must have one for the rule to read anything in it."""
