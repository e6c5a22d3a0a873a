"""What programs use: the same as the commands, as functions on frozen values.

minutes = read(Path("minutes.txt"))
made = digest(minutes, extractive())
print(render(made))

Each function imports what it uses when it is called: to read minutes nobody waits for what checks or translates.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from minutes_llm.engines import NO_MODEL, PART_TOKENS, Engine
from minutes_llm.errors import DigestError, InputError, NoMinutes
from minutes_llm.model.minutes import Minutes
from minutes_llm.wording import counted

if TYPE_CHECKING:
    from minutes_llm.checking.report import Report
    from minutes_llm.exchange.writing import Json
    from minutes_llm.model.digest import Digest
    from minutes_llm.recordings import Recordings
    from minutes_llm.rendering.markdown import Detail
    from minutes_llm.translation.readings import Wishes
    from minutes_llm.work import Awaited, Watch, Work

Format = Literal["md", "json", "html"]
CONCURRENCY = 16


def read(
    path: Path, *, encoding: str | None = None, speaker_format: str | None = None, force: bool = False
) -> Minutes:
    """Return a file's minutes. Raises SourceError, or NoMinutes unless forced to take the text for one section."""
    from minutes_llm.parse import looks_like_minutes, parse
    from minutes_llm.sources import read_source

    minutes = parse(read_source(path, encoding), speaker_format)
    if not force and not looks_like_minutes(minutes):
        raise NoMinutes(
            f"{minutes.source.name}: no minutes in it: neither a meeting's header, nor an agenda, nor speaker labels "
            "were found; --force digests it as one section, --speaker-format says what its labels look like"
        )
    return minutes


def outline(minutes: Minutes, engine: Engine) -> Json:
    """Return what was understood of minutes without a model, and the requests that an engine would make."""
    from minutes_llm.exchange.writing import outline_json

    return outline_json(minutes, planned(minutes, engine))


def planned(minutes: Minutes, engine: Engine) -> list[Json]:
    """Return for each section its turns, its tokens and the requests that a digest of it would begin with."""
    from minutes_llm.plan import plan

    count = engine.counter()
    rows: list[Json] = []
    for section in minutes.sections:
        parts = plan(section, minutes.language, engine.part_tokens)
        tokens = sum(count(piece.text) for part in parts for piece in part)
        rows.append({"section": section.id, "turns": len(section.turns), "tokens": tokens, "requests": len(parts)})
    return rows


def cost_line(minutes: Minutes, engine: Engine) -> str:
    """Return in one line what a digest would ask for: requests, tokens and, where the price is known, the cost."""
    if engine.answer is None:
        return "asks nothing"
    count = engine.counter()
    rows = planned(minutes, engine)
    requests = sum(row["requests"] for row in rows)
    fixed = sum(count(message.content) for message in engine.asking(minutes).prompts["section"].messages)
    prompt = sum(row["tokens"] for row in rows) + requests * fixed
    return f"{counted(requests, 'request')} and an overview, {spending_line(prompt, engine.model)}"


def spending_line(prompt: int, model: str) -> str:
    """Return in words what prompts of so many tokens come to with their answers: tokens, and the cost if known."""
    from minutes_llm.cost import ANSWER_SHARE, prices

    completion = round(prompt * ANSWER_SHARE)
    known = prices(model)
    line = f"about {prompt:,} prompt and {completion:,} completion tokens"
    return line + (f", about US${known.of(prompt, completion):.3f} with {model}" if known else "")


def digest(minutes: Minutes, engine: Engine, concurrency: int = CONCURRENCY, on_event: Watch | None = None) -> Digest:
    """Return the digest of minutes as an engine makes it."""
    from minutes_llm.work import run

    return run(story(minutes, engine), engine.answers, concurrency, on_event)


def story(minutes: Minutes, engine: Engine) -> Work[Digest]:
    """Return the digest of minutes as a story, to be run beside others (`work.run_many`)."""
    from minutes_llm.pipeline import digest_minutes, extract_minutes

    if engine.answer is None:
        return extract_minutes(minutes)
    return (yield from digest_minutes(minutes, engine.asking(minutes), engine.name, engine.model))


