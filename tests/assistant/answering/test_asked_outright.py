"""What a question asks for outright, and the order and sections that this gives."""

from datetime import date

import numpy as np
import pytest

from assistant.answer import Citation, SameWords
from assistant.answering.reading import ReadSentence
from assistant.answering.sections import sections_of
from assistant.answering.selection import Wanted, select
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.models import PLAIN, QuestionType
from assistant.questions.asked_outright import outright
from index.article import Article


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Is the road still closed?", "latest"),
        ("who is defence minister now", "latest"),
        ("latest on the dam", "latest"),
        ("give me a timeline of the talks", "timeline"),
        ("Where do the papers differ on the toll?", "disagree"),
        ("different versions of the clash", "disagree"),
        ("how has Kyiv's position changed", "change"),
        ("the Courier versus the Warden on the bridge", "compare"),
    ],
)
def test_a_question_that_says_so_asks_for_it(question: str, kind: str) -> None:
    assert outright(question, PLAIN).kinds[kind] >= 0.5


@pytest.mark.parametrize("question", ["Who led Kyiv's delegation?", "What did he say when he was still minister?"])
def test_a_plain_question_stays_one(question: str) -> None:
    assert outright(question, PLAIN) == PLAIN


def test_what_was_learned_stays() -> None:
    sure = QuestionType(PLAIN.kinds | {"latest": 0.95}, PLAIN.needs)
    assert outright("the latest", sure).kinds["latest"] == 0.95


LATEST = outright("What is the latest?", PLAIN)


def of(day: int) -> Article:
    return Article(f"{day}", "Talks", "They met.", "a.txt", "Warden", None, date(2026, 3, day))


def days_selected(wanted: Wanted) -> list[int]:
    """The days of the sentences that are selected, of three that answer ever less."""
    read = []
    for place, (day, score) in enumerate(((3, 2.0), (9, 1.5), (12, -2.0))):
        mean = np.eye(3, dtype=np.float32)[place]
        sentence = CandidateSentence(of(day), 0, 9, 0, 0, 0.5, 0.5, 0.5, 0.5, 0.5, mean)
        read.append(ReadSentence(sentence, score, score, None, 0.0, score, 0.0))
    return [each.article.published.day for each in select(read, wanted) if each.article.published]


def test_the_newest_that_answers_comes_first_and_older_ones_are_marked() -> None:
    assert days_selected(Wanted(newest=LATEST.kinds["latest"]))[:2] == [9, 3]
    for order in ((9, 3), (3, 9)):
        citations = [Citation(number, "They met.", 0, 9, of(day)) for number, day in enumerate(order, start=1)]
        titles = [each.title for each in sections_of(citations, LATEST)]
        assert titles == ["Newest: 9 March 2026", "Older: 3 March 2026"]


def test_the_order_of_other_questions_is_that_of_the_reader() -> None:
    assert days_selected(Wanted())[:2] == [3, 9]


def test_papers_that_are_known_to_differ_stand_apart_though_nobody_asked() -> None:
    other = Article("c", "Talks", "They met.", "c.txt", "Courier")
    both = [Citation(1, "They met.", 0, 9, of(3)), Citation(2, "They met.", 0, 9, other)]
    assert [each.title for each in sections_of(both, PLAIN, differ=True)] == ["Warden", "Courier"]


def test_a_wire_story_stands_under_all_its_papers() -> None:
    other = Article("c", "Talks", "They met.", "c.txt", "Courier")
    wire = Citation(1, "They met.", 0, 9, of(3), also=(SameWords("They met.", 0, 9, other),))
    own = Citation(2, "They met.", 0, 9, other)
    disagree = outright("where do they differ", PLAIN)
    assert [each.title for each in sections_of([wire, own], disagree)] == ["Warden and Courier", "Courier"]
