"""What somebody said, asked of somebody else who says nothing about it, is a near miss whose label is sure."""

import random
from dataclasses import replace

from assistant.models.training.swapped import swapped
from assistant.models.training.written import Bundle, WrittenArticle, WrittenQuestion

ARTICLE = WrittenArticle(
    "The ferry",
    "Tolby Post",
    "2026-02-17",
    (
        ("“The ferry is too dear,” said Aron Teld, a teacher in Tolby.",),
        ("Ina Tarasen, the mayor, said that the school would stay open.",),
        ("Mira Holt said that a ferry could not run in winter.",),
    ),
)
QUESTION = WrittenQuestion("What did Aron Teld say about the ferry?", (), "said", ((0, 0),), (), "")


def asked(question: WrittenQuestion, article: WrittenArticle = ARTICLE) -> list[WrittenQuestion]:
    return list(swapped(Bundle("", (article,), (question,), ()), random.Random(1)))


def test_only_those_who_say_nothing_about_the_subject_are_asked() -> None:
    found = asked(QUESTION)
    assert [each.text.replace("Ina ", "") for each in found] == ["What did Tarasen say about the ferry?"]
    assert all(each.answer == () and each.span == "" and each.kind == "near" for each in found)


def test_a_question_typed_in_small_letters_stays_so() -> None:
    found = asked(replace(QUESTION, text="what did teld say about the ferry"))
    assert [each.text.replace("ina ", "") for each in found] == ["what did tarasen say about the ferry"]


def test_nothing_is_made_of_a_follow_up_a_near_miss_or_a_question_for_no_words() -> None:
    assert asked(replace(QUESTION, history=("Who is Aron Teld?",))) == []
    assert asked(replace(QUESTION, answer=())) == []
    assert asked(replace(QUESTION, text="Where does Aron Teld teach?", kind="fact")) == []


def test_a_sentence_that_names_the_other_with_the_subject_is_left_open() -> None:
    beside = replace(ARTICLE, paragraphs=(*ARTICLE.paragraphs, ("The ferry was paid for by Tarasen.",)))
    assert [each.fine for each in asked(QUESTION, beside)] == [((0, 3),)]
