"""Events in questions: when was "the flood", "the second round", as the articles tell?

The articles' sentences that hold an event's words and a day vote for that day; one that stands beside the words counts
twice. Where they name several days, an event lasts from the first to the last of those that have half of the votes.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from assistant.language.times import event_day
from assistant.language.times.questions import AskedEvent
from assistant.language.tokens import STOP_WORDS, stems_of
from index.filters import Filter
from index.reader import Reader

#: Passages that are looked at for one event, and characters between its words and a day that stands beside them.
PASSAGES, BESIDE = 30, 80
#: Words that stand beside so many days name no event: "the talks".
MOST_DAYS = 3


def days_of_event(reader: Reader, event: AskedEvent) -> tuple[date, date] | None:
    """The first and the last day of an event; None where the articles do not tell.

    >>> days_of_event(reader, AskedEvent("before", "the flood", 0, 9))  # doctest: +SKIP
    (datetime.date(2026, 2, 3), datetime.date(2026, 2, 3))
    """
    words = [word for word in event.words.split() if word.lower() not in STOP_WORDS]
    wanted = stems_of(" ".join(words))
    if not wanted:
        return None
    numbers = list(reader.by_words(dict.fromkeys(wanted, 1.0), PASSAGES, Filter()))
    votes: Counter[date] = Counter()
    seen: set[tuple[str, int]] = set()
    for found in reader.with_articles(numbers).values():
        article = found.article
        for start, end in found.row.sentences:
            text = article.text[start:end]
            if (article.id, start) in seen or not wanted <= stems_of(text):
                continue
            seen.add((article.id, start))
            day = event_day(article, start, end)
            if day is not None and day.precision == "day" and not day.saying:
                votes[day.day] += 2 if _beside(text, words, day.start - start) else 1
    if not votes:
        return None
    most = max(votes.values())
    days = sorted(day for day, count in votes.items() if 2 * count >= most)
    return (days[0], days[-1]) if len(days) <= MOST_DAYS else None


def _beside(text: str, words: Sequence[str], place: int) -> bool:
    """Does the last of an event's words stand near a place of a sentence?"""
    at = text.lower().find(words[-1].lower())
    return at >= 0 and abs(at - place) <= BESIDE
