"""Retrieval: hybrid search, late-interaction rerank and rank fusion."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.retrieval.candidates import Candidate, Query
    from assistant.retrieval.query_hints import hints
    from assistant.retrieval.retriever import Found, Retriever

__all__ = ["Candidate", "Found", "Query", "Retriever", "hints"]

__getattr__ = exports(
    __name__,
    {
        "Candidate": "candidates",
        "Found": "retriever",
        "Query": "candidates",
        "Retriever": "retriever",
        "hints": "query_hints",
    },
)
