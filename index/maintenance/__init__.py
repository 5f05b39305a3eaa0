"""Maintenance: publication of a generation, rebuild, health check, backup and restore."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from index.maintenance.backup import back_up, put_back
    from index.maintenance.health import examine
    from index.maintenance.publishing import Publisher
    from index.maintenance.rebuilding import make_anew

__all__ = ["Publisher", "back_up", "examine", "make_anew", "put_back"]

__getattr__ = exports(
    __name__,
    {
        "Publisher": "publishing",
        "back_up": "backup",
        "examine": "health",
        "make_anew": "rebuilding",
        "put_back": "backup",
    },
)
