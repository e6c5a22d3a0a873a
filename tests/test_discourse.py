"""Questions find their answers in meetings of every layout; what only conducts the meeting is told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from minutes_llm.acts import Act
from minutes_llm.discourse import links
from minutes_llm.model.minutes import Section, Turn

MEETINGS = sorted((Path(__file__).parent / "discourse").glob("*.txt"))


@dataclass(frozen=True)
class Meeting:
    """A meeting as one of the files has it: its section, its language, the links and procedural turns expected."""

    section: Section
    language: str
    links: dict[str, tuple[str, ...]]
    procedural: tuple[str, ...]


def meeting(path: Path) -> Meeting:
    """Return the meeting that a file holds."""
    body, _, expected = path.read_text(encoding="utf-8").partition("\nlinks:")
    turns: list[Turn] = []
    for block in re.split(r"\n(?!  )", body.strip("\n")):
        label, _, text = block.partition("|")
        who, _, replied = label.partition("<-")
        said = "\n".join(line.strip() for line in text.split("\n"))
        asker = f"s1t{replied.strip()}" if replied else None
        turns.append(Turn(f"s1t{len(turns) + 1}", who.strip() or None, said, 0, 0, (), replies_to=asker))
    pairs, _, conduct = expected.partition("\nprocedural:")
    wanted = {}
    for pair in pairs.split():
        asked, _, answers = pair.partition(">")
        wanted[f"s1t{asked}"] = tuple(f"s1t{answer}" for answer in answers.split(",") if answer)
    language = "en" if path.name.startswith("english") else "ja"
    return Meeting(Section("s1", "", 0, 0, tuple(turns)), language, wanted, tuple(f"s1t{n}" for n in conduct.split()))


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_each_question_is_linked_to_what_answers_it(path: Path) -> None:
    case = meeting(path)
    found = {link.question: link.answers for link in links(case.section, case.language)}
    assert found == case.links


@pytest.mark.parametrize("path", MEETINGS, ids=lambda path: path.stem)
def test_turns_that_only_conduct_the_meeting_are_told_apart(path: Path) -> None:
    case = meeting(path)
    linked = {turn for question, answers in case.links.items() for turn in (question, *answers)}
    conduct = (turn.id for turn in case.section.turns if Act(turn, case.language).rule)
    assert tuple(turn for turn in conduct if turn not in linked) == case.procedural


CONDUCT = (Path(__file__).parent / "discourse" / "conduct.tsv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.parametrize("line", CONDUCT)
def test_a_turn_is_mere_conduct_or_not_whatever_words_it_shares_with_conduct(line: str) -> None:
    conducts, label, text = line.split("\t")
    assert (Act(Turn("s1t1", label, text, 0, 0, ()), "ja").rule is not None) == (conducts == "yes")


ASKING = [
    "更新の時期は決まっているか。",
    "内訳を教えていただきたい。",
    "今後の見通しを伺いたいと思います。",
    "区長の見解を伺います。",
    "優良な事例があれば、御紹介いただきたい。",
    "その点も御教示いただきたい。",
    "いかがでしょうか。",
    "市の考えをお聞かせください。",
    "予算の規模は。",
    "対象は市内の企業だけという理解でよろしいでしょうか。",
    "どのように進めるのか、お伺いしておきます。",
    "いつ直すのですか、部長。",
    "参加者はどのくらいか。",
]
NOT_ASKING = [
    "もっと早く始めるべきではないか。",
    "住民の理解が進むのではないかと思う。",
    "前向きに検討していただきたい。",
    "水も緑も豊か。",
    "なぜ遅れたかを説明した。",
    "引き続き要望しておきます。",
    "なぜ遅れたのか。それは人手が足りなかったからである。",
    "詳しく御説明いただきました。",
]


@pytest.mark.parametrize("sentence", ASKING)
def test_a_sentence_that_asks_is_found_and_given_as_it_stands(sentence: str) -> None:
    turn = Turn("s1t1", "東委員", f"資料は分かりやすかった。{sentence}", 0, 0, ())
    assert Act(turn, "ja").questions == (sentence,)


@pytest.mark.parametrize("sentence", NOT_ASKING)
def test_a_wish_an_opinion_and_a_report_ask_nothing(sentence: str) -> None:
    assert Act(Turn("s1t1", "東委員", sentence, 0, 0, ()), "ja").questions == ()


def test_a_question_quoted_inside_a_sentence_asks_nothing() -> None:
    turn = Turn("s1t1", "東委員", "住民から「いつ直すのか。なぜ遅いのか。」という声がある。", 0, 0, ())
    assert Act(turn, "ja").questions == ()


def test_what_a_chair_asks_everybody_is_no_question_but_what_a_chair_wants_to_know_is() -> None:
    turn = Turn("s1t1", "東座長", "ほかに御意見はございませんか。それでは私から、費用は足りるのか。", 0, 0, ())
    assert Act(turn, "ja").questions == ("それでは私から、費用は足りるのか。",)
