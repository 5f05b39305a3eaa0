"""Open event streams: each ends with its session, and with the server."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Seconds between two looks at whether a session still lasts.
EVERY = 2.0
#: Seconds that an answer under way may still take when the server stops.
GRACE = 2.0
ENDED = "Your login has ended: log in again."
#: The script with which the page says so; it must come first, before other scripts open streams.
SCRIPT = (Path(__file__).parent / "ended.js").read_text("utf-8")


class Watched:
    """One open stream; once `still_in` is False, a last event says so, and the app sees a disconnect."""

    def __init__(self, app: ASGIApp, send: Send, still_in: Callable[[], bool], leaving: asyncio.Event) -> None:
        """`leaving` is set once the server stops."""
        self._app = app
        self._send = send
        self._still_in = still_in
        self._leaving = leaving
        self._open = False
        self._over = False

    async def answer(self, scope: Scope, receive: Receive) -> None:
        """Answer the request, until it, the session or the server ends."""
        telling = asyncio.ensure_future(self._app(scope, receive, self._pass_on))
        leaving = asyncio.ensure_future(self._leaving.wait())
        last = b""
        try:
            while not telling.done():
                await asyncio.wait({telling, leaving}, timeout=EVERY, return_when=asyncio.FIRST_COMPLETED)
                if leaving.done() and not telling.done():
                    await asyncio.wait({telling}, timeout=0 if "/heartbeat/" in scope["path"] else GRACE)
                    self._over = not telling.done()
                    break
                if not telling.done() and not self._still_in():
                    self._over, last = True, _last(scope["path"])
                    break
        finally:
            leaving.cancel()
            if not telling.done():
                telling.cancel()  # Gradio gets the same when a browser goes away, and frees what it kept
            await asyncio.gather(telling, return_exceptions=True)
        if not self._over:
            telling.result()
        elif self._open:
            await self._send({"type": "http.response.body", "body": last})

    async def _pass_on(self, message: Message) -> None:
        if self._over:
            return
        if message["type"] == "http.response.start":
            self._open = True
        elif not message.get("more_body"):
            self._open = False
        await self._send(message)


def _last(path: str) -> bytes:
    """The last event, as Gradio's clients understand it; for the page, `ended.js` looks for it."""
    if "/call/" in path:
        return f"event: error\ndata: {json.dumps(ENDED)}\n\n".encode()
    told = {"msg": "unexpected_error", "message": ENDED, "success": False, "session_not_found": False}
    return f"data: {json.dumps(told)}\n\n".encode()
