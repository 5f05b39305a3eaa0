"""What a check lets stand: exact facts, safe edits and the model, each with its say, on an article written for it."""

from datetime import date
from typing import NoReturn

import pytest

import assistant
from assistant.checking import entities, facts
from assistant.checking.checker import Checker, without_opener
from assistant.checking.exact import facts_lacking
from assistant.checking.source import Source, sources_of
from assistant.language.attribution import told, voices
from assistant.language.quantities import numbers, times
from assistant.language.subjects import subject_of
from assistant.models.entailment import Entailment, EntailmentModel, Premise
from assistant.models.weights import WeightsError
from index.article import Article
from index.encoding.chunking import sentences

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


class Sure(EntailmentModel):
    """A model that takes all for carried: what falls nevertheless falls by exact facts."""

    def __init__(self) -> None:
        pass

    def read(self, premise: Premise, sentence: str) -> Entailment:
        return Entailment(0.99, ())


class Unsure(Sure):
    """A model that takes nothing for carried, and marks the last word: what stands nevertheless is a safe edit."""

    def read(self, premise: Premise, sentence: str) -> Entailment:
        return Entailment(0.2, ((len(sentence) - 5, len(sentence)),))


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Norland and Sudland officials met in Vesterby on Tues. about the river dam.", "Officials of"),
        ("The delegations sat together for 3 hours.", "three hours"),
        ("Halvorsen called the talks “frank and useful.”", "frank and"),
        ("According to Prime Minister Halvorsen, the talks were frank and useful.", "frank and"),
        ("Bellini, a retired admiral, led the delegation of Sudland.", "was led by"),
        ("The dam was called “a wall of water” by Bellini.", "wall of water"),
        ("Nearly 40 engineers accompanied Bellini.", "forty engineers"),
        ("Halvorsen has asked France for help, according to Ferrante.", "According to the mayor"),
        ("Poland did not agree to send observers.", "Poland refused"),
        ("No, Poland did not agree to send observers.", "Poland refused"),
    ],
)
def test_facts_that_the_source_holds_are_left_to_the_model(sentence: str, cites: str) -> None:
    assert Checker(Sure()).check(sentence, [source(cites)]).reason == ""


@pytest.mark.parametrize(
    ("sentence", "cites", "reason", "words"),
    [
        ("The delegations sat together for four hours.", "three hours", "4 hour", ""),
        ("The delegations sat together for three days.", "three hours", "3 day", ""),
        ("Officials of Norland and Sudland met in Vesterby on Friday.", "Officials of", "friday", "Friday"),
        ("Officials of Norland and Westland met in Vesterby on Tuesday.", "Officials of", "Westland", "Westland"),
        ("Yes, officials of Norland met in Vesterby on Friday.", "Officials of", "friday", "Friday"),
        ("Halvorsen said the talks were “fruitful and frank.”", "frank and", "not quoted", "fruitful and frank."),
        ("Bellini said the talks were “frank and useful.”", "frank and", "Bellini", "Bellini"),
        ("Nearly forty engineers came with him.", "Officials of", "40", ""),
    ],
)
def test_what_facts_contradict_falls_however_sure_the_model_is(
    sentence: str, cites: str, reason: str, words: str
) -> None:
    verdict = Checker(Sure()).check(sentence, [source(cites)])
    assert not verdict
    assert reason in verdict.reason
    assert words in [sentence[start:end] for start, end in verdict.unsupported] or not words


@pytest.mark.parametrize(
    ("sentence", "cites"),
    [
        ("Officials of Norland and Sudland met in Vesterby on Tuesday.", "Officials of"),
        ("The two delegations sat together for three hours.", "three hours"),
        ("The talks were “frank and useful,” said Prime Minister Ingrid Halvorsen of Norland.", "frank and"),
        ("Marco Bellini led the Sudland delegation.", "was led by"),
        ("Marco Bellini is a retired admiral.", "was led by"),
        ("Bellini called the dam “a wall of water.”", "wall of water"),
        ("Nearly forty engineers came with Bellini.", "forty engineers"),
    ],
)
def test_safe_edits_stand_however_unsure_the_model_is(sentence: str, cites: str) -> None:
    verdict = Checker(Unsure()).check(sentence, [source(cites)])
    assert verdict
    assert verdict.score > 0.9


def test_what_the_model_does_not_find_is_named() -> None:
    verdict = Checker(Unsure()).check("The meeting failed for everyone there.", [source("frank and")])
    assert verdict.reason == "what it cites does not say “here.”"
    assert verdict.unsupported == ((33, 38),)


def test_a_sentence_that_cites_nothing_falls() -> None:
    assert Checker(Sure()).check("Bellini led the Sudland delegation.", []).reason == "it cites nothing"


def test_he_is_whom_the_answer_named_before() -> None:
    said, checker = source("wall of water"), Checker(Sure())
    assert checker.check("He called the dam “a wall of water.”", [said], ["Bellini led the Sudland delegation."])
    assert not checker.check("She called the dam “a wall of water.”", [said], ["Halvorsen said the talks were frank."])


