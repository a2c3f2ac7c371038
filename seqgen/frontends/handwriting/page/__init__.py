"""Pages in millimetres: sizes, margins, and the flow of words into lines."""
