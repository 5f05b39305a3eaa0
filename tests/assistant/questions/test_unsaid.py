"""What a refusal names as missing."""

from pathlib import Path

import pytest

from assistant import Assistant
from assistant.questions.unsaid import Unsaid, unsaid

NEAREST = ("Bellini led the delegation of Sudland.", "The admiral spoke of the dam.")


def everywhere(_: str) -> int:
    return 3


def test_a_name_that_no_article_holds_is_unknown() -> None:
    found = unsaid("What did Weber say about the dam?", lambda stem: 0 if "weber" in stem else 2, NEAREST)
    assert found == Unsaid(unknown=("Weber",))


def test_a_word_that_the_nearest_passages_lack_stands_apart() -> None:
    found = unsaid("What salary does Bellini get?", everywhere, NEAREST)
    assert found == Unsaid(apart=("salary",))


@pytest.mark.parametrize("question", ["What did Bellini say about the dam?", "Who led?", "how old is bellini", ""])
def test_of_a_question_whose_words_all_stand_there_nothing_is_told(question: str) -> None:
    assert unsaid(question, everywhere, NEAREST) == Unsaid()


def test_what_somebody_did_can_be_said_in_other_words() -> None:
    assert unsaid("Did Bellini attend?", lambda stem: int(stem != "attend"), NEAREST) == Unsaid()


def test_a_country_may_stand_there_by_another_name() -> None:
    assert unsaid("What did Ukraine say?", lambda _: 0, ("Kyiv was silent.",)) == Unsaid()


def test_at_most_three_words_are_told() -> None:
    found = unsaid("Alpha, Bravo, Charlie, Delta or Echo?", lambda _: 0, ())
    assert found == Unsaid(unknown=("Alpha", "Bravo", "Charlie"))


def test_a_refusal_names_who_is_in_no_article(tmp_path: Path) -> None:
    with Assistant(tmp_path) as talks:  # holds the brief
        answer = talks.ask("What did Macron say about pancakes?")
    assert not answer.answered
    assert "none of the articles mentions “Macron” or “pancakes”" in answer.text
