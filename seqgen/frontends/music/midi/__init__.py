"""MIDI files: read from whatever is out there, written without a fault."""
