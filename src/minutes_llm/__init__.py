"""Digests of meeting minutes that can be traced, turn by turn, to what was said.

    from pathlib import Path
    from minutes_llm import digest, read, render
    from minutes_llm.engines import extractive

    print(render(digest(read(Path("minutes.txt")), extractive())))

The functions come from `api` and are imported at first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["__version__", "check", "digest", "outline", "read", "render", "translate"]

if TYPE_CHECKING:
    from minutes_llm.api import check, digest, outline, read, render, translate


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(import_module("minutes_llm.api"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
