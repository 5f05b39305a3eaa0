"""Request identity: the account behind a request, which handlers ask for before they answer."""

import logging
from collections.abc import MutableMapping
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.web.access.accounts import Account
from assistant.web.access.rate_limits import SENTENCES, Kind, RateLimits
from index.errors import TalksError

#: Keys in a request's ASGI scope: the visit, set by the middleware, and a handler's refusal.
VISIT = "talks.visit"
REFUSED = "talks.refused"

FOR_EDITORS = "Your account may ask, but not change the library: have it made an editor's."
NOT_THROUGH_THE_DOOR = "This request did not come in by the page's door, and is not answered."

log = logging.getLogger("talks")


class NotAllowed(TalksError):
    """The account may not do this, or not so soon; `status` is the HTTP status, `seconds` the time to wait."""

    def __init__(self, sentence: str, status: int, seconds: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        self.seconds = seconds


class HeldRequest(Protocol):
    """The request object of Gradio's handlers (gr.Request), which holds the ASGI request."""

    @property
    def request(self) -> Any:
        """The request as it came in, with its ASGI scope."""


@dataclass(frozen=True, slots=True)
class PlainRequest:
    """A request that came by itself, in the form of Gradio's: what the other routes hand to `visit_of` and `count`."""

    request: Any


@dataclass(frozen=True, slots=True)
class Visit:
    """The identity of a request: an account, or None where no accounts are set up and this machine's user asks."""

    account: Account | None
    address: str
    limits: RateLimits | None = None

    @property
    def owner(self) -> str | None:
        """The owner of the conversations; None where the browser's random name decides."""
        return None if self.account is None else self.account.owner

    @property
    def may_edit(self) -> bool:
        """Whether the library may be changed."""
        return self.account is None or self.account.role == "editor"


def visit_of(request: HeldRequest | None) -> Visit:
    """The identity of this request. Raises NotAllowed where it did not pass the middleware."""
    found = _scope(request).get(VISIT)
    if not isinstance(found, Visit):
        raise NotAllowed(NOT_THROUGH_THE_DOOR, 403)
    return found


def check_editor(request: HeldRequest | None) -> Visit:
    """The identity of this request, if it may change the library. Raises NotAllowed otherwise, and sets the status."""
    visit = visit_of(request)
    if not visit.may_edit:
        raise _refused(request, NotAllowed(FOR_EDITORS, 403))
    return visit


def count(request: HeldRequest | None, kind: Kind, times: int = 1) -> Visit:
    """Count an action. Raises NotAllowed where the limit is reached; without accounts there is no limit."""
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
