"""All that depends on a language, one folder a language."""
