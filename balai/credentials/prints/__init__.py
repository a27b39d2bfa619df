"""Many certificates as files to print: drawn by a job into ZIPs, a part at a time, kept for some days.

All of it is local to this hub; what was drawn can be drawn again.
"""
