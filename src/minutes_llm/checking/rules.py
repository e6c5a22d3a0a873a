"""What the source does not bear out in the digest of a section; the same rules for a story and for `check`.

| code | what it says | told to the model |
| --- | --- | --- |
| unknown-turn, wrong-speaker | a turn that is not there; a speaker who is not the turn's | no: code looks them up |
| quote-moved | a quotation that does not stand at its offsets | no: code located it |
| unverified | a statement that no quotation bears out | no: it is told which quotation was not found |
| figure-unsupported, figure-hedge | a figure not in the turns cited; one that lost or gained its `about` | yes |
| name-unknown | a name that is nowhere in the minutes | yes |
| wording-changed | a hedge or a negation that seems to have changed | no: a person has to look |
| reads-like-other-turn | a statement whose words are those of a turn that it does not cite | yes |
| wrong-language | a text that is not in the language of the minutes | yes |
| the ledger's | a question without a pair, a long turn that nothing cites, parts of a question left untouched | yes |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from minutes_llm.checking.figures import unsupported
from minutes_llm.checking.ledger import section_ledger_findings
from minutes_llm.checking.names import unknown_names
from minutes_llm.checking.quotes import stands
from minutes_llm.checking.wording import modality_changes
from minutes_llm.languages import is_written_in
from minutes_llm.languages.cues import grams
from minutes_llm.model.digest import Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Finding, Minutes, Section, Severity

FEWEST_WORDS = 5
OWN, OTHER = 0.4, 0.4
"""A statement reads like another turn where less than OWN of its content words are in the turns it cites, and that
turn has OTHER more. Of 44 faithful statements on a real document the worst had 0.44 of its words in its own turns."""

TOLD = {
    "figure-unsupported",
    "figure-hedge",
    "name-unknown",
    "reads-like-other-turn",
    "wrong-language",
    "question-without-pair",
    "turn-uncited",
    "answer-before-question",
    "parts-unanswered",
}


def to_tell(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that a model can mend and is told."""
    return tuple(finding for finding in findings if finding.code in TOLD)


def section_findings(
    digest: SectionDigest, section: Section, minutes: Minutes, language: str | None = None
) -> tuple[Finding, ...]:
    """Return everything in a section's digest that its turns do not bear out, and every turn it says nothing of.

    `language` is the digest's, where it is not that of the minutes.
    """
    rules = _Rules(section, minutes, language or minutes.language)
    return (*rules.findings(digest), *section_ledger_findings(digest, section, minutes.language))


def overview_findings(
    overview: Sequence[Sentence], digests: Sequence[SectionDigest], minutes: Minutes, language: str | None = None
) -> tuple[Finding, ...]:
    """Return what in an overview neither the summaries it rests on nor their headings nor the minutes bear out."""
    summaries = {digest.id: [digest.heading, *(sentence.text for sentence in digest.summary)] for digest in digests}
    of = language or minutes.language
    found: list[Finding] = []
    for number, sentence in enumerate(overview, 1):
        resting = [text for name in sentence.rests_on or summaries for text in summaries.get(name, ())]
        text = _Text(sentence.text, of, resting, of, minutes, f"o{number}", None)
        found += [*text.figures_and_names(), *text.modality()]
    return tuple(found)


class _Text(NamedTuple):
    """A text of a digest beside the texts it rests on. Only figures can be compared across languages."""

    text: str
    language: str
    resting_on: Sequence[str]
    source_language: str
    minutes: Minutes
    item: str
    section: str | None

    def figures_and_names(self) -> Iterator[Finding]:
        on = self.minutes.meeting.date
        for doubt in unsupported(self.text, self.resting_on, self.language, self.source_language, on):
            code = "figure-hedge" if doubt.reason == "hedge" else "figure-unsupported"
            nearest = doubt.nearest.text if doubt.nearest else ""
            yield self.finding(code, "warning", figure=doubt.figure.text, reason=doubt.reason, nearest=nearest)
        if self.language == self.minutes.language:
            for name in unknown_names(self.text, [self.minutes.source.text], self.language):
                yield self.finding("name-unknown", "warning", name=name.text)
        if not is_written_in(self.text, self.language):
            yield self.finding("wrong-language", "warning", language=self.language)

    def modality(self) -> Iterator[Finding]:
        if self.language == self.source_language:
            for change in modality_changes(self.text, self.resting_on, self.language):
                stated, sure = self.text[change.start : change.end], f"{change.confidence:.0%}"
                values = {"kind": change.kind, "stated": stated, "source": change.source, "sure": sure}
                yield self.finding("wording-changed", "info", **values)

    def finding(self, code: str, severity: Severity, **values: str) -> Finding:
        return Finding(code, severity, tuple(values.items()), section=self.section, item=self.item)


