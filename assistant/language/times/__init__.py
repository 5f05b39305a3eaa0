"""Temporal expressions: words of time, and the days that they name in an article or in a question."""
