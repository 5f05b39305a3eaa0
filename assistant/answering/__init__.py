"""Answering: from a question and its passages to quotes, an answer or an abstention."""
