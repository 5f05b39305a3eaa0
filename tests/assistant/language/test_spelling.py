"""Names are known in every transliteration, and other names stay other names."""

import pytest

from assistant.language.spelling import first_letters, same_letters, same_name, typing_errors

ONE_NAME = [
    ("Kyiv", "Kiev"),
    ("Zelensky", "Zelenskyy"),
    ("Zelenskiy", "Zelenskyi"),
    ("Zelensky", "Зеленский"),
    ("Zaporizhzhia", "Zaporozhye"),
    ("Zaporizhia", "Zaporizhzhia"),
    ("Umerov", "Umierov"),
    ("Kharkiv", "Kharkov"),
    ("Lviv", "Lvov"),
    ("Odesa", "Odessa"),
    ("Luhansk", "Lugansk"),
    ("Chernihiv", "Chernigov"),
    ("Yermak", "Ermak"),
    ("Lavrov", "Lawrow"),
    ("Shoigu", "Schoigu"),
    ("Gorbachev", "Gorbatschow"),
    ("Erdogan", "Erdoğan"),
    ("Qatar", "Katar"),
]
TWO_NAMES = [
    ("Russia", "Russo"),
    ("Iran", "Iraq"),
    ("Austria", "Australia"),
    ("Putin", "Putnam"),
    ("Vladimir", "Volodymyr"),
    ("Petrov", "Petrova"),
    ("Slovakia", "Slovenia"),
    ("Niger", "Nigeria"),
    ("Sumy", "Sami"),
    ("Rubio", "Robbie"),
    ("Paris", "Peres"),
]


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_a_name_is_the_same_in_another_transliteration(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), TWO_NAMES)
def test_names_that_look_alike_stay_apart(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(("one", "other"), ONE_NAME)
def test_another_spelling_is_looked_for_under_the_letters_that_it_may_begin_with(one: str, other: str) -> None:
    if other.isascii():
        assert other[0].lower() in first_letters(one)


def test_kyiv_differs_by_vowels_of_one_class_and_george_does_not() -> None:
    assert same_letters("Kyiv", "Kiev")
    assert not same_letters("George", "Gorge")
    assert not same_letters("German", "Hermann")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("genral", "general"), ("wepons", "weapons"), ("negotiatons", "negotiations"), ("mediaton", "mediation")],
)
def test_a_typing_error_is_seen(typed: str, meant: str) -> None:
    assert typing_errors(typed, meant) is not None


@pytest.mark.parametrize(("typed", "meant"), [("treaty", "treason"), ("talk", "task"), ("war", "wars")])
def test_another_word_is_no_typing_error(typed: str, meant: str) -> None:
    assert typing_errors(typed, meant) is None
