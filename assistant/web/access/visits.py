"""Request identity: the account behind a request, which handlers ask for before they answer."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.web.access.accounts import Account
from assistant.web.access.rate_limits import SENTENCES, Kind, RateLimits
from index.errors import TalksError

#: Where the door puts the visit into a request's ASGI scope, and a handler puts why it refused.
VISIT = "talks.visit"
REFUSED = "talks.refused"

FOR_EDITORS = "Your account may ask, but not change the library: have it made an editor's."
NOT_THROUGH_THE_DOOR = "This request did not come in by the page's door, and is not answered."

log = logging.getLogger("talks")


class NotAllowed(TalksError):
    """Whoever asks may not do this, or not so soon; `status` is that of HTTP, `seconds` how long to wait."""

    def __init__(self, sentence: str, status: int, seconds: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.seconds = seconds


class HeldRequest(Protocol):
    """What handlers get of a request: gr.Request, which holds the one that came in."""

    @property
    def request(self) -> Any:
        """The request as it came in, with its ASGI scope."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose a request is: an account's; or, where nobody set up accounts, that of whoever is at this machine (None)."""

    account: Account | None
    address: str
    limits: RateLimits | None = None

    @property
    def owner(self) -> str | None:
        """The name that conversations are kept under; None where the browser's own says whose they are."""
        return None if self.account is None else self.account.owner

    @property
    def may_edit(self) -> bool:
        """Whether the library may be changed."""
        return self.account is None or self.account.role == "editor"


def visit_of(request: HeldRequest | None) -> Visit:
    """Whose request this is. Raises NotAllowed where it did not come in by the door."""
    found = _scope(request).get(VISIT)
    if not isinstance(found, Visit):
        raise NotAllowed(NOT_THROUGH_THE_DOOR, 403)
    return found


def check_editor(request: HeldRequest | None) -> Visit:
    """Whose request this is, if they may change the library. Raises NotAllowed, which the answer's status tells too."""
    visit = visit_of(request)
    if not visit.may_edit:
        raise _refused(request, NotAllowed(FOR_EDITORS, 403))
    return visit


def count(request: HeldRequest | None, kind: Kind, times: int = 1) -> Visit:
    """Count what is asked for. Raises NotAllowed where it is too much by now; nothing is limited without accounts."""
    visit = visit_of(request)
    if visit.limits is not None and visit.account is not None:
        seconds = visit.limits.count(kind, visit.address, visit.account.id, times)
        if seconds:
            raise _refused(request, NotAllowed(SENTENCES[kind].format(seconds=seconds), 429, seconds))
    return visit


def _refused(request: HeldRequest | None, refusal: NotAllowed) -> NotAllowed:
    _scope(request)[REFUSED] = refusal
    return refusal


def _scope(request: HeldRequest | None) -> MutableMapping[str, Any]:
    came_in = None if request is None else request.request
    scope: MutableMapping[str, Any] = {} if came_in is None else came_in.scope
    return scope
