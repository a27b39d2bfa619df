"""Delegates from a list that an office already has: read, recognised among the people who are here, looked at, sent.

What is staged is local to this hub and is deleted after ``models.KEPT``.
"""
