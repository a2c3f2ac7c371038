"""Frontends: what a kind of sequence teaches the core. No neural network is imported here."""
