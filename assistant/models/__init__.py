"""Models: the small reader and the entailment model, their weights, and how they are trained."""

from assistant.models.reader import ReadingModel, Row, header_of
from assistant.models.weights import WeightsError

__all__ = ["ReadingModel", "Row", "WeightsError", "header_of"]
