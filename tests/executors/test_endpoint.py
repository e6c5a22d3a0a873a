"""Any OpenAI-compatible server is asked in a way it understands, and no key goes where it was not given for."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from typing import Any

import pytest

from minutes_llm.errors import AccessRefused, InputError
from minutes_llm.executors.endpoint import NO_KEY, Endpoint, find_access
from minutes_llm.work import Message, Request, ask, run_many
from scripted_server import Answer, Asked, completion, error

SCHEMA = {"type": "object", "properties": {"summary": {"type": "string"}}, "required": ["summary"]}
GOOD = completion('{"summary": "了承された。"}')


def request(label: str = "s1", max_tokens: int | None = None) -> Request:
    return Request(label, (Message("user", f"{label}を要約する。"),), "section", SCHEMA, max_tokens=max_tokens)


def knows(*forms: str, status: int = 400) -> Any:
    """A server that refuses every other form by name."""

    def answer(asked: Asked) -> Answer:
        return GOOD if asked.form in forms else error(status, f"response_format type {asked.form} is not supported")

    return answer


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize("form", ["json_schema with schema", "json_object with schema", "json_object", "text"])
def test_the_form_a_server_understands_is_found_once_and_remembered(form: str, status: int, serve: Any) -> None:
    form = form.replace("json_schema with schema", "json_schema")
    server = serve(knows(form, status=status))
    for label in ("s1", "s2"):
        assert Endpoint("m", server.url)(request(label)).finish == "stop"
    forms = [asked.form for asked in server.asked]
    assert forms[-2:] == [form, form]
    assert len(forms) == len(set(forms)) + 1


def test_a_server_that_understands_no_form_at_all_is_a_failure(serve: Any) -> None:
    reply = Endpoint("m", serve(knows()).url)(request())
    assert reply.finish == "failed"
    assert "not supported" in reply.detail


def test_a_server_that_ignores_the_schema_is_told_it_in_the_prompt(serve: Any) -> None:
    """`json_schema` is accepted and nothing comes of it: only the prompt can say what is wanted."""

    def ignorant(asked: Asked) -> Answer:
        return GOOD if '"required":["summary"]' in asked.prompt else completion("会議では予算が了承されました。")

    server = serve(ignorant)
    asking = Endpoint("m", server.url)
    assert asking(request("s1")).text == '{"summary": "了承された。"}'
    assert asking(request("s2")).text == '{"summary": "了承された。"}'
    assert [asked.form for asked in server.asked] == ["json_schema"] + ["json_object with schema"] * 2


def test_one_odd_answer_does_not_undo_what_has_been_found_out(serve: Any) -> None:
    server = serve([GOOD, completion("もう答えられません。"), GOOD])
    asking = Endpoint("m", server.url)
    texts = [asking(request(label)).text for label in ("s1", "s2", "s3")]
    assert texts[1] == "もう答えられません。"
    assert {asked.form for asked in server.asked} == {"json_schema"}


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_the_servers_name_for_the_cap_is_found_out(name: str, serve: Any) -> None:
    def particular(asked: Asked) -> Answer:
        other = ({"max_tokens", "max_completion_tokens"} & asked.body.keys()) - {name}
        return error(400, f"Unsupported parameter: {other}; use {name} instead") if other else GOOD

    server = serve(particular)
    asking = Endpoint("m", server.url)
    assert [asking(request(label, max_tokens=100)).finish for label in ("s1", "s2")] == ["stop", "stop"]
    assert server.asked[-1].body[name] == 100
    assert len(server.asked) == 2 + (name != "max_tokens")


def test_a_server_that_refuses_the_cap_under_either_name_is_a_failure(serve: Any) -> None:
    server = serve([error(400, "max_tokens and max_completion_tokens are not supported")])
    assert Endpoint("m", server.url)(request(max_tokens=100)).finish == "failed"
    assert len(server.asked) == 2


def test_nothing_is_sent_that_was_not_asked_for(serve: Any) -> None:
    server = serve([GOOD])
    Endpoint("m", server.url)(request())
    assert server.asked[0].body.keys() == {"model", "messages", "response_format"}
    Endpoint("m", server.url, temperature=0.2, max_tokens=500)(request())
    assert (server.asked[1].body["temperature"], server.asked[1].body["max_tokens"]) == (0.2, 500)


def test_a_run_that_is_being_stopped_makes_no_further_call(serve: Any) -> None:
    """One story is left while the other's first form is being refused: the next form is not tried any more."""

    def answer(asked: Asked) -> Answer:
        refusal = error(400, "response_format is not supported")
        return GOOD if "quick" in asked.prompt else replace(refusal, delay=0.3)

    server = serve(answer)
    results = run_many([ask(request("quick")), ask(request("slow"))], Endpoint("m", server.url), 2)
    next(results)
    while len(server.asked) < 2:
        time.sleep(0.01)
    results.close()
    assert len(server.asked) == 2


