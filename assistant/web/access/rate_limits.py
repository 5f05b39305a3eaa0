"""Rate limits: questions, additions and logins by account and by address, counted in this process."""

import math
import time
from typing import Literal

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from assistant.settings import Settings
from assistant.web.access.lockouts import network

Kind = Literal["questions", "additions", "uploads", "logins", "requests"]

#: An address may do this many times what one account may, as an office goes out by one.
AT_ONE_ADDRESS = 10
#: Requests of any kind in a minute: opening the page takes some eighty.
REQUESTS = 2_000

#: The sentence for a refusal, by kind.
SENTENCES: dict[Kind, str] = {
    "questions": "You ask faster than this page allows: ask again in {seconds} s.",
    "additions": "You add articles faster than this page allows: go on in {seconds} s.",
    "uploads": "You send files faster than this page allows: go on in {seconds} s.",
    "logins": "There were too many attempts to log in from this address: try again in {seconds} s.",
    "requests": "There were too many requests: try again in {seconds} s.",
}


class RateLimits:
    """Counters of what accounts and addresses do; safe to share among threads."""

    def __init__(self, settings: Settings) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._each: dict[Kind, tuple[type[RateLimitItem], int]] = {
            "questions": (RateLimitItemPerMinute, settings.questions_per_minute),
            "additions": (RateLimitItemPerHour, settings.additions_per_hour),
            "uploads": (RateLimitItemPerHour, settings.additions_per_hour),  # counted when sent, added or not
            "logins": (RateLimitItemPerMinute, settings.logins_per_minute),
            "requests": (RateLimitItemPerMinute, REQUESTS),
        }

    def count(self, kind: Kind, address: str, account: str | None = None, times: int = 1) -> int:
        """Count an action by address, and by account where there is one. Returns the seconds to wait, 0 for none.

        Many things at once, as when files are dropped together, may be as many as are free in the whole time.
        """
        per, most = self._each[kind]
        if account is None:
            limits = [(per(most), f"{kind} from {network(address)}")]
        else:
            limits = [
                (per(most), f"{kind} by {account}"),
                (per(most * AT_ONE_ADDRESS), f"{kind} of all at {network(address)}"),
            ]
        cost = min(times, most)
        # Both limits are tested first: a refusal by one must not use up the other.
        for limit, who in limits:
            if not self._limiter.test(limit, who, cost=cost):
                return max(1, math.ceil(self._limiter.get_window_stats(limit, who).reset_time - time.time()))
        for limit, who in limits:
            self._limiter.hit(limit, who, cost=cost)
        return 0
