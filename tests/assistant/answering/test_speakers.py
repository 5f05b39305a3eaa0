"""Who says a sentence is known from what was kept of its article; an article that nobody has read is read then."""

import sqlite3
from functools import partial
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering import speakers
from assistant.language import annotation
from assistant.language.annotation import speaker_of
from assistant.language.quotations import speech_of
from assistant.models.training.written import own_bundles
from assistant.retrieval import speaker_in
from assistant.retrieval.statement_reading import statements_in
from assistant.retrieval.statement_store import FILE_NAME, StatementStore, published
from index import Index
from index.article import Article
from index.encoding import sentences
from index.encoding.encoder import Encoder
from index.maintenance import announcing

QUESTION = "What did Ina Tarasenkyi say about the ferry?"
FERRY = "“We will buy a new ferry in the spring,” said Ina Tarasenkyi, the mayor of Tolby."
TEXT = f"Tolby, a town by the sea, has no ferry.\n\n{FERRY}\n\nAron Teld, a teacher, said that the ferry was too dear."


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the articles that a question made the assistant read for who speaks."""
    titles: list[str] = []

    def reading(article: Article):  # type: ignore[no-untyped-def]
        titles.append(article.title)
        return speech_of(article)

    monkeypatch.setattr(speakers, "speech_of", reading)
    monkeypatch.setattr(annotation, "speech_of", reading)
    return titles


def library(home: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, *, told: bool) -> None:
    monkeypatch.setattr(announcing, "listeners", lambda: (published,) if told else ())
    with Index(home, encoder=encoder) as index:
        index.add_text(TEXT, title="The ferry")


def quotes(home: Path, encoder: Encoder) -> list[str]:
    with Assistant(home, encoder=encoder) as talks:
        return [each.quote for each in talks.ask(QUESTION).citations]


def test_an_article_that_was_read_when_it_came_is_not_read_again(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    library(tmp_path, encoder, monkeypatch, told=True)
    assert quotes(tmp_path, encoder) == [FERRY]
    assert read == []


def test_an_article_that_nobody_has_read_is_read_with_the_question(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    library(tmp_path, encoder, monkeypatch, told=False)
    assert quotes(tmp_path, encoder) == [FERRY]
    assert set(read) == {"The ferry"}


def test_where_what_was_kept_cannot_be_read_the_answer_is_the_same(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, read: list[str]
) -> None:
    library(tmp_path, encoder, monkeypatch, told=True)

    def broken(store: StatementStore, articles: object) -> object:
        raise sqlite3.OperationalError("disk I/O error")

    monkeypatch.setattr(StatementStore, "kept", broken)
    assert quotes(tmp_path, encoder) == [FERRY]
    assert set(read) == {"The ferry"}


def test_what_was_kept_of_an_earlier_text_tells_nothing_about_a_later_one(tmp_path: Path, encoder: Encoder) -> None:
    with Index(tmp_path, encoder=encoder) as index:
        article = index.add_text(TEXT, title="The ferry")
        store = StatementStore(index.home)
        store.put([article])
        assert [each.speaker.name for each in store.kept([article])[article.id]] == ["Ina Tarasenkyi", "Aron Teld"]
        with sqlite3.connect(tmp_path / FILE_NAME) as db:
            db.execute("UPDATE articles SET digest = 'of another text'")
        assert store.kept([article]) == {}
        store.close()


def test_what_is_kept_of_an_article_names_the_same_speakers_as_reading_it() -> None:
    """Of each sentence, and of each with the one behind it, as quotes are made of."""
    articles = [
        Article(f"{bundle.name}-{number}", each.title, each.text, "", each.publisher, None, each.day)
        for bundle in own_bundles()[::20]
        for number, each in enumerate(bundle.articles)
    ]
    spoken = 0
    for article in articles:
        says = partial(speaker_in, statements_in(article))
        spans = list(sentences(article.text))
        ends = [end for _, end in spans[1:]]
        for start, end in [*spans, *((start, end) for (start, _), end in zip(spans, ends, strict=False))]:
            read = speaker_of(article, start, end)
            assert speaker_of(article, start, end, says) == read, article.text[start:end]
            spoken += read is not None
    assert spoken > 300
