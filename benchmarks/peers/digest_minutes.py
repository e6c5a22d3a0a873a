"""This tool, as a program uses it: a whole digest with summaries, pairs and an overview, every reply recorded."""

import tempfile
from pathlib import Path

from minutes_llm import api, engines


def main(file: str, url: str, concurrency: str) -> str:
    """Return the digest as JSON."""
    with tempfile.TemporaryDirectory() as folder:
        engine = engines.openai("gpt-5.4-mini", url, "none", Path(folder) / "recordings")
        minutes = api.read(Path(file))
        return api.render(api.digest(minutes, engine, int(concurrency)), "json")
