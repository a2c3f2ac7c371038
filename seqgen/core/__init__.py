"""The shared generator: an LSTM over steps, its heads, its engines, its sampler and its trainer.

The core knows steps made of fields; it knows no file format.
"""

import os

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # before torch: its idle threads spin, too
