"""Which sentences the reader reads."""

import numpy as np

from assistant.answering.reading import MOST_PIECES, MOST_READ, worth_reading
from assistant.answering.sentence_candidates import CandidateSentence
from index.article import Article

MEAN = np.ones(1, dtype=np.float32)


def sentences(article: str, *texts: str, worth: float, pieces: int = 10) -> list[CandidateSentence]:
    """The sentences of an article, one after the other, of which each is worth a little less than the one before."""
    whole = " ".join(texts)
    made = Article(id=article, title="", text=whole, source="")
    found = []
    for place, text in enumerate(texts):
        start = whole.index(text)
        score = worth - place / 100
        found.append(
            CandidateSentence(made, start, start + len(text), 0, place, 0.0, 0.0, 0.0, score, score, MEAN, pieces)
        )
    return found


def test_what_two_papers_print_word_for_word_is_read_once_where_it_ranks_higher() -> None:
    wire = sentences("wire", "Talks ended in Vesterby.", "A date was set.", worth=0.5)
    paper = sentences("paper", "Talks ended in Vesterby.", *(f"Guest {n} left." for n in range(4)), worth=0.9)
    read = worth_reading([*wire, *paper])
    assert [each.text for each in read] == [*(each.text for each in paper), "A date was set."]
    assert read[0].article.id == "paper"


def test_what_costs_too_many_word_pieces_is_left_out() -> None:
    long = sentences("one", *(f"Sentence {n}." for n in range(20)), worth=0.9, pieces=200)
    assert len(worth_reading(long)) <= MOST_PIECES // 200 + 1
    short = sentences("one", *(f"Sentence {n:02}." for n in range(90)), worth=0.9, pieces=1)
    assert len(worth_reading(short)) == MOST_READ


def test_the_best_sentences_are_read_with_the_one_before_them() -> None:
    every = sentences("one", *(f"Sentence {n:02}." for n in range(60)), worth=0.1)
    best = sentences("two", "She arrived first.", "He led the talks.", worth=0.0)
    best[1] = CandidateSentence(best[1].article, best[1].start, best[1].end, 0, 1, 0, 0, 0, 9.0, 9.0, MEAN, 10)
    read = worth_reading([*every, *best])
    assert [each.text for each in read[:2]] == ["She arrived first.", "He led the talks."]