# --- keys -------------------------------------------------------------------------------------------------------

OPENAI = "https://api.openai.com/v1"
OTHER = "https://llm.example.org/v1"
LOCAL = "http://localhost:8080/v1"
KEY = {"OPENAI_API_KEY": "sk-env"}

# base URL given, key given, environment → URL asked, key sent
ACCESS = [
    (None, None, KEY, OPENAI, "sk-env"),
    (OPENAI, None, KEY, OPENAI, "sk-env"),
    (OPENAI + "/", None, KEY, OPENAI, "sk-env"),
    (None, "sk-given", KEY, OPENAI, "sk-given"),
    (None, None, KEY | {"OPENAI_BASE_URL": OTHER}, OTHER, "sk-env"),
    (OTHER, None, KEY | {"OPENAI_BASE_URL": OTHER}, OTHER, "sk-env"),
    (OTHER, "sk-given", KEY, OTHER, "sk-given"),
    (OTHER, None, KEY, OTHER, NO_KEY),
    (LOCAL, None, KEY, LOCAL, NO_KEY),
    (LOCAL, None, {}, LOCAL, NO_KEY),
    (LOCAL, None, KEY | {"OPENAI_BASE_URL": OTHER}, LOCAL, NO_KEY),
    ("http://api.openai.com/v1", None, KEY, "http://api.openai.com/v1", NO_KEY),
    ("https://api.openai.com.example.org/v1", None, KEY, "https://api.openai.com.example.org/v1", NO_KEY),
    ("https://api.openai.com@example.org/v1", None, KEY, "https://api.openai.com@example.org/v1", NO_KEY),
]


@pytest.mark.parametrize(("base_url", "api_key", "environ", "asked", "sent"), ACCESS)
def test_a_key_goes_only_where_it_was_given_for(
    base_url: str | None, api_key: str | None, environ: dict[str, str], asked: str, sent: str
) -> None:
    where = find_access(base_url, api_key, environ)
    assert (where.base_url, where.api_key) == (asked, sent)


@pytest.mark.parametrize("environ", [{}, {"OPENAI_BASE_URL": OTHER, "OPENAI_API_KEY": "sk-of-the-other"}])
def test_openai_without_a_key_of_its_own_says_what_to_set(environ: dict[str, str]) -> None:
    with pytest.raises(AccessRefused, match="OPENAI_API_KEY"):
        find_access(OPENAI, None, environ)


@pytest.mark.parametrize("base_url", ["localhost:8080", "ftp://host/v1", "http://", "v1"])
def test_what_is_no_base_url_is_one_line(base_url: str) -> None:
    with pytest.raises(InputError, match="should look like http"):
        find_access(base_url, None, KEY)


def test_another_server_sees_nothing_of_openais_environment(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    environ = {
        "OPENAI_API_KEY": "sk-env",
        "OPENAI_ORG_ID": "org-env",
        "OPENAI_PROJECT_ID": "proj-env",
        "OPENAI_ADMIN_KEY": "admin-env",
        "OPENAI_CUSTOM_HEADERS": "Authorization: Bearer custom-env",
    }
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    server = serve([GOOD])
    Endpoint("m", server.url)(request())
    assert server.asked[0].headers["authorization"] == f"Bearer {NO_KEY}"
    assert [value for value in server.asked[0].headers.values() if "env" in value] == []


def test_a_key_that_was_withheld_is_said_where_access_is_refused(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-env")
    with pytest.raises(AccessRefused, match="OPENAI_API_KEY is for api.openai.com and was not sent"):
        Endpoint("m", serve([error(401, "who are you?")]).url)(request())


def test_a_proxy_is_not_asked_for_what_is_on_this_machine(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert Endpoint("m", serve([GOOD]).url)(request()).finish == "stop"


def test_the_sdk_is_imported_only_when_something_is_asked() -> None:
    code = "import sys, minutes_llm.executors.endpoint as e; e.Endpoint('m', 'http://localhost/v1')"
    heavy = ["openai", "httpx2", "pydantic"]
    result = subprocess.run(
        [sys.executable, "-c", f"{code}; print([name for name in {heavy} if name in sys.modules])"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout == "[]\n"
