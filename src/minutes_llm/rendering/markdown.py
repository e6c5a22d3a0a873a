"""A digest as Markdown: CommonMark with GitHub's tables, pleasant to read also unrendered.

Everything that comes from the minutes or from a model is text: what Markdown or HTML would act on is escaped, what
cannot be seen is made visible. Statements link to the ledger at the end, which names every turn.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from types import ModuleType
from typing import Literal, NamedTuple

from minutes_llm.languages import words
from minutes_llm.model.digest import Digest, Pair, SectionDigest, Sentence, Statement
from minutes_llm.model.minutes import Finding
from minutes_llm.patterns import late
from minutes_llm.wording import message

ITEM_TITLE = late(r"[◆◇■□●○・\s]*([^「」]{0,20}「[^「」]+」[^「」、。，,]{0,10})[、。，,].{10}")

Detail = Literal["brief", "normal", "full"]

ACTIVE = late(
    r"[\\`*_{}\[\]<>|~#!&$@]"  # emphasis, code, links, HTML, tables, strike-through, entities, mathematics, mentions
    r"|:(?=//)|(?<=[wW]{3})\."  # addresses that renderers make links of
    r"|^[-+=]|(?<=^\d)[.)](?=\s)|(?<=^\d\d)[.)](?=\s)"  # lists and underlined headings
)
"""What Markdown and its common extensions act on."""


def markdown(digest: Digest, detail: Detail = "normal") -> str:
    """Return a digest as Markdown: `brief` for two minutes, `full` with every quotation for twenty."""
    return "\n".join(_Page(digest, words(digest.language), detail).lines()) + "\n"


def escaped(text: str) -> str:
    r"""Return a text on one line with nothing in it that Markdown or HTML would act on.

    Letters that change direction and control characters are shown by their code points (`⟨U+202E⟩`).
    """
    line = " ".join(text.split())
    if not line.isprintable():
        line = "".join(map(_visible, line))
    return ACTIVE.sub(r"\\\g<0>", line)


def short_heading(heading: str) -> str:
    """Return an agenda item's number and title (`議題１「…」`) where its heading goes on to say who presented."""
    item = ITEM_TITLE.match(heading)
    return item[1] if item else heading


def _visible(character: str) -> str:
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and character != "\u200d"
    return f"⟨U+{ord(character):04X}⟩" if hidden else character


