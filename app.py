"""Opens the chat page: `python app.py`, with `--host`, `--port` and `--home` where the defaults do not fit."""

import sys

from assistant.commands import talks

if __name__ == "__main__":
    talks(["serve", *sys.argv[1:]])
