"""A small digest of an invented meeting and its translation, field by field, for tests to spoil."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from building import Scripted, answer, minutes_of, pair, statement
from building import asking as asking_in
from minutes_llm.asking import Asking
from minutes_llm.engines import Engine
from minutes_llm.model.digest import Digest
from minutes_llm.model.minutes import Group, Material
from minutes_llm.pipeline import digest_minutes
from minutes_llm.translation.readings import Wishes
from minutes_llm.translation.story import translate_digest
from minutes_llm.work import Reply, Request, run

SAID = minutes_of(
    [
        ("蔦谷構成員", "令和６年度の加盟国が少ない理由は何か。年会費も教えていただきたい。"),
        ("海鳴県 氷見氏", "年会費は日本円で30万円程度であり、総務省の支援はない。NISTの文書も参照してほしい。"),
        ("蔦谷構成員", "負担を軽くする仕組みを検討していただきたい。"),
    ]
)
MINUTES = replace(
    SAID,
    meeting=replace(
        SAID.meeting,
        title="港湾連携分科会（第２回）",
        attendees=(Group("構成員", ("蔦谷構成員", "氷見 遼（海鳴県）")),),
        materials=(Material("資料２－１", "加盟の状況"),),
    ),
)
ANSWER = answer(
    [("加盟国の少なさが論じられた。", ["s1t1", "s1t2"])],
    points=[
        statement(
            "令和６年度の年会費は30万円程度である。",
            ("s1t1", "令和６年度の加盟国が少ない理由"),
            ("s1t2", "年会費は日本円で30万円程度"),
        )
    ],
    pairs=[
        pair(
            "加盟国が少ない理由",
            statement("加盟国が少ない理由と年会費を問う。", ("s1t1", "加盟国が少ない理由は何か")),
            statement(
                "年会費は30万円程度である。総務省の支援はなく、氷見氏はNISTの文書の参照を求める。",
                ("s1t2", "総務省の支援はない。NISTの文書も参照してほしい"),
            ),
            open=["加盟の手続"],
        )
    ],
    comments=[statement("負担を軽くする仕組みの検討を求める。", ("s1t3", "負担を軽くする仕組みを検討"))],
)
READINGS = {
    "people": [
        {"name": "蔦谷", "reading": "Tsutaya", "certainty": "likely"},
        {"name": "氷見", "reading": "Himi", "certainty": "guess"},
        {"name": "氷見 遼", "reading": "Himi Ryō", "certainty": "guess"},
    ],
    "terms": [{"term": "海鳴県", "translation": "Uminari Prefecture"}],
}
MEETING = {
    "m1": "Subcommittee on Port Cooperation (2nd meeting)",
    "m1r1": "State of membership",
    "o1": "Membership was discussed.",
}
SECTION = {
    "s1h": "Agenda item 1",
    "s1s1": "The small number of member countries was discussed.",
    "s1k1": "The annual fee for fiscal year 2024 is about 300,000 yen.",
    "s1p1": "Reasons for the small number of member countries",
    "s1p1q": "Why there are so few member countries, and what the annual fee is, is asked.",
    "s1p1a1": "The annual fee is about 300,000 yen. There is no support from the Ministry of Internal Affairs and "
    "Communications, and Himi asks that the NIST documents be consulted.",
    "s1p1o1": "The procedure for joining",
    "s1c1": "It is requested that a way of easing the burden be considered.",
}


def digest() -> Digest:
    """Return the digest that is translated."""
    overview = {"overview": [{"text": "加盟について論じた。", "sections": ["s1"]}]}
    story = digest_minutes(MINUTES, asking_in(), "openai", "gpt-test")
    return run(story, Scripted({"s1": [ANSWER], "overview": [overview]}))


def asking(budget: int = 12_000) -> Asking:
    """Return how to ask for a translation with the shipped prompts."""
    return Engine("test").asking_to_translate()._replace(budget=budget)


def fields(texts: Mapping[str, str], **changed: str | None) -> dict[str, Any]:
    """Return an answer to the prompt `translate`; a text changed to None is left out."""
    given = {**texts, **changed}
    return {"fields": [{"id": name, "text": text} for name, text in given.items() if text is not None]}


def script(**replies: Any) -> dict[str, list[Any]]:
    """Return a script in which everything goes well but for what is given."""
    good = {"readings": [READINGS], "meeting → en": [fields(MEETING)], "s1 → en": [fields(SECTION)]}
    return good | {name.replace("_to_en", " → en").replace("_again", " (again)"): r for name, r in replies.items()}


def translated(
    replies: dict[str, list[Any]], wishes: Wishes | None = None, budget: int = 12_000
) -> tuple[Digest, Scripted]:
    """Return the translation that scripted replies amount to, and what was asked."""
    scripted = Scripted(replies)
    return run(translate_digest(digest(), asking(budget), wishes or Wishes("en")), scripted), scripted


class Translating:
    """Answers every request there may be: readings as given, each field by the text that a part of it calls for.

    A field that calls for nothing gets a text of its own. `shown` is all that was asked.
    """

    def __init__(self, readings: Mapping[str, Any], texts: Mapping[str, str]) -> None:
        self.readings = readings
        self.texts = texts
        self.shown = ""

    def __call__(self, request: Request) -> Reply:
        self.shown += request.messages[1].content
        value = self.readings if request.schema_name == "readings" else self.fields(request.messages[1].content)
        return Reply(json.dumps(value, ensure_ascii=False))

    def fields(self, shown: str) -> dict[str, Any]:
        found = FIELD.findall(shown)
        return {"fields": [{"id": name, "text": self.text(name, text)} for name, text in found]}

    def text(self, name: str, text: str) -> str:
        return next((given for part, given in self.texts.items() if part in text), f"({name})")


FIELD = re.compile(r"^\[([a-z0-9]+)\] (.*)$", re.MULTILINE)
