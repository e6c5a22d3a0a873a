"""A file, standard input or a string is a `Source`: text with its hash, its encoding and where its pages begin."""

from minutes_llm.sources.reading import read_source, source_from_bytes, source_from_text

__all__ = ["read_source", "source_from_bytes", "source_from_text"]
