"""Shared command line options: the language model, and the question with its history and filters."""

from collections.abc import Callable, Mapping
from functools import wraps
from inspect import Parameter, signature
from typing import Annotated, Any

import typer

from assistant.request import Request
from assistant.validation import checked_filter

ModelOption = Annotated[
    str | None,
    typer.Option("--model", metavar="PROVIDER:NAME", help="Have this language model write the answers."),
]
ModelUrlOption = Annotated[
    str | None, typer.Option("--model-url", metavar="URL", help="The server that the model runs on.")
]
ModelTimeoutOption = Annotated[
    float | None,
    typer.Option("--model-timeout", metavar="SECONDS", help="Past it, the answer comes in quotes; 60 unless given."),
]
_QUESTION: dict[str, Any] = {
    "question": Annotated[str, typer.Argument(metavar="QUESTION", help="The question, in quotation marks.")]
}
_HISTORY: dict[str, Any] = {
    "history": Annotated[
        list[str] | None,
        typer.Option("--history", metavar="QUESTION", help="An earlier question; repeat it, oldest first."),
    ]
}
_FILTER: dict[str, Any] = {
    "publisher": Annotated[str | None, typer.Option("--publisher", metavar="NAME", help="Only articles by this one.")],
    "after": Annotated[str | None, typer.Option("--after", metavar="DATE", help="Only from this day on: 2026-02-18.")],
    "before": Annotated[str | None, typer.Option("--before", metavar="DATE", help="Only up to this day: 2026-02-18.")],
}


def takes_request(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter is a `Request`, with the question and the options that make one in its place."""

    def made(values: dict[str, Any]) -> Request:
        question, history = values.pop("question"), values.pop("history") or ()
        return Request.of(question, history, **{name: values.pop(name) for name in _FILTER})

    return _with_options(command, made, _QUESTION, _HISTORY | _FILTER)


def takes_filter(command: Callable[..., None]) -> Callable[..., None]:
    """A command whose first parameter is a `Filter`, with the options that make one in its place."""
    return _with_options(command, lambda values: checked_filter(*(values.pop(name) for name in _FILTER)), {}, _FILTER)


def _with_options(
    command: Callable[..., None],
    made: Callable[[dict[str, Any]], object],
    arguments: Mapping[str, Any],
    options: Mapping[str, Any],
) -> Callable[..., None]:
    """A command as typer sees it: its first parameter gives way to the arguments and options that `made` takes."""

    @wraps(command)
    def run(**values: Any) -> None:
        command(made(values), **values)

    _, *own = signature(command).parameters.values()
    keyword = Parameter.KEYWORD_ONLY
    first = [Parameter(name, keyword, annotation=hint) for name, hint in arguments.items()]
    first += [each.replace(kind=keyword) for each in own if each.default is Parameter.empty]
    then = [Parameter(name, keyword, annotation=hint, default=None) for name, hint in options.items()]
    then += [each.replace(kind=keyword) for each in own if each.default is not Parameter.empty]
    told = signature(command).replace(parameters=[*first, *then])
    run.__signature__ = told  # type: ignore[attr-defined]  # what typer reads
    run.__annotations__ = {name: each.annotation for name, each in told.parameters.items()}
    return run
