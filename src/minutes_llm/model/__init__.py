"""The frozen values: what minutes are, and what a digest of them is."""
