"""Where the folders that travel with the package are: `prompts` and `fixtures`."""

from __future__ import annotations

from pathlib import Path


def shipped(name: str) -> Path:
    """Return a shipped folder: inside the package once installed, at the top level in a checkout."""
    package = Path(__file__).parent
    installed = package / name
    return installed if installed.is_dir() else package.parents[1] / name
