"""Answering: from a question and its passages to quotes, an answer or an abstention."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.answering.pipeline import Basis, Pipeline

__all__ = ["Basis", "Pipeline"]

__getattr__ = exports(__name__, {"Basis": "pipeline", "Pipeline": "pipeline"})
