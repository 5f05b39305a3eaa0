"""Models: the small reader and the entailment model, their weights, and how they are trained."""

from assistant.models.question_types import PLAIN, QuestionType, QuestionTypes
from assistant.models.reader import ReadingModel, Row, header_of
from assistant.models.weights import WeightsError

__all__ = ["PLAIN", "QuestionType", "QuestionTypes", "ReadingModel", "Row", "WeightsError", "header_of"]
