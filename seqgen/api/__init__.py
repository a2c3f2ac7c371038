"""The use-cases, a module each: what the command line, the worker and scripts call.

Long work (``sample``, ``train``, ``evaluate``) is an iterator of Progress values that ends with
one result; closing it cancels. Importing this package imports none of them.
"""
