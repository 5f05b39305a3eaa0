"""The liar's test: of what a model invents next to nothing is shown.

Run with `-s` to see the figures. The tables hold sentences about the brief and about made-up talks: inventions made by
rules, inventions written by hand, and honest paraphrases. What is stopped comes first: honest sentences in words of
their own often fall, and give way to the articles' words. `harbour.jsonl` holds lies and honest sentences of the kinds
that a real model of 1.5 billion weights wrote when it was asked about an article of this shape.
"""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from assistant.checking.checker import Checker
from assistant.checking.source import Source
from index.article import Article
from index.encoding.chunking import sentences
from index.ingestion.parsing import read_article
from tests.assistant.checking.cases import by_hand, canal, mackerel
from tests.assistant.checking.cases.brief import Case, inventions

#: The share of inventions that must be stopped, in every table.
STOPPED = 0.95

CASES = Path(__file__).parent / "cases"
Judge = Callable[[Case], bool]


def judging(article: Article) -> Judge:
    """Does the sentence of a case about this article stand?"""
    sources = [Source(n, article, a, b) for n, (a, b) in enumerate(sentences(article.text), start=1)]
    checker = Checker()

    def judge(case: Case) -> bool:
        cited = [next(source for source in sources if words in source.text) for words in case.cites]
        return checker.check(case.sentence, cited).supported

    return judge


@pytest.fixture(scope="module")
def stands() -> Judge:
    """Does the sentence of a case about the brief stand?"""
    (file,) = files("index").joinpath("articles").iterdir()
    return judging(read_article(str(file)))


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
    assert min(shares) >= STOPPED


def passed(judge: Judge, name: str, cases: Sequence[Case], good: bool) -> float:
    """The share of cases that stand, or do not, as they should; printed, with those that fail."""
    failed = [case for case in cases if judge(case) is not good]
    share = 1 - len(failed) / len(cases)
    what = "honest sentences that stand" if good else "inventions removed or replaced"
    print(f"\n{name}, {what}: {len(cases) - len(failed)} of {len(cases)} ({share:.1%})")
    print("\n".join(f"  {case.rule}: {case.sentence}" for case in failed))
    return share


@pytest.mark.parametrize("talks", [mackerel, canal], ids=["mackerel", "canal"])
def test_the_same_holds_for_other_talks(talks: ModuleType) -> None:
    stands = judging(talks.ARTICLE)
    passed(stands, talks.ARTICLE.id, talks.honest(), True)
    assert passed(stands, talks.ARTICLE.id, talks.inventions(), False) >= STOPPED


@pytest.mark.parametrize("talks", by_hand.ALL, ids=lambda talks: talks.article.id)
def test_the_same_holds_for_what_was_written_by_hand(talks: by_hand.Talks) -> None:
    stands = judging(talks.article)
    passed(stands, talks.article.id, talks.honest(), True)
    assert passed(stands, talks.article.id, talks.inventions(), False) >= STOPPED


def harbour() -> tuple[list[Source], list[dict[str, Any]]]:
    """The sentences of the article about the harbour talks, and the claims about it."""
    text = (CASES / "harbour.txt").read_text(encoding="utf-8").strip()
    article = Article("harbour", "Harbour talks in Quell close without a deal", text, "/news/harbour.txt")
    claims = (CASES / "harbour.jsonl").read_text(encoding="utf-8").splitlines()
    return [Source(n, article, a, b) for n, (a, b) in enumerate(sentences(text), start=1)], list(
        map(json.loads, claims)
    )


def test_what_a_real_small_model_made_up_is_stopped_whatever_could_carry_it() -> None:
    sources, claims = harbour()
    checker = Checker()
    shown = [each["claim"] for each in claims if not each["supported"] and checker.find(each["claim"], sources)]
    assert shown == []


def test_most_of_what_it_wrote_honestly_stands() -> None:
    sources, claims = harbour()
    checker = Checker()
    honest = [each["claim"] for each in claims if each["supported"]]
    fell = [each for each in honest if not checker.find(each, sources)]
    print("\n".join(fell))
    assert 1 - len(fell) / len(honest) >= 0.8


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
def test_what_is_turned_round_is_seen(talks: by_hand.Talks, sentence: str) -> None:
    [case] = [each for each in talks.inventions() if each.sentence == sentence]
    assert not judging(talks.article)(case)


def test_what_happened_in_a_month_did_not_because_the_article_is_of_it() -> None:
    stands = judging(by_hand.TRUCE.article)  # of 16 May
    assert not stands(Case("date", "Pardo resigned in May.", ("Her predecessor",)))
