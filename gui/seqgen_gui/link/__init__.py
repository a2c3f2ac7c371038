"""The line to the worker process."""
