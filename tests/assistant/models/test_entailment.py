"""The entailment model as it ships: what it says of sentences, and that it marks words of theirs."""

import pytest

from assistant.models.entailment import EntailmentModel, Premise

PREMISE = Premise(
    "Anna Berg led the delegation of Norland at the talks in Vesterby on Tuesday.",
    "The talks about the dam began on Monday.",
    "Dam talks begin - The Courier - Tuesday 3 March 2026",
)


@pytest.fixture(scope="module")
def model() -> EntailmentModel:
    return EntailmentModel()


def test_what_is_said_scores_above_what_is_not(model: EntailmentModel) -> None:
    said = model.read(PREMISE, "Norland's delegation was led by Anna Berg.")
    unsaid = model.read(PREMISE, "Anna Berg has never been to Vesterby and rejected the talks.")
    assert 0 <= unsaid.score < 0.5 < said.score <= 1


def test_marked_words_are_whole_words_of_the_sentence(model: EntailmentModel) -> None:
    sentence = "Anna Berg left the unforgettable negotiations in Reykjavik because Sudlanders quarrelled."
    for start, end in model.read(PREMISE, sentence).unsupported:
        assert 0 <= start < end <= len(sentence)
        assert not (sentence[start - 1 : start] + sentence[start]).isalnum() or start == 0
        assert not sentence[end - 1 : end + 1].isalnum() or end == len(sentence)


@pytest.mark.parametrize("sentence", ["", " ", "Talks " * 500])
def test_any_length_is_read(model: EntailmentModel, sentence: str) -> None:
    assert 0 <= model.read(Premise("Talks " * 900, "Before. " * 300, "Title " * 90), sentence).score <= 1
