"""Numbers are read with what is glued to them, and are the same in every way of writing."""

import pytest

from assistant.checking.facts import Lacking, lacking, unsupported
from assistant.language.quantities import numbers


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The unit was sold for $2.1bn.", "The unit was sold for 2.1 billion dollars."),
        ("The unit was sold for $2.1 bn.", "The unit was sold for $2,100,000,000."),
        ("It cost £40m.", "It cost 40 million pounds."),
        ("The fund holds €1.5tn.", "The fund holds 1.5 trillion euros."),
        ("Some 10k people came.", "Some 10,000 people came."),
        ("It lies 30km from the border.", "It lies 30 kilometres from the border."),
        ("A mast 40m tall fell.", "A mast 40 metres tall fell."),
        ("They left at 5pm.", "They left at 5 p.m."),
        ("They left at 5pm.", "They left at 17:00."),
        ("They left at 5.30am.", "They left at 05:30."),
        ("She carried 12kg.", "She carried twelve kilograms."),
        ("Two thirds of them left.", "2 thirds of them left."),
        ("Half a dozen ships came.", "Six ships came."),
        ("It fell by one and a half metres.", "It fell by 1.5 metres."),
    ],
)
def test_one_number_in_two_ways_of_writing_is_the_same(one: str, other: str) -> None:
    assert numbers(one) == numbers(other) != set()


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        ("The unit was sold for $2.1bn.", "The unit was sold for $2.9bn."),
        ("The unit was sold for $2.1bn.", "The unit was sold for $2.1m."),
        ("The unit was sold for $2.1bn.", "The unit was sold for €2.1bn."),
        ("It cost £40m.", "It cost £90m."),
        ("It cost £40m.", "It cost £40bn."),
        ("It lies 30km from the border.", "It lies 80km from the border."),
        ("It lies 30km from the border.", "It lies 30 miles from the border."),
        ("They left at 5pm.", "They left at 9pm."),
        ("They left at 5pm.", "They left at 5am."),
        ("She carried 12kg.", "She carried 90kg."),
        ("It was built in the 1990s.", "It was built in the 1980s."),
        ("It was built in the 1990s.", "It was built in 1990."),
        ("He wants a third of the fleet.", "He wants a quarter of the fleet."),
        ("He wants a third of the fleet.", "He wants two thirds of the fleet."),
        ("The T-72 came first.", "The T-80 came first."),
    ],
)
def test_another_number_is_not_held(cited: str, written: str) -> None:
    assert unsupported(written, [cited], [])
    assert not unsupported(cited, [cited], [])


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        ("A complaint must be lodged within 72 hours.", "A complaint must be lodged within three days."),
        ("It brings in two fifths of all income.", "It brings in 40 percent of all income."),
        ("It has 6,200 fighters.", "It has thousands of fighters."),
        ("The mill ran within half an hour.", "The mill ran within thirty minutes."),
        ("In August he led.", "In summer he led."),
        ("They were right for twenty years.", "They were right for two decades."),
    ],
)
def test_the_same_in_other_units_is_held(cited: str, written: str) -> None:
    assert lacking(written, [cited], []) == Lacking()


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        ("Vorland and Sarn deny it.", "The two states deny it."),
        ("The reserves shrank in twenty months.", "The reserves shrank in less than two years."),
        ("He had denied it before he admitted it.", "He first denied it."),
        ("The police counted 8,500, the union 30,000.", "The police counted less than a third."),
        ("They made it last year.", "They made it within a year."),
        ("Lorries came at dusk.", "Lorries came in the evening."),
    ],
)
def test_what_may_follow_is_left_to_the_model(cited: str, written: str) -> None:
    found = lacking(written, [cited], [])
    assert (found.missing, len(found.loose)) == ((), 1)


@pytest.mark.parametrize(
    ("cited", "written"),
    [
        ("He was the third envoy.", "He was the first envoy."),
        ("Lorries came in the morning.", "Lorries came in the evening."),
        ("It grew in spring.", "It grew in autumn."),
        ("It lasted a week.", "It lasted a year."),
        ("It lasted three months.", "It lasted less than two years."),
        ("In August he led.", "In July he led."),
    ],
)
def test_another_of_the_same_kind_is_missing(cited: str, written: str) -> None:
    assert lacking(written, [cited], []).missing


def test_a_place_in_a_row_is_no_fraction() -> None:
    assert numbers("the third of March") == numbers("a third round") == {"no. 3"}
    assert numbers("the first quarter") == {"no. 1"}


@pytest.mark.parametrize(
    "text", ["a boy of 12.5st", "version 1.2.3", "12.5.", "1,000,000.50 crowns", "7.x", "3.14pm", "1.000st"]
)
def test_whatever_begins_with_a_figure_is_read_as_some_number(text: str) -> None:
    assert numbers(text)
