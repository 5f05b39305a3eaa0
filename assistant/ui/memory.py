"""What a browser remembers of its visits: who it is, as a random name, and which conversation was open."""

import re
import secrets
from dataclasses import dataclass, replace

_NAME = re.compile(r"[0-9A-Za-z_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Memory:
    """The random name of a browser, which is all that says whose a conversation is, and its open conversation."""

    owner: str = ""
    conversation: str | None = None

    @classmethod
    def fresh(cls) -> "Memory":
        """A browser that was not here before."""
        return cls(secrets.token_urlsafe(24))

    @classmethod
    def read(cls, kept: object) -> "Memory":
        """What the browser kept; anything that is not of the right form counts as forgotten."""
        if not isinstance(kept, dict):
            return cls()
        owner, conversation = kept.get("owner"), kept.get("conversation")
        if not isinstance(owner, str) or not _NAME.fullmatch(owner):
            return cls()
        open_one = conversation if isinstance(conversation, str) and _NAME.fullmatch(conversation) else None
        return cls(owner, open_one)

    def written(self) -> dict[str, str | None]:
        """As the browser keeps it."""
        return {"owner": self.owner, "conversation": self.conversation}

    def opened(self, conversation: str | None) -> "Memory":
        """The same browser with another conversation open."""
        return replace(self, conversation=conversation)
