"""Answering: from a question and its passages to quotes, an answer or an abstention."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.answering.follow_ups import leaned_on
    from assistant.answering.messages import is_courtesy
    from assistant.answering.pipeline import Basis, Grounds

__all__ = ["Basis", "Grounds", "is_courtesy", "leaned_on"]

__getattr__ = exports(
    __name__, {"Basis": "pipeline", "Grounds": "pipeline", "is_courtesy": "messages", "leaned_on": "follow_ups"}
)
