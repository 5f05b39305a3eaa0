"""Accounts: names, roles, passwords, and the tokens of programs."""

import hashlib
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from assistant.web.access.database import AccountError, AccountsDatabase
from assistant.web.access.lockouts import LockOuts
from assistant.web.access.passwords import matches, outdated, password_hash
from assistant.web.access.sessions import Sessions
from index.closing import Closing

Role = Literal["reader", "editor"]
#: The prefix of program tokens, by which a leaked token is recognised.
TOKEN = "talks_"
_NAME = re.compile(r"\w[\w.@+-]{0,62}")


class WrongPassword(AccountError):
    """There is no such account, or this is not its password; which of the two is not said."""


class LockedOut(AccountError):
    """There were too many failures by that name or from that address; `seconds` says for how long."""

    def __init__(self, seconds: float) -> None:
        self.seconds = max(1, round(seconds))
        super().__init__(f"There were too many attempts to log in: try again in {_spoken(self.seconds)}.")


@dataclass(frozen=True, slots=True)
class Account:
    """An account. Readers ask; editors change the library as well. `id` is random and never used again, so that a new
    account with an old name inherits nothing.
    """

    id: str
    name: str
    role: Role
    created: datetime
    has_token: bool

    @property
    def owner(self) -> str:
        """The owner of the account's conversations; names of browsers without an account have no colon."""
        return f"account:{self.id}"


