"""Ink: strokes of a pen, their curves, and the files that hold them (InkML, SVG)."""
