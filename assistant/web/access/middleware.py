"""Authentication middleware: every request passes here before it reaches its route."""

import asyncio
import json
import threading
from collections import OrderedDict
from urllib.parse import parse_qs

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.access.accounts import Account, Accounts
from assistant.web.access.database import AccountError
from assistant.web.access.login import session_token
from assistant.web.access.open_streams import Watched
from assistant.web.access.rate_limits import SENTENCES, Kind, RateLimits
from assistant.web.access.routes import rule, stays_open
from assistant.web.access.visits import FOR_EDITORS, REFUSED, VISIT, NotAllowed, Visit

LOG_IN = "Nobody is logged in here: log in at /login, or send a token as Authorization: Bearer TOKEN."
OVER_TLS = "This page answers over https only: open it as https://…, by the name that its proxy has."
NO_ROUTE = "There is nothing at this address."
TOO_LARGE = "What was sent is too large."
SOMEBODY_ELSES = "This window belongs to somebody else: reload the page."
#: Bytes that the values of one event may have, pasted texts included.
LARGEST = 20_000_000

#: Headers of a proxy about the client: uvicorn has applied those of the trusted proxy, and any others are dropped.
_FORWARDED = (b"forwarded", b"x-forwarded-", b"x-real-ip", b"x-gradio-server")
_MOST_TABS = 100_000


class Door:
    """ASGI middleware for authentication; without accounts, on loopback, everybody on this machine is let in."""

    def __init__(
        self, app: ASGIApp, *, accounts: Accounts, limits: RateLimits, exposed: bool, leaving: asyncio.Event
    ) -> None:
        """`exposed`: others can reach the page, so that it needs accounts, and TLS. `leaving`: see `Watched`."""
        self.app = app
        self._leaving = leaving
        self._accounts = accounts
        self._limits = limits
        self._exposed = exposed
        self._closed = exposed
        self._tabs = _Tabs()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # the page has no websockets
            await send({"type": "websocket.close", "code": 1008})
            return
        scope["headers"] = [(name, value) for name, value in scope["headers"] if not name.startswith(_FORWARDED)]
        request = Request(scope)
        try:
            receive = await self._let_in(request, receive)
        except NotAllowed as refusal:
            await _answer(request, refusal)(scope, receive, send)
        except AccountError as error:
            await _answer(request, NotAllowed(str(error), 503))(scope, receive, send)
        else:
            sent = _Sent(scope, send, private=self._closed).send
            if stays_open(request.method, request.url.path):
                watched = Watched(self.app, sent, lambda: self._still_in(request), self._leaving)
                await watched.answer(scope, receive)
            else:
                await self.app(scope, receive, sent)

    def _still_in(self, request: Request) -> bool:
        """Whether the account behind this request may still use the page."""
        before: Account | None = request.scope[VISIT].account
        try:
            if before is None:  # accounts may have been set up since
                return not self._accounts.any()
            account = self._account(request, used=False)
        except AccountError:
            return False
        return account is not None and account.id == before.id

    async def _let_in(self, request: Request, receive: Receive) -> Receive:
        """Put the identity of the request into its scope. Raises NotAllowed where it is not allowed."""
        scope, path = request.scope, request.url.path
        address = request.client.host if request.client else ""
        needed = rule(request.method, path)
        # Once there were accounts, they count until the end: their file may have been taken away.
        self._closed = self._closed or self._accounts.any()
        if not self._closed:
            if needed is None:
                raise NotAllowed(NO_ROUTE, 404)
            scope[VISIT] = Visit(None, address)
            return receive
        if self._exposed and request.url.scheme != "https" and path != "/health":
            raise NotAllowed(OVER_TLS, 403)
        account = None if needed == "anybody" else self._account(request)
        self._count("requests", address, account)
        if needed == "anybody":
            return receive
        if account is None:
            raise NotAllowed(LOG_IN, 401)
        if needed is None:
            raise NotAllowed(NO_ROUTE, 404)
        visit = Visit(account, address, self._limits)
        if needed == "editor" and not visit.may_edit:
            raise NotAllowed(FOR_EDITORS, 403)
        if request.method == "POST" and path.rstrip("/").endswith("/upload"):
            self._count("uploads", address, account)
        scope[VISIT] = visit
        return await self._own_tab(request, account, receive)

    def _count(self, kind: Kind, address: str, account: Account | None) -> None:
        seconds = self._limits.count(kind, address, None if account is None else account.id)
        if seconds:
            raise NotAllowed(SENTENCES[kind].format(seconds=seconds), 429, seconds)

    def _account(self, request: Request, *, used: bool = True) -> Account | None:
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            return self._accounts.by_token(token.strip())
        token = session_token(request)
        found = self._accounts.sessions.account(token, used=used) if token else None
        return None if found is None else self._accounts.by_id(found)

    async def _own_tab(self, request: Request, account: Account, receive: Receive) -> Receive:
        """Gradio sends the answers of a window to any client that names it, so a window belongs to the first that named
        it."""
        named = parse_qs(request.url.query).get("session_hash", [])
        if request.url.path.startswith("/gradio_api/heartbeat/"):
            named.append(request.url.path.rstrip("/").rsplit("/", 1)[1])
        if (
            request.method == "POST"
            and request.url.path.startswith("/gradio_api/")
            and "upload" not in request.url.path
        ):
            body = await _read(receive)
            named += _named(body)
            receive = _again(body, receive)
        if not all(self._tabs.are_of(account.id, each) for each in named):
            raise NotAllowed(SOMEBODY_ELSES, 403)
        return receive


