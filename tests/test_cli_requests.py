"""A run answered by files: its requests go out in rounds, and what cannot be used is named and asked again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from building import answer, statement
from minutes_llm.api import digest, read, render
from minutes_llm.cli.requests import write_files
from minutes_llm.engines import Engine
from minutes_llm.executors.endpoint import Endpoint
from running import run
from scripted_server import Answer, Asked, completion, error, values
from test_cli import FIXTURES, fails

MINUTES = FIXTURES / "injection" / "minutes.txt"
MODEL = "m"
TURN = re.compile(r"^\[(s\d+t\d+)\] [^:\n]*: (.{12})", re.MULTILINE)


def answered(body: dict[str, Any]) -> Answer:
    """Answer as a model does that quotes each turn; of the second section it first quotes what nobody said."""
    messages = body["messages"]
    turns = TURN.findall(messages[1]["content"])
    if body["response_format"]["json_schema"]["name"] == "overview":
        content: Any = {"overview": [{"text": "議題を扱った。", "sections": ["s1", "s2"]}]}
    elif turns[0][0] == "s2t1" and len(messages) == 2:
        content = answer(
            [("説明があった。", ["s2t1"])], [statement("説明があった。", ("s2t1", "誰も言わなかったこと"))]
        )
    else:
        said = [statement(quote, (turn, quote)) for turn, quote in turns]
        content = answer([("議題を扱った。", [turns[0][0]])], comments=said)
    return completion(json.dumps(content, ensure_ascii=False), prompt_tokens=5000)


def output(lines: Iterable[str], reply: Callable[[dict[str, Any]], Answer] = answered) -> list[str]:
    """Return what a batch service makes of lines of requests, in an order of its own."""
    made = []
    for line in lines:
        asked = json.loads(line)
        given = reply(asked["body"])
        response = {"status_code": given.status, "request_id": "r", "body": json.loads(given.body)}
        made.append(json.dumps({"custom_id": asked["custom_id"], "response": response, "error": None}) + "\n")
    return made[::-1]


def replayed(recordings: Path, *arguments: str | Path) -> list[str | Path]:
    return [*arguments, "--recordings", recordings, "-m", MODEL]


def exported(recordings: Path) -> list[str]:
    """Return the lines of requests that a run still needs; none if nothing is missing."""
    outcome = run("requests", "export", MINUTES, *replayed(recordings))
    lines = outcome.stdout.splitlines(keepends=True)
    assert outcome.returncode == (4 if lines else 0), outcome.stderr
    return lines


def names(shown: str) -> list[str]:
    """Return the labels of requests that a line on standard error names."""
    found = re.search(r"requests? \(([^()]*(?:\(again\)[^()]*)*)\) to be answered", shown)
    return found[1].split(", ") if found else []


def test_a_run_by_files_ends_in_the_digest_that_a_run_over_the_network_gives(serve: Any, tmp_path: Path) -> None:
    recordings, requests, answers = (tmp_path / name for name in ("recordings", "requests.jsonl", "answers.jsonl"))
    rounds: list[list[str]] = []
    while (outcome := run("requests", "export", MINUTES, "-o", requests, *replayed(recordings))).returncode == 4:
        assert outcome.stdout == f"{requests}\n"
        lines = requests.read_text("utf-8").splitlines()
        rounds.append(names(outcome.stderr))
        assert len(rounds[-1]) == len(lines)
        answers.write_text("".join(output(lines)), "utf-8")
        imported = run("requests", "import", answers, MINUTES, *replayed(recordings))
        assert f"{len(lines)} answer" in imported.stderr
        assert imported.returncode == (0 if rounds[-1] == ["overview"] else 4)
    assert outcome.returncode == 0
    assert "nothing is missing" in outcome.stderr
    assert not requests.exists()
    assert rounds[0] == ["s1", "s2"]
    assert "s2 (again)" in rounds[1]
    assert rounds[2:] == [["overview"]]

    made = run("digest", MINUTES, "--engine", "replay", *replayed(recordings, "-f", "json"))
    assert made.returncode == 0, made.stderr
    server = serve(lambda asked: answered(asked.body))
    direct = digest(read(MINUTES), Engine("replay", MODEL, Endpoint(MODEL, server.url)))
    assert made.stdout == render(direct, "json")
    assert len(server.asked) == sum(map(len, rounds))


def test_what_is_exported_says_its_tokens_and_what_it_costs_where_that_is_known(tmp_path: Path) -> None:
    pytest.importorskip("genai_prices", reason="the price table is not installed (pip install -e .[dev])")
    outcome = run("requests", "export", MINUTES, "--recordings", tmp_path / "none", "-m", "gpt-5-mini")
    assert outcome.returncode == 4
    assert re.search(r"2 requests .* [\d,]+ prompt and [\d,]+ completion tokens, about US\$0\.\d+", outcome.stderr)
    assert len(outcome.stderr.splitlines()) == 1
    assert not (tmp_path / "none").exists()


def test_requests_that_are_too_many_for_a_file_go_into_several(tmp_path: Path) -> None:
    contents = ["first\n", "second\n"]
    for given, folder in ((tmp_path / "a.jsonl", tmp_path), (tmp_path / "new", tmp_path / "new")):
        stem = "a" if folder == tmp_path else "requests"
        paths = list(write_files(contents, given))
        assert paths == [folder / f"{stem}.jsonl", folder / f"{stem}-2.jsonl"]
        assert [path.read_text("utf-8") for path in paths] == contents


def test_files_that_an_export_needs_no_more_are_removed_unless_their_batch_is_under_way(tmp_path: Path) -> None:
    request = '{"custom_id": "a", "method": "POST", "body": {}}\n'
    first, second, third, fourth = (tmp_path / f"{name}.jsonl" for name in ("a", "a-2", "a-3", "a-4"))
    for path in (second, third):
        path.write_text(request, "utf-8")
    third.with_suffix(".batch.json").touch()
    fourth.write_text("what somebody else put there\n", "utf-8")
    assert list(write_files([request], first)) == [first]
    assert sorted(tmp_path.glob("*.jsonl")) == [third, fourth, first]
    assert list(write_files([], first)) == []
    assert sorted(tmp_path.glob("*.jsonl")) == [third, fourth]


def test_smaller_parts_are_other_requests(tmp_path: Path) -> None:
    outcome = run("requests", "export", MINUTES, "--part-tokens", "500", *replayed(tmp_path))
    assert names(outcome.stderr) == ["s1", "s2 1/2", "s2 2/2"]


def test_a_translation_is_exported_once_its_digest_is_there(tmp_path: Path) -> None:
    english = ("--translate", "en")
    for _ in range(3):
        lines = exported(tmp_path)
        (tmp_path / "answers.jsonl").write_text("".join(output(lines)), "utf-8")
        run("requests", "import", tmp_path / "answers.jsonl", MINUTES, *replayed(tmp_path))
    assert exported(tmp_path) == []
    outcome = run("requests", "export", MINUTES, *replayed(tmp_path), *english)
    assert outcome.returncode == 4
    assert not {"s1", "s2", "overview"} & set(names(outcome.stderr))


def test_requests_of_a_run_over_several_files_say_of_which_they_are(tmp_path: Path) -> None:
    """With the folders that tell files of one name apart."""
    twin = tmp_path / "twin" / "minutes.txt"
    twin.parent.mkdir()
    twin.write_text(MINUTES.read_text("utf-8").replace("48人", "49人"), "utf-8")
    files = (MINUTES, twin)
    outcome = run("requests", "export", *files, "-o", tmp_path / "r.jsonl", *replayed(tmp_path / "recordings"))
    assert names(outcome.stderr) == ["injection/minutes.txt s1", "injection/minutes.txt s2", "twin/minutes.txt s1"]
    lines = (tmp_path / "r.jsonl").read_text("utf-8").splitlines()
    refused = output(lines, lambda body: error(500, "oops"))
    (tmp_path / "answers.jsonl").write_text("".join(refused), "utf-8")
    outcome = run("requests", "import", tmp_path / "answers.jsonl", *files, *replayed(tmp_path / "recordings"))
    assert "answers.jsonl: twin/minutes.txt s1: HTTP 500: oops" in outcome.stderr


# --- answers that cannot be used --------------------------------------------------------------------------------


def test_what_cannot_be_used_is_named_and_goes_on_waiting(tmp_path: Path) -> None:
    """A torn line, an expired request, an answer cut off by its server, a stranger; and what a service says of it."""
    first, second = output(exported(tmp_path))
    failure = {"code": "batch_expired", "message": "could not be executed in time"}
    expired = json.dumps(json.loads(second) | {"response": None, "error": failure})
    stranger = first.replace(json.loads(first)["custom_id"], "f" * 24)
    answers = tmp_path / "answers.jsonl"
    answers.write_text(f"{first[: len(first) // 2]}\n{expired}\n{stranger}", "utf-8")

    outcome = run("requests", "import", answers, MINUTES, *replayed(tmp_path))
    assert outcome.returncode == 4
    torn, late, summary = outcome.stderr.splitlines()
    assert "answers.jsonl: line 1" in torn
    assert "s1: could not be executed in time" in late
    assert "0 answers taken in, 1 line to no request that waits" in summary
    assert len(exported(tmp_path)) == 2


def test_of_answers_that_cannot_be_used_only_so_many_are_named(tmp_path: Path) -> None:
    answers = tmp_path / "answers.jsonl"
    answers.write_text("no answer\n" * 500, "utf-8")
    outcome = run("requests", "import", answers, MINUTES, *replayed(tmp_path))
    assert outcome.returncode == 4
    assert "and 480 more" in outcome.stderr
    assert len(outcome.stderr.splitlines()) == 22


def test_a_cut_answer_makes_the_run_ask_for_smaller_parts(tmp_path: Path) -> None:
    def cut(body: dict[str, Any]) -> Answer:
        return completion('{"summary": [', "length")

    answers = tmp_path / "answers.jsonl"
    answers.write_text("".join(output(exported(tmp_path), cut)), "utf-8")
    outcome = run("requests", "import", answers, MINUTES, *replayed(tmp_path))
    assert outcome.returncode == 4
    assert names(outcome.stderr) == ["s1a", "s1b", "s2a", "s2b"]


def test_a_section_that_failed_for_good_is_asked_anew_and_can_be_had_as_failed(tmp_path: Path) -> None:
    answers, recordings = tmp_path / "answers.jsonl", replayed(tmp_path / "recordings")

    def unreadable(body: dict[str, Any]) -> Answer:
        second = "[s2t1]" in body["messages"][1]["content"]
        return completion("{}", prompt_tokens=5000) if second else answered(body)

    def imported(reply: Callable[[dict[str, Any]], Answer]) -> list[str]:
        answers.write_text("".join(output(exported(tmp_path / "recordings"), reply)), "utf-8")
        return names(run("requests", "import", answers, MINUTES, *recordings).stderr)

    rounds = [imported(unreadable) for _ in range(4)]
    assert rounds == [["s1 (again)", "s2 (again)"], ["s2 (again)"], ["s2", "overview"], ["s2"]]
    made = run("digest", MINUTES, "--engine", "replay", *recordings)
    assert (made.returncode, "section s2" in made.stderr) == (3, True), made.stderr
    assert imported(answered) == ["s2 (again)"]


def test_an_answer_in_the_shape_of_vllm_is_taken_in_beside_a_file_of_errors(tmp_path: Path) -> None:
    first, second = (json.loads(line) for line in output(exported(tmp_path)))
    bare = first | {"response": first["response"]["body"]}
    failed = second | {"response": {"status_code": 500, "body": json.loads(error(500, "oops").body)}}
    for name, line in (("out.jsonl", bare), ("errors.jsonl", failed)):
        (tmp_path / name).write_text(json.dumps(line), "utf-8")
    both = (tmp_path / "errors.jsonl", tmp_path / "out.jsonl")
    outcome = run("requests", "import", *both, MINUTES, *replayed(tmp_path))
    assert "1 answer taken in" in outcome.stderr
    assert "errors.jsonl: s1: HTTP 500: oops" in outcome.stderr


def test_help_imports_nothing_heavy() -> None:
    """In a process of its own, as other tests have imported everything."""
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from minutes_llm.cli import minutes_llm as command\n"
        "for words in (['requests', 'export'], ['requests', 'fetch'], ['recordings', 'prune']):\n"
        "    assert CliRunner().invoke(command, [*words, '--help']).exit_code == 0, words\n"
        "print(sorted({'openai', 'tiktoken', 'jsonschema', 'minutes_llm.api'} & set(sys.modules)))\n"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert outcome.stdout == "[]\n", outcome.stderr


def test_bad_input_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    requests, empty, image = tmp_path / "requests.jsonl", tmp_path / "folder", tmp_path / "image.jsonl"
    requests.write_text("".join(exported(tmp_path / "recordings")), "utf-8")
    empty.mkdir()
    image.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xd8")
    here = replayed(tmp_path / "recordings")
    into = ("requests", "import")
    fails(run("requests", "export", MINUTES, "--recordings", empty), 2, "--model")
    fails(run("requests", "export", tmp_path / "none.txt", MINUTES, *here), 2, "none.txt")
    fails(run("requests", "export", "", *here), 2, "a folder")
    fails(run("requests", "export", MINUTES, "-o", MINUTES / "x.jsonl", *here), 2, "x.jsonl")
    fails(run("requests", "export", MINUTES, "--prompts-folder", MINUTES, *here), 2, "minutes.txt")
    fails(run(*into, requests, MINUTES, *here), 2, "requests, not answers")
    fails(run(*into, MINUTES, *here), 2, "no answers")
    fails(run(*into, requests, *here), 2, "no minutes")
    fails(run(*into, tmp_path / "none.jsonl", MINUTES, *here), 2, "none.jsonl")
    fails(run(*into, image, MINUTES, *here), 2, "image.jsonl", "UTF-8")
    assert not (tmp_path / "recordings").exists()


# --- a person with a chat window --------------------------------------------------------------------------------


def test_a_person_pastes_prompts_and_answers_and_half_an_answer_can_be_pasted_again(tmp_path: Path) -> None:
    folder = tmp_path / "to paste"
    outcome = run("requests", "export", MINUTES, "--prompts-folder", folder, *replayed(tmp_path / "recordings"))
    assert outcome.returncode == 4
    prompts = [Path(line) for line in outcome.stdout.splitlines()]
    assert sorted(prompts) == sorted(folder.iterdir())
    assert "伏見委員" in prompts[0].read_text("utf-8")

    def paste(*texts: str) -> str:
        for prompt, text in zip(prompts, texts, strict=True):
            prompt.with_name(prompt.name.replace(".prompt.md", ".answer.txt")).write_text(text, "utf-8")
        imported = run("requests", "import", folder, MINUTES, *replayed(tmp_path / "recordings"))
        assert imported.returncode == 4
        return imported.stderr

    given = json.dumps(answer(), ensure_ascii=False)
    said = paste(given, given[: len(given) // 2])
    torn = prompts[1].name.replace(".prompt.md", ".answer.txt")
    assert f"{folder}: {torn}: the answer is torn" in said
    assert "1 answer taken in" in said
    assert "s2" in names(said)
    said = paste(given, f"```json\n{given}\n```")
    assert "1 answer taken in" in said
    assert not {"s1", "s2"} & set(names(said))


# --- the Batch API ----------------------------------------------------------------------------------------------


class Service:
    """The part of the Batch API that is used: answers what was uploaded once it is `done`."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.done = False
        self.ending = "completed"
        self.batches = 0

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/v1/files":
            self.lines = [line for line in asked.raw.decode().splitlines() if line.startswith('{"custom_id"')]
            return values({"id": "file_in", "object": "file"})
        if asked.path.endswith("/content"):
            return Answer("".join(output(self.lines)).encode())
        self.batches += asked.path == "/v1/batches"
        return values(
            {
                "id": f"batch_{self.batches}",
                "object": "batch",
                "status": self.ending if self.done else "in_progress",
                "input_file_id": "file_in",
                "output_file_id": "file_out" if self.done and self.ending == "completed" else None,
                "error_file_id": None,
                "request_counts": {"total": len(self.lines), "completed": 0, "failed": 0},
                "errors": {"data": [{"message": "no such model", "line": 2}]} if self.ending == "failed" else None,
            }
        )


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    """Return a file of exported requests."""
    requests = tmp_path / "requests.jsonl"
    run("requests", "export", MINUTES, "-o", requests, *replayed(tmp_path / "recordings"))
    return requests


