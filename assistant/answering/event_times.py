"""Event dates as a feature: whether a sentence tells of the time that a question asks about, or names a date at all.

The day is that of the event, as the sentence's own words tell; where they do not, that of the article counts half.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.answering.reading import ReadSentence
from assistant.language.times import event_day
from assistant.language.times.questions import AskedTime
from assistant.models import QuestionType

#: What a sentence gains, in logits, for telling of the time that is asked about, and loses for telling of another.
IN_TIME = 1.5
#: What it gains, where the question surely asks for a date, for naming a day.
DATED = 1.0
#: How likely a question must ask for a date for that.
LIKELY = 0.3


def by_time(read: Sequence[ReadSentence], time: AskedTime | None, question: QuestionType) -> list[ReadSentence]:
    """The sentences with the time in their scores, best first.

    >>> by_time([], None, PLAIN)  # doctest: +SKIP
    []
    """
    dated = question.kinds["date"] if question.kinds["date"] >= LIKELY else 0.0
    if time is None and not dated:
        return list(read)
    scored = [replace(each, score=each.score + _worth(each, time, dated)) for each in read]
    return sorted(scored, key=lambda each: -each.score)


def _worth(sentence: ReadSentence, time: AskedTime | None, dated: float) -> float:
    day = event_day(sentence.article, sentence.start, sentence.end)
    own = day is not None and not day.saying and day.lead != "dateline"
    worth = DATED * dated if own else 0.0
    if time is None:
        return worth
    if day is not None:
        return worth + (IN_TIME if time.holds(day.day) or time.holds(day.last) else -IN_TIME)
    published = sentence.article.published
    if published is None or time.weekday is not None:
        return worth
    day_of_article = date(published.year, published.month, published.day)
    return worth + (IN_TIME / 2 if time.holds(day_of_article) else -IN_TIME / 2)
