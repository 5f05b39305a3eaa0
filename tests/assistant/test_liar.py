"""The liar's test: of what a model invents next to nothing is shown, and of what it says honestly nearly all.

Run with `-s` to see the figures. Every second case was left aside while the checks were made, and only measured; the
halves share the honest sentences that the cases are made from, so test_checking.py asks about another article as well.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files

import pytest

from assistant.checking import Checker
from assistant.material import Source
from index.embedding import Encoder
from index.passages import sentences
from index.reading import read_article
from tests.assistant.liar_cases import Case, honest, inventions

#: The share that the design asks for, of inventions stopped and of honest sentences kept.
WANTED = 0.95

Judge = Callable[[Case], bool]


@pytest.fixture(scope="module")
def stands(encoder: Encoder) -> Judge:
    """Does the sentence of a case stand?"""
    (file,) = files("index").joinpath("articles").iterdir()
    article = read_article(str(file))
    sources = [Source(n, article, a, b) for n, (a, b) in enumerate(sentences(article.text), start=1)]
    checker = Checker(encoder)

    def judge(case: Case) -> bool:
        cited = [next(source for source in sources if words in source.text) for words in case.cites]
        return checker.check(case.sentence, cited).stands

    return judge


def told(name: str, cases: Sequence[Case], passed: Sequence[bool]) -> list[float]:
    """The shares that passed in the half that was tuned on and in the other; printed, with the rules that failed."""
    shares = []
    for first, half in enumerate(("tuned on", "only measured")):
        kept = passed[first::2]
        failed = Counter(case.rule for case, good in zip(cases[first::2], kept, strict=True) if not good)
        shares.append(sum(kept) / len(kept))
        print(f"\n{name}, half {half}: {sum(kept)} of {len(kept)} ({shares[-1]:.1%}); failed: {dict(failed)}")
    return shares


def test_inventions_do_not_reach_the_reader(stands: Judge) -> None:
    cases = inventions()
    assert len(cases) >= 200
    assert {case.rule for case in cases} == {
        "number", "name", "date", "quotation", "speaker", "country", "negation", "attribution stripped",
        "wrong citation",
    }  # fmt: skip
    shares = told("inventions removed or replaced", cases, [not stands(case) for case in cases])
    assert min(shares) >= WANTED


def test_honest_paraphrases_stand(stands: Judge) -> None:
    cases = honest()
    assert len(cases) >= 200
    shares = told("honest paraphrases that stand", cases, [stands(case) for case in cases])
    assert min(shares) >= WANTED
