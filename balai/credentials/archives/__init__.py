"""Certificates of earlier years from an office's own table: read, recognised, looked at, recorded, taken back.

What is staged is local to this hub and is deleted after ``working.KEPT``.
"""
