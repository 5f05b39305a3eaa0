"""Questions: each is read once into one value, which retrieval, answering and abstention share."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.questions.courtesy import is_courtesy
    from assistant.questions.question import Question
    from assistant.questions.question_reader import QuestionReader
    from assistant.questions.speller import Speller

__all__ = ["Question", "QuestionReader", "Speller", "is_courtesy"]

__getattr__ = exports(
    __name__,
    {"Question": "question", "QuestionReader": "question_reader", "Speller": "speller", "is_courtesy": "courtesy"},
)
