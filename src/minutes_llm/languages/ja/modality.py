"""How sure and how binding a Japanese sentence is: its moods, its negations, and pairs of opposites."""

from __future__ import annotations

import re

from minutes_llm.languages.ja.scripts import KANJI, KANJI_OR_KATAKANA
from minutes_llm.patterns import late

# --- moods -----------------------------------------------------------------------------------------------------
# The same names in every language, so that a sentence and its translation can be compared. A sentence may have
# several (「実施を検討する可能性がある」). `done` is asked of the end of a sentence alone.
MOODS: dict[str, re.Pattern[str]] = {
    "considered": late(
        "検討|考えていき|考えてい(?:る|く)ところ|研究し(?:て|たい)|模索|前向きに考|勘案|調整中|議論(?:し|を続|を深)|協議(?:し|を続)"
    ),
    "possible": late(
        "可能性|かもしれ|おそれ|恐れ|あり得|ありう|得る(?=[。、とか]|$)|懸念|だろう|であろう|でしょう|ようだ|ようである|"
        "らしい|そうである|見られる|思われ|考えられ|推測|推定|想定|ではないか(?!ら)|のではと"
    ),
    "planned": late(
        "予定|見込|方針|計画し|計画であ|目指|つもり|今後|していく|していきたい|めていく|していくこと|ていき"
    ),
    "wished": late("たい(?![し応])|望まし|望む|望ん|期待|願い|願う|いただければ|求め|要望|てほしい|て欲しい"),
    "should": late("べき|方がよい|ほうがよい|方が良い|ことが重要|大切"),
    "must": late("なければならな|なければなら|ねばならな|必要(?![はが]な)|義務|必須|不可欠|求められ|ざるを得"),
    "able": late("できる|可能(?!性)|できれば|できた|できて|得る"),
}
PLAIN_MOODS: dict[str, re.Pattern[str]] = {
    "considered": late(
        "検討(?!会|委員|部会|チーム|班|組織|体|結果|経緯|経過|した|され[たて])|考えてい[くき]|研究していき|研究したい|模索|"
        "(?:調整|協議|議論)中|(?:協議|議論)を続"
    ),
    "possible": late(
        "可能性|かもしれ|おそれ|恐れ|あり得|ありう|懸念|だろう|であろう|でしょう|ようだ|ようである|(?<=[るたい])らしい|のではと"
    ),
    "must": late("なければなら|ねばならな|必要(?![はが]な|に応じ)|義務|必須|不可欠|ざるを得"),
}
"""What says a mood so plainly that a translation of it has to show a trace."""

TRACES: dict[str, re.Pattern[str]] = {
    "considered": late("検討|考え|研究|模索|勘案|調整|議論|協議|話し合|審議|見直し|精査|吟味|調べ|探[っりる]"),
    "possible": late(
        MOODS["possible"].pattern
        + "|できる|できた|可能|見込|見通し|予想|予測|期待|危険|リスク|心配|不安|推計|感|と思|と考え|ないか"
    ),
    "must": late(
        MOODS["must"].pattern + "|べき|必ず|不可避|急務|せねば|求め|要す|要る|要件|欠かせ|こととな|ことにな"
    ),
}
"""What may stand for a plain mood of another language."""

DONE = late(
    r"(?:した|しました|された|されました|終えた|行った|行いました|[いきしちにみりえけせてねめれべげっん]た)[。」)）]*$"
)
CARRIED_OUT = late(
    "実施(?!方針|計画|要領|主体|状況|機関)|(?:を|も|が)行(?:う|い|っ|わ)|導入(?:す|し|さ)|開始(?:す|し|さ)|決定(?:す|し|さ)|"
    "設置(?:す|し|さ)|廃止(?:す|し|さ)|整備(?:す|し|さ)|構築(?:す|し|さ)|創設(?:す|し|さ)|拡充(?:す|し|さ)|支給(?:す|し|さ)|"
    "着手|始め(?:る|た)|提供(?:す|し|さ)|改正(?:す|し|さ)|増額(?:す|し|さ)|公表(?:す|し|さ)|採用(?:す|し|さ)|作成(?:す|し|さ)"
)
REPORTED = late(
    "述べ|示され|示した|挙げ|(?:要望|指摘|質問|紹介|説明|発言|報告|表明)(?:し|さ|が|を|。|$)|との(?:意見|見解|考え|認識|指摘|説明|回答|懸念)|と(?:考え|思|認識|感じ|指摘|説明|回答|発言)"
)
"""A summary that says whose view it is need not keep 「と思う」."""

