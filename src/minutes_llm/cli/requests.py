"""The commands `requests export`, `import`, `submit`, `status` and `fetch`: a run answered by files.

A run goes in rounds: what it needs is exported, answers are imported into recordings, and what a story asks after
those is exported by the next round, until `digest --engine replay` has all it needs.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, count, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from minutes_llm.cli import complain, options, rounds
from minutes_llm.cli.output import write_whole
from minutes_llm.errors import AnswerError, AnswersAwaited, InputError
from minutes_llm.wording import counted

if TYPE_CHECKING:
    from minutes_llm.executors.batch import BatchService, BatchStatus, Taken
    from minutes_llm.work import Request

MOST_FAULTS = 20  # of one file that are named, lest a file of something else fills the screen

recordings_option = click.option(
    "--recordings",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    required=True,
    help="Where answers are kept and looked up.",
)


@click.group(short_help="The requests of a run as files, and their answers back.")
def command() -> None:
    """The requests of a run as files, for a batch service or for a person with a chat window, and their answers back.

    A run goes in rounds, since an answer may lead to another question: export and import until nothing is missing.

    \b
    Examples:
      minutes-llm requests export minutes.txt --recordings recordings -m gpt-5.4-mini -o requests.jsonl
      minutes-llm requests submit requests.jsonl
      minutes-llm requests fetch requests.jsonl
      minutes-llm requests import requests.answers.jsonl minutes.txt --recordings recordings
      minutes-llm digest minutes.txt --engine replay --recordings recordings
    """


@command.command(context_settings=options.SETTINGS, short_help="Write what a run still needs into files.")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@recordings_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="REQUESTS.jsonl|FOLDER",
    help="File to write, or a folder for it; more files beside it where one would be too large.",
)
@click.option(
    "--prompts-folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write each request as NAME.prompt.md to paste into a chat; its answer goes beside it as NAME.answer.txt.",
)
@rounds.run
def export(
    files: tuple[str, ...],
    recordings: Path,
    output: Path | None,
    prompts_folder: Path | None,
    model: str | None,
    **run_options: Any,
) -> None:
    """Write the requests that recordings do not answer, for OpenAI's Batch API or `vllm run-batch`; exit 4 if any.

    They go to standard output where no file or folder is named. What a run asks after these is not known before
    their answers are there: import them and export again.

    \b
    Examples:
      minutes-llm requests export *.pdf --recordings recordings -m gpt-5.4-mini -o requests.jsonl
      minutes-llm requests export minutes.txt --recordings recordings -m chat --prompts-folder to-paste
    """
    from minutes_llm.api import spending_line
    from minutes_llm.executors.batch import export_lines, in_files, write_prompts
    from minutes_llm.recordings import Recordings

    run = rounds.run_of(files, Recordings(recordings), model, **run_options)
    requests = run.awaited(anew=True)
    lines = export_lines(requests, run.recordings, run.model)
    if prompts_folder:
        for path in write_prompts(requests, run.recordings, run.model, prompts_folder):
            click.echo(path)
    if output:
        for path in write_files(in_files(lines), output):
            click.echo(path)
    if not requests:
        click.echo(f"minutes-llm: {_all_there(recordings)}", err=True)
        return
    if not (output or prompts_folder):
        for line in lines:
            click.echo(line.encode("utf-8"), nl=False)
    spending = spending_line(sum(request.tokens for request in requests), run.model)
    raise AnswersAwaited(
        f"{_requests(requests)} to be answered, {spending}; bring the answers back with `minutes-llm requests import`"
    )


@command.command("import", context_settings=options.SETTINGS, short_help="Take answers back.")
@click.argument("given", metavar="ANSWERS... FILE...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@recordings_option
@rounds.run
def import_(given: tuple[str, ...], recordings: Path, model: str | None, **run_options: Any) -> None:
    """Take the answers to exported requests into recordings; exit 4 while any request of the run is not answered.

    ANSWERS are outputs of a batch service (*.jsonl; its files of errors too) and folders of pasted answers; all other
    files are the minutes the requests were exported for, under the same options. Answers that cannot be used are
    named on standard error, and their requests go on waiting.

    \b
    Examples:
      minutes-llm requests import answers.jsonl errors.jsonl *.pdf --recordings recordings
      minutes-llm requests import to-paste minutes.txt --recordings recordings -m chat
    """
    from minutes_llm.executors.batch import import_texts
    from minutes_llm.recordings import Recordings

    answers, files = _told_apart(given)
    run = rounds.run_of(files, Recordings(recordings), model, **run_options)
    requests = run.awaited(anew=True)
    kept = strangers = 0
    for path in answers:
        folder = path.is_dir()
        taken = import_texts(path, requests, run.recordings, run.model) if folder else _answered(path, requests, run)
        _name_faults(path, taken.faults)
        kept += taken.kept
        strangers += taken.strangers
    came = f"{counted(kept, 'answer')} taken in" + (
        f", {counted(strangers, 'line')} to no request that waits" if strangers else ""
    )
    left = run.awaited(anew=True)
    if left:
        raise AnswersAwaited(
            f"{came}; {_requests(left)} to be answered: write them with `minutes-llm requests export`"
        )
    click.echo(f"minutes-llm: {came}; {_all_there(recordings)}", err=True)


def write_files(contents: Iterable[str], output: Path) -> Iterator[Path]:
    """Write requests to a *.jsonl, or to `requests.jsonl` in a folder; yield it, and the further files beside it.

    Files of an export before this one that are needed no more are removed, but for those whose batch is under way.
    """
    first = output if output.suffix == ".jsonl" and not output.is_dir() else output / "requests.jsonl"
    paths = chain([first], (first.with_stem(f"{first.stem}-{number}") for number in count(2)))
    for content in contents:
        path = next(paths)
        write_whole(path, content)
        yield path
    for path in takewhile(_has_requests, paths):
        if not _state(path).exists():
            path.unlink()


def _told_apart(given: Iterable[str]) -> tuple[list[Path], list[str]]:
    """Return the answers and the minutes among arguments. Raises InputError where either are not there."""
    answers = [each for each in given if each.endswith(".jsonl") or Path(each).is_dir()]
    files = [each for each in given if each not in answers]
    if not answers:
        raise InputError("no answers are named: give a service's output (*.jsonl) or a folder of pasted answers")
    if not files:
        raise InputError("no minutes are named: give the files that the requests were exported for")
    return [Path(each) for each in answers], files


def _answered(path: Path, requests: Sequence[Request], run: rounds.Run) -> Taken:
    """Take in the output of a batch service."""
    from minutes_llm.executors.batch import import_answers

    first = next(_lines(path), "")
    if first and _is_request(first):
        raise InputError(f"{path}: requests, not answers; give the file that the batch service made of them")
    return import_answers(_lines(path), requests, run.recordings, run.model)


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8-sig") as file:
            yield from file
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8; give the JSON lines of a batch service as they came") from None


def _has_requests(path: Path) -> bool:
    return path.is_file() and _is_request(next(_lines(path), ""))


def _is_request(line: str) -> bool:
    try:
        value = json.loads(line)
    except ValueError:
        return False
    return isinstance(value, dict) and {"custom_id", "method", "body"} <= value.keys()


def _name_faults(path: Path, faults: Sequence[str]) -> None:
    for fault in faults[:MOST_FAULTS]:
        complain(f"{path}: {fault}")
    if len(faults) > MOST_FAULTS:
        complain(f"{path}: and {len(faults) - MOST_FAULTS} more")


def _requests(requests: Sequence[Request]) -> str:
    """Return how many requests there are, and which by name as far as that is short."""
    labels = ", ".join(request.label for request in requests[:5]) + (", …" if len(requests) > 5 else "")
    return f"{counted(len(requests), 'request')} ({labels})"


def _all_there(recordings: Path) -> str:
    return (
        f"nothing is missing: `minutes-llm digest FILE... --engine replay --recordings {recordings}` has all it needs"
    )


# --- the Batch API ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Submitted:
    """What stands beside a file of requests while its batch is under way: the batch, and what was handed in."""

    batch: str
    sha256: str


service_options = options.together(
    click.argument("files", metavar="REQUESTS.jsonl...", nargs=-1, required=True, type=click.Path(path_type=Path)),
    click.option("--base-url", help="Address of the service; else OPENAI_BASE_URL, else OpenAI."),
    click.option("--api-key", help="Key for it; else OPENAI_API_KEY."),
)


@command.command(context_settings=options.SETTINGS, short_help="Hand exported requests in to the Batch API.")
@service_options
def submit(files: tuple[Path, ...], base_url: str | None, api_key: str | None) -> None:
    """Hand exported requests in to the Batch API, to be answered within a day.

    REQUESTS.batch.json beside a file says which batch it has become. A file that is under way is not handed in again.

    \b
    Example:
      minutes-llm requests submit requests.jsonl
    """
    service = _service(base_url, api_key)
    for file in files:
        content = "".join(_lines(file))
        if not _is_request(content.partition("\n")[0]):
            raise InputError(f"{file}: no requests; write them with `minutes-llm requests export`")
        sha256 = hashlib.sha256(content.encode("utf-8")).hexdigest()
        before = _submitted(file)
        if before and before.sha256 != sha256:
            raise InputError(f"{file}: an earlier one is under way as {before.batch}; fetch its answers first")
        if before:
            complain(f"{file}: handed in before, as {before.batch}")
            continue
        batch = service.submit(content)
        _show(file, batch)
        write_whole(_state(file), json.dumps(asdict(Submitted(batch.id, sha256)), indent=1) + "\n")


@command.command(context_settings=options.SETTINGS, short_help="Say how far batches are.")
@service_options
def status(files: tuple[Path, ...], base_url: str | None, api_key: str | None) -> int:
    """Say how far the batches of submitted requests are; exit 4 while one is under way.

    \b
    Example:
      minutes-llm requests status requests.jsonl
    """
    service = _service(base_url, api_key)
    found = [(file, service.status(_known(file).batch)) for file in files]
    for file, batch in found:
        _show(file, batch)
    return 0 if all(batch.ended for _, batch in found) else AnswersAwaited.exit_code


@command.command(context_settings=options.SETTINGS, short_help="Fetch the answers of batches that have ended.")
@service_options
def fetch(files: tuple[Path, ...], base_url: str | None, api_key: str | None) -> int:
    """Add the answers of batches that have ended to REQUESTS.answers.jsonl; exit 4 while one is under way.

    Lines of errors are among them: `requests import` names them, and the next export asks those requests again.

    \b
    Examples:
      minutes-llm requests fetch requests.jsonl
      minutes-llm requests import requests.answers.jsonl minutes.txt --recordings recordings
    """
    service = _service(base_url, api_key)
    worst = 0
    for file in files:
        batch = service.status(_known(file).batch)
        _show(file, batch)
        if not batch.ended:
            worst = max(worst, AnswersAwaited.exit_code)
            continue
        lines = list(service.fetch(batch.id))
        if lines:
            click.echo(_add(lines, file.with_suffix(".answers.jsonl")))
        else:
            complain(f"{file}: {batch.id} has ended as {batch.status} without an answer; it can be submitted again")
            worst = max(worst, AnswerError.exit_code)
        _state(file).unlink(missing_ok=True)
    return worst


def _service(base_url: str | None, api_key: str | None) -> BatchService:
    from minutes_llm.executors.batch import BatchService
    from minutes_llm.executors.endpoint import find_access

    return BatchService(find_access(base_url, api_key, os.environ))


def _show(file: Path, batch: BatchStatus) -> None:
    """Say how far a batch is, and why the service did not take it where it did not."""
    counts = f"{batch.completed} of {batch.total} answered, {batch.failed} failed"
    click.echo(f"{file}: {batch.id} {batch.status}, {counts}")
    _name_faults(file, batch.errors)


def _add(lines: Iterable[str], path: Path) -> Path:
    """Put lines after those that a file has, each once."""
    before = [line.rstrip("\n") for line in _lines(path)] if path.exists() else []
    write_whole(path, "".join(f"{line}\n" for line in dict.fromkeys([*before, *lines])))
    return path


def _state(file: Path) -> Path:
    return file.with_suffix(".batch.json")


def _submitted(file: Path) -> Submitted | None:
    """Return what a file was handed in as, if it is under way. Raises InputError where that cannot be read."""
    state = _state(file)
    try:
        return Submitted(**json.loads(state.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError):
        raise InputError(f"{state}: does not say what was submitted; remove it to submit {file.name} again") from None


def _known(file: Path) -> Submitted:
    found = _submitted(file)
    if found is None:
        raise InputError(f"{file}: nothing of it is under way; hand it in with `minutes-llm requests submit`")
    return found
