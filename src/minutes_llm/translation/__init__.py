"""A digest in another language: the same sections, pairs and ids, every text with its counterpart."""
