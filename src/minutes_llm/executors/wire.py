"""A request stands as the body of a chat completion; a completion's body, or an error's, as what it means for us.

Pure: who sends the body, when, and how often, is the business of `endpoint` and `batch`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from minutes_llm.model.digest import Usage
from minutes_llm.patterns import late
from minutes_llm.work import Finish, Reply, Request

# How a server can be told what shape the answer has, from the one that binds a model most to the one that every
# server takes. OpenAI, vLLM, SGLang, Ollama and llama.cpp enforce `json_schema`; llama-cpp-python and some gateways
# enforce a schema inside `json_object`; others know `json_object` alone; a few know nothing. `json_object` is refused
# by OpenAI unless the prompt speaks of JSON, so from there on the schema stands in the prompt.
Form = Literal["json_schema", "json_object with schema", "json_object", "text"]
FORMS: tuple[Form, ...] = ("json_schema", "json_object with schema", "json_object", "text")

CapName = Literal["max_tokens", "max_completion_tokens"]


@dataclass(frozen=True, slots=True)
class Manners:
    """What a server has turned out to understand: how it takes a schema, and its name for the cap on an answer."""

    form: Form = "json_schema"
    cap: CapName = "max_tokens"

    @property
    def next_form(self) -> Form | None:
        """The form to try when this one is not understood, or None after the last."""
        rest = FORMS[FORMS.index(self.form) + 1 :]
        return rest[0] if rest else None


STRICT = Manners()
"""What OpenAI understands, and what is tried first."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no reply, by what can be done about it.

    `busy`: nobody should ask for a while (`wait` seconds, where the server said). `fault`: this call went wrong and
    may be made again. `down`: nobody listens there. `form`, `cap`: the server does not know a parameter. `access`:
    asking on is useless until the caller changes something.
    """

    kind: Literal["busy", "fault", "down", "form", "cap", "access"]
    detail: str
    wait: float | None = None


# --- what is sent -----------------------------------------------------------------------------------------------

# The keywords that strict structured output knows everywhere. Rules of length, pattern, format and number are left
# out: some servers refuse them, and they are checked here anyway.
SENT_KEYWORDS = frozenset({"type", "enum", "const", "description", "anyOf", "items", "properties", "$ref", "$defs"})


def strict_subset(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a schema in the subset that strict structured output takes.

    Only `SENT_KEYWORDS` are left; every property is required and no others are allowed. Whatever has all properties
    and fits the full schema fits this one.
    """
    subset = {name: _strict_value(name, value) for name, value in schema.items() if name in SENT_KEYWORDS}
    if "properties" in schema:
        subset["required"] = list(schema["properties"])
        subset["additionalProperties"] = False
    return subset


def _strict_value(keyword: str, value: Any) -> Any:
    """Return the value of a keyword with the schemas inside it, by name, in a list or bare, made strict."""
    if keyword in ("properties", "$defs"):
        return {name: strict_subset(schema) for name, schema in value.items()}
    if keyword == "anyOf":
        return [strict_subset(schema) for schema in value]
    return strict_subset(value) if keyword == "items" else value


def completion_body(
    request: Request, model: str, manners: Manners = STRICT, options: Mapping[str, Any] | None = None
) -> dict[str, Any]:
    """Return the body of a chat completion that asks a request in a form the server understands.

    `options` are sent along as they are, but `max_tokens` under the server's name for it and only where the request
    has no cap of its own. Nothing else is sent: what a server may not know it cannot refuse.
    """
    options = dict(options or {})
    cap = options.pop("max_tokens", None) if request.max_tokens is None else request.max_tokens
    options.pop("max_tokens", None)
    body: dict[str, Any] = {
        "model": model,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        **options,
    }
    if manners.form != "json_schema":
        body["messages"][-1]["content"] += schema_in_words(request.schema)
    if manners.form != "text":
        body["response_format"] = _response_format(request, manners.form)
    if cap is not None:
        body[manners.cap] = cap
    return body


