"""Interviews and transcripts: an answer goes with its question, which is read with it and is no evidence by itself.

“On 9 April, in Helsby.” shares no word with “When is the third round?”: the reporter's question does. So an answer's
sentences are ranked by their question too, the reader reads both, and a short answer is quoted behind its question.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from assistant.answering.quotes import MOST_WORDS, Quote
from assistant.answering.reading import ReadSentence
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.language.quotations import mostly_within, questions_in
from index.article import Article

#: Characters behind a question in which its answer stands.
REACH = 400
#: What an answer’s sentence gets of its question’s cheap score.
SHARE = 0.85
#: A longer quote is understood without its question.
SHORT = 30


@dataclass(frozen=True, slots=True)
class _Exchange:
    """A question at characters `start` to `end`, and where its answer ends."""

    start: int
    end: int
    until: int


@lru_cache(maxsize=256)
def _exchanges(article: Article) -> tuple[_Exchange, ...]:
    questions = sorted(questions_in(article))
    merged: list[tuple[int, int]] = []
    for start, end in questions:
        if merged and not article.text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], end)  # a question of two paragraphs
        else:
            merged.append((start, end))
    ends = [*(start for start, _ in merged[1:]), len(article.text)][: len(merged)]
    return tuple(
        _Exchange(start, end, min(until, end + REACH)) for (start, end), until in zip(merged, ends, strict=True)
    )


def ranked_by_question(sentences: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """The sentences in their order; those of an answer rank nearly as high as their question does."""
    asked: dict[tuple[str, int], CandidateSentence] = {}
    for each in sentences:
        for exchange in _exchanges(each.article):
            if exchange.start <= each.start < exchange.end:
                key = (each.article.id, exchange.start)
                asked[key] = max((each, asked.get(key, each)), key=lambda one: one.cheap)
    return [_raised(each, asked) for each in sentences] if asked else list(sentences)


def _raised(sentence: CandidateSentence, asked: dict[tuple[str, int], CandidateSentence]) -> CandidateSentence:
    for exchange in _exchanges(sentence.article):
        question = asked.get((sentence.article.id, exchange.start))
        if question is not None and exchange.end <= sentence.start < exchange.until:
            return replace(
                sentence,
                cheap=max(sentence.cheap, SHARE * question.cheap),
                worth=max(sentence.worth, SHARE * question.worth),
            )
    return sentence


def with_questions(chosen: Sequence[CandidateSentence], every: Sequence[CandidateSentence]) -> list[CandidateSentence]:
    """The chosen sentences, each answer's behind its question, so that the reader knows what was asked."""
    wanted = {
        (each.article.id, exchange.start)
        for each in chosen
        for exchange in _exchanges(each.article)
        if exchange.end <= each.start < exchange.until
    }
    if not wanted:
        return list(chosen)
    there = {(each.article.id, each.start) for each in chosen}
    order = {article: place for place, article in enumerate(dict.fromkeys(each.article.id for each in chosen))}
    more = [
        each
        for each in every
        if (each.article.id, each.start) not in there
        for exchange in _exchanges(each.article)
        if exchange.start <= each.start < exchange.end and (each.article.id, exchange.start) in wanted
    ]
    return sorted((*chosen, *more), key=lambda each: (order[each.article.id], each.start))


def without_questions(read: Sequence[ReadSentence]) -> list[ReadSentence]:
    """What was read, without the reporters' questions, which are no evidence."""
    return [each for each in read if not mostly_within(questions_in(each.article), each.start, each.end)]


def behind_questions(quotes: Sequence[Quote]) -> list[Quote]:
    """The quotes, those that are the beginning of a short answer with the question before them."""
    return [_behind(quote, quotes) for quote in quotes]


def _behind(quote: Quote, quotes: Sequence[Quote]) -> Quote:
    for exchange in _exchanges(quote.article):
        if not exchange.end <= quote.start < exchange.until or len(quote.text.split()) > SHORT:
            continue
        longer = replace(quote, start=exchange.start)
        free = not any(
            each is not quote
            and each.article.id == quote.article.id
            and each.start < quote.start
            and exchange.start < each.end
            for each in quotes
        )
        if free and len(longer.text.split()) <= MOST_WORDS:
            return longer
    return quote
