"""Pages of pairs: who may be one person, the likeliest or newest first, and the decision about each."""
