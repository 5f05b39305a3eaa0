"""A question is read in the spelling of the library, whatever alphabet or typing error it comes with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant import Assistant
from assistant.questions import Speller
from index import Index
from index.encoding.encoder import Encoder
from index.home import Home
from index.reader import Reader

FERRY = """\
---
title: Harbour talks in Zhytovets
publisher: Porto Daily
---
The harbour talks went on in Zhytovets on Monday. Mayor Oleh Tarasenkyi said that the ceasefire of the fishermen \
held, and that heavy machinery would stay ashore.

A spokesman for the ministry in Kyiv said that the ferry line to Odesa would open again in spring.
"""
ISLAND = """\
---
title: The island waits
publisher: Island News
---
In Kiev the ministry is waiting for the ferry, Oleg Tarasenki told the islanders. The mayor wants a guarantee.
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "ferry.md").write_text(FERRY)
    (folder / "island.md").write_text(ISLAND)
    made = tmp_path_factory.mktemp("library")
    with Index(made, encoder=encoder) as index:
        index.sync([folder])
    return made


@pytest.fixture(scope="module")
def speller(home: Path, encoder: Encoder) -> Iterator[Speller]:
    reader = Reader(Home.find(home), encoder)
    reader.refresh()
    yield Speller(reader)
    reader.close()


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("What happened in Zhitovets?", "What happened in Zhytovets?"),
        ("what happened in zhitovetz", "what happened in Zhytovets"),
        ("When does the ferry to Odessa open?", "When does the ferry to Odesa open?"),
        ("What about the heavy machinary?", "What about the heavy machinery?"),
        ("Does the cease fire hold?", "Does the ceasefire hold?"),
    ],
)
def test_a_word_is_read_as_the_library_spells_it(speller: Speller, asked: str, read: str) -> None:
    assert speller.spelled(asked).text == read


def test_what_was_read_otherwise_is_told(speller: Speller) -> None:
    assert speller.spelled("What happened in Zhitovets?").read == (("Zhitovets", "Zhytovets"),)


def test_a_name_that_the_library_spells_in_two_ways_is_looked_for_in_both(speller: Speller) -> None:
    spelled = speller.spelled("What did the ministry in Kyiv say?")
    assert spelled.text == "What did the ministry in Kyiv say?"
    assert spelled.also == (("Kyiv", ("Kiev",)),)


@pytest.mark.parametrize(
    "question",
    ["Who guarantees the peace?", "What did the whole crew offer?", "How many are there?", "Is the mayor Norwegian?"],
)
def test_everyday_words_stay_as_they_are(speller: Speller, question: str) -> None:
    assert speller.spelled(question).text == question


def test_a_question_in_another_spelling_finds_what_the_library_says(home: Path, encoder: Encoder) -> None:
    with Assistant(home, encoder=encoder) as talks:
        (first, *_) = talks.retrieve("Taraszenkij", k=1)
        assert "Tarasenk" in first.text
        assert {each.article.title for each in talks.retrieve("Tarasenkiy", k=2)} == {
            "Harbour talks in Zhytovets",
            "The island waits",
        }
