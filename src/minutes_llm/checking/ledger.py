"""What became of every turn, and what a digest leaves out.

Each turn ends in a pair, as a comment, in the summary or a point, as mere conduct of the meeting (with the rule that
says so), or unaccounted for. What a person should look at is told as findings: a question that no pair has, a long
turn that nothing cites, an answer that was given before its question, parts of a question that no answer touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from minutes_llm.acts import Act
from minutes_llm.languages.cues import asks, cues, grams, sentences
from minutes_llm.model.digest import Entry, Outcome, SectionDigest, Statement
from minutes_llm.model.minutes import Finding, Minutes, Section, Severity, Turn

LONG = 200
"""A turn of so many characters has something to say that a digest should cite."""

FEWEST_WORDS = 3
"""A part of a question with fewer words of its own is never said to be left open."""

QUOTED = 80
"""How much of a question a finding quotes."""


def ledger(minutes: Minutes, sections: Sequence[SectionDigest]) -> tuple[Entry, ...]:
    """Return what became of every turn of the minutes, in order; all is unaccounted for where there is no digest."""
    digests = {digest.id: digest for digest in sections}
    return tuple(
        _entry(turn, outcomes, minutes.language)
        for section in minutes.sections
        for outcomes in [_outcomes(digests.get(section.id))]
        for turn in section.turns
    )


def section_ledger_findings(digest: SectionDigest, section: Section, language: str) -> tuple[Finding, ...]:
    """Return what the digest of one section leaves out or puts in the wrong order; nothing for one that failed."""
    if digest.status != "ok":
        return ()
    deeds = {turn.id: Act(turn, language) for turn in section.turns}
    return (
        *_questions_without_pair(digest, section, deeds),
        *_turns_uncited(digest, section, deeds),
        *_answers_before_question(digest, section),
        *_parts_unanswered(digest, section, deeds, language),
    )


def untouched(asked: Sequence[str], answers: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the parts of a question of which no answer has a word, where it has words of another part.

    Only words that no other part has count, and a part with too few of them is taken for answered.
    """
    if len(asked) < 2 or not answers:
        return ()
    words = [grams(part, language) for part in asked]
    said = frozenset().union(*(grams(answer, language) for answer in answers))
    if not any(part & said for part in words):
        return ()
    return tuple(
        part
        for part, own in zip(asked, words, strict=True)
        if len(own) >= FEWEST_WORDS and not own & said and not _repeated(part, answers, language)
    )


def _repeated(part: str, answers: Sequence[str], language: str) -> bool:
    """Tell whether an answer has a compound of the question as it stands (選び方)."""
    return any(compound in answer for compound in cues(language).compound.findall(part) for answer in answers)


# --- the account ---------------------------------------------------------------------------------------------------


def _entry(turn: Turn, outcomes: dict[str, Outcome], language: str) -> Entry:
    found = outcomes.get(turn.id)
    if found is not None:
        return Entry(turn.id, turn.speaker, turn.start, turn.end, found)
    rule = Act(turn, language).rule
    return Entry(turn.id, turn.speaker, turn.start, turn.end, "procedural" if rule else "unaccounted", rule)


def _outcomes(digest: SectionDigest | None) -> dict[str, Outcome]:
    """Return where each cited turn went: pairs before comments before summary and points."""
    if digest is None:
        return {}
    outcomes: dict[str, Outcome] = {}
    for sentence in digest.summary:
        outcomes |= dict.fromkeys(sentence.rests_on, "summarised")
    outcomes |= {turn: "summarised" for point in digest.points for turn in cited(point)}
    outcomes |= {turn: "comment" for comment in digest.comments for turn in cited(comment)}
    outcomes |= {
        turn: "pair" for pair in digest.pairs for said in (pair.question, *pair.answers) for turn in cited(said)
    }
    return outcomes


def cited(statement: Statement) -> tuple[str, ...]:
    """Return the turns that a statement rests on, those of its evidence among them."""
    return tuple(dict.fromkeys((*statement.turns, *(evidence.turn for evidence in statement.evidence))))


