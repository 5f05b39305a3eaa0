"""Lock-out: stops login attacks, by name and by address, longer after every further failure."""

import hashlib
import ipaddress
from collections.abc import Callable
from dataclasses import dataclass

from assistant.web.access.database import AccountsDatabase

#: Seconds without a failure after which the earlier ones are forgotten.
FORGOTTEN = 86_400.0


@dataclass(frozen=True, slots=True)
class Patience:
    """From the `failures`-th failure on, each locks out for twice the seconds of the one before, `most` at most."""

    failures: int
    first: float
    most: float

    def delay(self, count: int) -> float:
        """Seconds that the `count`-th failure in a row locks out for."""
        over = count - self.failures
        return 0.0 if over < 0 else min(self.first * 2.0 ** min(over, 30), self.most)


#: Few failures for one name; more for an address, which a whole office may share.
BY_NAME = Patience(5, 30.0, 900.0)
BY_ADDRESS = Patience(20, 60.0, 3_600.0)


class LockOuts:
    """The failures of one home; they outlast a restart, and are shared by all who serve it."""

    def __init__(self, database: AccountsDatabase, clock: Callable[[], float]) -> None:
        """`clock` tells the time in seconds since the epoch."""
        self._database = database
        self._clock = clock

    def begin(self, name: str, address: str) -> float:
        """Count an attempt as failed before it is looked at, so that many at once are not all free.

        Seconds to wait come back; 0 where the attempt may be looked at.
        """
        now = self._clock()
        keys = _keys(name, address)
        with self._database.writing() as db:
            db.execute("DELETE FROM failures WHERE last < ? AND until < ?", (now - FORGOTTEN, now))
            counts, wait = [], 0.0
            for key, _ in keys:
                row = db.execute("SELECT count, until FROM failures WHERE what = ?", (key,)).fetchone()
                counts.append(0 if row is None else int(row[0]))
                wait = max(wait, 0.0 if row is None else row[1] - now)
            if wait > 0:
                return wait
            for (key, patience), before in zip(keys, counts, strict=True):
                count = before + 1
                until = now + patience.delay(count) if patience.delay(count) else 0.0
                db.execute("INSERT OR REPLACE INTO failures VALUES (?,?,?,?)", (key, count, now, until))
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """The attempt that was begun did not fail: the name is forgiven, the address gets back this one attempt."""
        (by_name, _), (by_address, patience) = _keys(name, address)
        with self._database.writing() as db:
            db.execute("DELETE FROM failures WHERE what = ?", (by_name,))
            db.execute("UPDATE failures SET count = MAX(count - 1, 0) WHERE what = ?", (by_address,))
            db.execute("UPDATE failures SET until = 0 WHERE what = ? AND count < ?", (by_address, patience.failures))

    def forgive(self, name: str) -> None:
        """Forget a name's failures, as when its password was set anew."""
        if self._database.there:
            with self._database.writing() as db:
                db.execute("DELETE FROM failures WHERE what = ?", (_keys(name, "")[0][0],))


def network(address: str) -> str:
    """The address that counts: an IPv6 one's network, as one machine has all the addresses in it.

    >>> network("2001:db8::1:2:3"), network("::ffff:192.0.2.7")
    ('2001:db8::', '192.0.2.7')
    """
    try:
        found = ipaddress.ip_address(address.split("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False).network_address)
    return str(found)


def _keys(name: str, address: str) -> list[tuple[str, Patience]]:
    # Hashed, as people type their password into the name field by mistake.
    named = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()
    return [(f"name {named}", BY_NAME), (f"address {network(address)}", BY_ADDRESS)]
