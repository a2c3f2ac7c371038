"""Writing a text with a model: lines, words, guards, and glyphs where the model knows none."""
