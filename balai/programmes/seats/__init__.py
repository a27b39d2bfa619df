"""Asking for a seat, the hub's answers, waiting, giving back."""
