"""A digest as something to read: Markdown, HTML."""
