"""Who is who: matching people by NIK, number and name; merging two records of one person; withdrawing a record."""
