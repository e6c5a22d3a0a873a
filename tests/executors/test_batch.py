"""Requests go out as files and their answers come back, in whatever shape and order."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from minutes_llm.errors import AccessRefused, EndpointDown
from minutes_llm.executors.batch import (
    BatchService,
    export_lines,
    import_answers,
    import_texts,
    in_files,
    write_prompts,
)
from minutes_llm.executors.endpoint import find_access
from minutes_llm.executors.wire import Manners
from minutes_llm.recordings import Recordings
from minutes_llm.work import Awaited, Message, Reply, Request, Work, ahead, ask, disown, run, together
from scripted_server import Answer, Asked, completion, error, values

SCHEMA = {"type": "object", "properties": {"summary": {"type": "string"}}, "required": ["summary"]}


def request(label: str, text: str = "") -> Request:
    return Request(label, (Message("user", f"{label}を要約する。{text}"),), "section", SCHEMA)


SECTIONS = [request(f"s{number}") for number in range(1, 4)]


def section(label: str) -> Work[str]:
    """A story that tells a fault back once."""
    reply = yield from ask(request(label))
    if "誤" in reply.text:
        reply = yield from ask(request(label, f"\n訂正: {reply.text}"))
    return reply.text


def document() -> Work[str]:
    texts = yield from together(section(f"s{number}") for number in range(1, 4))
    overview = yield from ask(request("overview", "".join(texts)))
    return "／".join([*texts, overview.text])


@pytest.fixture
def recordings(tmp_path: Path) -> Recordings:
    return Recordings(tmp_path / "recordings")


def exported(requests: Any, recordings: Recordings) -> list[dict[str, Any]]:
    return [json.loads(line) for line in export_lines(requests, recordings, "m")]


def body_of(answer: Answer) -> Any:
    return json.loads(answer.body)


def as_openai(name: str, answer: Answer) -> str:
    response = {"status_code": answer.status, "request_id": "r", "body": body_of(answer)}
    return json.dumps({"id": "b", "custom_id": name, "response": response, "error": None})


def as_bare_vllm(name: str, answer: Answer) -> str:
    return json.dumps({"id": "vllm-1", "custom_id": name, "response": body_of(answer), "error": None})


def test_a_line_is_a_request_of_the_batch_api(recordings: Recordings) -> None:
    lines = exported([*SECTIONS, SECTIONS[0]], recordings)
    assert len(lines) == 3
    assert {line["method"] for line in lines} == {"POST"}
    assert {line["url"] for line in lines} == {"/v1/chat/completions"}
    assert [line["body"]["messages"][0]["content"] for line in lines] == [
        section.messages[0].content for section in SECTIONS
    ]
    assert all(0 < len(line["custom_id"]) <= 64 for line in lines)


def test_ids_are_the_same_each_time_and_differ_by_what_is_sent(recordings: Recordings, tmp_path: Path) -> None:
    ids = [line["custom_id"] for line in exported(SECTIONS, recordings)]
    assert ids == [line["custom_id"] for line in exported(SECTIONS, Recordings(tmp_path / "elsewhere"))]
    assert len(set(ids)) == 3


def test_options_are_sent_and_a_server_without_schemas_is_told_in_the_prompt(tmp_path: Path) -> None:
    hot = Recordings(tmp_path, {"temperature": 1.0, "max_tokens": 900})
    (line,) = export_lines(SECTIONS[:1], hot, "m", Manners("text", "max_completion_tokens"))
    body = json.loads(line)["body"]
    assert (body["temperature"], body["max_completion_tokens"]) == (1.0, 900)
    assert "JSON Schema" in body["messages"][0]["content"]
    assert "response_format" not in body


def test_files_keep_within_the_bounds_of_the_service(recordings: Recordings) -> None:
    lines = list(export_lines(SECTIONS, recordings, "m"))
    assert list(in_files(lines)) == ["".join(lines)]
    assert list(in_files(lines, most_lines=2)) == ["".join(lines[:2]), lines[2]]
    two = len((lines[0] + lines[1]).encode())
    assert list(in_files(lines, most_bytes=two)) == ["".join(lines[:2]), lines[2]]
    assert list(in_files([])) == []


@pytest.mark.parametrize("shape", [as_openai, as_bare_vllm])
def test_answers_come_back_in_either_shape_and_any_order(shape: Any, recordings: Recordings) -> None:
    names = [line["custom_id"] for line in exported(SECTIONS, recordings)]
    lines = [shape(name, completion(f"第{n}節")) for n, name in enumerate(names)]
    taken = import_answers(reversed(lines), SECTIONS, recordings, "m")
    assert (taken.kept, taken.faults, taken.strangers) == (3, (), 0)
    replies = [recordings.find(section, "m") for section in SECTIONS]
    assert [reply and reply.text for reply in replies] == ["第0節", "第1節", "第2節"]


def failed_line(name: str) -> str:
    failure = {"code": "batch_expired", "message": "This request could not be executed in time."}
    return json.dumps({"id": "b", "custom_id": name, "response": None, "error": failure})


FAULTS = {
    "an expired one": (failed_line, "could not be executed in time"),
    "a server's error": (lambda name: as_openai(name, error(500, "oops")), "HTTP 500: oops"),
    "a bad request": (lambda name: as_openai(name, error(400, "no such parameter")), "no such parameter"),
    "a refusal": (lambda name: as_openai(name, completion(None, refusal="I will not.")), "I will not."),
    "a filter": (lambda name: as_openai(name, completion(None, "content_filter")), "content_filter"),
    "no choices": (lambda name: as_openai(name, values({"choices": []})), "without choices"),
    "no JSON": (lambda name: '{"custom_id": "' + name, "line 1 is no answer"),
    "another JSON": (lambda name: "[]", "line 1 is no answer"),
    "a strange response": (lambda name: json.dumps({"custom_id": name, "response": 7}), ""),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_is_no_answer_is_told_and_still_waits(fault: str, recordings: Recordings) -> None:
    make, told = FAULTS[fault]
    (name,) = [line["custom_id"] for line in exported(SECTIONS[:1], recordings)]
    taken = import_answers([make(name), "\n"], SECTIONS, recordings, "m")
    assert taken.kept == 0
    assert len(taken.faults) == 1
    assert told in taken.faults[0]
    assert recordings.find(SECTIONS[0], "m") is None


def test_a_cut_answer_is_kept_as_cut_so_that_the_story_splits(recordings: Recordings) -> None:
    (name,) = [line["custom_id"] for line in exported(SECTIONS[:1], recordings)]
    import_answers([as_openai(name, completion("半分", "length"))], SECTIONS, recordings, "m")
    reply = recordings.find(SECTIONS[0], "m")
    assert reply is not None
    assert reply.finish == "length"


def test_an_answer_to_another_question_is_a_stranger(recordings: Recordings) -> None:
    taken = import_answers([as_openai("unknown", completion("x"))], SECTIONS, recordings, "m")
    assert (taken.kept, taken.strangers) == (0, 1)


def test_a_run_goes_on_round_by_round_until_nothing_is_missing(recordings: Recordings) -> None:
    """Each round asks only what is missing; the result is that of a run over the network."""

    def text(content: str) -> str:
        return "誤り" if content == "s2を要約する。" else f"<{content}>"

    rounds: list[list[str]] = []
    for _ in range(9):
        reached = ahead(document(), lambda request: recordings.find(request, "m"))
        if not isinstance(reached, Awaited):
            break
        rounds.append([request.label for request in reached.requests])
        lines = exported(reached.requests, recordings)
        answers = [
            as_openai(line["custom_id"], completion(text(line["body"]["messages"][0]["content"]))) for line in lines
        ]
        import_answers(answers, reached.requests, recordings, "m")
    assert rounds == [["s1", "s2", "s3"], ["s2"], ["overview"]]

    assert reached == run(document(), lambda request: Reply(text(request.messages[0].content)))


def test_what_a_story_disowns_is_waited_for_again_where_it_is_to_be_asked_anew() -> None:
    def failing() -> Work[str]:
        for text in ("", "again"):
            yield from ask(request("s1", text))
        yield from disown(request("s1", text) for text in ("", "again"))
        return "failed"

    def both() -> Work[tuple[str, ...]]:
        return (yield from together([section("s2"), failing()]))

    first, other = request("s1"), request("s2")
    assert ahead(both(), lambda asked: Reply("了承")) == ("了承", "failed")
    assert ahead(both(), lambda asked: Reply("了承"), anew=True) == Awaited((first,))
    assert ahead(both(), lambda asked: None if asked == other else Reply(""), anew=True) == Awaited((first, other))


def test_a_person_pastes_prompts_and_brings_answers_back(recordings: Recordings, tmp_path: Path) -> None:
    folder = tmp_path / "prompts"
    odd = request("s1 2/3 (again)")
    prompts = write_prompts([*SECTIONS, odd], recordings, "m", folder)
    assert [path.name.split("-")[0] for path in prompts] == ["s1", "s2", "s3", "s1"]
    pasted = prompts[0].read_text("utf-8")
    assert pasted.startswith("s1を要約する。")
    assert '"required":["summary"]' in pasted
    for path, answer in zip(prompts, ['\ufeff{"summary": ""}\n', "  \n", None, '{"summary": "了承"}'], strict=True):
        if answer is not None:
            path.with_name(path.name.replace(".prompt.md", ".answer.txt")).write_text(answer, "utf-8")
    taken = import_texts(folder, [*SECTIONS, odd], recordings, "m")
    assert (taken.kept, taken.faults) == (2, ())
    replies = [recordings.find(each, "m") for each in (*SECTIONS, odd)]
    assert [reply and reply.text for reply in replies] == ['{"summary": ""}', None, None, '{"summary": "了承"}']


def test_a_pasted_answer_that_is_of_no_use_is_named_by_its_file_and_what_was_kept_before_stays(
    recordings: Recordings, tmp_path: Path
) -> None:
    prompts = write_prompts(SECTIONS, recordings, "m", tmp_path)
    answers = [path.with_name(path.name.replace(".prompt.md", ".answer.txt")) for path in prompts]
    before = Reply('{"summary": "前の答え"}')
    recordings.keep(SECTIONS[0], "m", before)
    answers[0].write_text('{"summary": "途中で', "utf-8")
    answers[1].write_bytes("了承".encode("cp932"))
    answers[2].mkdir()
    taken = import_texts(tmp_path, SECTIONS, recordings, "m")
    assert taken.kept == 0
    assert [fault.partition(":")[0] for fault in taken.faults] == [path.name for path in answers]
    assert ["torn" in taken.faults[0], "UTF-8" in taken.faults[1], "cannot be read" in taken.faults[2]] == [True] * 3
    assert [recordings.find(each, "m") for each in SECTIONS] == [before, None, None]


def test_a_pasted_answer_is_known_by_the_id_at_the_end_of_its_name(recordings: Recordings, tmp_path: Path) -> None:
    (prompt,) = write_prompts(SECTIONS[:1], recordings, "m", tmp_path)
    renamed = f"first {prompt.name.replace('.prompt.md', '.answer.txt')}"
    prompt.with_name(renamed).write_text('{"summary": "了承"}', "utf-8")
    assert import_texts(tmp_path, SECTIONS, recordings, "m").kept == 1


# --- the Batch API ----------------------------------------------------------------------------------------------


def batch_api(asked: Asked) -> Answer:
    """The part of the service that is used, with one batch that is done."""
    batch = {
        "id": "batch_1",
        "object": "batch",
        "status": "completed",
        "input_file_id": "file_in",
        "output_file_id": "file_out",
        "error_file_id": "file_errors",
        "request_counts": {"total": 3, "completed": 2, "failed": 1},
    }
    known = {
        "/v1/files": values({"id": "file_in", "object": "file"}),
        "/v1/batches": values(batch | {"status": "validating"}),
        "/v1/batches/batch_1": values(batch),
        "/v1/files/file_out/content": Answer("答え\u2028一\r\n答え\x85二\n".encode()),
        "/v1/files/file_errors/content": Answer("誤り\n".encode()),
    }
    return known.get(asked.path, error(404, "no such batch"))


def test_a_batch_is_submitted_watched_and_fetched(serve: Any) -> None:
    server = serve(batch_api)
    service = BatchService(find_access(server.url, "sk-given", {}))
    submitted = service.submit('{"custom_id": "予算"}\n')
    assert '{"custom_id": "予算"}\n'.encode() in server.asked[0].raw
    assert server.asked[1].body == {
        "input_file_id": "file_in",
        "endpoint": "/v1/chat/completions",
        "completion_window": "24h",
    }
    assert (submitted.status, submitted.ended) == ("validating", False)
    status = service.status(submitted.id)
    assert (status.ended, status.total, status.completed, status.failed) == (True, 3, 2, 1)
    assert list(service.fetch(submitted.id)) == ["答え\u2028一", "答え\x85二", "誤り"]
    assert {asked.headers["authorization"] for asked in server.asked} == {"Bearer sk-given"}


def test_the_services_refusals_are_one_line(serve: Any) -> None:
    with pytest.raises(AccessRefused, match="no such batch"):
        BatchService(find_access(serve(batch_api).url, None, {})).status("another")
    with pytest.raises(EndpointDown, match="HTTP 500: oops"):
        BatchService(find_access(serve([error(500, "oops")]).url, None, {})).status("batch_1")
    with pytest.raises(EndpointDown, match="cannot reach"):
        BatchService(find_access("http://127.0.0.1:9/v1", None, {})).status("batch_1")


def test_why_a_service_did_not_take_a_file_is_told(serve: Any) -> None:
    why = [
        {"code": "duplicate_custom_id", "message": "The id is not unique.", "line": 7, "param": None},
        {"code": "token_limit_exceeded", "message": None},
    ]
    batch = {"id": "b", "object": "batch", "status": "failed", "errors": {"object": "list", "data": why}}
    status = BatchService(find_access(serve([values(batch)]).url, None, {})).status("b")
    assert (status.ended, status.total) == (True, 0)
    assert status.errors == ("line 7: The id is not unique.", "token_limit_exceeded")


NO_BATCH_API = {
    "a web page": Answer(b"<html><title>Welcome</title></html>", headers={"content-type": "text/html"}),
    "a torn one": Answer(b'{"id": ', headers={"content-type": "application/json"}),
    "other values": values({"welcome": "here"}),
    "a list": values(["file_in"]),
}


@pytest.mark.parametrize("answer", NO_BATCH_API.values(), ids=NO_BATCH_API)
def test_whatever_is_no_batch_api_is_told_in_one_line(answer: Answer, serve: Any) -> None:
    service = BatchService(find_access(serve([answer]).url, None, {}))
    for call in (lambda: service.submit("{}\n"), lambda: service.status("b"), lambda: list(service.fetch("b"))):
        with pytest.raises(EndpointDown, match=r"^http://127\.0\.0\.1:\d+/v1: .* no Batch API .* base URL right\?$"):
            call()
