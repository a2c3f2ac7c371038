"""Music: Standard MIDI Files read, encoded as note events, and written."""