class _Tabs:
    """The owners of browser windows, by the names that browsers give them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._owners: OrderedDict[str, str] = OrderedDict()

    def are_of(self, account: str, tab: str) -> bool:
        with self._lock:
            owner = self._owners.setdefault(tab, account)
            self._owners.move_to_end(tab)
            if len(self._owners) > _MOST_TABS:
                self._owners.popitem(last=False)
        return owner == account


class _Sent:
    """A response on its way out: no cache keeps it, and a handler's refusal sets its status."""

    def __init__(self, scope: Scope, send: Send, *, private: bool) -> None:
        self._scope = scope
        self._send = send
        self._private = private

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and self._private:
            headers = MutableHeaders(scope=message)
            if not self._scope["path"].startswith(("/assets/", "/static/", "/login.css")):
                headers["Cache-Control"] = "no-store"
            refusal = self._scope.get(REFUSED)
            direct = self._scope["path"].startswith(("/gradio_api/run/", "/gradio_api/api/"))
            if isinstance(refusal, NotAllowed) and direct:  # Gradio knows no other error than 500
                message["status"] = refusal.status
                if refusal.seconds:
                    headers["Retry-After"] = str(refusal.seconds)
        await self._send(message)


def _answer(request: Request, refusal: NotAllowed) -> Response:
    """The refusal as one sentence; a browser that opens the page is redirected to the login."""
    if refusal.status == 401 and request.method in ("GET", "HEAD") and request.url.path == "/":
        return RedirectResponse("/login", 303, headers={"Cache-Control": "no-store"})
    headers = {"Cache-Control": "no-store"}
    if refusal.seconds:
        headers["Retry-After"] = str(refusal.seconds)
    if refusal.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="Talks"'
    # Gradio's page shows the one, its client for programs the other.
    return JSONResponse({"detail": str(refusal), "error": str(refusal)}, refusal.status, headers=headers)


async def _read(receive: Receive) -> bytes:
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if size > LARGEST:
            raise NotAllowed(TOO_LARGE, 413)
        more = message.get("more_body", False)
    return b"".join(parts)


def _again(body: bytes, receive: Receive) -> Receive:
    """The body again for the app behind, then the rest of the messages."""
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def next_message() -> Message:
        return waiting.pop() if waiting else await receive()

    return next_message


def _named(body: bytes) -> list[str]:
    """The windows that the values of an event name."""
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise NotAllowed("What was sent is not JSON.", 422) from error
    named = value.get("session_hash") if isinstance(value, dict) else None
    return [] if named is None else [str(named)]
