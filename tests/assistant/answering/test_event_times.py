"""What happened in the time that a question asks about goes before what happened at another."""

from datetime import date

import numpy as np
import pytest

from assistant.answering.event_times import by_time
from assistant.answering.reading import ReadSentence
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.language.times.questions import AskedTime
from index.article import Article

OCTOBER = AskedTime(date(2025, 10, 1), date(2025, 10, 31), "in October")


def read(text: str, score: float, published: date | None = date(2025, 11, 5)) -> ReadSentence:
    article = Article(text, "Talks", text, "a.txt", published=published)
    sentence = CandidateSentence(article, 0, len(text), 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, np.zeros(4, dtype=np.float32))
    return ReadSentence(sentence, score, score, None, 0.0, score, 0.0)


def first(read: list[ReadSentence], time: AskedTime | None) -> str:
    return by_time(read, time)[0].candidate.text


def test_the_day_of_the_event_counts_and_not_that_of_the_article() -> None:
    both = [read("They met on Monday.", 2.0), read("They met on 20 October.", 1.0)]
    assert first(both, OCTOBER) == "They met on 20 October."


def test_without_a_day_of_its_own_a_sentence_is_of_its_article_s_day() -> None:
    both = [read("They did not meet.", 1.5), read("They met.", 1.0, date(2025, 10, 7))]
    assert first(both, OCTOBER) == "They met."


def test_a_weekday_is_that_of_the_event() -> None:
    tuesday = AskedTime(None, None, "on Tuesday", 1)
    assert (
        first([read("They met on Monday.", 2.0), read("They met on Tuesday.", 1.0)], tuesday) == "They met on Tuesday."
    )


@pytest.mark.parametrize("time", [None, OCTOBER])
def test_nothing_read_stays_nothing(time: AskedTime | None) -> None:
    assert by_time([], time) == []


def test_a_question_without_a_time_leaves_the_order_as_it_was() -> None:
    both = [read("They met on Monday.", 2.0), read("They met.", 1.0)]
    assert by_time(both, None) == both
