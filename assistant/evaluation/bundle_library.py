"""Library of a written bundle: its articles in an index of their own, to ask its questions as a user would."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from assistant.answering.extraction import question_types
from assistant.models.training.reading_rows import ANSWERS, FINE, NOT
from assistant.models.training.written import Bundle, WrittenQuestion
from assistant.questions import Question, QuestionReader
from assistant.request import Request
from assistant.retrieval import Candidate, Retriever
from index import Index
from index.encoding import Encoder
from index.home import Home
from index.reader import Reader

PASSAGES = 20

#: What a question comes to: the question as it was read, and the passages found.
Finder = Callable[[WrittenQuestion], tuple[Question, Sequence[Candidate]]]


@contextmanager
def library_of(bundle: Bundle, encoder: Encoder) -> Iterator[Finder]:
    """A library of the bundle's articles, which is deleted afterwards; gives what finds passages in it.

    >>> with library_of(bundle, Encoder()) as found_in:  # doctest: +SKIP
    ...     question, passages = found_in(bundle.questions[0])
    """
    with tempfile.TemporaryDirectory() as folder:
        with Index(folder, encoder=encoder) as index:
            add(index, bundle)
        reader = Reader(Home.find(Path(folder)), encoder)
        reader.refresh()
        questions, retriever = QuestionReader(reader, question_types), Retriever(reader)

        def found_in(asked: WrittenQuestion) -> tuple[Question, Sequence[Candidate]]:
            question = questions.read(Request.of(asked.text, asked.history))
            return question, retriever.search(question, PASSAGES)

        try:
            yield found_in
        finally:
            reader.close()


def add(index: Index, bundle: Bundle) -> None:
    """Add the bundle's articles to a library."""
    for each in bundle.articles:
        index.add_text(each.text, title=each.title, publisher=each.publisher or None, published=each.day)


def labels_of(asked: WrittenQuestion, articles: Sequence[Sequence[str]], texts: Sequence[str]) -> list[int]:
    """The label of each text, a sentence that the index made of the articles' sentences.

    >>> question = WrittenQuestion("who led?", (), "fact", ((0, 1),), (), "")
    >>> labels_of(question, [["Talks ended.", "Dara Holm led them."]], ["Talks ended.", "Dara Holm led them."])
    [0, 1]
    """
    answers = [articles[article][sentence] for article, sentence in asked.answer]
    fine = [articles[article][sentence] for article, sentence in asked.fine]
    return [
        ANSWERS
        if any(text in each or each in text for each in answers)
        else FINE
        if any(text in each or each in text for each in fine)
        else NOT
        for text in (each.strip() for each in texts)
    ]
