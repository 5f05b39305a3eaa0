"""The command line of the write side: `python -m index`."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.cli.console import complain, notice, output, safe
    from index.cli.main import app

__all__ = ["app", "complain", "notice", "output", "safe"]

__getattr__ = exports(
    __name__, {"app": "main", "complain": "console", "notice": "console", "output": "console", "safe": "console"}
)