def awaited(
    minutes: Minutes,
    recordings: Recordings,
    model: str,
    prompts: Path | None = None,
    wishes: Wishes | None = None,
    *,
    part_tokens: int = PART_TOKENS,
    anew: bool = False,
) -> Digest | Awaited:
    """Return the digest that recordings answer for (its translation, with wishes), or the requests it waits for.

    What is asked after those is not known before their answers are there. With `anew`, what failed for good is
    waited for again; without, the digest has the failure in its place. Raises InputError as `translate` does.
    """
    from minutes_llm.recordings import replayed
    from minutes_llm.work import ahead

    engine = Engine("replay", model, replayed(recordings, model), prompts, part_tokens)

    def told() -> Work[Digest]:
        made = yield from story(minutes, engine)
        if wishes is None:
            return made
        return (yield from translation(made, engine, replace(wishes, source=minutes.source.text)))

    return ahead(told(), lambda request: recordings.find(request, model), anew)


def translate(
    digest: Digest,
    engine: Engine,
    wishes: Wishes | None = None,
    concurrency: int = CONCURRENCY,
    on_event: Watch | None = None,
) -> Digest:
    """Return a digest in another language, English if not wished else; its ids, counts and quotations are the same.

    Raises InputError where there is no model to ask, nobody knows the language, or the digest is in it already.
    """
    from minutes_llm.translation.readings import Wishes
    from minutes_llm.work import run

    return run(translation(digest, engine, wishes or Wishes("en")), engine.answers, concurrency, on_event)


def translation(digest: Digest, engine: Engine, wishes: Wishes) -> Work[Digest]:
    """Return a digest in another language as a story, to be run beside others (`work.run_many`)."""
    from minutes_llm.translation.story import translate_digest

    if engine.answer is None:
        raise InputError(NO_MODEL)
    made = yield from translate_digest(digest, engine.asking_to_translate(), wishes)
    return replace(made, provenance=replace(made.provenance, translator=engine.model))


def render(digest: Digest, format: Format = "md", minutes: Minutes | None = None, detail: Detail = "normal") -> str:
    """Return a digest as Markdown, JSON or one HTML page; with its minutes, the page shows the source beside it."""
    if format == "json":
        from minutes_llm.exchange.writing import digest_json, to_text

        return to_text(digest_json(digest))
    if format == "html":
        from minutes_llm.rendering.page import page

        return page(digest, minutes)
    from minutes_llm.rendering.markdown import markdown

    return markdown(digest, detail)


def side_by_side(digest: Digest, other: Digest, format: Format = "md") -> str:
    """Return a digest and its translation, whichever comes first, item by item as Markdown or JSON.

    Raises InputError for HTML, DigestError where one is no translation of the other.
    """
    from minutes_llm.exchange.writing import to_text
    from minutes_llm.rendering.bilingual import bilingual_json, bilingual_markdown

    if format == "html":
        raise InputError("two languages side by side are given as Markdown or JSON; choose -f md or -f json")
    return to_text(bilingual_json(digest, other)) if format == "json" else bilingual_markdown(digest, other)


def load(path: Path) -> Digest:
    """Return the digest that a JSON file holds. Raises DigestError in one line where it is none of ours."""
    from minutes_llm.exchange.reading import parse_digest

    try:
        text = sys.stdin.read() if str(path) == "-" else path.read_text("utf-8")
    except OSError as error:
        raise DigestError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise DigestError(f"{path}: not UTF-8; give a digest written by `digest --format json`") from None
    return parse_digest(text, str(path))


def check(digest: Digest, minutes: Minutes) -> Report:
    """Return what the minutes bear out of a digest, by rule alone."""
    from minutes_llm.checking.report import check_digest

    return check_digest(digest, minutes)


def marked(digest: Digest, minutes: Minutes) -> Digest:
    """Return a digest with the findings and the ledger that a check of it against its minutes gives."""
    from minutes_llm.checking.report import check_digest

    report = check_digest(digest, minutes)
    return replace(digest, findings=(*minutes.findings, *report.findings), ledger=report.ledger)
