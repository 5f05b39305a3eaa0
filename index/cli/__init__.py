"""The command line of the write side: `python -m index`."""
