"""Corpora: from folders and archives to what the trainer draws."""
