"""Keeping one machine running: getting it ready, serving, jobs, the self-diagnosis, backups."""
