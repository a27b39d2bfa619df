"""Logs of earlier releases, as they travel, and what they added up to."""
