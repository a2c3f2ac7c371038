"""The window around the pages: what all of them share."""
