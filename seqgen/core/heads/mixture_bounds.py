"""The bounds of a stroke mixture: how sure and how correlated a component may be."""

RHO_BOUND = 0.99
LOG_SIGMA_MOST = 4.0
