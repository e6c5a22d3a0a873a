"""The documents that are measured: a fixture, one at hand beside the checkout, and invented ones of any length.

An invented document is the same for the same length and seed. Its sentences are made from tables of invented places,
facilities, figures and reasons, so that hardly two of them are alike: nothing in it can be read, or kept, just once.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SHORT = CHECKOUT / "fixtures" / "regional-data" / "minutes.txt"
REAL = CHECKOUT.parent / "shared" / "minutes" / "01-mic-cybersecurity-3.txt"
"""A ministry's minutes, where the folder of them stands beside the checkout."""

SECTION = 10_000
"""Characters an agenda item, about; more text means more items."""

MEMBERS = ("蓮見委員", "浅霧委員", "白樫委員", "冬木委員", "鳴瀬委員", "小暮委員", "氷川委員", "風早委員")
OFFICERS = ("港湾整備課長", "防災企画室長", "上下水道課長", "地域交通課長", "財政課長")
PLACES = ("汐見地区", "北浜地区", "双葉台", "旧市街", "三ツ池", "青柳川流域", "灯台前", "鴻巣野", "南埠頭", "千種台")
THINGS = (
    "係留施設の更新",
    "避難所の備蓄",
    "配水管の耐震化",
    "循環バスの増便",
    "学校給食の共同調理",
    "空き家の利活用",
    "河川水位の遠隔監視",
    "斎場の建て替え",
    "図書館分室の再編",
    "農業用水路の改修",
    "防犯灯の切り替え",
    "窓口業務の電子化",
    "保育士の処遇改善",
    "観光案内板の多言語化",
    "廃校舎の耐震診断",
)
REASONS = (
    "資材価格の高騰が続いている",
    "地権者との協議に時間を要している",
    "国の補助要件が見直された",
    "利用者が想定を上回っている",
    "冬季の施工が難しい",
    "専門職員の確保が追いついていない",
    "隣接する自治体との調整が残っている",
    "委託先の撤退があった",
    "設計の前提となる測量に誤差が見つかった",
)
UNITS = ("万円", "件", "人", "か所", "世帯", "キロメートル", "％", "台", "棟")
QUESTIONS = (
    "{place}における{thing}について、{year}年度末の実績が{n}{unit}にとどまった理由を教えていただきたい。",
    "{thing}の進捗は{n}{unit}と説明があったが、{place}ではどの程度まで進んでいるのか。",
    "{reason}とのことだが、{thing}の完了時期は{year}年度から変わらないのか。",
    "{place}の住民から{thing}を求める声が{n}件寄せられていると聞くが、どのように受け止めているのか。",
    "{thing}に充てる{n}万円のうち、{place}の分はいくらになるのか伺いたい。",
)
GROUNDS = (
    "資料によれば、{place}の対象は{n}{unit}であり、前年度から{m}{unit}増えている。",
    "{place}では{thing}が{month}月に始まったばかりで、比較できる実績がまだ少ない。",
    "{reason}という事情は、{place}に限らず{other}でも聞かれる。",
    "{thing}と{second}を同じ年度に進めることには、人手の面から無理があるように思う。",
)
ANSWERS = (
    "{place}の{thing}は、{year}年度までに{n}{unit}を終える見込みである。",
    "{reason}ため、{place}では着手を{month}月まで見合わせていた。",
    "{other}での{second}を先に進めた結果、{place}に充てる額は{n}万円となった。",
    "実績の{n}{unit}には{other}の{m}{unit}を含めておらず、内訳は次回の資料で示す予定である。",
    "{thing}の設計を{month}月に発注し、{place}から順に工事に入る予定である。",
    "{place}の自治会とは{m}回の意見交換を行い、おおむね理解が得られたと考えている。",
)
OPINIONS = (
    "{thing}は{place}の暮らしに直結するので、{n}{unit}という目標を下げないでいただきたい。",
    "{second}の経験を{thing}に生かすことが、結局は費用を抑える近道だと思う。",
)
LINE = re.compile(r".{1,47}[^0-9](?![。、])|.{1,48}")
"""A line of a hard-wrapped page: 48 characters, and no end inside a number or before a full stop."""


def invented(characters: int, seed: int = 1) -> str:
    """Return invented minutes of about so many characters, hard-wrapped as a PDF's text is."""
    chance = random.Random(f"{characters} {seed}")
    items = max(2, round(characters / SECTION))
    titles = [f"{chance.choice(PLACES)}における{chance.choice(THINGS)}について" for _ in range(items)]
    lines = [
        f"汐見市まちづくり推進会議（第{seed}回）議事要旨",
        "",
        "１．日 時）令和７年10月８日（水）14：00～17：00",
        "２．場 所）汐見市役所第一会議室",
        "３．出席者）",
        "【委員】",
        "、".join(MEMBERS),
        "【事務局】",
        "、".join(OFFICERS),
        "４．議事概要",
    ]
    length = sum(map(len, lines))
    for number, title in enumerate(titles, 1):
        lines.append(f"（{number}）{title}")
        end = length + (characters - length) // (items - number + 1)
        while length < end - 200:
            for turn in _exchange(chance):
                lines += turn
                length += sum(len(line) + 1 for line in turn)
    return "\n".join(lines) + "\n"


def _exchange(chance: random.Random) -> Iterator[list[str]]:
    """Yield a question and its answers, or an opinion, as the lines of each turn."""
    if chance.random() < 0.15:
        yield _turn(chance.choice(MEMBERS), _sentences(OPINIONS, 4, chance))
        return
    yield _turn(chance.choice(MEMBERS), _sentences(GROUNDS, 7, chance) + _sentences(QUESTIONS, 1, chance))
    for officer in chance.sample(OFFICERS, chance.choice((1, 1, 1, 2))):
        yield _turn(officer, _sentences(ANSWERS, 10, chance))


def _turn(speaker: str, speech: str) -> list[str]:
    return [f"{speaker}）", *LINE.findall(speech), ""]


def _sentences(table: tuple[str, ...], most: int, chance: random.Random) -> str:
    return "".join(_sentence(form, chance) for form in chance.choices(table, k=chance.randint(1, most)))


def _sentence(form: str, chance: random.Random) -> str:
    place, other = chance.sample(PLACES, 2)
    thing, second = chance.sample(THINGS, 2)
    return form.format(
        place=place,
        other=other,
        thing=thing,
        second=second,
        reason=chance.choice(REASONS),
        unit=chance.choice(UNITS),
        n=chance.randint(12, 9800),
        m=chance.randint(2, 11),
        month=chance.randint(1, 12),
        year=chance.randint(2024, 2031),
    )
