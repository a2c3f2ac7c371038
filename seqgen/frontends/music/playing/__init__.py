"""Playing: where new music joins the old, who plays it, and what it may not do."""
