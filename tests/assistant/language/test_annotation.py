"""A citation tells who speaks and when it happened, as far as its article does."""

from datetime import date

from assistant.answer import Citation, EventDate, Speaker
from assistant.language.annotation import annotated
from index.article import Article

TEXT = "“We sail on Monday,” Ina Vollan said. The harbour froze on Tuesday. Nobody was hurt."
ARTICLE = Article(id="", title="Harbour", text=TEXT, source="", published=date(2026, 2, 19))


def cited(words: str) -> Citation:
    start = TEXT.index(words)
    return annotated(Citation(1, words, start, start + len(words), ARTICLE))


def test_a_quotation_has_its_speaker_and_its_day() -> None:
    citation = cited("“We sail on Monday,” Ina Vollan said.")
    assert citation.speaker == Speaker("Ina Vollan", None, "direct")
    assert citation.date == EventDate(date(2026, 2, 23), "day", "on Monday")


def test_the_article_s_own_words_have_no_speaker() -> None:
    citation = cited("The harbour froze on Tuesday.")
    assert citation.speaker is None
    assert citation.date == EventDate(date(2026, 2, 17), "day", "on Tuesday")


def test_where_the_words_tell_no_time_there_is_no_day() -> None:
    assert cited("Nobody was hurt.").date is None


def test_words_of_two_voices_are_those_of_the_one_who_says_most() -> None:
    assert cited("“We sail on Monday,” Ina Vollan said. The harbour froze on Tuesday. Nobody was hurt.").speaker is None
