"""The demonstration: real regions, invented people, and what they have done so far.

Everything goes through the same functions that real people use, so it also shows that they work.
"""
