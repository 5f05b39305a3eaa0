"""In interviews an answer goes with its question: it is found by it, read behind it, and quoted behind it if short."""

from dataclasses import replace

import numpy as np

from assistant.answering.interviews import (
    behind_questions,
    ranked_by_question,
    with_questions,
    without_questions,
)
from assistant.answering.quotes import Quote
from assistant.answering.reading import ReadSentence
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.language.annotation import speaker_of
from index.article import Article
from index.encoding import sentences

TEXT = (
    "Q. When is the third round?\n\nA. On 9 April, in Helsby.\n\nQ. Will you give up the lighthouse?\n\n"
    "A. No. Never. My parliament has said so three times, in words that nobody who reads them can mistake, and it will "
    "say so a fourth time in the spring, before the round, so that everybody at the table knows where we stand then."
)
ARTICLE = Article("1", "Interview with Ada Corvin, foreign minister", TEXT, "1.txt")
PLAIN_ARTICLE = Article("2", "Talks", "The third round is near. Nobody knows the day.", "2.txt")


def candidates(article: Article, likeness: dict[str, float]) -> list[CandidateSentence]:
    """An article's sentences; those that begin so are that much like the question."""
    found = []
    for order, (start, end) in enumerate(sentences(article.text)):
        score = next((each for begins, each in likeness.items() if article.text[start:end].startswith(begins)), 0.1)
        mean = np.zeros(4, dtype=np.float32)
        found.append(
            CandidateSentence(article, start, end, 0, order, score, score, score, score, score, mean, end - start)
        )
    return found


ASKED = candidates(ARTICLE, {"Q. When": 1.0, "When is": 1.0})


def named(found: list[CandidateSentence], begins: str) -> CandidateSentence:
    return next(each for each in found if begins in each.text)


def test_an_answer_ranks_nearly_as_high_as_its_question() -> None:
    raised = ranked_by_question(ASKED)
    assert named(raised, "On 9 April").cheap > 0.8
    assert named(raised, "Never").cheap == 0.1
    assert [each.start for each in raised] == [each.start for each in ASKED]


def test_articles_without_reporters_questions_stay_as_they_are() -> None:
    plain = candidates(PLAIN_ARTICLE, {"The third": 1.0})
    assert ranked_by_question(plain) == plain
    assert with_questions(plain, plain) == plain


def test_the_reader_reads_the_question_before_the_answer() -> None:
    answer = named(ASKED, "On 9 April")
    read = with_questions([answer], ASKED)
    assert read[-1] is answer
    assert "third round?" in read[0].text or "third round?" in read[1].text


def test_a_question_is_no_evidence() -> None:
    read = [ReadSentence(each, 1.0, 1.0, None, 0.0, 1.0, 0.0) for each in ASKED]
    assert not any("round?" in each.candidate.text for each in without_questions(read))
    assert any("On 9 April" in each.candidate.text for each in without_questions(read))


def test_a_short_answer_is_quoted_behind_its_question_and_is_its_speaker_s() -> None:
    answer = named(ASKED, "On 9 April")
    (quote,) = behind_questions([Quote(ARTICLE, answer.start, answer.end, 1.0)])
    assert quote.text.startswith("Q. When is the third round?")
    assert quote.text.endswith("On 9 April, in Helsby.")
    speaker = speaker_of(ARTICLE, quote.start, quote.end)
    assert speaker is not None and speaker.name == "Ada Corvin"


def test_a_long_answer_and_a_quote_of_a_report_stand_by_themselves() -> None:
    long = named(ASKED, "My parliament")
    quotes = [Quote(ARTICLE, long.start, long.end, 1.0), Quote(PLAIN_ARTICLE, 0, 24, 1.0)]
    assert behind_questions(quotes) == quotes


def test_two_quotes_of_one_answer_do_not_both_repeat_the_question() -> None:
    first, second = named(ASKED, "Never"), named(ASKED, "My parliament")
    quotes = [Quote(ARTICLE, first.start, first.end, 1.0), replace(Quote(ARTICLE, second.start, second.end, 0.5))]
    behind = behind_questions(quotes)
    assert behind[0].start < first.start
    assert behind[1] == quotes[1]
