"""Security headers: Host and Origin checks, and the Content Security Policy of every response."""

import html
import re
import secrets
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.access.open_streams import SCRIPT
from assistant.web.access.visits import VISIT, Visit

#: Gradio compiles its components' code, hence 'unsafe-eval'; the scripts it writes into the page get the nonce, so
#: that handlers and `javascript:` links that an article brought along do not run. Everything else, images above all,
#: comes from this server only, so that an article can have nothing fetched.
POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)

HEADERS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # No other site learns where a reader comes from. With no-referrer, browsers would keep it from this server as well,
    # and send a login or a logout with the origin “null”, as foreign pages do.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}


_SCRIPT = re.compile(rb"<script(?=[\s>])")


class Guard:
    """ASGI middleware; refuses with 403 what does not come from this machine's own pages or programs."""

    def __init__(self, app: ASGIApp, *, hosts: Collection[str]) -> None:
        """`hosts` are the host names, without port, that the page answers to."""
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host, origin = headers.get("host", ""), headers.get("origin")
        nonce = secrets.token_urlsafe(16)
        refused = None
        if _name(f"//{host}") not in self.hosts:
            refused = (
                "This page answers to its own address only: open it as http://127.0.0.1 with its port, or name the "
                "address in TALKS_HOSTS."
            )
        elif origin is not None and _place(origin) != _place(f"//{host}"):
            refused = "This page answers its own pages only, and not those of another address."
        if refused is not None:
            await PlainTextResponse(refused, status_code=403, headers=_headers(nonce))(scope, receive, send)
            return
        await self.app(scope, receive, _Response(scope, send, nonce).send)


class _Response:
    """A response on its way out: it gets the headers, and the scripts of the page get the nonce.

    The page is also told who opened it, so that it offers nothing that the server would refuse.
    """

    def __init__(self, scope: Scope, send: Send, nonce: str) -> None:
        self._scope = scope
        self._send = send
        self._nonce = nonce
        self._is_page = scope["path"] == "/"
        self._start: Message | None = None
        self._body = b""

    async def send(self, message: Message) -> None:
        """Send a part of the answer on."""
        if message["type"] == "http.response.start":
            told = MutableHeaders(scope=message)
            for name, value in _headers(self._nonce).items():
                told[name] = value
            if self._scope.get("scheme") == "https":
                told["Strict-Transport-Security"] = "max-age=15552000"
            is_html = told.get("content-type", "").startswith("text/html") and "content-encoding" not in told
            if self._is_page and is_html:
                self._start = message  # waits for the length of the body
                return
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            body = self._body.replace(b"<head>", f"<head><script>{SCRIPT}</script>".encode(), 1)
            body = _SCRIPT.sub(f'<script nonce="{self._nonce}"'.encode(), body)
            body = body.replace(b"<html", b"<html" + self._visitor(), 1)
            MutableHeaders(scope=self._start)["Content-Length"] = str(len(body))
            await self._send(self._start)
            message = {"type": "http.response.body", "body": body}
        await self._send(message)

    def _visitor(self) -> bytes:
        visit = self._scope.get(VISIT)
        account = visit.account if isinstance(visit, Visit) else None
        if account is None:
            return b""
        return f' data-visitor="{html.escape(account.name)}" data-role="{account.role}"'.encode()


def _headers(nonce: str) -> dict[str, str]:
    return {"Content-Security-Policy": POLICY.replace("{nonce}", nonce), **HEADERS}


def _name(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _place(address: str) -> tuple[str | None, int | None] | None:
    """Host and port, without the scheme; None for what is no address, such as the origin `null`."""
    try:
        split = urlsplit(address)
        return (split.hostname, split.port) if split.hostname else None
    except ValueError:
        return None
