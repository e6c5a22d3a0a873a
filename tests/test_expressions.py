"""Kept code makes the very patterns that `re.compile` makes, and never stands in the way."""

from __future__ import annotations

import gc
import marshal
import os
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import minutes_llm
from minutes_llm import patterns
from minutes_llm.expressions import MOST, Expressions

ROOT = Path(__file__).parents[1]
MINUTES = ROOT / "fixtures" / "regional-data" / "minutes.txt"
SOME = [("(?P<a>[一-龥]+)|x(?i:y)", 0), ("([0-9])X", re.IGNORECASE), ("", 0), (r"^\s*(?>a+)b++$", re.MULTILINE)]


@pytest.fixture(autouse=True)
def may_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def all_of_the_package() -> set[tuple[Any, int]]:
    for module in pkgutil.walk_packages(minutes_llm.__path__, "minutes_llm."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.unfreeze()  # the command freezes what there is when it ends
    made = [each for each in gc.get_objects() if isinstance(each, patterns._Late)]
    return {(each.pattern, int(each._flags)) for each in made}


def test_every_pattern_of_the_package_is_what_re_makes_of_it_before_and_after_it_was_kept(tmp_path: Path) -> None:
    every = all_of_the_package()
    assert len(every) > 200
    first = Expressions(str(tmp_path / "code"))
    assert all(first.compiled(*each) == re.compile(*each) for each in every)
    first.keep()
    second = Expressions(str(tmp_path / "code"))
    assert all(second.compiled(*each) == re.compile(*each) for each in every)
    assert not second._fresh


def test_it_is_the_kept_code_that_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Expressions(str(tmp_path / "code"))
    made = [first.compiled(*each) for each in SOME]
    first.keep()
    monkeypatch.setattr("re._compiler._code", None)
    monkeypatch.setattr(re, "compile", None)
    second = Expressions(str(tmp_path / "code"))
    assert [second.compiled(*each) for each in SOME] == made


@pytest.mark.parametrize(
    "content",
    [b"", b"no code", marshal.dumps(3), marshal.dumps((("another", "interpreter"), {("x", 0): (1,)}))],
    ids=["empty", "damaged", "of another shape", "of another interpreter"],
)
def test_a_file_that_is_no_use_is_passed_over_and_written_anew(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "code"
    file.write_bytes(content)
    expressions = Expressions(str(file))
    assert [expressions.compiled(*each) for each in SOME] == [re.compile(*each) for each in SOME]
    expressions.keep()
    assert Expressions(str(file))._read().keys() == {(pattern, int(flags)) for pattern, flags in SOME}


@pytest.mark.parametrize("part", range(5))
def test_code_that_is_wrong_is_not_used(tmp_path: Path, part: int) -> None:
    file = tmp_path / "code"
    first = Expressions(str(file))
    first.compiled("(?P<a>b)c", 0)
    first.keep()
    stamp, kept = marshal.loads(file.read_bytes())
    parts = list(kept["(?P<a>b)c", 0])
    parts[part] = (None, b"\x01\x02\x03\x04" * 9, "two", [], 5)[part]
    file.write_bytes(marshal.dumps((stamp, {("(?P<a>b)c", 0): tuple(parts)})))
    assert Expressions(str(file)).compiled("(?P<a>b)c", 0) == re.compile("(?P<a>b)c")


def test_an_interpreter_without_those_parts_compiles_as_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("re._compiler._code")
    monkeypatch.setattr(re, "compile", lambda pattern, flags: (pattern, flags))
    assert Expressions(None).compiled("x", 2) == ("x", 2)


def test_an_error_in_an_expression_is_the_one_that_re_tells() -> None:
    with pytest.raises(re.error, match="missing \\)"):
        Expressions(None).compiled("(")


def test_nothing_is_written_where_python_may_not_or_cannot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in (None, str(tmp_path / "missing" / "code")):
        expressions = Expressions(file)
        expressions.compiled("x")
        expressions.keep()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    expressions = Expressions(str(tmp_path / "code"))
    expressions.compiled("x")
    expressions.keep()
    assert list(tmp_path.iterdir()) == []


def test_the_file_does_not_grow_without_end(tmp_path: Path) -> None:
    file = str(tmp_path / "code")
    many = Expressions(file)
    for number in range(MOST):
        many.compiled(f"x{number}")
    many.keep()
    more = Expressions(file)
    more.compiled("y")
    more.keep()
    assert Expressions(file)._read().keys() == {("y", 0)}


def test_a_command_leaves_its_expressions_to_the_next(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-m", "minutes_llm", "outline", str(MINUTES)]
    first = subprocess.run(command, env=environment, capture_output=True, check=True)
    (file,) = tmp_path.rglob("expressions.*.re")
    written = file.stat().st_mtime_ns
    second = subprocess.run(command, env=environment, capture_output=True, check=True)
    assert first.stdout == second.stdout
    assert first.stderr == second.stderr
    assert file.stat().st_mtime_ns == written
