"""Open questions: made of written ones, for each speaker who is asked about."""

import random

from assistant.models.training.open_questions import open_questions
from assistant.models.training.written import Bundle, WrittenArticle, WrittenQuestion

ARTICLE = WrittenArticle(
    "Talks end",
    "Post",
    "2026-02-18",
    (
        ("The talks ended.", "They had lasted two days.", "Dara Holm said the roads were open.", "She left at noon."),
        ("Nobody paid.", "It rained.", "“We go home,” a guard said.", "Holm said that prisoners come first."),
    ),
)


def asked(*questions: tuple[str, tuple[int, ...]]) -> Bundle:
    written = (WrittenQuestion(text, (), "said", tuple((0, at) for at in places), (), "") for text, places in questions)
    return open_questions(Bundle("a-01", (ARTICLE,), tuple(written), ()), random.Random(1))


def test_what_answers_any_of_a_speakers_questions_answers_the_open_one() -> None:
    (found,) = asked(
        ("What did Holm say about the roads?", (2,)), ("what did Holm say about prisoners", (7,))
    ).questions
    assert "Holm" in found.text and "roads" not in found.text
    assert found.answer == ((0, 2), (0, 7))


def test_what_may_be_the_speakers_words_counts_neither_way() -> None:
    (found,) = asked(("What did Holm say about the roads?", (2,))).questions
    assert found.fine == ((0, 1), (0, 3), (0, 6), (0, 7)), "beside the name, quoted, or naming her; nothing else"


def test_near_misses_pronouns_and_other_questions_make_none() -> None:
    assert not asked(
        ("What did Holm say about money?", ()), ("What did she say about the roads?", (2,)), ("Who left?", (3,))
    ).questions
