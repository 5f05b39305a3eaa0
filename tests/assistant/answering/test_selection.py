"""How many sentences make the answer."""

from dataclasses import replace

import numpy as np

from assistant.answering.reading import ReadSentence
from assistant.answering.selection import MOST_MANY, MOST_ONE, Wanted, select
from assistant.answering.sentence_candidates import CandidateSentence
from index.article import Article

ONE = Article(id="1", title="One", text="A sentence. " * 40, source="1.txt")
OTHER = Article(id="2", title="Other", text="A sentence. " * 40, source="2.txt")


def read(score: float, direction: int, article: Article = ONE) -> ReadSentence:
    """A sentence that says something of its own, or the same as the others of its direction."""
    mean = np.zeros(40, dtype=np.float32)
    mean[direction] = 1.0
    sentence = CandidateSentence(
        article, 12 * direction, 12 * direction + 11, 0, direction, 0.5, 0.5, 0.5, 0.5, 0.5, mean
    )
    return ReadSentence(sentence, score, score, None, 0.0, score, 0.0)


def test_nothing_read_selects_nothing() -> None:
    assert select([], Wanted()) == []


def test_where_one_is_needed_what_is_much_weaker_is_left_out() -> None:
    assert len(select([read(4, 0), read(0, 1), read(-1, 2)], Wanted())) == 1


def test_where_many_are_needed_weaker_ones_are_taken() -> None:
    assert len(select([read(4, 0), read(2, 1), read(-6, 2)], Wanted(several=1.0, many=1.0))) == 2


def test_an_answer_has_a_length_that_can_be_read() -> None:
    every = [read(5, n) for n in range(30)]
    assert len(select(every, Wanted())) == MOST_ONE
    assert len(select(every, Wanted(1.0, 1.0))) == MOST_MANY


def test_what_two_papers_print_alike_is_selected_once_unless_papers_are_compared() -> None:
    both = [read(4, 3), read(4, 3, OTHER)]
    assert len(select(both, Wanted(1.0))) == 1
    assert len(select(both, Wanted(1.0, apart=True))) == 2


def test_what_retrieval_ranks_first_is_shown_too_but_never_first() -> None:
    far = read(-6, 1)
    nearest = replace(far, candidate=replace(far.candidate, cheap=0.9))
    best = read(4, 0)
    assert select([best, nearest], Wanted()) == [best, nearest]


def test_sentences_that_differ_in_a_figure_alone_do_not_say_the_same() -> None:
    words = ("Nineteen or 19 people died. ", "Nineteen or 44 people died. ")
    articles = [Article(id=each, title="", text=each, source="") for each in words]
    first, second = (
        replace(each, candidate=replace(each.candidate, article=article, start=0, end=len(article.text)))
        for each, article in zip((read(4, 0), read(3, 0)), articles, strict=True)
    )
    assert len(select([first, second], Wanted(several=1.0))) == 2


def answering(score: float, direction: int, words: str) -> ReadSentence:
    """A sentence whose answer is `words`, which stand after eleven characters."""
    text = f"They said: {words} in sentence {direction}."
    article = Article(id=str(direction), title="", text=text, source="")
    made = read(score, direction)
    candidate = replace(made.candidate, article=article, start=0, end=len(text))
    return replace(made, candidate=candidate, words=(11, 11 + len(words)), sure=0.9)


def test_the_same_words_answer_once_where_one_thing_is_wanted() -> None:
    read_ones = [
        answering(4, 0, "the mediator"),
        answering(3.5, 1, "The mediator"),
        answering(3, 2, "a former minister"),
    ]
    assert select(read_ones, Wanted()) == [read_ones[0], read_ones[2]]
    assert len(select(read_ones, Wanted(several=1.0))) == 3
