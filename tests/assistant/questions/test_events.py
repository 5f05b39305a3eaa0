"""An event that a question reckons from is dated by the articles."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.engine import Engine
from assistant.language.times.questions import asked_events
from assistant.questions.events import days_of_event
from assistant.request import Request
from index import Index
from index.encoding.encoder import Encoder

ARTICLES = {
    "early.md": "---\npublished: 2026-02-02\n---\nThe mayor of Tolby said the dam was safe. The dam was built in 1961.",
    "flood.md": "---\npublished: 2026-02-11\n---\nThe flood reached Tolby on Monday night. "
    "Nobody was hurt in the flood.",
    "late.md": "---\npublished: 2026-02-20\n---\nThe mayor of Tolby said the dam had been neglected for years. "
    "The flood of 9 February cost the town its bridge.",
}


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Engine]:
    folder, home = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("library")
    for name, text in ARTICLES.items():
        Path(folder / name).write_text(text)
    with Index(home, encoder=encoder) as index:
        index.sync([folder])
    with Engine(home, encoder=encoder) as opened:
        opened.load()
        yield opened


def days(talks: Engine, question: str) -> tuple[date, date] | None:
    (event,) = asked_events(question)
    return days_of_event(talks.reader, event)


def test_the_articles_tell_when_an_event_was(talks: Engine) -> None:
    assert days(talks, "What was said before the flood?") == (date(2026, 2, 9), date(2026, 2, 9))


@pytest.mark.parametrize(
    "question", ["What was said before the earthquake?", "What was said after the wedding of Holt?"]
)
def test_an_event_that_they_do_not_date_has_no_days(talks: Engine, question: str) -> None:
    assert days(talks, question) is None


@pytest.mark.parametrize(
    ("question", "article"),
    [("What did the mayor say of the dam before the flood?", "early"),
     ("What did the mayor say of the dam after the flood?", "late")],
)  # fmt: skip
def test_before_and_after_an_event_choose_by_its_day(talks: Engine, question: str, article: str) -> None:
    assert talks.retrieve(Request.of(question), 1)[0].article.title == article
