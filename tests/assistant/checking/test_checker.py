"""What a check lets stand, case by case, on an article that the thresholds and rules were not made on."""

from datetime import date

import pytest

from assistant.checking import entities, facts
from assistant.checking.checker import Checker
from assistant.checking.source import Source
from assistant.language.attribution import voices
from assistant.language.quantities import numbers, times
from assistant.language.subjects import subject_of
from index.article import Article
from index.encoding.chunking import sentences
from index.encoding.encoder import Encoder

TEXT = """\
Officials of Norland and Sudland met in Vesterby on Tuesday to talk about the river dam that divides them. The two \
delegations sat together for three hours and parted without a treaty. Prime Minister Ingrid Halvorsen of Norland said \
the talks were “frank and useful.” She added that her country would not give up the dam. The Sudland delegation was \
led by Marco Bellini, a retired admiral. He called the dam “a wall of water” and warned that farmers downstream would \
lose their harvest because the river is drying out. Nearly forty engineers came with him. According to the mayor, \
Lucia Ferrante, Halvorsen has asked France for help, while Bellini is asking Germany. Poland refused to send observers.
"""
ARTICLE = Article(id="river", title="Dam talks end without a treaty", text=TEXT.strip(), source="/news/river.txt")
SOURCES = [Source(n, ARTICLE, a, b) for n, (a, b) in enumerate(sentences(ARTICLE.text), start=1)]


def source(words: str) -> Source:
    return next(each for each in SOURCES if words in each.text)


@pytest.fixture(scope="module")
def checker(encoder: Encoder) -> Checker:
    return Checker(encoder)


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Norland and Sudland officials met in Vesterby on Tuesday.", "Officials of"),
        ("Officials from Norland and Sudland held talks in Vesterby on Tues. about the river dam.", "Officials of"),
        ("The delegations sat together for 3 hours.", "three hours"),
        ("The delegations parted with no treaty after three hours.", "three hours"),
        ("Halvorsen called the talks “frank and useful.”", "frank and"),
        ("The talks were “frank and useful,” said Ingrid Halvorsen.", "frank and"),
        ("According to Prime Minister Halvorsen, the talks were frank and useful.", "frank and"),
        ("Halvorsen said that her country would not give up the dam.", "She added"),
        ("Sudland’s delegation was led by Marco Bellini.", "was led by"),
        ("Bellini, a retired admiral, led the delegation of Sudland.", "was led by"),
        ("Bellini warned that farmers downstream would lose their harvest.", "wall of water"),
        ("The dam was called “a wall of water” by Bellini.", "wall of water"),
        ("Nearly 40 engineers accompanied Bellini.", "forty engineers"),
        ("Halvorsen has asked France for help, according to Ferrante.", "According to the mayor"),
        ("Poland did not agree to send observers.", "Poland refused"),
    ],
)
def test_honest_sentences_stand(checker: Checker, sentence: str, cites: str) -> None:
    checked = checker.check(sentence, [source(cites)])
    assert checked.stands, checked.reasons


@pytest.mark.parametrize(
    ("sentence", "cites", "reason"),
    [
        ("The delegations sat together for four hours.", "three hours", "4 hour"),
        ("The delegations sat together for three days.", "three hours", "3 day"),
        ("Officials of Norland and Sudland met in Vesterby on Friday.", "Officials of", "friday"),
        ("Officials of Norland and Westland met in Vesterby on Tuesday.", "Officials of", "Westland"),
        ("Halvorsen said the talks were “fruitful and frank.”", "frank and", "not quoted"),
        ("Bellini said the talks were “frank and useful.”", "frank and", "Bellini"),
        ("The talks were frank and useful.", "frank and", "must say who"),
        ("Halvorsen said that her country would give up the dam.", "She added", "opposite"),
        ("Farmers downstream will lose their harvest.", "wall of water", "must say who"),
        ("The delegations parted with a treaty after three hours.", "three hours", "opposite"),
        ("According to Ferrante, Bellini has asked France for help.", "According to the mayor", "somebody else"),
        ("Nearly forty engineers came with him.", "Officials of", "40"),
        ("The meeting was a failure for everyone.", "frank and", "does not say this"),
        ("Poland agreed to send observers.", "Poland refused", "opposite"),
    ],
)
def test_inventions_fall_with_a_reason(checker: Checker, sentence: str, cites: str, reason: str) -> None:
    checked = checker.check(sentence, [source(cites)])
    assert not checked.stands
    assert reason in " ".join(checked.reasons)


def test_a_sentence_that_cites_nothing_falls(checker: Checker) -> None:
    assert checker.check("Bellini led the Sudland delegation.", []).reasons == ("it cites nothing",)


def test_he_is_whom_the_answer_named_before(checker: Checker) -> None:
    said = source("wall of water")
    assert checker.check("He called the dam “a wall of water.”", [said], ["Bellini led the Sudland delegation."]).stands
    assert not checker.check(
        "She called the dam “a wall of water.”", [said], ["Halvorsen said the talks were frank."]
    ).stands


def test_facts_are_the_same_in_figures_and_in_words() -> None:
    assert numbers("a two-day round, 2 days") == {"2 day"}
    assert numbers("Two dozen officials") == numbers("24 officials")
    assert numbers("1,500 men and 1.5 thousand") == {"1500"}
    assert times("on Wed. in Feb.") == times("on Wednesday in February")


def test_an_articles_own_date_may_be_named() -> None:
    assert facts.unsupported("On 18 February 2026, talks ended.", ["Talks ended."], [date(2026, 2, 18)]) == []
    for other in ("On 19 February 2026, talks ended.", "In February, talks ended.", "Talks ended in 2026."):
        assert facts.unsupported(other, ["Talks ended."], [date(2026, 2, 18)])


def test_a_country_goes_by_all_its_names() -> None:
    for name in ("the U.S.", "the United States", "Washington", "American officials", "the US"):
        assert entities.unsupported(f"Kyiv asked {name} for help.", ["Ukraine asked America for help."], [], []) == []


def test_whose_words_they_are_is_read_off_the_sentence() -> None:
    whose = voices("The dam is old, Bellini told reporters.")
    assert whose == [[{"bellini"}]] * 4 + [[]] * 3
    assert subject_of("In Vesterby, Ingrid Halvorsen met fishermen.") == {"halvorsen"}
