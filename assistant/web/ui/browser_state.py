"""Browser state: the random name of a browser, and the conversation that was open in it."""

import re
import secrets
from dataclasses import dataclass, replace

_NAME = re.compile(r"[0-9A-Za-z_-]{1,80}")


@dataclass(frozen=True, slots=True)
class Memory:
    """Whose the conversations are, and which is open.

    Without accounts, the random name of a browser is all that says whose a conversation is; no account's looks like it.
    """

    owner: str = ""
    conversation: str | None = None

    @classmethod
    def fresh(cls) -> "Memory":
        """A browser that was not here before."""
        return cls(secrets.token_urlsafe(24))

    @classmethod
    def read(cls, kept: object, account: str | None = None) -> "Memory":
        """What the browser kept; anything that is not of the right form counts as forgotten.

        `account` says, where there are accounts, who it is: then the browser's own word on that counts for nothing.
        """
        known = kept if isinstance(kept, dict) else {}
        owner, conversation = account or known.get("owner"), known.get("conversation")
        if not isinstance(owner, str) or not (account or _NAME.fullmatch(owner)):
            return cls()
        open_one = conversation if isinstance(conversation, str) and _NAME.fullmatch(conversation) else None
        return cls(owner, open_one)

    def written(self) -> dict[str, str | None]:
        """As the browser keeps it."""
        return {"owner": self.owner, "conversation": self.conversation}

    def opened(self, conversation: str | None) -> "Memory":
        """The same browser with another conversation open."""
        return replace(self, conversation=conversation)
