"""A country is the same under its name, its adjective and its capital."""

import pytest

from assistant.language.countries import countries_in, country_of


@pytest.mark.parametrize(
    "words",
    [
        ("Ghana", "Ghanaian", "Ghanaians", "Accra"),
        ("Jordan", "Jordanian", "Amman"),
        ("Ecuador", "Ecuadorean", "Quito"),
        ("Nepal", "Nepalese", "Kathmandu"),
        ("Bangladesh", "Bangladeshi", "Dhaka"),
        ("Togo", "Togolese"),
        ("Niger", "Nigerien"),
        ("Chad", "Chadian"),
        ("Colombia", "Colombian", "Bogotá", "Bogota"),
        ("Russia", "Russian", "Russians", "Moscow", "Kremlin"),
        ("America", "American", "Washington", "U.S.", "USA"),
        ("Britain", "British", "Britons", "London"),
        ("Türkiye", "Turkey", "Turkish", "Ankara"),
        ("Kosovo", "Kosovar"),
    ],
)
def test_one_country_goes_by_many_words(words: tuple[str, ...]) -> None:
    assert len({country_of(word) for word in words} - {None}) == 1
    assert all(country_of(word) for word in words)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("South African delegates met Cyril in Pretoria.", {"south africa"}),
        ("South Sudan and Sudan signed.", {"south sudan", "sudan"}),
        ("the United Kingdom and the United States", {"britain", "america"}),
        ("Sri Lankans voted.", {"sri lanka"}),
        ("Equatorial Guinea is not Guinea.", {"equatorial guinea", "guinea"}),
        ("He told us in Brussels.", set()),
    ],
)
def test_countries_of_two_words_are_read_as_one(text: str, named: set[str]) -> None:
    assert countries_in(text) == named
