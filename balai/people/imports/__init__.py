"""People from spreadsheets: read and staged, compared with who is here, shown, corrected, saved as entries, undone.

Everything staged is local to this hub and is deleted after ``retention.KEPT``.
"""
