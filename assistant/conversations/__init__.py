"""Conversations: stored on this machine, rated, and exported as Markdown."""
