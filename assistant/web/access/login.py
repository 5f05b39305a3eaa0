"""The login page: its form, which works without scripts, and the handlers behind it."""

import hashlib
import hmac
import html
import logging
import secrets
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from assistant.web.access.accounts import Accounts, LockedOut
from assistant.web.access.database import AccountError
from assistant.web.access.rate_limits import SENTENCES, RateLimits

_HERE = Path(__file__).parent
_PAGE = Template((_HERE / "login.html").read_text("utf-8"))
#: The style sheet that follows the colours of the page's theme.
STYLE = (_HERE / "login.css").read_text("utf-8")
#: Bytes that the form may have.
_LARGEST = 20_000
#: Seconds that the form may stay open.
_OPEN = 3_600
_STALE = "The form was open for too long, or came from elsewhere: log in here."
_FULL = "The form is too long: log in again."

log = logging.getLogger("talks")


class Login:
    """The form, and the cookies: `talks-session` for what a login lasts, `talks-form` against forms of other pages.

    `__Host-` before a name, where the page comes by TLS, lets the browser take it from this very host alone.
    """

    def __init__(self, accounts: Accounts, limits: RateLimits, style: str, title: str = "Talks") -> None:
        """`style` is the style sheet of the login page, `title` what the page calls itself."""
        self._accounts = accounts
        self._limits = limits
        self._style = style
        self._title = title
        self._secret = secrets.token_bytes(32)

    async def style(self, request: Request) -> Response:
        """The style sheet."""
        return Response(self._style, media_type="text/css", headers={"Cache-Control": "max-age=3600"})

    async def show(self, request: Request) -> Response:
        """The form; a redirect to the page where the session is valid."""
        token = session_token(request)
        if not self._accounts.any() or (token and self._accounts.sessions.account(token)):
            return RedirectResponse("/", 303)
        return self._form(request)

    async def enter(self, request: Request) -> Response:
        """Log in. Each login begins a new session; a token that the browser already had is never reused."""
        address = request.client.host if request.client else ""
        seconds = self._limits.count("logins", address)
        if seconds:
            return self._form(request, said=SENTENCES["logins"].format(seconds=seconds), status=429, seconds=seconds)
        sent = await _sent(request)
        if sent is None:
            return self._form(request, said=_FULL, status=413)
        name, password = sent.get("name", ""), sent.get("password", "")
        cookie = request.cookies.get(_cookie(request, "form"), "")
        if not cookie or not hmac.compare_digest(self._signed(cookie).encode(), sent.get("form", "").encode()):
            return self._form(request, name, said=_STALE, status=403)
        try:
            account = await run_in_threadpool(self._accounts.check, name, password, address)
        except LockedOut as error:
            log.warning("A login from %s was locked out", address)
            return self._form(request, name, said=str(error), status=429, seconds=error.seconds)
        except AccountError as error:
            log.warning("A login from %s failed", address)  # the typed name may be a password
            return self._form(request, name, said=str(error), status=401)
        log.info("%s logged in from %s", account.name, address)
        before = session_token(request)
        if before:
            self._accounts.sessions.end(before)
        answer = RedirectResponse("/", 303)
        _set(request, answer, "session", self._accounts.sessions.begin(account.id), None)
        _set(request, answer, "form", "", 0)
        return answer

    async def leave(self, request: Request) -> Response:
        """Log out: the session ends here, not only in the browser."""
        token = session_token(request)
        if token:
            self._accounts.sessions.end(token)
        answer = RedirectResponse("/login", 303)
        _set(request, answer, "session", "", 0)
        return answer

    def _form(
        self, request: Request, name: str = "", *, said: str = "", status: int = 200, seconds: int = 0
    ) -> Response:
        cookie = secrets.token_urlsafe(32)
        shown = _PAGE.substitute(
            title=html.escape(self._title),
            said=f'<p class="wrong" id="wrong" role="alert">{html.escape(said)}</p>' if said else "",
            form=self._signed(cookie),
            name=html.escape(name[:100]),
            focus_name="" if name else " autofocus",
            focus_password=" autofocus" if name else "",
            described=' aria-describedby="wrong"' if said else "",
        )
        answer = HTMLResponse(shown, status, headers={"Cache-Control": "no-store"})
        if seconds:
            answer.headers["Retry-After"] = str(seconds)
        _set(request, answer, "form", cookie, _OPEN)
        return answer

    def _signed(self, cookie: str) -> str:
        """The signature that only this server can put into a form for that cookie."""
        return hmac.new(self._secret, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def session_token(request: Request) -> str:
    """The session token that a browser sent; empty for none."""
    return request.cookies.get(_cookie(request, "session"), "")


def _cookie(request: Request, what: str) -> str:
    return f"__Host-talks-{what}" if request.url.scheme == "https" else f"talks-{what}"


def _set(request: Request, answer: Response, what: str, value: str, seconds: int | None) -> None:
    """Set a cookie that no script can read, for `seconds` (0 deletes it, None keeps it as long as the browser is open).

    The session's is Lax, so that a link in a message opens the page for whoever is in: such a link only ever reads.
    """
    answer.set_cookie(
        _cookie(request, what),
        value,
        max_age=seconds,
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax" if what == "session" else "strict",
    )


async def _sent(request: Request) -> dict[str, str] | None:
    """The fields of the form; None where there is more than a form can hold."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return None
    return {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