def test_the_source_that_carries_a_sentence_is_found() -> None:
    verdict = Checker(Unsure()).find("Nearly forty engineers came with Bellini.", SOURCES)
    assert [SOURCES[place].text for place in verdict.sources] == [source("forty engineers").text]


def test_a_sentence_that_joins_two_sources_cites_both() -> None:
    joined = "Marco Bellini led the Sudland delegation, and the two delegations sat together for three hours."
    verdict = Checker(Unsure()).find(joined, SOURCES)
    assert {SOURCES[place].text for place in verdict.sources} == {
        source("was led by").text, source("three hours").text,
    }  # fmt: skip


def test_nothing_is_found_for_what_no_source_says() -> None:
    verdict = Checker(Unsure()).find("Fishermen want a new harbour.", SOURCES)
    assert (bool(verdict), verdict.sources) == (False, ())


def test_without_weights_safe_edits_stand_and_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> NoReturn:
        raise WeightsError("The model that checks written sentences cannot be read: reinstall Talks to have it again.")

    monkeypatch.setattr("assistant.models.entailment.load", missing)
    checker = Checker()
    assert checker.check("Marco Bellini led the Sudland delegation.", [source("was led by")])
    assert not checker.check("Sudland sent an old sailor.", [source("was led by")])
    assert checker.notice == (
        "The model that checks written sentences cannot be read: reinstall Talks to have it again. Until then, written "
        "sentences stand only where they keep to the articles' own words."
    )


def test_anybody_can_check_a_sentence() -> None:
    verdict = assistant.check(
        "Marco Bellini led the Sudland delegation.",
        ["It rained.", "The Sudland delegation was led by Marco Bellini, a retired admiral."],
    )
    assert isinstance(verdict, assistant.Verdict)
    assert (verdict.supported, verdict.sources, verdict.reason) == (True, (1,), "")
    assert assistant.check("Anna Berg left.", ["She left."], before="Anna Berg met the mayor.")


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


def test_names_go_by_their_initials_and_by_those_who_live_there() -> None:
    held = ["The International Monetary Fund lent Jorvania money, Rehema Wasike said."]
    for sentence in ("The IMF lent money.", "A Jorvanian bank got money.", "Money came, Wasike said."):
        assert entities.unsupported(sentence, held, [], []) == []
    assert entities.unsupported("The WTO lent money.", held, [], []) == ["WTO"]
    assert entities.unsupported("A Norlander got money.", held, [], []) == ["Norlander"]


def test_an_opening_word_need_be_no_name() -> None:
    [said] = sources_of(["Gusts carried the fire over the road on Monday."])
    for sentence in ("Strong gusts carried the fire.", "Anyone who drove saw the fire.", "Within hours it crossed."):
        assert facts_lacking(sentence, [said]).missing == (), sentence
    assert facts_lacking("Olaf saw the fire.", [said]).missing or facts_lacking("Olaf said so.", [said]).missing


def test_quoted_words_do_not_become_the_papers_own() -> None:
    [said] = sources_of(["Sargsyan called the paper “a surrender in instalments” before she left the hall."])
    assert "whose words" in Checker(Sure()).check("The paper is a surrender in instalments.", [said]).reason
    for sentence in ("Sargsyan called the paper a surrender in instalments.", "Sargsyan left the hall."):
        assert Checker(Sure()).check(sentence, [said])


def test_a_sentence_that_begins_with_no_is_not_turned_round() -> None:
    [said] = sources_of(["Two weeks later, not a single ship has used the lane."])
    assert not Checker(Unsure()).find("Ship has used the lane.", [said])
    assert without_opener("No ship has used the lane.") == ("No ship has used the lane.", 0)
    assert without_opener("No, the lane is closed.")[0] == "The lane is closed."
    assert without_opener("Yes it is.")[0] == "It is."


def test_groups_that_lack_a_fact_are_not_read() -> None:
    class Counting(Sure):
        def __init__(self) -> None:
            self.premises: list[str] = []

        def read(self, premise: Premise, sentence: str) -> Entailment:
            self.premises.append(premise.text)
            return Entailment(0.1, ())

    model = Counting()
    Checker(model).find("Bellini said that forty engineers came with the admiral.", SOURCES)
    assert model.premises
    assert all("forty" in premise for premise in model.premises)


def test_whose_words_they_are_is_read_off_the_sentence() -> None:
    whose = voices("The dam is old, Bellini told reporters.")
    assert whose == [[{"bellini"}]] * 4 + [[]] * 3
    assert subject_of("In Vesterby, Ingrid Halvorsen met fishermen.") == {"halvorsen"}


def test_insisting_at_the_end_of_a_sentence_is_read() -> None:
    assert told("That is how it was, he insisted", ["Bellini spoke."])
