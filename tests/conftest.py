"""What every test needs: quiet threads, no window, no colour, nobody's own models."""

from __future__ import annotations

import os

os.environ["OMP_NUM_THREADS"] = "1"  # before torch and numpy are imported
os.environ["OMP_WAIT_POLICY"] = "PASSIVE"  # spinning threads cost 4-26x on two busy cores
os.environ["QT_QPA_PLATFORM"] = "offscreen"
