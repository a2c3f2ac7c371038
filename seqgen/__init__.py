"""seqgen: continue MIDI and write by hand with one LSTM."""

__version__ = "0.1.0"
