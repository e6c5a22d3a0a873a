"""What the source does not bear out in the digest of a section; the same rules for a story and for `check`.

| code | what it says | told to the model |
| --- | --- | --- |
| unknown-turn, wrong-speaker | a turn that is not there; a speaker who is not the turn's | no: code looks them up |
| quote-moved | a quotation that does not stand at its offsets | no: code located it |
| unverified | a statement that no quotation bears out | no: it is told which quotation was not found |
| figure-unsupported, figure-hedge | a figure not in the turns cited; one that lost or gained its `about` | yes |
| name-unknown | a name that is nowhere in the minutes | yes |
| wording-changed | a hedge or a negation that seems to have changed | no: a person has to look |
| wrong-language | a text that is not in the language of the minutes | yes |
| the ledger's | a question without a pair, a long turn that nothing cites, parts of a question left untouched | yes |
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from minutes_llm.check.figures import unsupported
from minutes_llm.check.ledger import section_ledger_findings
from minutes_llm.check.names import unknown_names
from minutes_llm.check.quotes import Spoken, spoken, stands
from minutes_llm.check.wording import modality_changes
from minutes_llm.languages import is_written_in
from minutes_llm.model import Finding, Minutes, Pair, Section, SectionDigest, Sentence, Severity, Statement

TOLD = {
    "figure-unsupported",
    "figure-hedge",
    "name-unknown",
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
    """Return what in an overview is borne out neither by the summaries it rests on nor by the minutes."""
    summaries = {digest.id: [sentence.text for sentence in digest.summary] for digest in digests}
    found: list[Finding] = []
    for number, sentence in enumerate(overview, 1):
        resting = [text for name in sentence.rests_on or summaries for text in summaries.get(name, ())]
        of = language or minutes.language
        found += _wording(sentence.text, of, resting, of, minutes, f"o{number}", None)
    return tuple(found)


def _wording(
    text: str,
    language: str,
    resting_on: Sequence[str],
    source_language: str,
    minutes: Minutes,
    item: str,
    section: str | None,
) -> Iterator[Finding]:
    """Yield the figures, names and wordings of a text that the texts it rests on do not bear out.

    Names and wording can be compared within one language only; figures across languages too.
    """

    def finding(code: str, severity: Severity, **values: str) -> Finding:
        return Finding(code, severity, tuple(values.items()), section=section, item=item)

    for doubt in unsupported(text, resting_on, language, source_language, minutes.meeting.date):
        code = "figure-hedge" if doubt.reason == "hedge" else "figure-unsupported"
        nearest = doubt.nearest.text if doubt.nearest else ""
        yield finding(code, "warning", figure=doubt.figure.text, reason=doubt.reason, nearest=nearest)
    if language == source_language == minutes.language:
        for name in unknown_names(text, [minutes.source.text], language):
            yield finding("name-unknown", "warning", name=name.text)
    if language == source_language:
        for change in modality_changes(text, resting_on, language):
            stated, sure = text[change.start : change.end], f"{change.confidence:.0%}"
            yield finding("wording-changed", "info", kind=change.kind, stated=stated, source=change.source, sure=sure)
    if not is_written_in(text, language):
        yield finding("wrong-language", "warning", language=language)


class _Rules:
    """The rules as they apply to one section."""

    def __init__(self, section: Section, minutes: Minutes, language: str) -> None:
        self.section = section
        self.minutes = minutes
        self.language = language
        self.turns = {turn.id: turn for turn in section.turns}
        self.said: dict[str, Spoken] = {}

    def findings(self, digest: SectionDigest) -> Iterator[Finding]:
        for number, sentence in enumerate(digest.summary, 1):
            yield from self.sentence(f"{digest.id}s{number}", sentence)
        for statement in (*digest.points, *digest.comments):
            yield from self.statement(statement)
        for pair in digest.pairs:
            yield from self.pair(pair)

    def sentence(self, item: str, sentence: Sentence) -> Iterator[Finding]:
        yield from self.unknown(item, sentence.rests_on)
        yield from self.words(item, sentence.text, sentence.rests_on or self.turns)

    def pair(self, pair: Pair) -> Iterator[Finding]:
        yield from self.statement(pair.question)
        for answer in pair.answers:
            yield from self.statement(answer)
        turns = [turn for each in (pair.question, *pair.answers) for turn in each.turns]
        for text in (pair.topic, *pair.open):
            yield from self.words(pair.id, text, turns)

    def statement(self, statement: Statement) -> Iterator[Finding]:
        item = statement.id
        yield from self.unknown(item, statement.turns)
        labels = {self.turns[turn].speaker for turn in statement.turns if turn in self.turns}
        for speaker in statement.speakers:
            if speaker not in labels:
                yield self.finding("wrong-speaker", item, "error", speaker=speaker)
        for evidence in statement.evidence:
            if evidence.turn not in self.turns or evidence.turn not in statement.turns:
                yield self.finding("unknown-turn", item, "error", turn=evidence.turn)
            elif not stands(evidence, self.spoken(evidence.turn)):
                yield self.finding("quote-moved", item, "error", quote=evidence.quote, turn=evidence.turn)
        if not statement.evidence:
            yield self.finding("unverified", item, "warning")
        yield from self.words(item, statement.text, statement.turns)

    def unknown(self, item: str, turns: Iterable[str]) -> Iterator[Finding]:
        for turn in turns:
            if turn not in self.turns:
                yield self.finding("unknown-turn", item, "error", turn=turn)

    def words(self, item: str, text: str, turns: Iterable[str]) -> Iterator[Finding]:
        resting = [self.turns[turn].text for turn in turns if turn in self.turns]
        resting += [self.section.heading, self.minutes.meeting.title or ""]
        source_language = self.minutes.language
        yield from _wording(text, self.language, resting, source_language, self.minutes, item, self.section.id)

    def spoken(self, turn: str) -> Spoken:
        if turn not in self.said:
            self.said[turn] = spoken(self.turns[turn], self.minutes.source.text)
        return self.said[turn]

    def finding(self, code: str, item: str, severity: Severity, **values: str) -> Finding:
        return Finding(code, severity, tuple(values.items()), section=self.section.id, item=item)
