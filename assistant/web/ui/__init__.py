"""The chat page: it shows what `assistant` and `index` do, and decides nothing about answers."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.web.ui.page import MOUNT, build

__all__ = ["MOUNT", "build"]

__getattr__ = exports(__name__, {"MOUNT": "page", "build": "page"})
