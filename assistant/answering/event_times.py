"""Event dates as a feature: whether a sentence tells of the time that a question asks about.

The day is that of the event, as the sentence's own words tell; where they do not, that of the article counts half.
"""

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.reading import ReadSentence
from assistant.language.times import event_day
from assistant.language.times.questions import AskedTime

#: What a sentence gains, in logits, for telling of the time that is asked about, and loses for telling of another.
IN_TIME = 1.5


def by_time(read: Sequence[ReadSentence], time: AskedTime | None) -> list[ReadSentence]:
    """The sentences with the time that a question asks about in their scores, best first.

    >>> by_time([], None)
    []
    """
    if time is None:
        return list(read)
    scored = [replace(each, score=each.score + IN_TIME * _within(each, time)) for each in read]
    return sorted(scored, key=lambda each: -each.score)


def _within(sentence: ReadSentence, time: AskedTime) -> float:
    """Whether a sentence tells of the time (1) or of another (-1); by its article's day, half of that."""
    day = event_day(sentence.article, sentence.start, sentence.end)
    if day is not None:
        return 1.0 if time.holds(day.day) or time.holds(day.last) else -1.0
    published = sentence.article.day
    if published is None or time.weekday is not None:
        return 0.0
    return 0.5 if time.holds(published) else -0.5
