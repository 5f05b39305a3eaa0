"""Words broken at the end of a line are whole again, and words with a hyphen keep it."""

import pytest

from index.ingestion.pdf.hyphens import Hyphens


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the negotia-", "tors of Tarn"], "the negotiators of Tarn"),
        (["an interna-", "tional inspector"], "an international inspector"),
        (["the gov-", "ernment"], "the government"),
        (["a long-", "term loan"], "a long-term loan"),
        (["Franco-", "German talks"], "Franco-German talks"),
        (["the state-of-the-", "art ferry"], "the state-of-the-art ferry"),
        (["two-", "and three-day talks"], "two- and three-day talks"),
        (["from 2024-", "25 on"], "from 2024-25 on"),
        (["the talks —", "the third"], "the talks — the third"),
        (["the talks", "ended"], "the talks ended"),
    ],
)
def test_lines_are_joined_as_their_words_want_it(lines: list[str], joined: str) -> None:
    assert Hyphens([]).joined(lines) == joined


def test_what_stands_elsewhere_in_the_document_decides() -> None:
    assert Hyphens(["the Osk-Brandal line"]).joined(["the osk-", "brandal line"]) == "the osk-brandal line"
    assert Hyphens(["a lighthouse keeper"]).joined(["the light-", "house"]) == "the lighthouse"
    assert Hyphens(["a light-house keeper"]).joined(["the light-", "house"]) == "the light-house"
