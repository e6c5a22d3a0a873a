"""Regular expressions that are compiled when they are first looked for.

The tables of this package hold some three hundred and fifty, of which one document needs two hundred at most.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

from minutes_llm.expressions import EXPRESSIONS


class _Late:
    """Stands for a compiled pattern; from the first use on, its methods are the compiled pattern's own."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        compiled = EXPRESSIONS.compiled(self.pattern, self._flags)
        for method in ("search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what is used as a compiled pattern and compiled on its first use; an error in it shows only then."""
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))
