"""Sentences end where readers see them end, not at every full stop."""

import pytest

from index.encoding.chunking import sentences


@pytest.mark.parametrize(
    "whole",
    [
        "The hearing in Tarn begins at 9 a.m. Monday and ends at 5 p.m. ET on Friday.",
        "The council meets at 9 a.m. Kyiv time in the town hall.",
        "TarnNews.Net reports that the pier was closed.",
        "Amb. Osk Brandal and Rep. Lea Ommen, R-W. Va., wrote the letter.",
        "The ships were away from July 30-Aug. 14 and came back in Sept. 2025.",
        "The pier is approx. 300 metres long and cost approx. $5 million.",
        "See fig. 3, vol. 2 and Art. 5, as Resolution No. 14 says.",
        "The port, i.e. the northern pier, was closed by Capt. Ries of the coast guard.",
        "Зустріч відбулася у м. Київ о 9 год. ранку на вул. Банковій.",
        "Прибули ген. Кравець і п. Гриценко з 5 тис. людей.",
        "Встреча прошла в г. Москве на ул. Ленина.",
        "4. No boats within ten miles of the strait.",
        "b) The pier is rebuilt.",
    ],
)
def test_a_full_stop_inside_a_sentence_does_not_end_it(whole: str) -> None:
    text = f"{whole} Nobody was hurt."
    assert [text[start:end] for start, end in sentences(text)] == [whole, "Nobody was hurt."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("It began at 9 a.m.", "The hall was full."),
        ("They live in the U.S.", "The others do not."),
        ("Це було у 2024 р.", "Він не прийшов."),
        ("Это было в 2024 г.", "Он не пришёл."),
        ("The port has Plan B.", "The town does not."),
        ("He bought a share of Acme Inc.", "The share fell."),
        ("Was it so?", "no one knows."),
        ("They sat.", "12 stood."),
    ],
)
def test_two_sentences_stay_two(one: str, other: str) -> None:
    text = f"{one} {other}"
    assert [text[start:end] for start, end in sentences(text)] == [one, other]
