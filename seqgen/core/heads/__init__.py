"""Heads: what turns a feature vector into the next step, and a step into an input vector.

A head is a torch module for training and a numpy twin for sampling; the two share their
parameter names, so that one bundle feeds both.
"""
