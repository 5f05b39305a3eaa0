"""Login sessions: the browser holds a random token, the home only its hash."""

import hashlib
import secrets
from collections.abc import Callable

from assistant.web.access.database import AccountsDatabase

#: Seconds that a session lasts after its login, and after its last use.
LONGEST = 14 * 86_400.0
IDLE = 2 * 86_400.0
#: Seconds between two notes of when a session was last used.
_NOTED = 60.0


class Sessions:
    """The sessions of one home's accounts."""

    def __init__(self, database: AccountsDatabase, clock: Callable[[], float]) -> None:
        self._database = database
        self._clock = clock

    def begin(self, account: str) -> str:
        """Begin a session of the account with that id; its token comes back, made here and never taken from outside."""
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._database.writing() as db:
            db.execute("DELETE FROM sessions WHERE began <= ? OR used <= ?", (now - LONGEST, now - IDLE))
            db.execute("INSERT INTO sessions VALUES (?,?,?,?)", (_hashed(token), account, now, now))
        return token

    def account(self, token: str, *, used: bool = True) -> str | None:
        """The id of the account whose session this is; None where it has ended or never was.

        `used`: the session is in use, which keeps it from expiring.
        """
        hashed, now = _hashed(token), self._clock()
        rows = self._database.read("SELECT account, began, used FROM sessions WHERE token = ?", (hashed,))
        if not rows or now >= rows[0][1] + LONGEST or now >= rows[0][2] + IDLE:
            return None
        if used and now - rows[0][2] >= _NOTED:
            with self._database.writing() as db:
                db.execute("UPDATE sessions SET used = ? WHERE token = ?", (now, hashed))
        return str(rows[0][0])

    def end(self, token: str) -> None:
        """End a session."""
        if self._database.there:
            with self._database.writing() as db:
                db.execute("DELETE FROM sessions WHERE token = ?", (_hashed(token),))


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
