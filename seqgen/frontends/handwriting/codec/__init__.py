"""Between ink and the steps of the core: offsets, pen lifts, characters, and back."""
