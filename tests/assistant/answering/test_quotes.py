from importlib.resources import files

import pytest

from assistant.answering.extraction import extract, reading_models
from assistant.answering.quotes import MOST_SENTENCES, Quote
from assistant.answering.selection import MOST_MANY
from assistant.language.anaphora import leans_back
from index.encoding.chunking import sentences
from index.ingestion.parsing import read_article


def answer(library, question: str, *history: str) -> list[Quote]:
    return extract(reading_models().reader, *library.ask(question, *history)).quotes


@pytest.mark.parametrize(
    ("question", "answered_by"),
    [
        ("Who led the Sudland delegation?", "led by Marco Bellini"),
        ("How many engineers came to the talks?", "Nearly forty engineers"),
        ("When did the officials meet?", "on Tuesday"),
        ("Why would farmers lose their harvest?", "because the river is drying out"),
        ("Where will the next meeting be held?", "Porto Sereno"),
        ("How much will tickets cost?", "60 crowns"),
    ],
)
def test_the_sentence_that_answers_is_quoted(library, question, answered_by):
    assert any(answered_by in quote.text for quote in answer(library, question))


def test_a_quote_is_made_of_whole_sentences_of_its_article(library):
    for quote in answer(library, "What did Bellini say about the dam?"):
        spans = sentences(quote.article.text)
        assert quote.start in {start for start, _ in spans}
        assert quote.end in {end for _, end in spans}
        assert quote.article.text[quote.start : quote.end] == quote.text


def test_a_sentence_that_begins_with_he_comes_with_the_name(library):
    [best, *_] = answer(library, "Who called the dam a wall of water?")
    assert "He called the dam" in best.text
    assert "Marco Bellini" in best.text


def test_a_name_is_fetched_over_more_than_one_sentence(library):
    [best, *_] = answer(library, "Who met fishermen?")
    assert "she also met fishermen" in best.text
    assert "Ingrid Halvorsen" in best.text


def test_the_name_may_stand_in_the_passage_before(one_article):
    padding = " ".join(f"The committee on roads read report number {number} aloud." for number in range(20))
    text = f"{padding} Then Senator Olga Brandt stood up.\n\nShe tore the budget of the harbour apart. {padding}"
    library = one_article(text)
    asked, candidates = library.ask("Who tore the budget of the harbour apart?")
    assert any(candidate.text.startswith("She tore") for candidate in candidates), "the cut no longer falls here"
    assert "Olga Brandt" in extract(reading_models().reader, asked, candidates).quotes[0].text


HARBOUR = """The mayor, Lucia Ferrante, presented the plan of the Brandt group on Monday. Senator Brandt was not there.

“The harbour will pay for itself,” Senator Olga Brandt said on Friday. “Come and see.”

Fishermen warned the council that the harbour of Brandt is too deep."""


def test_what_somebody_says_next_belongs_to_the_quote(one_article):
    [best, *_] = answer(one_article(HARBOUR), "What did Brandt say?")
    assert best.text.endswith("“Come and see.”")


def test_who_is_only_mentioned_did_not_say_it(one_article):
    quotes = answer(one_article(HARBOUR), "What did Brandt say?")
    assert [quote.text.split("”")[0] for quote in quotes] == ["“The harbour will pay for itself,"]


@pytest.fixture
def brief(one_article):
    """A library of the brief that ships with Talks."""
    (file,) = files("index").joinpath("articles").iterdir()
    return one_article(read_article(str(file)).text)


def test_he_said_is_said_by_whom_the_sentence_before_is_about(brief):
    [only] = answer(brief, "What did Trump say?")
    assert only.text.startswith("Trump, who before his return")
    assert "“They’re big talks." in only.text


def test_what_somebody_wants_is_told_by_a_sentence_on_them(brief):
    [best, *_] = answer(brief, "What does Russia want?")
    assert best.text.startswith("Moscow wants the whole eastern Donbas")
    [best, *rest] = answer(brief, "What does Kyiv fear?")
    assert "It fears that" in best.text
    assert not any(quote.text.startswith("Putin") for quote in rest)


@pytest.mark.parametrize(
    "question", ["Did Trump promise to end the war?", "What does Ukraine want?", "Is Russia serious about peace?"]
)
def test_no_sentence_is_quoted_twice(brief, question):
    ends = [end for quote in sorted(answer(brief, question), key=lambda q: q.start) for end in (quote.start, quote.end)]
    assert ends == sorted(ends)


def test_a_clear_answer_is_one_quote(library):
    assert len(answer(library, "Who led the Sudland delegation?")) == 1


def test_what_each_side_said_is_quoted_from_both(library):
    quotes = answer(library, "What did Halvorsen and Bellini each say about the dam?")
    said = " ".join(quote.text for quote in quotes)
    assert "would not give up the dam" in said
    assert "a wall of water" in said


def test_neighbouring_sentences_make_one_quote(library):
    for quote in (quotes := answer(library, "What did the delegations of Norland and Sudland say about the dam?")):
        others = [other for other in quotes if other is not quote and other.article is quote.article]
        assert all(other.end < quote.start or quote.end < other.start for other in others)


@pytest.mark.parametrize(
    "question", ["What happened in Vesterby?", "Dam?", "Summarise all the talks and all the trains."]
)
def test_quotes_stay_few_and_short(library, question):
    quotes = answer(library, question)
    assert 1 <= len(quotes) <= MOST_MANY
    assert all(len(sentences(quote.text)) <= MOST_SENTENCES for quote in quotes)


def test_the_last_question_weighs_more_than_the_one_before(library):
    [best, *_] = answer(library, "And what did Halvorsen say about it?", "What did Bellini say about the dam?")
    assert "would not give up the dam" in best.text


def test_nothing_is_quoted_from_no_passages(library):
    asked, _ = library.ask("Who led the delegation?")
    assert extract(reading_models().reader, asked, []).quotes == []


@pytest.mark.parametrize(
    "sentence",
    [
        "He left early.",
        "Both men spoke.",
        "But the price stayed open.",
        "However, he refused.",
        "Among them was the admiral.",
        "That statement pleased nobody.",
        "The idea was rejected.",
        "In Rome, they met again.",
        "In Rome the pair met again.",
        "Before leaving, she thanked the town.",
        "“We will be back,” he said.",
        "Further rounds would follow, she said.",
    ],
)
def test_a_sentence_that_points_back_is_known(sentence):
    assert leans_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Halvorsen said that she would stay.",
        "This week, spokesman Karl Holm denied it.",
        "When Bellini arrived, he greeted the crowd.",
        "The two-day meeting ended on Friday.",
        "“They are ready,” Bellini told reporters.",
        "Norland fears that it will lose the dam.",
    ],
)
def test_a_sentence_that_stands_by_itself_is_known(sentence):
    assert not leans_back(sentence)
