"""All measurements, or those named, written into README.md between its markers.

    python benchmarks/run.py [--quick] [field|limits|growth|quality ...]

`--quick` runs everything once and small and writes nothing: it prints.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
import sys
from collections.abc import Callable
from importlib import metadata

from documents import CHECKOUT
from field import field
from growth import growth
from limits import limits
from measure import HERE, Shown, table
from quality import quality

README = HERE / "README.md"
MEASURES: dict[str, Callable[[bool], Shown]] = {
    "field": field,
    "limits": limits,
    "growth": growth,
    "quality": quality,
}
PEERS = ("minutes-llm", "openai", "langextract", "langchain-classic", "langchain-openai")


def main() -> None:
    """Measure what the command line names, or all."""
    names = [name for name in sys.argv[1:] if name != "--quick"] or list(MEASURES)
    quick = "--quick" in sys.argv
    tables = CHECKOUT.parent / "shared" / "tiktoken"
    if tables.is_dir():
        os.environ.setdefault("TIKTOKEN_CACHE_DIR", str(tables))
    for name in names:
        shown = MEASURES[name](quick)
        text = f"{circumstances()}\n\n{shown.text}\n{goals(shown)}"
        print(text, flush=True)
        if not quick:
            README.write_text(replaced(README.read_text("utf-8"), name, text), "utf-8")


def circumstances() -> str:
    """Return in one line when, where and with what was measured."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS)
    return (
        f"*{dt.date.today().isoformat()}; {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}; {versions}; load {os.getloadavg()[0]:.1f}*"
    )


def goals(shown: Shown) -> str:
    """Return how the goals of a measurement stand, as a table."""
    return table(["goal", "limit", "measured", "met"], [goal.row for goal in shown.goals])


def replaced(text: str, name: str, content: str) -> str:
    """Return a text with what stands between the markers of a name replaced."""
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if begin not in text or end not in text:
        raise SystemExit(f"{README}: the markers {begin} and {end} are not there")
    return re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{content}\n{end}", text, flags=re.DOTALL)


if __name__ == "__main__":
    main()