def test_a_batch_is_submitted_once_watched_and_fetched(serve: Any, submitted: Path) -> None:
    service = Service()
    there = ("--base-url", serve(service).url, "--api-key", "sk-secret")
    outcome = run("requests", "submit", submitted, *there)
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout == f"{submitted}: batch_1 in_progress, 0 of 2 answered, 0 failed\n"
    assert "sk-secret" not in submitted.with_suffix(".batch.json").read_text("utf-8")
    assert "batch_1" in run("requests", "submit", submitted, *there).stderr
    assert service.batches == 1

    assert run("requests", "status", submitted, *there).returncode == 4
    waiting = run("requests", "fetch", submitted, *there)
    assert (waiting.returncode, submitted.with_suffix(".answers.jsonl").exists()) == (4, False)
    service.done = True
    assert run("requests", "status", submitted, *there).returncode == 0
    fetched = run("requests", "fetch", submitted, *there)
    answers = submitted.with_suffix(".answers.jsonl")
    assert fetched.returncode == 0, fetched.stderr
    assert fetched.stdout.splitlines()[1] == str(answers)
    imported = run("requests", "import", answers, MINUTES, *replayed(submitted.parent / "recordings"))
    assert "2 answers taken in" in imported.stderr
    fails(run("requests", "fetch", submitted, *there), 2, "nothing of it is under way")


