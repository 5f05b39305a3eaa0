"""The short answer: exact words, each inside the quote that is cited for it."""

from dataclasses import replace

from assistant.answering.pipeline import cited
from assistant.answering.quotes import Quote
from assistant.answering.short_answer import MOST, short_answer
from assistant.models import PLAIN, QuestionType
from index.article import Article

TEXT = "The talks were led by Dara Holm. Holm came from Vesterby. Nobody else spoke."
ARTICLE = Article("1", "Talks", TEXT, "a.txt")


def quote(words: str, start: int, end: int) -> Quote:
    at = TEXT.index(words)
    return Quote(ARTICLE, start, end, 1.0, ((at, at + len(words)),))


def numbered(quotes: list[Quote]):
    return [replace(cited(each), number=number) for number, each in enumerate(quotes, start=1)]


def test_the_words_are_exact_and_lie_in_their_citation() -> None:
    quotes = [quote("Dara Holm", 0, 32), quote("Vesterby", 33, 57)]
    found = short_answer(quotes, numbered(quotes), PLAIN)
    assert [(each.text, each.citation) for each in found] == [("Dara Holm", 1), ("Vesterby", 2)]
    assert all(ARTICLE.text[each.start : each.end] == each.text for each in found)


def test_nothing_is_said_twice() -> None:
    quotes = [quote("Dara Holm", 0, 32), quote("Holm", 33, 57)]
    assert len(short_answer(quotes, numbered(quotes), PLAIN)) == 1


def test_a_question_of_yes_or_no_is_answered_by_the_sentence() -> None:
    quotes = [quote("Dara Holm", 0, 32)]
    asked = QuestionType(PLAIN.kinds | {"yesno": 1.0, "fact": 0.0}, PLAIN.needs)
    assert short_answer(quotes, numbered(quotes), asked) == ()


def test_a_long_list_is_read_in_the_quotes() -> None:
    words = ["The talks", "were led", "Dara", "came", "Vesterby", "else"]
    quotes = [quote(each, TEXT.index(each), TEXT.index(each) + len(each)) for each in words]
    assert len(short_answer(quotes, numbered(quotes), PLAIN)) == MOST


def test_words_of_a_quote_that_ranks_far_below_are_no_answer_where_one_is_needed() -> None:
    best, other = quote("Dara Holm", 0, 32), quote("Vesterby", 33, 57)
    quotes = [best, replace(other, score=best.score - 2)]
    several = QuestionType(PLAIN.kinds, PLAIN.needs | {2: 1.0})
    assert [each.text for each in short_answer(quotes, numbered(quotes), PLAIN)] == ["Dara Holm"]
    assert len(short_answer(quotes, numbered(quotes), several)) == 2
