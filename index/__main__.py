"""The entry point of `python -m index`: change the library, check it and back it up."""

from index.cli import app

if __name__ == "__main__":
    app(prog_name="python -m index")
