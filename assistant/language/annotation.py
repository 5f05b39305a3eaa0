"""Annotation: gives a citation the speaker of its words and the day of what they tell."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Citation, EventDate, Speaker
from assistant.language.quotations import mostly_within, questions_in, speech_of
from assistant.language.times import event_day
from index.article import Article
from index.encoding import sentences

#: Gives who says the sentence at these characters of an article; None where the words are the article's own.
SaysWho = Callable[[int, int], Speaker | None]


def annotated(citation: Citation, says: SaysWho | None = None) -> Citation:
    """The citation with its speaker and date, as far as its article tells them.

    `says` knows the speakers of the article's sentences; where it is not given, the article is read for them.

    >>> text = "“No,” Marco Rubio said on 3 May 2026."
    >>> article = Article(id="", title="", text=text, source="")
    >>> annotated(Citation(1, text, 0, len(text), article)).speaker
    Speaker(name='Marco Rubio', office=None, kind='direct')
    """
    article, start, end = citation.article, citation.start, citation.end
    return replace(citation, speaker=speaker_of(article, start, end, says), date=date_of(article, start, end))


def speaker_of(article: Article, start: int, end: int, says: SaysWho | None = None) -> Speaker | None:
    """Whose words stand at characters `start` to `end`: of several sentences, whoever says most of them.

    None where most of them are the article's own.
    """
    questions, who = questions_in(article), says or speech_of(article).speaker
    said: Counter[str] = Counter()
    speakers: dict[str, Speaker] = {}
    for low, high in sentences(article.text[start:end]):
        if mostly_within(questions, start + low, start + high):
            continue  # the answer behind it is whoever's
        found = who(start + low, start + high)
        name = "" if found is None else found.name
        said[name] += high - low
        if found is not None and (name not in speakers or found.kind == "direct"):
            speakers[name] = found
    if not said:
        return None
    return speakers.get(said.most_common(1)[0][0])


def date_of(article: Article, start: int, end: int) -> EventDate | None:
    """When what stands at characters `start` to `end` happened; None where the words do not tell."""
    found = event_day(article, start, end)
    return None if found is None else EventDate(found.day, found.precision, article.text[found.start : found.end])
