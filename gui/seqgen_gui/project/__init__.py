"""The project: what is open, how it is saved, recovered and undone."""
