"""The place Music: the piano roll, takes and how they are made."""
