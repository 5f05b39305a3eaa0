"""The command line of the read side: `python -m assistant` and `talks`."""
