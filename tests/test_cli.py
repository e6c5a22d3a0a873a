"""The command as a user runs it: in a process of its own, with files, pipes and exit codes."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minutes_llm.cli.progress import Progress
from minutes_llm.work import Event

FIXTURES = Path(__file__).parents[1] / "fixtures"
MINUTES = FIXTURES / "regional-data" / "minutes.txt"


def run(*arguments: str | Path, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run minutes-llm in a clean environment and return what it said."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "MINUTES_LLM_"))}
    return subprocess.run(
        [sys.executable, "-m", "minutes_llm", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=clean | {"PYTHONUTF8": "1"} | environment,
        timeout=120,
    )


def fails(outcome: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    """Assert that a command failed with a code and one clear line that has these words."""
    lines = outcome.stderr.strip().splitlines()
    assert outcome.returncode == code, outcome.stderr
    assert len(lines) == 1, outcome.stderr
    assert outcome.stdout == ""
    for word in words:
        assert word in lines[0]


def test_digest_by_rule_prints_markdown_and_says_that_no_model_made_it() -> None:
    outcome = run("digest", MINUTES, "--engine", "extractive")
    assert outcome.returncode == 0
    assert outcome.stdout.startswith("# 地域データ連携基盤分科会")
    assert "言語モデルは使っていない" in outcome.stdout


def test_auto_without_key_or_base_url_is_the_engine_by_rule_and_says_so_in_one_line() -> None:
    outcome = run("digest", MINUTES, "-q")
    assert outcome.stderr == ""
    outcome = run("digest", MINUTES)
    assert "OPENAI_API_KEY" in outcome.stderr.splitlines()[0]
    assert "言語モデルは使っていない" in outcome.stdout


def test_minutes_are_read_from_standard_input() -> None:
    text = MINUTES.read_text("utf-8")
    outcome = run("digest", "-", "--engine", "extractive", "-f", "json", stdin=text)
    assert json.loads(outcome.stdout)["coverage"]["turns"] == 34


def test_several_files_go_to_a_folder_one_digest_each(tmp_path: Path) -> None:
    other = tmp_path / "other.txt"
    other.write_text(MINUTES.read_text("utf-8"), "utf-8")
    outcome = run("digest", MINUTES, other, "--engine", "extractive", "-o", tmp_path / "out", "-f", "json")
    assert outcome.returncode == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["minutes.json", "other.json"]


def test_an_output_that_ends_in_a_slash_is_a_folder_for_one_file_too(tmp_path: Path) -> None:
    assert run("digest", MINUTES, "--engine", "extractive", "-o", f"{tmp_path}/new/digests/").returncode == 0
    assert [path.name for path in (tmp_path / "new" / "digests").iterdir()] == ["minutes.md"]
    (tmp_path / "file").touch()
    fails(run("digest", MINUTES, "--engine", "extractive", "-q", "-o", f"{tmp_path}/file/"), 2, "-o", "file/")


def test_two_inputs_of_one_name_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    twin = tmp_path / "minutes.txt"
    twin.write_text(MINUTES.read_text("utf-8"), "utf-8")
    fails(run("digest", MINUTES, twin, "--engine", "extractive", "-o", tmp_path / "out"), 2, "minutes.md")
    assert not (tmp_path / "out").exists()


def test_a_file_that_fails_does_not_keep_the_others_from_their_digests(tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("", "utf-8")
    outcome = run(
        "digest", empty, MINUTES, tmp_path / "none.txt", "--engine", "extractive", "-q", "-o", tmp_path / "out"
    )
    assert outcome.returncode == 2
    assert len(outcome.stderr.strip().splitlines()) == 2
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["minutes.md"]


def test_bad_input_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    binary = tmp_path / "x.bin"
    binary.write_bytes(bytes(range(256)) * 40)
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")
    shopping = tmp_path / "list.txt"
    shopping.write_text("牛乳\n卵\nパン\n", "utf-8")
    extractive = ("--engine", "extractive")
    fails(run("digest", tmp_path / "none.txt", *extractive), 2, "none.txt")
    fails(run("digest", empty, *extractive), 2, "empty.txt")
    fails(run("digest", binary, *extractive), 2, "x.bin")
    fails(run("digest", tmp_path, *extractive), 2, "folder")
    fails(run("digest", shopping, *extractive), 2, "no minutes in it", "--force")
    fails(run("render", shopping), 2, "list.txt")
    fails(run("digest", MINUTES, "--engine", "replay"), 2, "--recordings")
    fails(run("digest", MINUTES, "--engine", "replay", "--recordings", tmp_path), 2, "no recordings")
    assert run("digest", shopping, "--force", *extractive).returncode == 0
    unknown = run("digest", MINUTES, "--engine", "magic")
    assert unknown.returncode == 2
    assert "'magic' is not one of" in unknown.stderr


def test_a_broken_prompt_or_schema_is_one_clear_line_and_exit_2(tmp_path: Path) -> None:
    server = ("--engine", "openai", "--base-url", "http://127.0.0.1:9/v1", "--recordings", tmp_path / "rec")
    for name, content, word in (
        ("section.ja.md", "no role line", "role"),
        ("section.ja.md", "<!-- role: user -->\n$nobody", "$nobody"),
        ("section.ja.md", "<!-- role: user -->\n5$ each", "$$"),
        ("section.schema.json", "{", "not JSON"),
        ("section.schema.json", '{"type": "strange"}', "not a JSON Schema"),
    ):
        folder = tmp_path / "prompts"
        folder.mkdir(exist_ok=True)
        (folder / name).write_text(content, "utf-8")
        fails(run("digest", MINUTES, *server, "--prompts", folder, "-q"), 2, name, word)
        (folder / name).unlink()


def test_openai_without_a_key_is_exit_3_and_says_what_to_set() -> None:
    fails(run("digest", MINUTES, "--engine", "openai"), 3, "OPENAI_API_KEY")


def test_options_can_be_set_in_the_environment() -> None:
    outcome = run("digest", MINUTES, "-q", MINUTES_LLM_FORMAT="json", MINUTES_LLM_ENGINE="extractive")
    assert json.loads(outcome.stdout)["provenance"]["engine"] == "extractive"


def test_render_gives_a_digest_in_other_forms(tmp_path: Path) -> None:
    digest = tmp_path / "digest.json"
    run("digest", MINUTES, "--engine", "extractive", "-f", "json", "-o", digest)
    assert run("render", digest).stdout == run("digest", MINUTES, "--engine", "extractive").stdout
    assert run("render", digest, "-f", "json").stdout == digest.read_text("utf-8")
    brief = run("render", digest, "--detail", "brief").stdout
    full = run("render", digest, "--detail", "full").stdout
    assert len(brief) < len(run("render", digest).stdout) < len(full)


def test_check_of_an_untouched_digest_passes_and_of_an_altered_one_fails(tmp_path: Path) -> None:
    digest = tmp_path / "digest.json"
    run("digest", MINUTES, "--engine", "extractive", "-f", "json", "-o", digest)
    assert run("check", digest, "--source", MINUTES).returncode == 0
    digest.write_text(digest.read_text("utf-8").replace("30 万円", "30 億円"), "utf-8")
    outcome = run("check", digest, "--source", MINUTES)
    assert outcome.returncode == 1
    assert "30 億円" in outcome.stdout


def test_a_digest_of_another_document_is_refused_in_one_line(tmp_path: Path) -> None:
    digest = tmp_path / "digest.json"
    run("digest", MINUTES, "--engine", "extractive", "-f", "json", "-o", digest)
    fails(run("check", digest, "--source", FIXTURES / "city-assembly" / "minutes.txt"), 2, "another document")


def test_evaluate_scores_links_against_a_gold(tmp_path: Path) -> None:
    digest = tmp_path / "digest.json"
    run("digest", MINUTES, "--engine", "extractive", "-f", "json", "-o", digest)
    gold = MINUTES.with_name("gold.json")
    scores = json.loads(run("evaluate", digest, "--gold", gold, "-f", "json").stdout)
    assert scores["all"]["links"]["f1"] > 0.9
    fails(run("evaluate", digest, "--gold", digest), 2, "not a gold")


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys, minutes_llm\n"
        "from click.testing import CliRunner\n"
        "from minutes_llm.cli import minutes_llm as command\n"
        "for name in ('', 'digest', 'outline', 'render', 'check', 'evaluate'):\n"
        "    assert CliRunner().invoke(command, [*name.split(), '--help']).exit_code == 0, name\n"
        "print(sorted({'openai', 'tiktoken', 'jsonschema', 'jinja2', 'pypdfium2'} & set(sys.modules)))\n"
    )
    outcome = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert outcome.stdout == "[]\n", outcome.stderr


def test_what_there_is_one_of_is_counted_as_one(tmp_path: Path) -> None:
    one = tmp_path / "one.txt"
    one.write_text("第１回 分科会 議事録\n\n（１）予算について\n\n○相良委員 予算はいくらか。\n", "utf-8")
    made = run("digest", one, "--engine", "extractive")
    assert f"{one}: 1 section, 1 turn, 1 question (1 unanswered)" in made.stderr
    assert re.search(r"\[1 turn, \d+ tokens, 1 request\]", run("outline", one).stdout)
    assert ": 1 request and an overview, " in run("digest", one, "--dry-run", "--base-url", "http://[::1]:9").stdout


def test_a_dry_run_goes_on_after_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.txt"
    outcome = run("digest", missing, MINUTES, "--dry-run", "--base-url", "http://[::1]:9")
    assert outcome.returncode == 2
    assert f"{missing}: no such file" in outcome.stderr
    assert f"{MINUTES}: 3 requests and an overview, about " in outcome.stdout


@pytest.mark.parametrize(("files", "named"), [((), "s1"), (("a.txt",), "s1"), (("a.txt", "b.txt"), "b.txt s1")])
def test_of_several_files_it_is_said_which_is_asked_about_again(
    files: tuple[str, ...], named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    progress = Progress(files=files)
    progress.live = True
    progress.on_event(Event("again", "s1", "HTTP 500", story=len(files[1:])))
    assert capsys.readouterr().err.endswith(f"; asking {named} again: HTTP 500")


@pytest.mark.parametrize("closed", ["head -c 2", "true"])
def test_a_reader_who_stops_reading_is_no_error(closed: str) -> None:
    command = f"'{sys.executable}' -m minutes_llm digest '{MINUTES}' --engine extractive -q | {closed}"
    outcome = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60)
    assert "Traceback" not in outcome.stderr
    assert "BrokenPipe" not in outcome.stderr
