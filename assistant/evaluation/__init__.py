"""Evaluation: how well retrieval and answers do on a file of questions."""
