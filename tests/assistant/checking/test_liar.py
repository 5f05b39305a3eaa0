"""The liar's test: of what a model invents next to nothing is shown, and of what it says honestly nearly all.

Run with `-s` to see the figures. Of the brief's cases every second one was left aside while the checks were made, and
only measured; the halves share the honest sentences that the cases are made from. So there are made-up talks as well,
whose cases were written before any of them was checked. When they were first run, 238 of 249 inventions (95.6%) were
stopped, and 105 of 130 honest sentences (80.8%) stood; the rules were then mended on what failed, by rules that hold
for any article, so these cases are no longer unseen. Inventions made by rules are the easier ones: of those that were
written by hand (`cases/by_hand.py`), about 7 in 10 were stopped at first.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files
from types import ModuleType

import pytest

from assistant.checking.checker import Checker
from assistant.checking.source import Source
from index.article import Article
from index.encoding.chunking import sentences
from index.encoding.encoder import Encoder
from index.ingestion.parsing import read_article
from tests.assistant.checking.cases import by_hand, canal, mackerel
from tests.assistant.checking.cases.brief import Case, honest, inventions

#: The share that the design asks for, of inventions stopped and of honest sentences kept.
WANTED = 0.95
LEAST_BY_HAND = 0.85

Judge = Callable[[Case], bool]


def judging(article: Article, encoder: Encoder) -> Judge:
    """Does the sentence of a case about this article stand?"""
    sources = [Source(n, article, a, b) for n, (a, b) in enumerate(sentences(article.text), start=1)]
    checker = Checker(encoder)

    def judge(case: Case) -> bool:
        cited = [next(source for source in sources if words in source.text) for words in case.cites]
        return checker.check(case.sentence, cited).stands

    return judge


@pytest.fixture(scope="module")
def stands(encoder: Encoder) -> Judge:
    """Does the sentence of a case about the brief stand?"""
    (file,) = files("index").joinpath("articles").iterdir()
    return judging(read_article(str(file)), encoder)


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


def passed(judge: Judge, name: str, cases: Sequence[Case], good: bool) -> float:
    """The share of cases that stand, or do not, as they should; printed, with those that fail."""
    failed = [case for case in cases if judge(case) is not good]
    share = 1 - len(failed) / len(cases)
    what = "honest sentences that stand" if good else "inventions removed or replaced"
    print(f"\n{name}, {what}: {len(cases) - len(failed)} of {len(cases)} ({share:.1%})")
    print("\n".join(f"  {case.rule}: {case.sentence}" for case in failed))
    return share


@pytest.mark.parametrize("talks", [mackerel, canal], ids=["mackerel", "canal"])
def test_the_same_holds_for_other_talks(talks: ModuleType, encoder: Encoder) -> None:
    stands = judging(talks.ARTICLE, encoder)
    for cases, good in ((talks.inventions(), False), (talks.honest(), True)):
        assert passed(stands, talks.ARTICLE.id, cases, good) >= talks.LEAST[good]


@pytest.mark.parametrize("talks", by_hand.ALL, ids=lambda talks: talks.article.id)
def test_the_same_holds_for_what_was_written_by_hand(talks: by_hand.Talks, encoder: Encoder) -> None:
    stands = judging(talks.article, encoder)
    for cases, good in ((talks.inventions(), False), (talks.honest(), True)):
        assert passed(stands, talks.article.id, cases, good) >= LEAST_BY_HAND


@pytest.mark.parametrize(
    ("talks", "sentence"),
    [
        (by_hand.SWAP, "The youngest is 61."),
        (by_hand.SWAP, "Families protested outside the headquarters in Moscow."),
        (
            by_hand.SWAP,
            "The Red Cross says that it has been allowed to visit more than half of the camps in Russia.",
        ),
        (by_hand.SWAP, "Kyiv and Moscow have given totals of their own."),
        (by_hand.SWAP, "Doctors said that most had gained more than a quarter of their weight."),
        (by_hand.LOAN, "Eurovault has sued Russia's central bank."),
        (by_hand.BORDER, "Sargsyan wants parliament to accept the paper."),
        (by_hand.TRUCE, "The president accused Pardo of bypassing Congress."),
        (by_hand.TRUCE, "According to the Ministry of Defence, 6,000 fighters belong to the group."),
    ],
)
def test_what_is_turned_round_is_seen(talks: by_hand.Talks, sentence: str, encoder: Encoder) -> None:
    [case] = [each for each in talks.inventions() if each.sentence == sentence]
    assert not judging(talks.article, encoder)(case)


@pytest.mark.parametrize(
    ("talks", "sentence"),
    [
        (by_hand.BORDER, "Sargsyan wants parliament to reject the paper."),
        (by_hand.BORDER, "Lindqvist, a Swedish diplomat, has been to the border eleven times."),
        (by_hand.BORDER, "Residents of Berkaber said that they had not been asked."),
        (by_hand.BORDER, "Mammadov added that the withdrawal could be stopped at any time."),
        (by_hand.BORDER, "Hakobyan said that Armenia had not given up anything it held."),
        (by_hand.TRUCE, "According to Ferrer, the army will not fly over rebel camps until the end of July."),
        (by_hand.SWAP, "Neither Kyiv nor Moscow has given totals of its own."),
        (by_hand.SWAP, "Bondar's husband was taken in April 2022."),
    ],
)
def test_what_is_said_in_other_words_stands(talks: by_hand.Talks, sentence: str, encoder: Encoder) -> None:
    [case] = [each for each in talks.honest() if each.sentence == sentence]
    assert judging(talks.article, encoder)(case)


def test_what_happened_in_a_month_did_not_because_the_article_is_of_it(encoder: Encoder) -> None:
    stands = judging(by_hand.TRUCE.article, encoder)  # of 16 May
    assert stands(Case("date", "Pardo resigned in March.", ("Her predecessor",)))
    assert not stands(Case("date", "Pardo resigned in May.", ("Her predecessor",)))
