"""Checking: whether the cited sentences carry what a written sentence says."""
