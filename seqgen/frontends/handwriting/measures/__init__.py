"""Measuring models of handwriting: what is averaged, and in which units."""
