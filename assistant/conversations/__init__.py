"""Conversations: stored on this machine, rated, and exported as Markdown."""

from typing import TYPE_CHECKING

from index.lazy import exports

if TYPE_CHECKING:
    from assistant.conversations.serialization import SavedTurn, StaleQuote
    from assistant.conversations.store import ConversationError, Conversations, Summary

__all__ = ["ConversationError", "Conversations", "SavedTurn", "StaleQuote", "Summary"]

__getattr__ = exports(
    __name__,
    {
        "ConversationError": "store",
        "Conversations": "store",
        "SavedTurn": "serialization",
        "StaleQuote": "serialization",
        "Summary": "store",
    },
)
