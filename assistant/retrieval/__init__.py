"""Retrieval: hybrid search, late-interaction rerank and rank fusion."""
