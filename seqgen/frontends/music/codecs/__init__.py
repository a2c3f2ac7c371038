"""Codecs: from notes to the steps of the core and back."""
