import pytest

from assistant.answering.answerability import Verdict, judge
from assistant.answering.question_types import Kind, asked
from assistant.answering.quotes import choose
from assistant.language.countries import countries_in


def verdict(library, question: str, *history: str) -> Verdict:
    query, candidates = library.ask(question, *history)
    quotes = choose(query, candidates)
    return judge(query, candidates, quotes, library.document_frequency, len(library.passages))


@pytest.mark.parametrize(
    "question",
    [
        "Who led the delegation of Sudland?",
        "What did Halvorsen say about the talks?",
        "How many engineers came with Bellini?",
        "How long did the delegations sit together?",
        "Why would farmers lose their harvest?",
        "What did the Prime Minister of Norland call the talks?",
        "Where will the next meeting be held?",
        "When will the night train run again?",
        "What did Bellini warn of?",
    ],
)
def test_what_the_articles_say_is_answered(library, question):
    assert verdict(library, question).answered


@pytest.mark.parametrize(
    "question", ["How do vaccines work?", "Give me a recipe for pancakes.", "Who painted the ceiling of the chapel?"]
)
def test_another_subject_is_refused(library, question):
    assert not verdict(library, question).answered


def test_a_number_that_is_not_given_is_refused(library):
    found = verdict(library, "How many fishermen did Halvorsen meet in Vesterby?")
    assert not found.answered
    assert "a number" in found.missing


def test_somebody_who_says_nothing_in_the_articles_is_not_quoted(library):
    found = verdict(library, "What did Chancellor Weber say about the dam?")
    assert not found.answered
    assert {"Chancellor", "Weber"} <= set(found.missing)


def test_a_topic_that_nobody_spoke_about_is_refused(library):
    assert not verdict(library, "What did Bellini say about nuclear weapons?").answered


def test_a_word_that_no_article_holds_is_told(library):
    found = verdict(library, "Who won the election in Norland?")
    assert not found.answered
    assert "election" in found.missing


def test_a_verdict_says_why(library):
    assert verdict(library, "Who led the delegation of Sudland?").reason == "answered"
    assert verdict(library, "How do vaccines work?").reason == "off-topic"


def test_the_score_tells_the_same_as_the_verdict(library):
    for question in ("Who led the delegation of Sudland?", "How do vaccines work?", "How old is Bellini?"):
        found = verdict(library, question)
        assert found.answered == (found.score >= 0.5)


def test_without_passages_nothing_is_answered(library):
    query, _ = library.ask("Who led the delegation?")
    assert judge(query, [], [], library.document_frequency, 0) == Verdict(False, 0.0, (), "no-passages")


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("How many prisoners were exchanged?", Kind.NUMBER),
        ("On which date does the round begin?", Kind.DATE),
        ("How long did the talks last?", Kind.DURATION),
        ("When will they meet?", Kind.TIME),
        ("Which countries sent delegates?", Kind.COUNTRY),
        ("Why were the talks stuck?", Kind.REASON),
        ("What happens when the talks fail?", Kind.OTHER),
    ],
)
def test_the_kind_of_answer_is_read_off_the_question(question, kind):
    assert asked(question).kind is kind


def test_who_is_said_to_have_spoken_is_read_off_the_question():
    found = asked("What did the head of the council say about the truce?")
    assert (found.speaker, found.verb, found.topic) == ("the head of the council", "say", "the truce")


def test_a_country_goes_by_its_capital_and_its_people():
    assert countries_in("Kyiv and the American side") == countries_in("Ukraine and the United States")
    assert not countries_in("They told us to polish it.")