class Accounts(Closing):
    """The accounts of one home; safe to share among threads, and among processes.

    >>> accounts = Accounts("/news/library")  # doctest: +SKIP
    >>> accounts.add("anna", "tulip window raft seventeen", "editor").role
    'editor'
    >>> accounts.check("anna", "tulip window raft seventeen", "192.0.2.7").name
    'anna'
    """

    def __init__(self, home: str | Path | None = None, *, clock: Callable[[], float] = time.time) -> None:
        """`clock` tells the time in seconds since the epoch, for lock-outs and the ends of sessions."""
        self.database = AccountsDatabase(home)
        self.home = self.database.home
        self.sessions = Sessions(self.database, clock)
        self._lockouts = LockOuts(self.database, clock)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def any(self) -> bool:
        """Whether there is an account. Raises AccountError where that cannot be told."""
        return bool(self.database.read("SELECT 1 FROM accounts LIMIT 1"))

    def list(self) -> list[Account]:
        """All accounts by name."""
        return [_account(row) for row in self.database.read(f"{_SELECT} ORDER BY name")]

    def find(self, name: str) -> Account:
        """The account of that name. Raises AccountError where there is none."""
        rows = self.database.read(f"{_SELECT} WHERE name = ?", (_normal(name),))
        if not rows:
            raise AccountError(f"There is no account named “{name[:80]}”: `talks user list` shows those there are.")
        return _account(rows[0])

    def by_id(self, account: str) -> Account | None:
        """The account with that id; None once it was removed."""
        rows = self.database.read(f"{_SELECT} WHERE id = ?", (account,))
        return _account(rows[0]) if rows else None

    def add(self, name: str, password: str, role: Role = "reader") -> Account:
        """Make an account. Raises AccountError where the name is taken or no name, or the password is a weak one."""
        written = _normal(name)
        if not _NAME.fullmatch(written):
            raise AccountError(
                f"“{name[:80]}” cannot be an account's name: take up to 63 letters, digits, dots, dashes or @, "
                "without spaces."
            )
        self.check_free(written)
        hashed = password_hash(password, written)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.database.writing() as db:
            self.check_free(written)
            db.execute(
                "INSERT INTO accounts VALUES (?,?,?,?,NULL,?)", (secrets.token_urlsafe(12), written, role, hashed, now)
            )
        self._lockouts.forgive(written)
        return self.find(written)

    def check_free(self, name: str) -> None:
        """Raises AccountError where the name is taken."""
        if self.database.read("SELECT 1 FROM accounts WHERE name = ?", (_normal(name),)):
            raise AccountError(f"There is an account named “{name}” already: take another name.")

    def remove(self, name: str) -> Account:
        """Remove an account; its sessions and its token end at once."""
        account = self.find(name)
        with self.database.writing() as db:
            db.execute("DELETE FROM accounts WHERE id = ?", (account.id,))
        return account

    def set_password(self, name: str, password: str) -> Account:
        """Give an account another password; its sessions and its token end at once."""
        account = self.find(name)
        hashed = password_hash(password, account.name)
        with self.database.writing() as db:
            db.execute("UPDATE accounts SET password = ?, token = NULL WHERE id = ?", (hashed, account.id))
            db.execute("DELETE FROM sessions WHERE account = ?", (account.id,))
        self._lockouts.forgive(account.name)
        return self.find(account.name)

    def set_role(self, name: str, role: Role) -> Account:
        """Give an account another role, which counts from its next request on."""
        account = self.find(name)
        with self.database.writing() as db:
            db.execute("UPDATE accounts SET role = ? WHERE id = ?", (role, account.id))
        return self.find(account.name)

    def new_token(self, name: str) -> str:
        """A new token for programs of that account; an earlier token ends. It is returned here and never again."""
        account = self.find(name)
        token = TOKEN + secrets.token_urlsafe(32)
        with self.database.writing() as db:
            db.execute("UPDATE accounts SET token = ? WHERE id = ?", (_hashed(token), account.id))
        return token

    def end_token(self, name: str) -> Account:
        """End an account's token."""
        account = self.find(name)
        with self.database.writing() as db:
            db.execute("UPDATE accounts SET token = NULL WHERE id = ?", (account.id,))
        return self.find(account.name)

    def by_token(self, token: str) -> Account | None:
        """The account that a program's token stands for."""
        rows = self.database.read(f"{_SELECT} WHERE token = ?", (_hashed(token),))
        return _account(rows[0]) if rows else None

    def check(self, name: str, password: str, address: str) -> Account:
        """The account of a name, if this is its password; `address` is where the attempt comes from.

        Raises WrongPassword, which takes as long for a name that is not there, and LockedOut after repeated failures.
        """
        written = _normal(name)
        wait = self._lockouts.begin(written, address)
        if wait > 0:
            raise LockedOut(wait)
        rows = self.database.read("SELECT password, id FROM accounts WHERE name = ?", (written,))
        kept, account_id = rows[0] if rows else (None, "")
        if not matches(kept, password):
            raise WrongPassword("The name or the password is wrong: check both, and try again.")
        self._lockouts.succeeded(written, address)
        if kept is not None and outdated(kept):
            self._hash_again(account_id, kept, password, written)
        account = self.by_id(account_id)
        if account is None:
            raise WrongPassword("The name or the password is wrong: check both, and try again.")
        return account

    def _hash_again(self, account: str, kept: str, password: str, name: str) -> None:
        try:
            hashed = password_hash(password, name)
        except AccountError:  # the password was good enough when it was set
            return
        with self.database.writing() as db:
            db.execute("UPDATE accounts SET password = ? WHERE id = ? AND password = ?", (hashed, account, kept))


_SELECT = "SELECT id, name, role, created, token IS NOT NULL FROM accounts"


def _account(row: tuple[str, str, Role, str, int]) -> Account:
    return Account(row[0], row[1], row[2], datetime.fromisoformat(row[3]), bool(row[4]))


def _normal(name: str) -> str:
    """The one spelling of a name: Anna and anna are the same."""
    return unicodedata.normalize("NFKC", name.strip().encode("utf-8", "replace").decode("utf-8")).casefold()


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _spoken(seconds: int) -> str:
    """
    >>> _spoken(30), _spoken(61), _spoken(900)
    ('30 seconds', '2 minutes', '15 minutes')
    """
    if seconds < 60:
        return f"{seconds} second{'s' if seconds != 1 else ''}"
    minutes = -(-seconds // 60)
    return f"{minutes} minute{'s' if minutes != 1 else ''}"
