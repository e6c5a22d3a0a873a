"""What the source bears out: quotations, figures, dates, names, wording, and every turn accounted for."""
