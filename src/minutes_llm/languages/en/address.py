"""How English minutes address people."""

from __future__ import annotations

COURTESIES = ("Mr.", "Mrs.", "Ms.", "Miss", "Dr.", "Prof.", "Sir", "Mr", "Mrs", "Ms", "Dr", "Prof", "The")
"""What stands before a name or a post out of politeness and is not translated."""
