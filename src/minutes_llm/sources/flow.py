"""Text laid out in lines from a document that is a tree: paragraphs, line breaks, table rows."""

from __future__ import annotations


class Flow:
    """Text that grows in reading order; breaks are asked for and made only once more text comes.

    So a document neither begins nor ends with empty lines, and the end of one block and the beginning of the next
    are one break and not two, as the HTML Standard has it for `innerText`.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._breaks = 0
        self._fresh = True  # at the beginning of the document or of a table cell, where a break is none

    def text(self, text: str) -> None:
        """Add text; the breaks asked for so far come before it."""
        if text:
            self._pieces.append("\n" * self._breaks + text)
            self._breaks, self._fresh = 0, False

    def inline(self, text: str) -> None:
        """Add text whose space was collapsed to single spaces: none at a line's beginning, none twice."""
        at_beginning = self._breaks > 0 or self._fresh or self._pieces[-1].endswith((" ", "\n"))
        self.text(text.removeprefix(" ") if at_beginning else text)

    def line_break(self) -> None:
        """End the line here; two of these leave an empty line."""
        if not self._fresh:
            self._breaks += 1

    def block(self, breaks: int = 1) -> None:
        """Begin or end a block: what follows stands at least this many line breaks further down."""
        if not self._fresh:
            self._breaks = max(self._breaks, breaks)

    def cell(self, first: bool) -> None:
        """Begin a table cell: on the line of the cell before, after a tab."""
        if not first:
            self.text("\t")
        self._fresh = True

    def end_cell(self) -> None:
        """End a table cell; the breaks at its end are void, those before an empty one are not."""
        if not self._fresh:
            self._breaks = 0
        self._fresh = not self._pieces

    def result(self) -> str:
        """Return the text, without space at the ends of lines, closed by a line end."""
        lines = "".join(self._pieces).split("\n")
        return "\n".join(line.rstrip(" \t") for line in lines).strip("\n") + "\n"
