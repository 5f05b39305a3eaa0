"""Models: the small reader and the entailment model, their weights, and how they are trained."""

from assistant.models.question_types import PLAIN, QuestionType
from assistant.models.reader import ReadingModel, RowSentence, header_of

__all__ = ["PLAIN", "QuestionType", "ReadingModel", "RowSentence", "header_of"]
