"""Opens the chat page: `python app.py`, with `--host`, `--port` and `--home` where the defaults do not fit."""

import sys

import typer

from assistant.cli.serve import register

if __name__ == "__main__":
    app = typer.Typer(add_completion=False)
    register(app)
    sys.argv.insert(1, "serve")
    app(prog_name="app.py")
