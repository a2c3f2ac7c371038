"""Sound: notes made audible, played and written as WAV."""
