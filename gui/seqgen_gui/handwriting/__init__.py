"""The place Handwriting: a text, the page it is written on, and one's own hand."""
