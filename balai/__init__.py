"""Balai Belajar: the village hall as software."""

__version__ = "0.1.0"
