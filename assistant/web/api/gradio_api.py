"""The Gradio endpoints for programs: ask, retrieve, people, statements, and those of the articles."""

import inspect
from collections.abc import Callable
from functools import partial, wraps
from typing import Any

import gradio as gr
from gradio.events import api

from assistant.service import Service
from assistant.web.access import count, visit_of
from assistant.web.access.rate_limits import Kind
from assistant.web.access.visits import check_editor
from assistant.web.api.functions import Programs, one_sentence


def add_endpoints(service: Service) -> None:
    """Put the endpoints `/ask`, `/retrieve`, `/people`, `/statements`, `/add_article` and `/articles` into the Blocks
    that is being built.

    >>> with gr.Blocks() as page:  # doctest: +SKIP
    ...     add_endpoints(service)

    What cannot be used comes back as an error of one sentence, and so does what may not be asked for.
    """
    programs, error = Programs(service), partial(gr.Error, print_exception=False)
    offered: list[tuple[Callable[..., Any], Kind | None]] = [
        (programs.ask, "questions"),
        (programs.retrieve, "questions"),
        (programs.people, "questions"),
        (programs.statements, "questions"),
        (programs.add_article, "additions"),
        (programs.articles, None),
        (programs.list_articles, None),
        (programs.read_article, None),
    ]
    for function, kind in offered:
        api(one_sentence(_at_the_door(function, kind), error), api_name=function.__name__)


def _at_the_door(function: Callable[..., Any], kind: Kind | None) -> Callable[..., Any]:
    """Wrap a function with the check of access and limits; Gradio passes the request, which no program sees."""

    @wraps(function)
    def asked(request: gr.Request, *values: Any) -> Any:
        if kind == "additions":
            check_editor(request)
        if kind is None:
            visit_of(request)
        else:
            count(request, kind)
        return function(*values)

    own = inspect.signature(function)
    first = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    signature = own.replace(parameters=[first, *own.parameters.values()])
    vars(asked)["__signature__"] = signature
    asked.__annotations__ = {"request": gr.Request, **function.__annotations__}
    return asked
