"""Shared command line options: the flags that name the language model."""

from typing import Annotated

import typer

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
