"""Questions about the articles as a whole, and words that are no question at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.answering.messages import COURTESY
from assistant.answering.overview import MOST_ARTICLES, MOST_QUOTES, ONE, SEVERAL, wants_overview
from assistant.questions import is_courtesy
from assistant.web.ui.suggestions import examples
from index import Index
from index.encoding.encoder import Encoder

BRIEF = Path("index/articles/geneva-round-ends-without-deal.md")


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("brief")
    with Index(home, encoder=encoder) as index:
        index.add(BRIEF)
    with Assistant(home, encoder=encoder) as talks:
        yield talks


@pytest.fixture(scope="module")
def gazettes(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Assistant]:
    home = tmp_path_factory.mktemp("gazettes")
    with Index(home, encoder=encoder) as index:
        for day in range(1, MOST_ARTICLES + 3):
            index.add_text(
                f"The harbour of town number {day} opened on a Monday after long repairs. Nobody was hurt.",
                title=f"Harbour {day}",
                publisher="Morning Post" if day % 2 else "Lake Gazette",
                published=None if day == 1 else date(2026, 3, day),
            )
    with Assistant(home, encoder=encoder) as talks:
        yield talks


@pytest.mark.parametrize(
    "question", ["Summarize the article", "Give me a short summary of the talks.", "tl;dr", "What is this about?"]
)
def test_an_overview_of_one_article_opens_with_its_first_sentence_and_goes_on_in_its_order(
    brief: Assistant, question: str
) -> None:
    answer = brief.ask(question)
    text = answer.citations[0].article.text
    starts = [each.start for each in answer.citations]
    assert answer.answered
    assert text.startswith(answer.citations[0].quote)
    assert 2 <= len(starts) <= MOST_QUOTES
    assert starts == sorted(starts)
    assert all(text[each.start : each.end] == each.quote for each in answer.citations)
    assert answer.notices == (ONE,)


def test_the_news_are_how_the_newest_articles_open(gazettes: Assistant) -> None:
    answer = gazettes.ask("What's new?")
    newest = [f"Harbour {day}" for day in range(MOST_ARTICLES + 2, 2, -1)]
    assert [each.article.title for each in answer.citations] == newest[:MOST_ARTICLES]
    assert all("opened on a Monday" in each.quote for each in answer.citations)
    assert answer.notices == (SEVERAL,)


def test_an_overview_keeps_to_the_publisher_that_is_named_or_chosen(gazettes: Assistant) -> None:
    for answer in (
        gazettes.ask("Summarize the articles by the Lake Gazette"),
        gazettes.ask("What's new?", publisher="lake gazette"),
    ):
        assert {each.article.publisher for each in answer.citations} == {"Lake Gazette"}


def test_an_overview_of_no_article_is_a_refusal(gazettes: Assistant) -> None:
    answer = gazettes.ask("What's new?", after="2027-01-01")
    assert not answer.answered
    assert "loosen the filters" in answer.text


def test_the_page_offers_an_overview_that_it_can_give(brief: Assistant, gazettes: Assistant) -> None:
    for talks, notice in ((brief, ONE), (gazettes, SEVERAL)):
        with Index(talks.home.folder, encoder=talks.encoder) as index:
            *_, offered = examples(index.articles())
        assert talks.ask(offered).notices == (notice,)


@pytest.mark.parametrize("question", ["Summarize what Putin wants", "What happened in Abu Dhabi?", "Who is it about?"])
def test_a_question_with_a_subject_of_its_own_is_no_question_for_an_overview(question: str) -> None:
    assert not wants_overview(question)


def test_what_happened_then_goes_on_with_the_conversation() -> None:
    assert wants_overview("What happened?")
    assert not wants_overview("What happened?", leans=True)


@pytest.mark.parametrize("words", ["Hi!", "hello there", "Thanks a lot", "OK", "What can you do?"])
def test_a_greeting_is_answered_with_what_talks_is_for(brief: Assistant, words: str) -> None:
    answer = brief.ask(words)
    assert (answer.text, answer.answered, answer.citations, answer.passages) == (COURTESY, False, (), ())


@pytest.mark.parametrize("question", ["Hello, who led Russia's delegation?", "Thanks to whom did the talks begin?"])
def test_a_polite_question_is_a_question(question: str) -> None:
    assert not is_courtesy(question)
