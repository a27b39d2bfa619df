"""How far a programme has come in each region: its team, budget, commitment, and what proves it."""
