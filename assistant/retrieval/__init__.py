"""Retrieval: hybrid search, late-interaction rerank and rank fusion."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.retrieval.candidates import Candidate
    from assistant.retrieval.retriever import Retriever
    from assistant.retrieval.statement_reading import StatementSpan, speaker_in
    from assistant.retrieval.statements import Statements

__all__ = ["Candidate", "Retriever", "StatementSpan", "Statements", "speaker_in"]

__getattr__ = exports(
    __name__,
    {
        "Candidate": "candidates",
        "Retriever": "retriever",
        "StatementSpan": "statement_reading",
        "Statements": "statements",
        "speaker_in": "statement_reading",
    },
)