def test_the_answers_of_a_further_round_are_added_to_those_before(serve: Any, submitted: Path) -> None:
    service = Service()
    service.done = True
    there = ("--base-url", serve(service).url)
    answers = submitted.with_suffix(".answers.jsonl")
    for rounds in (1, 2):
        run("requests", "submit", submitted, *there)
        assert run("requests", "fetch", submitted, *there).returncode == 0
        run("requests", "import", answers, MINUTES, *replayed(submitted.parent / "recordings"))
        run("requests", "export", MINUTES, "-o", submitted, *replayed(submitted.parent / "recordings"))
        assert service.batches == rounds
    ids = [json.loads(line)["custom_id"] for line in answers.read_text("utf-8").splitlines()]
    assert len(ids) == len(set(ids)) == 4


def test_requests_exported_anew_do_not_hide_a_batch_that_is_under_way(serve: Any, submitted: Path) -> None:
    there = ("--base-url", serve(Service()).url)
    run("requests", "submit", submitted, *there)
    submitted.write_text(submitted.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    fails(run("requests", "submit", submitted, *there), 2, "batch_1", "fetch")


def test_a_batch_that_ends_without_an_answer_can_be_submitted_again(serve: Any, submitted: Path) -> None:
    service = Service()
    there = ("--base-url", serve(service).url)
    run("requests", "submit", submitted, *there)
    service.done, service.ending = True, "failed"
    outcome = run("requests", "fetch", submitted, *there)
    assert outcome.returncode == 3
    why, summary = outcome.stderr.splitlines()
    assert why == f"minutes-llm: {submitted}: line 2: no such model"
    assert "ended as failed without an answer" in summary
    run("requests", "submit", submitted, *there)
    assert service.batches == 2


def test_what_cannot_be_submitted_is_one_clear_line(serve: Any, submitted: Path, tmp_path: Path) -> None:
    service = Service()
    there = ("--base-url", serve(service).url)
    fails(run("requests", "submit", MINUTES, *there), 2, "no requests")
    fails(run("requests", "submit", tmp_path / "none.jsonl", *there), 2, "none.jsonl")
    fails(run("requests", "submit", submitted), 3, "OPENAI_API_KEY")
    fails(run("requests", "status", submitted, *there), 2, "submit")
    fails(run("requests", "submit", submitted, "--base-url", serve([error(401, "bad key")]).url), 3, "bad key")
    submitted.with_suffix(".batch.json").write_text("[]", "utf-8")
    fails(run("requests", "fetch", submitted, *there), 2, "requests.batch.json")
    assert service.batches == 0
