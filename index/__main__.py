"""`python -m index`: put articles into the library, take them out, and keep its index whole."""

from index.cli.main import app

if __name__ == "__main__":
    app(prog_name="python -m index")
