"""Browser state: the random name of a browser, and the conversation that was open in it."""

import re
import secrets
from dataclasses import dataclass, replace

_NAME = re.compile(r"[0-9A-Za-z_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Memory:
    """The owner of the conversations, and the open one. Without accounts, the owner is the random name of the browser,
    which cannot be mistaken for an account's.
    """

    owner: str = ""
    conversation: str | None = None

    @classmethod
    def fresh(cls) -> "Memory":
        """The state of a new browser."""
        return cls(secrets.token_urlsafe(24))

    @classmethod
    def read(cls, kept: object, account: str | None = None) -> "Memory":
        """The state that the browser kept; a value of the wrong form counts as missing.

        `account` is the owner where there are accounts; the browser's own value is then ignored.
        """
        known = kept if isinstance(kept, dict) else {}
        owner, conversation = account or known.get("owner"), known.get("conversation")
        if not isinstance(owner, str) or not (account or _NAME.fullmatch(owner)):
            return cls()
        open_one = conversation if isinstance(conversation, str) and _NAME.fullmatch(conversation) else None
        return cls(owner, open_one)

    def written(self) -> dict[str, str | None]:
        """The state in the form that the browser keeps."""
        return {"owner": self.owner, "conversation": self.conversation}

    def opened(self, conversation: str | None) -> "Memory":
        """The state with another conversation open."""
        return replace(self, conversation=conversation)
