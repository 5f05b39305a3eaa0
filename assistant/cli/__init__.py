"""The command line of the read side: `python -m assistant` and `talks`."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.cli.main import app, talks

__all__ = ["app", "talks"]

__getattr__ = exports(__name__, {"app": "main", "talks": "main"})
