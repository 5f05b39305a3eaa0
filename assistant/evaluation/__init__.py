"""Evaluation: how well retrieval and answers do on a file of questions."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.evaluation.comparison import compare
    from assistant.evaluation.dataset import read_questions
    from assistant.evaluation.runner import evaluate

__all__ = ["compare", "evaluate", "read_questions"]

__getattr__ = exports(__name__, {"compare": "comparison", "evaluate": "runner", "read_questions": "dataset"})