# --- what is missing -----------------------------------------------------------------------------------------------


def _questions_without_pair(digest: SectionDigest, section: Section, deeds: dict[str, Act]) -> Iterator[Finding]:
    """Yield the turns that plainly put a question and that no pair has, as question or answer."""
    paired = {turn for pair in digest.pairs for said in (pair.question, *pair.answers) for turn in cited(said)}
    for turn in section.turns:
        deed = deeds[turn.id]
        if turn.id not in paired and deed.puts_question:
            values = (("turn", turn.id), ("speaker", turn.speaker or ""), ("question", deed.questions[0][:QUOTED]))
            yield _finding("question-without-pair", "warning", values, section, turn)


def _turns_uncited(digest: SectionDigest, section: Section, deeds: dict[str, Act]) -> Iterator[Finding]:
    outcomes = _outcomes(digest)
    for turn in section.turns:
        if len(turn.text) >= LONG and turn.id not in outcomes and deeds[turn.id].rule is None:
            values = (("turn", turn.id), ("speaker", turn.speaker or ""), ("characters", str(len(turn.text))))
            yield _finding("turn-uncited", "warning", values, section, turn)


def _answers_before_question(digest: SectionDigest, section: Section) -> Iterator[Finding]:
    """Yield the answers whose turns all stand before the first turn of their question."""
    places = {turn.id: place for place, turn in enumerate(section.turns)}
    for pair in digest.pairs:
        asked = [places[turn] for turn in cited(pair.question) if turn in places]
        for answer in pair.answers:
            given = [places[turn] for turn in cited(answer) if turn in places]
            if asked and given and max(given) < min(asked):
                turn = section.turns[max(given)]
                values = (("answer", turn.id), ("question", section.turns[min(asked)].id))
                yield _finding("answer-before-question", "error", values, section, turn, answer.id)


def _parts_unanswered(
    digest: SectionDigest, section: Section, deeds: dict[str, Act], language: str
) -> Iterator[Finding]:
    turns = {turn.id: turn for turn in section.turns}
    for pair in digest.pairs:
        if pair.open or not pair.answers:
            continue
        asked = [text for turn, text in _said([pair.question], turns) if deeds[turn].questions]
        answers = [text for _, text in _said(pair.answers, turns)]
        for part in untouched(parts(asked, language), answers, language):
            turn = turns[next(turn for turn in cited(pair.question) if turn in turns)]
            values = (("pair", pair.id), ("question", part[:QUOTED]))
            yield _finding("parts-unanswered", "warning", values, section, turn, pair.id)


def parts(asked: Sequence[str], language: str) -> tuple[str, ...]:
    """Return the sentences of what was asked that each ask for something of their own."""
    table = cues(language)
    spoken = (text[start:end] for text in asked for start, end in sentences(text, language))
    return tuple(
        sentence
        for sentence in spoken
        if asks(sentence, language)
        and not table.announces.search(sentence)
        and not table.asks_leave.search(sentence)
        and not table.refers_back.search(sentence)
    )


def _said(statements: Sequence[Statement], turns: dict[str, Turn]) -> Iterator[tuple[str, str]]:
    """Yield the turns that statements rest on with what was said there, or in the passages alone that they quote."""
    passages = {evidence.passage for said in statements for evidence in said.evidence if evidence.passage}
    for turn in dict.fromkeys(turn for said in statements for turn in cited(said)):
        if turn in turns:
            within = [passage.text for passage in turns[turn].passages if passage.id in passages]
            yield turn, "\n".join(within) or turns[turn].text


def _finding(
    code: str,
    severity: Severity,
    values: tuple[tuple[str, str], ...],
    section: Section,
    turn: Turn,
    item: str | None = None,
) -> Finding:
    return Finding(
        code,
        severity,
        values,
        start=turn.start,
        end=turn.end,
        section=section.id,
        turn=turn.id,
        item=item,
    )
