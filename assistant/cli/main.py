"""The commands ask, retrieve, people, statements, evaluate and compare; and `talks`, which has all commands."""

from pathlib import Path
from typing import Annotated

import typer

from assistant.cli import claims, models
from assistant.cli.accounts import app as accounts
from assistant.cli.options import ModelOption, ModelTimeoutOption, ModelUrlOption, takes_filter, takes_request
from assistant.cli.output import print_answer, print_passages, print_people, print_statements
from assistant.cli.serve import register
from assistant.engine import Engine
from assistant.request import Request
from assistant.schemas import answer_info, citation_info, passage_info, person_info
from assistant.settings import Settings
from assistant.validation import checked_count, checked_question
from assistant.version import talks_version
from index.cli import app as library
from index.cli import notice, output
from index.cli.console import NOT_FOUND, HomeOption, JsonOption, commands, notices, print_json
from index.filters import Filter

app = commands("Ask the articles, and find passages in them.")
register(app)
app.add_typer(accounts, name="user")
app.add_typer(claims.app)
app.add_typer(models.app)
_talks = commands("Answers from news articles, with the exact words that carry them.")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"talks {talks_version()}")
        raise typer.Exit


@_talks.callback()
def about(
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_show_version, help="Show the version, and no more.")
    ] = False,
) -> None:
    """Answers from news articles, with the exact words that carry them."""


_talks.add_typer(app)
_talks.add_typer(library)
_talks.add_typer(claims.both)  # both have a command check, and this is the two in one


@app.command()
@takes_request
def ask(
    request: Request,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    model_timeout: ModelTimeoutOption = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Answer a question, each sentence with its exact source. Exit code 3: the articles do not say."""
    settings = Settings.read(home=home, model=model, model_url=model_url, model_timeout=model_timeout)
    with Engine(home, settings=settings) as engine, notices().status("Reading the articles"):
        answer = engine.ask(request)
    for each in answer.notices:
        notice(each)
    if json:
        print_json(answer_info(answer))
    else:
        print_answer(output(), answer)
    if not answer.answered:
        raise typer.Exit(NOT_FOUND)


@app.command()
@takes_request
def retrieve(
    request: Request,
    count: Annotated[int, typer.Option("-k", metavar="NUMBER", help="How many passages.")] = 5,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """Find the passages that a question is about, best first."""
    with Engine(home) as engine, notices().status("Reading the articles"):
        passages = engine.retrieve(request, checked_count(count))
    if json:
        print_json([passage_info(each) for each in passages])
    elif passages:
        print_passages(output(), passages)
    else:
        notice("The library holds no passage that passes the filters.")


@app.command()
@takes_filter
def people(where: Filter, home: HomeOption = None, json: JsonOption = False) -> None:
    """List everybody whom the articles let speak; whoever says most comes first."""
    with Engine(home) as engine, notices().status("Reading the articles"):
        found = engine.people(where)
    if json:
        print_json([person_info(each) for each in found])
    elif found:
        print_people(output(), found)
    else:
        notice("Nobody speaks in the articles that pass the filters.")


@app.command()
@takes_filter
def statements(
    where: Filter,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="Who: a full or a last name, in any spelling.")],
    about: Annotated[str | None, typer.Option("--about", metavar="SUBJECT", help="Only what is about this.")] = None,
    home: HomeOption = None,
    json: JsonOption = False,
) -> None:
    """List all that a person says, by date and paper. Exit code 3: the articles give nothing."""
    with Engine(home) as engine, notices().status("Reading the articles"):
        found = engine.statements(checked_question(person), about, where)
    if json:
        print_json([citation_info(each) for each in found])
    elif found:
        print_statements(output(), found)
    else:
        notice("The articles that pass the filters give no words of this person" + (" on that." if about else "."))
    if not found:
        raise typer.Exit(NOT_FOUND)


@app.command()
def evaluate(
    questions: Annotated[Path, typer.Argument(metavar="QUESTIONS.jsonl", help="A file of questions with answers.")],
    articles: Annotated[
        Path | None, typer.Option("--articles", metavar="FOLDER", help="Ask these articles, not the library.")
    ] = None,
    json: Annotated[
        Path | None, typer.Option("--json", metavar="OUT", help="Also write all figures to this file.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="Only the first so many questions.")
    ] = None,
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    model_timeout: ModelTimeoutOption = None,
    home: HomeOption = None,
) -> None:
    """Measure how well the articles are found, answered from, cited and, where they do not say, refused."""
    from assistant.evaluation.report import report

    settings = Settings.read(home=home, model=model, model_url=model_url, model_timeout=model_timeout)
    report(questions, settings, articles, json, limit)


@app.command()
def compare(
    first: Annotated[Path, typer.Argument(metavar="A.json", help="What `evaluate --json` wrote.")],
    second: Annotated[Path, typer.Argument(metavar="B.json", help="The same of another run.")],
) -> None:
    """Compare two evaluations question by question, with a confidence interval for each difference."""
    from assistant.evaluation import compare
    from assistant.evaluation.comparison import table

    output().print(table(compare(first, second)))


def talks() -> None:
    """The console script: all commands in one."""
    _talks(prog_name="talks")
