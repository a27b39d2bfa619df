"""Cohorts of a programme: their batches, the sessions of a day, and how many each village may send."""
