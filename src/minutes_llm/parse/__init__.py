"""Text to `Minutes`: the header, agenda sections, speaker turns, and what became of every character."""
