"""Digests of meeting minutes that can be traced, turn by turn, to what was said."""

__version__ = "0.1.0"
