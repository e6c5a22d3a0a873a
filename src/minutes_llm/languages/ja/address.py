"""How Japanese minutes address people, and how they tell the reading of a name."""

from __future__ import annotations

from minutes_llm.patterns import late

COURTESIES = ("先生", "さん", "氏", "君", "様", "殿")
"""What follows a name out of politeness and is not translated."""

BODY_ENDINGS = "県都府市区町村省庁局部課室社"
"""What a body's name ends in right before the name of its member: 青嶺県氷室氏."""

LEGAL_FORM = late(
    # incorporated associations and foundations, agencies, corporations, companies
    "(?:一般|公益|特例)?(?:社団法人|財団法人)|(?:独立行政|国立研究開発|国立大学|特定非営利活動|社会福祉|学校|医療|宗教)法人|(?:株式|有限|合同)会社"
)
"""What stands before or after a body's name as its legal form and is not translated."""

READING = late(
    "(?P<written>[一-鿿々ヶ]{2,8}(?:[ 　][一-鿿々ヶ]{1,5})?)"
    "[（(](?P<kana>[ぁ-ゖァ-ヺー]+(?:[ 　・][ぁ-ゖァ-ヺー]+)?)[）)]"
)
"""A name with its reading in parentheses: 「蔦谷 凛（つたや りん）」."""
