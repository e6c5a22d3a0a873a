"""A digest as what a notebook shows: its page in a frame of its own."""

from __future__ import annotations

from base64 import b64encode

from minutes_llm.model.digest import Digest
from minutes_llm.rendering.page import page

HEIGHT = 640
"""Pixels; the page scrolls inside."""


def frame(digest: Digest) -> str:
    """Return HTML that holds a digest's page apart from the page around it: neither can touch the other.

    The page is the frame's address, not its `srcdoc`: there, links inside the page would lead to the page around it.
    """
    address = "data:text/html;charset=utf-8;base64," + b64encode(page(digest).encode()).decode()
    style = f"width: 100%; height: {HEIGHT}px; border: 0"
    return f'<iframe sandbox="allow-scripts" style="{style}" src="{address}"></iframe>'
