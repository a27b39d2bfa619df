"""Periodic evaluations (*evaluasi berkala*): a region in a period, on paper and as a workbook."""
