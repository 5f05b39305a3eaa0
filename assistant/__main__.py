"""The entry point of `python -m assistant`: ask the articles, and evaluate the answers."""

from assistant.cli import app

if __name__ == "__main__":
    app(prog_name="python -m assistant")
