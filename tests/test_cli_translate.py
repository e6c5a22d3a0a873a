"""The command `translate` as a user runs it, answered from recordings; and every refusal one clear line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from building import Scripted
from minutes_llm.api import digest as make_digest
from minutes_llm.api import read, render, translate
from minutes_llm.cli.progress import Progress, report
from minutes_llm.engines import Engine, extractive
from minutes_llm.exchange.writing import digest_json, to_text
from minutes_llm.recordings import Recordings, recorded
from minutes_llm.translation.readings import Wishes
from minutes_llm.work import Reply
from test_cli import FIXTURES, MINUTES, fails, run
from translating import Translating, digest, script, translated


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a digest, its translation, and the recordings it was made from."""
    folder = tmp_path_factory.mktemp("translation")
    answer = recorded(Scripted(script()), Recordings(folder / "recordings"), "gpt-test")
    made = translate(digest(), Engine("openai", "gpt-test", answer))
    (folder / "digest.json").write_text(to_text(digest_json(digest())), "utf-8")
    (folder / "digest.en.json").write_text(render(made, "json"), "utf-8")
    (folder / "digest.en.md").write_text(render(made), "utf-8")
    return folder


def replayed(folder: Path, *arguments: str | Path) -> list[str | Path]:
    return [*arguments, "--engine", "replay", "--recordings", folder / "recordings"]


@pytest.mark.parametrize("form", ["json", "md"])
def test_a_translation_is_replayed_byte_for_byte(folder: Path, form: str) -> None:
    outcome = run(*replayed(folder, "translate", folder / "digest.json", "--to", "en", "-f", form))
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout == (folder / f"digest.en.{form}").read_text("utf-8")


def test_a_digest_by_rule_is_translated_by_a_model_when_there_is_one(tmp_path: Path) -> None:
    file = FIXTURES / "injection" / "minutes.txt"
    minutes = read(file)
    wishes = Wishes("en", source=minutes.source.text)
    answer = recorded(Translating({"people": [], "terms": []}, {}), Recordings(tmp_path / "recordings"), "gpt-test")
    made = translate(make_digest(minutes, extractive()), Engine("openai", "gpt-test", answer), wishes)
    options = ["--engine", "extractive", "--translate", "en", "-f", "json"]
    outcome = run("digest", file, *options, "--recordings", tmp_path / "recordings")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout == render(made, "json")
    assert json.loads(outcome.stdout)["translated_from"] == "ja"


def test_the_english_page_says_what_it_is_and_is_english_but_for_quotations_and_kanji_of_names(folder: Path) -> None:
    page = (folder / "digest.en.md").read_text("utf-8")
    assert "translation, made by the language model gpt-test, of a digest of the minutes" in page
    prose = page.partition("## Overview")[2].partition("## Read with care")[0]
    assert not any("\u3040" <= character <= "\u9fff" for character in prose)


def test_a_digest_and_its_translation_are_shown_side_by_side(folder: Path) -> None:
    outcome = run("render", folder / "digest.json", "--bilingual", folder / "digest.en.json")
    assert outcome.returncode == 0, outcome.stderr
    assert "300,000 yen" in outcome.stdout
    assert "30万円程度" in outcome.stdout


def test_a_part_without_an_answer_is_named_with_exit_code_3(capsys: pytest.CaptureFixture[str]) -> None:
    made, _ = translated(script(s1_to_en=[Reply("", "refusal")]))
    assert report("digest.json", made, None, Progress(quiet=True)) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert "digest.json: s1: " in line
    assert "the model refused" in line


def test_without_a_model_the_command_says_what_it_needs(folder: Path) -> None:
    fails(run("translate", folder / "digest.json", "--to", "en"), 2, "OPENAI_API_KEY", "--recordings")
    outcome = run("digest", MINUTES, "--engine", "extractive", "--translate", "en")
    fails(outcome, 2, "OPENAI_API_KEY", "--recordings")


def test_what_cannot_be_translated_is_one_clear_line(folder: Path, tmp_path: Path) -> None:
    shutil.copy(MINUTES, tmp_path / "minutes.json")
    tables = {
        "broken.csv": "港湾課,Port Division\n水産課\n",
        "two.csv": "氷見,ひみ\n氷見,ひょうみ\n",
    }
    for name, text in tables.items():
        (tmp_path / name).write_text(text, "utf-8")
    given, made = folder / "digest.json", folder / "digest.en.json"
    refusals: list[tuple[list[str | Path], list[str]]] = [
        ([tmp_path / "minutes.json", "--to", "en"], ["minutes.json"]),
        ([given, "--to", "xx"], ["'xx'", "zh-Hant"]),
        ([given, "--to", "ja"], ["Japanese already"]),
        ([made, "--to", "fr"], ["itself a translation"]),
        ([given, "--to", "en", "--glossary", tmp_path / "broken.csv"], ["broken.csv, line 2"]),
        ([given, "--to", "en", "--glossary", tmp_path / "none.csv"], ["none.csv"]),
        ([given, "--to", "en", "--names", tmp_path / "two.csv"], ["two.csv, line 2", "氷見", "Himi", "Hyōmi"]),
    ]
    for arguments, words in refusals:
        fails(run(*replayed(folder, "translate", *arguments)), 2, *words)
