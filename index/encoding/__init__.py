"""Encoding: chunking, stemming, and the sentence encoder with its schedule."""
