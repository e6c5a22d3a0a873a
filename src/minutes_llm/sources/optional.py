"""What is said when a library that reads one kind of file is not there."""

from __future__ import annotations

from minutes_llm.errors import SourceError


def missing(package: str, kind: str) -> SourceError:
    """Return the error that names the package to install."""
    return SourceError(f"{kind}, which needs the package {package}; install it with: pip install {package}")
