"""Access control: accounts, login, sessions, tokens, and rate limits."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.web.access.accounts import Accounts
    from assistant.web.access.visits import NotAllowed, PlainRequest, count, visit_of

__all__ = ["Accounts", "NotAllowed", "PlainRequest", "count", "visit_of"]

__getattr__ = exports(
    __name__,
    {"Accounts": "accounts", "NotAllowed": "visits", "PlainRequest": "visits", "count": "visits", "visit_of": "visits"},
)
