"""When the articles do not say."""

import pytest

from assistant.answering.abstention import Answerability
from assistant.answering.extraction import extract, reading_models


def verdict(library, question: str, *history: str) -> Answerability:
    return extract(reading_models().reader, *library.ask(question, *history)).verdict


@pytest.mark.parametrize(
    "question",
    [
        "Who led the delegation of Sudland?",
        "What did Halvorsen say about the talks?",
        "How many engineers came with Bellini?",
        "How long did the delegations sit together?",
        "Why would farmers lose their harvest?",
        "Where will the next meeting be held?",
        "When will the night train run again?",
        "What did Bellini warn of?",
    ],
)
def test_what_the_articles_say_is_answered(library, question):
    assert verdict(library, question).answered


@pytest.mark.parametrize(
    "question", ["How do vaccines work?", "Give me a recipe for pancakes.", "Who painted the ceiling of the chapel?"]
)
def test_another_subject_is_refused(library, question):
    assert not verdict(library, question).answered


@pytest.mark.parametrize(
    "question",
    [
        "How old is Bellini?",
        "What did Chancellor Weber say about the dam?",
        "What did Bellini say about nuclear weapons?",
        "How many fishermen live in Vesterby?",
    ],
)
def test_what_is_near_the_subject_but_not_said_is_refused(library, question):
    assert not verdict(library, question).answered


def test_nothing_found_is_nothing_said(library):
    asked, _ = library.ask("Who led the delegation?")
    assert extract(reading_models().reader, asked, []).verdict == Answerability(False, 0.0)
