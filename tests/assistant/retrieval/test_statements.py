"""Who speaks in the library, and all that one of them says, by date and paper."""

from collections.abc import Iterator
from datetime import date

import pytest

from assistant import Assistant
from index import Index, QuestionError
from index.encoding.encoder import Encoder

FIRST = """\
---
title: Ferry late again
publisher: Porto Daily
published: 2026-02-17
---
The ferry came three hours late on Monday. “We will buy a new one,” said Ina Tarasenkyi, the mayor of Tolby.

A spokesman for the ministry said that the ministry would not pay.
"""
SECOND = """\
---
title: The islanders wait
publisher: Island News
published: 2026-02-20
---
Mayor Tarasenky said the ferry would be replaced. She denied that the school would close.

“The school is safe,” she said. Aron Teld, a teacher, told the islanders he did not believe it.
"""
THIRD = """\
---
title: Questions for the mayor
publisher: Island News
published: 2026-03-02
---
QUESTION: Is the school safe?

INA TARASENKYI, mayor: It is. I have said so.

QUESTION: And the ferry?

TARASENKYI: It is on its way.
"""


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Iterator[Assistant]:
    folder, home = tmp_path_factory.mktemp("articles"), tmp_path_factory.mktemp("library")
    for name, text in (("first", FIRST), ("second", SECOND), ("third", THIRD)):
        (folder / f"{name}.md").write_text(text)
    with Index(home, encoder=encoder) as index:
        index.sync([folder])
    with Assistant(home, encoder=encoder) as opened:
        yield opened


def test_everybody_who_speaks_is_counted_once_in_all_spellings(talks: Assistant) -> None:
    people = {each.name: each for each in talks.people()}
    assert people.keys() == {"Ina Tarasenkyi", "Aron Teld"}
    mayor = people["Ina Tarasenkyi"]
    assert (mayor.articles, mayor.office) == (3, "mayor of Tolby")
    assert next(iter(people)) == "Ina Tarasenkyi"


def test_statements_come_by_date_with_their_exact_words(talks: Assistant) -> None:
    said = talks.statements("Tarasenkyi")
    assert [each.number for each in said] == list(range(1, len(said) + 1))
    days = [each.article.published for each in said]
    assert days == sorted(days, key=str)
    assert all(each.article.text[each.start : each.end] == each.quote for each in said)
    assert all(each.speaker is not None and each.speaker.name.startswith("Ina") for each in said[:1])
    assert any("The school is safe" in each.quote for each in said)


@pytest.mark.parametrize("name", ["Ina Tarasenkyi", "tarasenkiy", "Тарасенький", "Ina Tarasenkij"])
def test_a_person_goes_by_any_spelling(talks: Assistant, name: str) -> None:
    assert talks.statements(name) == talks.statements("Tarasenkyi")


def test_a_subject_narrows_what_is_given(talks: Assistant) -> None:
    about = talks.statements("Tarasenkyi", about="the school")
    assert about
    assert all("school" in each.article.text for each in about)
    assert not any("buy a new one" in each.quote for each in about)


def test_days_narrow_what_is_given(talks: Assistant) -> None:
    said = talks.statements("Tarasenkyi", after="2026-02-18", before=date(2026, 2, 28))
    assert {each.article.title for each in said} == {"The islanders wait"}


def test_another_first_name_is_somebody_else(talks: Assistant) -> None:
    assert not any("We will buy" in each.quote for each in talks.statements("Boris Tarasenkyi"))


def test_nobody_says_nothing(talks: Assistant) -> None:
    assert talks.statements("Medinsky") == ()
    with pytest.raises(QuestionError):
        talks.statements(" ")


def test_a_reporter_s_question_is_nobody_s_statement(talks: Assistant) -> None:
    assert not any("QUESTION" in each.quote for each in talks.statements("Tarasenkyi"))
