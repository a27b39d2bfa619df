"""Reading the tables that offices send (.xlsx, .xls, .ods, .csv) and writing tables back.

A file is inspected before anything opens it (``inspection``), read row by row (``books``), and its header
row is found below whatever stands above it (``headers``). Nothing here knows about people or the database.
"""
