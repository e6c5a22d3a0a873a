"""Regular expressions whose code is kept from run to run, in the folder where Python keeps the bytecode of modules.

Python compiles the expressions of a program anew at every start, and the two hundred that a document is digested
with take longer to compile than it takes to digest. So a program compiles what it needs once and leaves the code,
when it ends, to the next.

`re` has no public way to do so: `_taken_apart` does what `re.compile` does in between, and `_sre.compile`, which
checks that it can run what it is given, makes the pattern (CPython 3.11 to 3.13). The file is trusted as bytecode is,
and counts for the very interpreter that wrote it. Wherever anything has not the form expected, `re.compile` does its
work and nothing is lost but time.
"""

from __future__ import annotations

import atexit
import contextlib
import marshal
import os
import re
import sys
import time
from array import array
from importlib import import_module
from typing import Any, AnyStr

MOST = 2000
"""Expressions kept; where there are more, most are of former versions, and it is begun anew."""

Key = tuple[str | bytes, int]
"""An expression with its flags."""

Parts = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code, number of groups, their names with their numbers, and their names by number."""


class Expressions:
    """Compiled expressions, and the file that their code is kept in; None keeps none."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._kept: dict[Key, Parts] | None = None
        self._fresh: dict[Key, Parts] = {}

    def compiled(self, pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
        """Return an expression compiled. Raises re.error for one that is none."""
        if self._kept is None:
            self._kept = self._read()
        key = pattern, int(flags)
        with contextlib.suppress(ImportError, AttributeError, TypeError, ValueError, RuntimeError, OverflowError):
            parts = self._kept.get(key) or self._fresh.get(key)
            if parts is None:
                parts = self._fresh[key] = _taken_apart(*key)
            every, code, groups, numbers, names = parts
            numbered = memoryview(code).cast("I").tolist()
            made: re.Pattern[AnyStr] = import_module("_sre").compile(pattern, every, numbered, groups, numbers, names)
            return made
        return re.compile(pattern, flags)

    def keep(self) -> None:
        """Leave the code of what was compiled for the next run, where Python may leave bytecode."""
        if not self._fresh or self._file is None or sys.dont_write_bytecode:
            return
        kept = {**(self._kept or {}), **self._fresh}
        unfinished = f"{self._file}.{os.getpid()}-{time.time_ns():x}"
        with contextlib.suppress(OSError, ValueError):
            try:
                with open(unfinished, "wb") as file:  # noqa: PTH123 - as os.replace; paths would have to be imported
                    file.write(marshal.dumps((_stamp(), kept if len(kept) <= MOST else self._fresh)))
                os.replace(unfinished, self._file)  # noqa: PTH105
            except OSError:
                os.unlink(unfinished)  # noqa: PTH108
                raise

    def _read(self) -> dict[Key, Parts]:
        with contextlib.suppress(OSError, EOFError, TypeError, ValueError):
            with open(self._file or os.devnull, "rb") as file:  # noqa: PTH123
                stamp, kept = marshal.loads(file.read())
            if stamp == _stamp() and isinstance(kept, dict):
                return kept
        return {}


def _stamp() -> tuple[Any, ...]:
    """Return what the code of expressions depends on."""
    engine = import_module("_sre")
    return (
        sys.implementation.cache_tag,
        sys.hexversion,
        sys.byteorder,
        engine.MAGIC,
        engine.CODESIZE,
        array("I").itemsize,
    )


def _taken_apart(pattern: str | bytes, flags: int) -> Parts:
    """Return what `re.compile` hands over to make a pattern of."""
    parsed = import_module("re._parser").parse(pattern, flags)
    code = import_module("re._compiler")._code(parsed, flags)
    numbers: dict[str, int] = parsed.state.groupdict
    names: list[str | None] = [None] * parsed.state.groups
    for name, number in numbers.items():
        names[number] = name
    return flags | parsed.state.flags, array("I", code).tobytes(), parsed.state.groups - 1, numbers, tuple(names)


def _beside_bytecode() -> str | None:
    """Return the file for the code: beside this module's own bytecode, wherever that is."""
    cached = __spec__.cached
    return cached.removesuffix(".pyc") + ".re" if cached else None


EXPRESSIONS = Expressions(_beside_bytecode())
atexit.register(EXPRESSIONS.keep)
