"""Numbers are read with what is glued to them, and are the same in every way of writing."""

import pytest

from assistant.checking.facts import unsupported
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


def test_a_place_in_a_row_is_no_fraction() -> None:
    assert numbers("the third of March") == numbers("a third round") == {"no. 3"}
    assert numbers("the first quarter") == {"no. 1"}
