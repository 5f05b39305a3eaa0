"""Evaluation runner: asks the questions of a file and collects the outcomes."""

import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.evaluation.citations import FREE, Prices
from assistant.evaluation.dataset import KnownQuestion
from assistant.evaluation.metrics import DEPTH, Ranking, comparable, quotes, rank, stem
from index.article import Article
from index.progress import Progress, Watch


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one question. `contains` and `hits` are None where the question file has no answer or evidence.

    `contains`: the answer contains what it should. `hits`: one of its citations holds the evidence. `exact` of its
    `citations` are word for word what stands in the article. Times are in milliseconds.
    """

    question: KnownQuestion
    answer: Answer
    ranking: Ranking | None
    contains: bool | None
    hits: bool | None
    citations: int
    exact: int
    retrieve_ms: float
    ask_ms: float


@dataclass(frozen=True, slots=True)
class Refusals:
    """Of the questions of one type: how many there are, and how many of them were refused."""

    questions: int
    refused: int

    @property
    def share(self) -> float:
        """The share that was refused."""
        return self.refused / self.questions


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The figures over all questions; shares lie between 0 and 1, and are None where no question gives one.

    `refused_rightly` are refusals of questions that the articles do not answer, `refused_wrongly` of those that they
    do, each by type of question and, under "all", together.
    """

    questions: int
    recall_at_1: float | None
    recall_at_4: float | None
    recall_at_10: float | None
    recall_2000_chars: float | None
    mrr_at_10: float | None
    map_at_10: float | None
    ndcg_at_10: float | None
    answer_contains: float | None
    citations_hit: float | None
    citations: int
    citations_exact: float | None
    quotes_per_answer: float | None
    refused_rightly: dict[str, Refusals]
    refused_wrongly: dict[str, Refusals]
    retrieve_ms_median: float
    retrieve_ms_p95: float
    ask_ms_median: float
    ask_ms_p95: float


def run(talks: Assistant, questions: Sequence[KnownQuestion], progress: Watch | None = None) -> list[Outcome]:
    """Ask every question, and collect the outcomes."""
    talks.load()
    talks.retrieve(questions[0].question, DEPTH)  # so that the first question is not slower than the others
    outcomes = []
    for done, question in enumerate(questions):
        if progress is not None:
            progress(Progress(done, len(questions), question.question))
        outcomes.append(_outcome(talks, question))
    return outcomes


def evaluate(outcomes: Sequence[Outcome]) -> Evaluation:
    """The figures over these outcomes, of which there is at least one."""
    ranked = [outcome.ranking for outcome in outcomes if outcome.ranking is not None]
    answered = sum(outcome.answer.answered for outcome in outcomes)
    citations = sum(outcome.citations for outcome in outcomes)
    retrieve_ms = [outcome.retrieve_ms for outcome in outcomes]
    ask_ms = [outcome.ask_ms for outcome in outcomes]
    return Evaluation(
        questions=len(outcomes),
        recall_at_1=_mean(each.recall[1] for each in ranked),
        recall_at_4=_mean(each.recall[4] for each in ranked),
        recall_at_10=_mean(each.recall[10] for each in ranked),
        recall_2000_chars=_mean(each.within_budget for each in ranked),
        mrr_at_10=_mean(each.reciprocal_rank for each in ranked),
        map_at_10=_mean(each.precision for each in ranked),
        ndcg_at_10=_mean(each.gain for each in ranked),
        answer_contains=_mean(each.contains for each in outcomes if each.contains is not None),
        citations_hit=_mean(each.hits for each in outcomes if each.hits is not None),
        citations=citations,
        citations_exact=sum(each.exact for each in outcomes) / citations if citations else None,
        quotes_per_answer=citations / answered if answered else None,
        refused_rightly=_refusals(outcome for outcome in outcomes if not outcome.question.answerable),
        refused_wrongly=_refusals(outcome for outcome in outcomes if outcome.question.answerable),
        retrieve_ms_median=statistics.median(retrieve_ms),
        retrieve_ms_p95=_p95(retrieve_ms),
        ask_ms_median=statistics.median(ask_ms),
        ask_ms_p95=_p95(ask_ms),
    )


def unknown_articles(articles: Iterable[Article], questions: Iterable[KnownQuestion]) -> list[str]:
    """Names of articles in the questions' evidence that are not among `articles`."""
    held = {stem(article) for article in articles}
    return sorted({each.article for question in questions for each in question.evidence} - held)


def evaluation_value(evaluation: Evaluation, outcomes: Iterable[Outcome], prices: Prices = FREE) -> dict[str, object]:
    """The figures as JSON, with the outcome of each question."""
    return {**asdict(evaluation), "outcomes": [_outcome_value(outcome, prices) for outcome in outcomes]}


def _outcome(talks: Assistant, question: KnownQuestion) -> Outcome:
    began = time.perf_counter()
    passages = talks.retrieve(question.question, DEPTH, question.history)
    between = time.perf_counter()
    answer = talks.ask(question.question, question.history)
    ended = time.perf_counter()
    contains = hits = None
    if question.answerable and question.answers:
        said = comparable(answer.text)
        contains = answer.answered and any(comparable(each) in said for each in question.answers)
    if question.answerable and question.evidence:
        hits = answer.answered and any(
            quotes(citation.quote, citation.article, each)
            for citation in answer.citations
            for each in question.evidence
        )
    ranking = rank([(each.text, each.article) for each in passages], question.evidence) if question.evidence else None
    return Outcome(
        question=question,
        answer=answer,
        ranking=ranking,
        contains=contains,
        hits=hits,
        citations=len(answer.citations),
        exact=sum(each.article.text[each.start : each.end] == each.quote for each in answer.citations),
        retrieve_ms=1000 * (between - began),
        ask_ms=1000 * (ended - between),
    )


def _outcome_value(outcome: Outcome, prices: Prices) -> dict[str, object]:
    ranking = outcome.ranking
    return {
        "id": outcome.question.id,
        "question": outcome.question.question,
        "type": outcome.question.type,
        "answerable": outcome.question.answerable,
        "answered": outcome.answer.answered,
        "answer": outcome.answer.text,
        "contains": outcome.contains,
        "hits": outcome.hits,
        "citations": outcome.citations,
        "exact": outcome.exact,
        "reciprocal_rank": None if ranking is None else ranking.reciprocal_rank,
        "retrieve_ms": round(outcome.retrieve_ms, 2),
        "ask_ms": round(outcome.ask_ms, 2),
        **_written_value(outcome.answer, prices),
    }


def _written_value(answer: Answer, prices: Prices) -> dict[str, object]:
    if answer.checks is None:
        return {}
    return {
        "mode": answer.mode,
        "checks": asdict(answer.checks),
        "tokens": answer.checks.tokens,
        "cost": prices.of(answer.checks),
        "notices": list(answer.notices),
    }


def _refusals(outcomes: Iterable[Outcome]) -> dict[str, Refusals]:
    by_type: dict[str, list[bool]] = {}
    for outcome in outcomes:
        refused = not outcome.answer.answered
        by_type.setdefault("all", []).append(refused)
        by_type.setdefault(outcome.question.type or "no type", []).append(refused)
    return {name: Refusals(len(each), sum(each)) for name, each in by_type.items()}


def _mean(values: Iterable[float]) -> float | None:
    found = list(values)
    return sum(found) / len(found) if found else None


def _p95(values: Sequence[float]) -> float:
    return sorted(values)[int(0.95 * len(values))]
