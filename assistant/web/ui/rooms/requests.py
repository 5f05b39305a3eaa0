"""Requests of the page's scripts: whose they are, and errors as the one sentence that the page shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from fastapi import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from assistant.web.access import NotAllowed, PlainRequest, count, visit_of
from assistant.web.access.rate_limits import Kind
from assistant.web.access.visits import Visit
from assistant.web.ui.browser_state import Memory
from index.errors import TalksError

Given = ParamSpec("Given")

#: The header in which a browser sends its random name, where there are no accounts.
READER = "x-talks-reader"


def visit(request: Request) -> Visit:
    """The identity of this request."""
    return visit_of(PlainRequest(request))


def counted(request: Request, kind: Kind) -> None:
    """Count what is asked for. Raises NotAllowed where it is too much by now."""
    count(PlainRequest(request), kind)


def owner(request: Request) -> str:
    """The name that the reader's conversations and clippings are kept under."""
    return Memory.read({"owner": request.headers.get(READER)}, visit(request).owner).owner


def told(handler: Callable[Given, Any]) -> Callable[Given, Response]:
    """The handler, whose text is sent as HTML, other values as JSON, and errors as their sentence."""

    @wraps(handler)
    def answer(*args: Given.args, **kwargs: Given.kwargs) -> Response:
        try:
            made = handler(*args, **kwargs)
        except NotAllowed as refusal:
            return JSONResponse({"detail": str(refusal)}, refusal.status)
        except TalksError as error:
            return JSONResponse({"detail": str(error)}, 422)
        if isinstance(made, Response):
            return made
        headers = {"Cache-Control": "no-store"}
        return HTMLResponse(made, headers=headers) if isinstance(made, str) else JSONResponse(made, headers=headers)

    answer.__annotations__ = {**handler.__annotations__, "return": Response}
    return answer
