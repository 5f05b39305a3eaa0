"""Passwords: strength, and argon2id hashes."""

import threading
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from zxcvbn import zxcvbn

from assistant.web.access.database import AccountError

SHORTEST = 10
LONGEST = 1_000
#: Of zxcvbn's 0 to 4, where 3 takes more than 10⁸ guesses.
STRONG = 3
#: Characters that zxcvbn looks at, at most; it takes time that grows with the square of them.
_JUDGED = 72

#: Argon2id with the library's parameters, which follow RFC 9106.
HASHER = PasswordHasher()
# A hash takes 64 MB while it is made: many logins at once must not exhaust the memory.
_two_at_a_time = threading.BoundedSemaphore(2)


def password_hash(password: str, name: str) -> str:
    """The hash of a new password of that account, in argon2's own form, parameters and salt included.

    Raises AccountError where it is too short, too long, or one that is soon guessed.
    """
    written = _normal(password)
    if len(written) < SHORTEST:
        raise AccountError(f"The password is too short: take at least {SHORTEST} characters, such as four words.")
    if len(written) > LONGEST:
        raise AccountError(f"The password is too long: take at most {LONGEST:,} characters.")
    if zxcvbn(written[:_JUDGED], user_inputs=[name, "talks"])["score"] < STRONG:
        raise AccountError("The password is one that is soon guessed: take a longer one, such as four unrelated words.")
    with _two_at_a_time:
        return HASHER.hash(written)


def matches(kept: str | None, password: str) -> bool:
    """Whether a password is the one of that hash; for an account that is not there (None) it takes as long."""
    with _two_at_a_time:
        try:
            return HASHER.verify(kept or _nobodys_hash(HASHER), _normal(password[: LONGEST + 1])) and kept is not None
        except VerificationError:
            return False


def outdated(kept: str) -> bool:
    """Whether a hash was made with weaker parameters than those of today."""
    return HASHER.check_needs_rehash(kept)


@cache
def _nobodys_hash(hasher: PasswordHasher) -> str:
    """The hash that stands for accounts that are not there."""
    return hasher.hash("a password that nobody has")


def _normal(password: str) -> str:
    """The one spelling of a password, whichever keyboard wrote it."""
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode("utf-8"))