class _Rules:
    """The rules as they apply to one section."""

    def __init__(self, section: Section, minutes: Minutes, language: str) -> None:
        self.section = section
        self.minutes = minutes
        self.language = language
        self.turns = {turn.id: turn for turn in section.turns}
        self.grams: dict[str, frozenset[str]] = {}

    def findings(self, digest: SectionDigest) -> Iterator[Finding]:
        for number, sentence in enumerate(digest.summary, 1):
            yield from self.sentence(f"{digest.id}s{number}", sentence)
        for statement in (*digest.points, *digest.comments):
            yield from self.statement(statement)
        for pair in digest.pairs:
            yield from self.pair(pair)

    def sentence(self, item: str, sentence: Sentence) -> Iterator[Finding]:
        yield from self.unknown(item, sentence.rests_on)
        text = self.beside(item, sentence.text, sentence.rests_on or self.turns)
        yield from (*text.figures_and_names(), *text.modality())

    def pair(self, pair: Pair) -> Iterator[Finding]:
        yield from self.statement(pair.question)
        for answer in pair.answers:
            yield from self.statement(answer, replying_to=pair.question.turns)
        turns = [turn for each in (pair.question, *pair.answers) for turn in each.turns]
        for text in (pair.topic, *pair.open):
            yield from self.beside(pair.id, text, turns).figures_and_names()

    def statement(self, statement: Statement, replying_to: Sequence[str] = ()) -> Iterator[Finding]:
        item = statement.id
        yield from self.unknown(item, statement.turns)
        labels = {self.turns[turn].speaker for turn in statement.turns if turn in self.turns}
        for speaker in statement.speakers:
            if speaker not in labels and self.language == self.minutes.language:
                yield self.finding("wrong-speaker", item, "error", speaker=speaker)
        for evidence in statement.evidence:
            if evidence.turn not in self.turns or evidence.turn not in statement.turns:
                yield self.finding("unknown-turn", item, "error", turn=evidence.turn)
            elif not stands(evidence, self.turns[evidence.turn], self.minutes.source.text):
                yield self.finding("quote-moved", item, "error", quote=evidence.quote, turn=evidence.turn)
        if not statement.evidence:
            yield self.finding("unverified", item, "warning")
        text = self.beside(item, statement.text, statement.turns)
        yield from (*text.figures_and_names(), *text.modality())
        if self.language == self.minutes.language:
            yield from self.likeness(statement, replying_to)

    def likeness(self, statement: Statement, replying_to: Sequence[str]) -> Iterator[Finding]:
        """Yield a finding where another turn has far more of a statement's words than those it is said to rest on.

        An answer may take up the words of its question.
        """
        words = self.content(statement.text)
        if len(words) < FEWEST_WORDS:
            return
        cited = {turn for turn in (*statement.turns, *replying_to) if turn in self.turns}
        own = len(words & frozenset().union(*(self.of_turn(turn) for turn in cited)))
        if own >= OWN * len(words):
            return
        for turn in self.turns:
            if turn not in cited and len(words & self.of_turn(turn)) >= own + OTHER * len(words):
                yield self.finding("reads-like-other-turn", statement.id, "warning", turn=turn)
                return

    def content(self, text: str) -> frozenset[str]:
        return grams(text, self.minutes.language)

    def of_turn(self, turn: str) -> frozenset[str]:
        if turn not in self.grams:
            self.grams[turn] = self.content(self.turns[turn].text)
        return self.grams[turn]

    def unknown(self, item: str, turns: Iterable[str]) -> Iterator[Finding]:
        for turn in turns:
            if turn not in self.turns:
                yield self.finding("unknown-turn", item, "error", turn=turn)

    def beside(self, item: str, text: str, turns: Iterable[str]) -> _Text:
        resting = [self.turns[turn].text for turn in turns if turn in self.turns]
        resting += [self.section.heading, self.minutes.meeting.title or ""]
        return _Text(text, self.language, resting, self.minutes.language, self.minutes, item, self.section.id)

    def finding(self, code: str, item: str, severity: Severity, **values: str) -> Finding:
        return Finding(code, severity, tuple(values.items()), section=self.section.id, item=item)
