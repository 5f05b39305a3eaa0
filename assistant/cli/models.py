"""The command models: whether the named language model serves."""

from dataclasses import asdict

import typer

from assistant.cli.options import ModelOption, ModelTimeoutOption, ModelUrlOption
from assistant.settings import Settings
from index.cli import output
from index.cli.console import ERROR, JsonOption, commands, print_json, progress

app = commands("Try language models.")


@app.command()
def models(
    model: ModelOption = None,
    model_url: ModelUrlOption = None,
    model_timeout: ModelTimeoutOption = None,
    json: JsonOption = False,
) -> None:
    """Tell whether the named model answers, how quick it is, and how many of its sentences stand on the brief.

    Exit code 1: it does not answer.
    """
    from assistant.evaluation.models import table, try_model

    settings = Settings.read(model=model, model_url=model_url, model_timeout=model_timeout)
    with progress("Asking the model") as watch:
        trial = try_model(settings, watch=watch or (lambda done: None))
    if json:
        print_json(asdict(trial))
    else:
        output().print(table(trial))
    if trial.failure:
        raise typer.Exit(ERROR)
