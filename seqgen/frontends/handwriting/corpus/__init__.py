"""Lines of handwriting with their text, as training reads them."""
