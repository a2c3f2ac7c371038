"""Train: choose data and a recipe, start runs, watch them learn."""
