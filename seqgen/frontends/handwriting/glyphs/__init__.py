"""Stroke glyphs of our own, for the characters that a model has not learned to write."""