class _Page(NamedTuple):
    digest: Digest
    words: ModuleType
    detail: Detail

    def lines(self) -> Iterator[str]:
        title = self.digest.meeting.title or self.word("untitled-meeting")
        yield f"# {escaped(title)} — {self.word('digest')}"
        yield ""
        yield from self.meeting()
        if self.digest.overview:
            yield from self.block("##", self.word("overview"), self.sentences(self.digest.overview))
        if len(self.digest.sections) > 1 and self.detail != "brief":
            yield from self.block("##", self.word("contents"), self.contents())
        for section in self.digest.sections:
            yield from self.section(section)
        yield from self.unanswered()
        if self.detail != "brief":
            yield from self.findings()
            yield from self.ledger()

    # --- the meeting -----------------------------------------------------------------------------------------

    def meeting(self) -> Iterator[str]:
        meeting = self.digest.meeting
        rows = [
            ("date", self.date()),
            ("place", escaped(meeting.place or "")),
            ("attendees", self.groups()),
            ("materials", self.materials()),
            ("source", f"{escaped(self.digest.source.name)} (SHA-256 {self.digest.source.sha256[:12]}…)"),
            ("made-by", self.made_by()),
        ]
        shown = [(name, value) for name, value in rows if value]
        yield f"| {self.word(shown[0][0])} | {shown[0][1]} |"
        yield "| --- | --- |"
        for name, value in shown[1:]:
            yield f"| {self.word(name)} | {value} |"
        yield ""

    def date(self) -> str:
        meeting = self.digest.meeting
        times = self.words.TIMES.format(start=meeting.start, end=meeting.end or "") if meeting.start else ""
        if meeting.date is None:
            return escaped(times)
        day = self.words.date(meeting.date)
        return f"{day} {escaped(times)}".strip()

    def groups(self) -> str:
        if self.detail == "full":
            listed = (
                f"{escaped(g.group)}: {self.words.LIST_GAP.join(map(escaped, g.names))}"
                for g in self.digest.meeting.attendees
            )
            return "<br>".join(listed)
        counted = (
            self.words.COUNTED.format(group=escaped(group.group), count=len(group.names))
            for group in self.digest.meeting.attendees
        )
        return str(self.words.LIST_GAP.join(counted))

    def materials(self) -> str:
        materials = self.digest.meeting.materials
        if self.detail == "full":
            return "<br>".join(f"{escaped(m.label)} {escaped(m.title)}".strip() for m in materials)
        return str(self.words.LIST_GAP.join(escaped(m.label or m.title) for m in materials))

    def made_by(self) -> str:
        provenance = self.digest.provenance
        made = self.words.MADE_BY.get(provenance.engine, provenance.engine)
        lines = [made.format(model=escaped(provenance.model or "?"))]
        if self.digest.translated_from:
            language = self.words.LANGUAGE_NAMES.get(self.digest.translated_from, self.digest.translated_from)
            translator = escaped(provenance.translator or "?")
            lines.append(self.words.TRANSLATED.format(language=language, translator=translator))
        lines.append(f"minutes-llm {escaped(provenance.version)}")
        return "<br>".join(lines)

    # --- a section -------------------------------------------------------------------------------------------

    def contents(self) -> Iterator[str]:
        for section in self.digest.sections:
            count = f" ({self.word('question')} {len(section.pairs)})" if section.pairs else ""
            yield f"- [{self.heading(section)}](#{section.id}){count}"

    def section(self, section: SectionDigest) -> Iterator[str]:
        title = self.heading(section)
        yield f"## {self.anchor(section.id)}{title}"
        yield ""
        if title != escaped(section.heading) and section.heading:
            yield from (f"*{escaped(section.heading)}*", "")
        if section.status == "empty":
            yield from (self.word("empty"), "")
        if section.status == "failed":
            yield from (f"> **⚠ {self.word('failed')}**: {escaped(section.reason or '')}", "")
        if section.summary:
            yield from (*self.sentences(section.summary), "")
        if section.points and self.detail != "brief":
            yield from self.block("###", self.word("points"), self.bullets(section.points, named=False))
        if section.pairs:
            pairs = self.pairs_in_brief(section.pairs) if self.detail == "brief" else self.pairs(section.pairs)
            yield from self.block("###", self.word("pairs"), pairs)
        if section.comments and self.detail != "brief":
            yield from self.block("###", self.word("comments"), self.bullets(section.comments, named=True))

    def pairs_in_brief(self, pairs: Iterable[Pair]) -> Iterator[str]:
        for pair in pairs:
            answerers = dict.fromkeys(name for answer in pair.answers for name in answer.speakers)
            to = escaped(self.words.LIST_GAP.join(answerers)) or f"**{self.word('no-answer')}**"
            yield f"- {escaped(pair.topic)} — {self.names(pair.question)} → {to}"

    def pairs(self, pairs: Iterable[Pair]) -> Iterator[str]:
        for number, pair in enumerate(pairs, 1):
            yield f"#### {self.anchor(pair.id)}{number}. {escaped(pair.topic)}"
            yield ""
            yield from self.said(self.word("question"), pair.question)
            for answer in pair.answers:
                yield from self.said(self.word("answer"), answer)
            if not pair.answers:
                yield from (f"**{self.word('answer')}** {self.word('no-answer')}", "")
            elif pair.open:
                yield f"**{self.word('open')}**"
                yield ""
                yield from (f"- {escaped(part)}" for part in pair.open)
                yield ""

    def said(self, kind: str, statement: Statement) -> Iterator[str]:
        yield f"**{kind}** {self.names(statement)} {self.links(statement.turns)}"
        yield ""
        yield f"{self.text(statement)}"
        yield ""
        yield from self.quotes(statement, "")

    def bullets(self, statements: Iterable[Statement], named: bool) -> Iterator[str]:
        for statement in statements:
            who = f"**{self.names(statement)}** " if named else ""
            yield f"- {who}{self.text(statement)} {self.links(statement.turns)}"
            quotes = list(self.quotes(statement, "  "))
            yield from ["", *quotes[:-1]] if quotes else []

    def quotes(self, statement: Statement, indent: str) -> Iterator[str]:
        if self.detail == "full" and statement.evidence:
            for evidence in statement.evidence:
                quote = escaped(evidence.quote)
                yield (
                    f"{indent}> 「{quote}」 {evidence.turn}"
                    if self.japanese()
                    else f"{indent}> “{quote}” {evidence.turn}"
                )
                yield f"{indent}>"
            yield ""

    # --- the end ---------------------------------------------------------------------------------------------

    def unanswered(self) -> Iterator[str]:
        pairs = [pair for section in self.digest.sections for pair in section.pairs if not pair.answers]
        if pairs:
            lines = (f"- {self.names(pair.question)}: {escaped(pair.topic)} {self.link(pair.id)}" for pair in pairs)
            yield from self.block("##", self.word("unanswered"), lines)

    def findings(self) -> Iterator[str]:
        findings = self.digest.findings
        if findings:
            yield from self.block("##", self.word("findings"), (self.finding(finding) for finding in findings))

    def finding(self, finding: Finding) -> str:
        where = finding.turn or finding.section
        return f"- {escaped(message(finding, self.digest.language))}" + (f" {self.link(where)}" if where else "")

    def ledger(self) -> Iterator[str]:
        if not self.digest.ledger:
            return
        outcomes = Counter(entry.outcome for entry in self.digest.ledger)
        procedural, unaccounted = outcomes["procedural"], outcomes["unaccounted"]
        total = len(self.digest.ledger)
        line = self.words.COVERAGE.format(
            turns=total, covered=total - procedural - unaccounted, procedural=procedural, unaccounted=unaccounted
        )
        yield f"## {self.word('ledger')}"
        yield ""
        yield str(line)
        yield ""
        yield f"| {self.word('turn')} | {self.word('speaker')} | {self.word('outcome')} |"
        yield "| --- | --- | --- |"
        for entry in self.digest.ledger:
            speaker = escaped(entry.speaker) if entry.speaker else self.word("no-speaker")
            yield f"| {self.anchor(entry.turn)}{entry.turn} | {speaker} | {self.words.OUTCOMES[entry.outcome]} |"
        if self.digest.usage.requests:
            usage = self.digest.usage
            yield ""
            yield str(
                self.words.USAGE.format(
                    requests=usage.requests,
                    prompt_tokens=usage.prompt_tokens,
                    completion_tokens=usage.completion_tokens,
                )
            )

    # --- pieces ----------------------------------------------------------------------------------------------

    def word(self, name: str) -> str:
        return str(self.words.WORDS[name])

    def japanese(self) -> bool:
        return self.digest.language == "ja"

    def block(self, level: str, heading: str, lines: Iterable[str]) -> Iterator[str]:
        yield f"{level} {heading}"
        yield ""
        yield from lines
        yield ""

    def heading(self, section: SectionDigest) -> str:
        return escaped(short_heading(section.heading)) or self.word("untitled")

    def names(self, statement: Statement) -> str:
        return escaped(self.words.LIST_GAP.join(statement.speakers)) or self.word("no-speaker")

    def text(self, statement: Statement) -> str:
        mark = "" if statement.evidence else f"**⚠ {self.word('unverified')}** "
        found = self.digest.findings
        doubted = any(finding.item == statement.id and finding.severity != "info" for finding in found)
        return f"{mark}{escaped(statement.text)}{' ⚠' if doubted and not mark else ''}"

    def sentences(self, sentences: Iterable[Sentence]) -> Iterator[str]:
        for sentence in sentences:
            yield f"- {escaped(sentence.text)} {self.links(sentence.rests_on)}".rstrip()

    def links(self, ids: Iterable[str]) -> str:
        return " ".join(self.link(name) for name in ids)

    def link(self, name: str) -> str:
        return f"[{name}](#{name})"

    def anchor(self, name: str) -> str:
        return f'<a id="{name}"></a>'
