"""Live MIDI: played to a synth, recorded from a keyboard."""
