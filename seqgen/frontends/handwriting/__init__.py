"""The handwriting frontend: text in, ink in millimetres out."""
