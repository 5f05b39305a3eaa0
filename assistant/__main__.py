"""`python -m assistant`: ask the articles, and measure how well they answer."""

from assistant.cli.main import app

if __name__ == "__main__":
    app(prog_name="python -m assistant")