def _response_format(request: Request, form: Form) -> dict[str, Any]:
    schema = strict_subset(request.schema)
    if form == "json_schema":
        return {"type": "json_schema", "json_schema": {"name": request.schema_name, "schema": schema, "strict": True}}
    return {"type": "json_object"} if form == "json_object" else {"type": "json_object", "schema": schema}


def schema_in_words(schema: Mapping[str, Any]) -> str:
    """Return what a prompt says of the shape of its answer where no parameter can say it."""
    text = json.dumps(schema, ensure_ascii=False, separators=(",", ":"))
    return f"\n\nAnswer with one JSON object that fits this JSON Schema, and with nothing else:\n{text}\n"


# --- what comes back --------------------------------------------------------------------------------------------

CUT = frozenset({"length", "max_tokens", "model_length", "max_output_tokens", "MAX_TOKENS"})
FILTERED = frozenset({"content_filter", "safety", "SAFETY", "RECITATION", "PROHIBITED_CONTENT"})

# A server that was sent N tokens and says it read fewer than this part of them has cut the prompt without a word.
# What was sent is estimated, up to a quarter too high, and another model's tokens may be a third fewer than those the
# estimate is made for: so the line is drawn below both.
READ_AT_LEAST = 0.5
WORTH_COMPARING = 200  # tokens; in a shorter prompt the chat template's share is too large


def read_completion(content: Any, request: Request, cap: int | None = None) -> Reply | Trouble:
    """Return the reply in a completion's body (JSON values), or why there is none. `cap` is the cap that was sent."""
    if not isinstance(content, Mapping):
        return Trouble("fault", f"not a completion: {_excerpt(content)}")
    choices = content.get("choices")
    if not isinstance(choices, list) or not choices or not isinstance(choices[0], Mapping):
        return _read_error_in_completion(content)
    usage = _usage(content)
    message = _mapping(choices[0].get("message"))
    text = _text(message.get("content"))
    refusal = message.get("refusal")
    ended = choices[0].get("finish_reason")
    finish, detail = _finish(ended, text, refusal, content, cap)
    if finish is None:
        return Trouble("fault", detail)
    cut = _silent_cut(usage.prompt_tokens, request.tokens) if finish == "stop" else ""
    return Reply(text or _text(refusal), "overflow" if cut else finish, cut or detail, usage)


def is_shaped(text: str, schema: Mapping[str, Any]) -> bool:
    """Say whether a text has a JSON object in it with all that the schema requires at its top level."""
    text = text.rpartition("</think>")[2]
    try:
        found = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except ValueError:
        return False
    return isinstance(found, dict) and set(schema.get("required", ())) <= found.keys()


def _finish(
    ended: Any, text: str, refusal: Any, content: Mapping[str, Any], cap: int | None
) -> tuple[Finish | None, str]:
    """Return how a completion ended, and the server's word on it; None where it did not really end."""
    details = _mapping(_mapping(content.get("usage")).get("completion_tokens_details"))
    thought = _count(details, "reasoning_tokens")
    written = _usage(content).completion_tokens
    if refusal:
        return "refusal", _excerpt(refusal)
    if ended in FILTERED:
        return "filter", f"finish_reason {ended}"
    if ended in CUT:
        return (
            "length",
            f"the answer was cut after {written} tokens" if text else "no answer within the cap on its tokens",
        )
    if not text and thought:
        return "length", f"{thought} tokens were spent on thinking and none on an answer"
    if ended == "error":
        return None, "the server broke the answer off"
    if not text:
        return None, "an empty answer"
    if cap is not None and written >= cap:
        return "length", f"the answer was cut after {written} tokens"
    return "stop", ""


def _silent_cut(read: int, sent: int) -> str:
    if sent < WORTH_COMPARING or not read or read >= READ_AT_LEAST * sent:
        return ""
    return f"the server read {read} tokens of about {sent}: it cut the prompt without saying so"


def _read_error_in_completion(content: Mapping[str, Any]) -> Reply | Trouble:
    error = content.get("error")
    if not error:
        return Trouble("fault", "a completion without choices")
    code = error.get("code") if isinstance(error, Mapping) else None
    return read_error(code if isinstance(code, int) and code >= 400 else 500, content)


