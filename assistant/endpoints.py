"""The endpoints for programs over HTTP: ask, retrieve, add an article, list the articles; typed, and checked."""

from functools import partial

import gradio as gr
from gradio.events import api

from assistant.programs import Programs, one_sentence
from assistant.service import Service


def add_endpoints(service: Service) -> None:
    """Put the endpoints `/ask`, `/retrieve`, `/add_article` and `/articles` into the Blocks that is being built.

    >>> with gr.Blocks() as page:  # doctest: +SKIP
    ...     add_endpoints(service)

    What cannot be used comes back as an error of one sentence.
    """
    programs, error = Programs(service), partial(gr.Error, print_exception=False)
    for function in (programs.ask, programs.retrieve, programs.add_article, programs.articles):
        api(one_sentence(function, error), api_name=function.__name__)
