"""Measures: what a score of a model says, and the baseline beside it."""
