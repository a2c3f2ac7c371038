"""The shared generator: an LSTM over steps, its heads, its engines, its sampler and its trainer.

The core knows steps made of fields; it knows no file format.
"""