# What an error's own words tell. Servers agree on few codes, so the words count, wherever in the body they stand;
# each pattern is quoted from the server it was seen at. Which wins is the order in `read_error`.
#   OpenAI     "code": "context_length_exceeded"; "This model's maximum context length is 8192 tokens. However, …"
#   llama.cpp  "type": "exceed_context_size_error"; "the request exceeds the available context size"
#   vLLM       "The decoder prompt (length 9000) is longer than the maximum model length of 8192"
#   Anthropic  "prompt is too long: 210000 tokens > 200000 maximum"
#   OpenAI 429 "Request too large for … on tokens per min (TPM): Limit 30000, Requested 40000": waiting is no use
OVERFLOW = late(
    r"context_length_exceeded|exceed_context_size|maximum context length|maximum model length|context (?:size|window)"
    r"|prompt is too long|input is too long|request too large|string_above_max_length"
)
FILTER = late(r"content_filter|content management policy|content_policy|moderation_blocked")
FORM = late(r"response_format|json_schema|json_object|structured output|guided|grammar|invalid schema")
CAP = late(r"max_tokens|max_completion_tokens")
MODEL = late(
    r"model_not_found|model [^ ]{1,100} (?:does not exist|not found)|unknown model|invalid model|no such model"
)
ACCESS = {
    401: "set OPENAI_API_KEY, or give the key with --api-key",
    402: "the account has no credit left",
    403: "this key may not use this model here",
    404: "check the model name, and that the base URL is right (most end in /v1)",
    405: "check that the base URL is right (most end in /v1)",
    410: "this model or address is no longer there",
}
QUOTA = late(r"insufficient_quota|billing_hard_limit|exceeded your current quota|insufficient credits")


def read_error(status: int, content: Any, wait: float | None = None) -> Reply | Trouble:
    """Return what an HTTP error means, from its status and its body (JSON values or text)."""
    words = (content if isinstance(content, str) else json.dumps(content, ensure_ascii=False))[:4000].lower()
    detail = f"HTTP {status}: {error_message(content)}"
    client_side = status in (400, 422)
    if status == 413 or ((client_side or status in (429, 500)) and OVERFLOW.search(words)):
        return Reply("", "overflow", detail, Usage(1))
    if (client_side or status == 403) and FILTER.search(words):
        return Reply("", "filter", detail, Usage(1))
    if status in ACCESS or QUOTA.search(words) or (client_side and MODEL.search(words)):
        return Trouble("access", f"{detail}; {ACCESS.get(status, 'check the model name and the account')}")
    if (client_side or status in (500, 501)) and FORM.search(words):
        return Trouble("form", detail)
    if client_side and CAP.search(words):
        return Trouble("cap", detail)
    if status in (429, 503, 529):
        return Trouble("busy", detail, wait)
    if status in (408, 409, 425) or status >= 500:
        return Trouble("fault", detail, wait)
    return Reply("", "failed", detail, Usage(1))


def error_message(content: Any) -> str:
    """Return an error's own message, in one line."""
    error = content.get("error", content) if isinstance(content, Mapping) else content
    if isinstance(error, Mapping):
        error = error.get("message") or error.get("detail") or error
    return _excerpt(error)


def _excerpt(content: Any, length: int = 200) -> str:
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    text = " ".join(text[: 10 * length].split())
    return text if len(text) <= length else text[: length - 1] + "…"


def _text(content: Any) -> str:
    """Return a message's text; some servers send it in parts."""
    if isinstance(content, list):
        return "".join(_text(_mapping(part).get("text")) for part in content)
    return content if isinstance(content, str) else ""


def _usage(content: Mapping[str, Any]) -> Usage:
    usage = _mapping(content.get("usage"))
    return Usage(1, _count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))


def _count(values: Mapping[str, Any], name: str) -> int:
    value = values.get(name)
    return value if isinstance(value, int) and value >= 0 else 0


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
