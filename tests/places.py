"""Where things lie: the checkout, the starter corpus, and the corpora beside the checkout."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "datasets" / "starter" / "midi"
REAL_DATA = ROOT.parent / "shared" / "data"
"""Not part of the project: tests that want it skip where it is absent."""
