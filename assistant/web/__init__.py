"""The web server: the chat page, the interfaces for programs, and access control."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.web.server import serve

__all__ = ["serve"]

__getattr__ = exports(__name__, {"serve": "server"})
