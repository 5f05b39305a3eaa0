"""What a question asks for, and how many sentences it needs."""

import pytest

from assistant.models.question_types import QuestionTypes, grams_of
from index.encoding import Encoder


@pytest.fixture(scope="module")
def types() -> QuestionTypes:
    return QuestionTypes()


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Who is Igor Kostyukov?", "role"),
        ("Did Trump attend the talks?", "yesno"),
        ("why did the talks stall", "why"),
        ("give me a summary of the talks", "overview"),
        ("What did the finance minister say about tariffs?", "said"),
    ],
)
def test_common_kinds_of_question_are_known(types: QuestionTypes, encoder: Encoder, question: str, kind: str) -> None:
    assert types.read(question, encoder.encode([question], question=True)[0].vector).kind == kind


def test_a_list_needs_more_sentences_than_a_name(types: QuestionTypes, encoder: Encoder) -> None:
    one, many = (
        types.read(question, encoder.encode([question], question=True)[0].vector).needs[2]
        for question in ("who chaired the meeting", "timeline of the talks from the first round to the ceasefire")
    )
    assert many > one + 0.3


def test_another_encoder_leaves_the_words_to_decide(types: QuestionTypes, encoder: Encoder) -> None:
    import numpy as np

    assert types.read("Did he attend?", np.ones(7, dtype=np.float32)).kind == "yesno"


def test_numbers_in_questions_are_alike() -> None:
    assert grams_of("on 9 May 2026") == grams_of("on 12 May 2031")
