"""The published JSON shapes (`schemas/*.schema.json`), out and in."""
