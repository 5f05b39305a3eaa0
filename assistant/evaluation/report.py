"""Evaluation report: the table and the JSON file of a run."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path

from rich.table import Table

from assistant.assistant import Assistant
from assistant.checking import Checker
from assistant.evaluation.citations import Grounding, Prices, grounding
from assistant.evaluation.dataset import read_questions
from assistant.evaluation.runner import Evaluation, Outcome, Refusals, evaluate, evaluation_value, run, unknown_articles
from assistant.settings import Settings
from index import ArticleError, Index, QuestionError
from index.cli import complain, notice, output
from index.cli.console import plain, progress

_WRITTEN = {
    "answers": "asked of the model",
    "written": "answers as the model wrote them",
    "refused": "answers in which it says that the articles do not say",
    "supported": "sentences shown that their citations hold",
    "precise": "citations that hold their sentence",
    "removed": "sentences of the model removed",
    "replaced": "sentences of the model replaced by the quote",
    "rewritten": "sentences of the model that stood when written once more",
    "tokens": "tokens per answer",
    "cost": "cost per answer",
}
_NAMES = {
    "questions": "questions",
    "recall_at_1": "passages: recall@1",
    "recall_at_4": "passages: recall@4",
    "recall_at_10": "passages: recall@10",
    "recall_2000_chars": "passages: recall in the first 2,000 characters",
    "mrr_at_10": "passages: MRR@10",
    "map_at_10": "passages: MAP@10",
    "ndcg_at_10": "passages: nDCG@10",
    "answer_contains": "answers that contain what they should",
    "citations_hit": "answers with a citation that hits the evidence",
    "citations": "citations",
    "citations_exact": "citations that are exact",
    "quotes_per_answer": "quotes per answer",
    "retrieve_ms_median": "retrieve, ms, median",
    "retrieve_ms_p95": "retrieve, ms, 95th percentile",
    "ask_ms_median": "ask, ms, median",
    "ask_ms_p95": "ask, ms, 95th percentile",
}


def report(
    questions: Path, settings: Settings, articles: Path | None = None, file: Path | None = None,
    limit: int | None = None,
) -> None:  # fmt: skip
    """Ask the questions of a file, print the table, and write the figures to `file`.

    The articles of a folder are asked where one is named, else the library of the settings. Raises QuestionError where
    the question file, or `file`, cannot be used, ArticleError where the folder holds no article.
    """
    asked = read_questions(questions)[:limit]
    if file is not None:
        _writable(file)
    if articles is not None:
        settings = settings.on_this_machine()  # a library for the time of the evaluation leaves nothing on a server
    prices = Prices(settings.model_price_in, settings.model_price_out)
    with _library(articles, settings) as talks:
        talks.ask(asked[0].question)  # a library that never held anything takes in the brief
        with Index(talks.home.folder, encoder=talks.encoder, settings=settings) as index:
            unknown = unknown_articles(index.articles(), asked)
        if unknown:
            names = f"{', '.join(unknown[:3])}{', …' if len(unknown) > 3 else ''}"
            notice(f"The questions name {len(unknown)} articles that the library does not hold: {names}.")
        with progress("Asking") as watch:
            outcomes = run(talks, asked, watch)
        written = _grounding(talks, outcomes, prices)
    evaluation = evaluate(outcomes)
    if file is not None:
        _write(file, evaluation_value(evaluation, outcomes, prices), written)
    rows = table(evaluation)
    if written is not None:
        add_grounding(rows, written)
    output().print(rows)


def table(evaluation: Evaluation) -> Table:
    """The figures as a table."""
    rows = Table(box=None, pad_edge=False, show_header=False)
    rows.add_column("figure")
    rows.add_column("value", justify="right")
    for field in fields(evaluation):
        value = getattr(evaluation, field.name)
        if isinstance(value, dict):
            _add_refusals(rows, field.name, value)
        else:
            rows.add_row(_NAMES[field.name], _written(field.name, value))
    return rows


def add_grounding(rows: Table, written: Grounding) -> None:
    """Add the figures of written answers: how well their citations support them."""
    for field in fields(written):
        rows.add_row(_WRITTEN[field.name], _written(field.name, getattr(written, field.name)))


def _grounding(talks: Assistant, outcomes: list[Outcome], prices: Prices) -> Grounding | None:
    if all(outcome.answer.checks is None for outcome in outcomes):
        return None
    return grounding([outcome.answer for outcome in outcomes], Checker(), prices)


def _add_refusals(rows: Table, name: str, refusals: dict[str, Refusals]) -> None:
    right = name == "refused_rightly"
    about = "not in the articles, refused rightly" if right else "in the articles, refused wrongly"
    for kind, each in refusals.items():
        figure = f"{each.refused} of {each.questions} ({each.share:.1%})"
        rows.add_row(about if kind == "all" else f"  {plain(kind)}", figure)


def _written(name: str, value: float | int | None) -> str:
    if value is None:
        return "-"
    if isinstance(value, int):
        return f"{value:,}"
    if name == "cost":
        return f"{value:.6f}"
    return f"{value:.1f}" if "_ms_" in name else f"{value:.2f}" if name == "quotes_per_answer" else f"{value:.4f}"


@contextmanager
def _library(articles: Path | None, settings: Settings) -> Iterator[Assistant]:
    if articles is None:
        with Assistant(settings=settings) as talks:
            yield talks
        return
    with tempfile.TemporaryDirectory(prefix="talks-evaluation-", ignore_cleanup_errors=True) as folder:
        with Index(folder, settings=settings) as index, progress("Reading") as watch:
            made = index.sync([articles], progress=watch)
            encoder = index.encoder
        for failure in made.failed:
            complain(failure.reason)
        if not made.added:
            raise ArticleError(f"{articles} holds no article to ask about: name a folder of articles.")
        with Assistant(folder, encoder=encoder, settings=settings) as talks:
            yield talks


def _writable(file: Path) -> None:
    """Raise QuestionError before the questions are asked where the file cannot be written."""
    try:
        with file.open("a", encoding="utf-8"):
            pass
    except OSError as error:
        raise _cannot_write(file, error) from error


def _write(file: Path, value: dict[str, object], written: Grounding | None) -> None:
    if written is not None:
        value = {**value, "written": asdict(written)}
    try:
        file.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise _cannot_write(file, error) from error


def _cannot_write(file: Path, error: OSError) -> QuestionError:
    reason = error.strerror or type(error).__name__
    return QuestionError(f"The figures cannot be written to {file} ({reason}): name another file.")