# --- negation --------------------------------------------------------------------------------------------------
# What is denied, a word of kanji or katakana, and the negation within the kana behind it: 「加盟していない」. Where a
# negative form denies nothing (「なければならない」, 「だけでなく」), `NO_DENIAL` takes it out first.
NO_DENIAL = late(
    "なければ(?:なら|いけ)な(?:い|く)|ねばならな(?:い|く)|ざるを得な(?:い|く)|"
    "ないと(?:いけない|ならない)|かもしれな(?:い|く)|かも知れない|"
    "に違いな|に他ならな|にほかならな|だけではなく|だけでなく|のみならず|にとどまらず|に限らず|限らず|にかかわらず|を問わず|"
    "少なくない|少なからず|やむを得な|欠かせな|ではないか(?!ら)|じゃないか|ではないでしょうか|問題(?:は|が)?な(?:い|く)|間違いな(?:い|く)|"
    "差し支えな|必ず|まず(?=[、は])|はず|いずれ|わずか|ずつ|ならでは|しか(?:い|な)|ないし|なく(?:な|す|し)|ないよう(?:に|な)|"
    "相違ない|せず(?:に)?|絶えず|とは限らな|思わず|おのず"
)
DENIED = late(
    rf"(?P<word>{KANJI_OR_KATAKANA}{{1,12}})(?:[がはも](?=な[いかく])|(?![のがをにはへともやか])[ぁ-ん]{{0,8}}?)"
    "(?:ない|なかっ|なく|ません|ず(?=[、に。])|ぬ(?=[。と]))"
)
AFFIRMED = late(
    rf"(?P<word>{KANJI_OR_KATAKANA}{{1,12}})"
    r"(?:[がはも]あ[るりっ]|と(?=[考思述回説指認])|(?![のがをにはへともやかな])[ぁ-ん]{1,12})"
)
NEGATIVE_PREFIX = late(rf"(?:未|非|不|無)(?P<word>{KANJI}{{2,4}})")
ANY_NEGATION = late(
    "ない|なかっ|なく|ません|ず(?![つれかば])|ぬ|未|非|不|無|否|困難|難し|ゼロ|除[きくい]|しか|得ら?れ?ず|欠[けい]|足り|遅れ|"
    "反対|禁|止め|避け|控え|限ら|以外|少な|乏し|失|外れ|断|なし|無し|無く|脱|防|懸念|まだ|いまだ|薄|だけ|のみ|拒|廃|に過ぎ"
)
STRICT_NEGATION = late(
    "(?<![少危切])(?:ない(?!か[。と]|し)|なかっ)|[がはも]なく(?=[、て])|ません(?!か)|(?<=[かさたなまらわばせ])ず(?=[、に。])"
)

# --- opposites -------------------------------------------------------------------------------------------------
# Words that a summary may exchange with one slip.
OPPOSITES: tuple[tuple[str, str], ...] = (
    *(("増加", "減少"), ("増額", "減額"), ("上昇", "低下"), ("上昇", "下落"), ("拡大", "縮小"), ("賛成", "反対")),
    *(("可決", "否決"), ("黒字", "赤字"), ("延長", "短縮"), ("引き上げ", "引き下げ"), ("引上げ", "引下げ")),
    *(("容易", "困難"), ("承認", "却下"), ("公開", "非公開"), ("多い", "少ない"), ("肯定", "否定"), ("強化", "緩和")),
    *(("開始", "終了"), ("輸出", "輸入"), ("国内", "国外"), ("上回", "下回"), ("前倒し", "先送り"), ("必要", "不要")),
)

SENTENCE_END = late("(?<=[。！？!?])|\n")
CONTENT = late(rf"{KANJI}|[ァ-ヴー]{{2,}}|[A-Za-z0-9.]+")
"""What tells one sentence of the source from another: its kanji, its katakana words, its Latin words and figures."""


def hedged_part(sentence: str) -> str:
    """Return the end of a sentence, where Japanese says how sure the whole of it is."""
    return sentence[-24:]
