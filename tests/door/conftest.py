"""What all tests of the door share: a clock that goes only when told, and hashes that cost little."""

import pytest
from argon2 import PasswordHasher

from assistant.door import passwords


class Clock:
    """Seconds that go by only when the test says so."""

    now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(autouse=True)
def cheap_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real argon2id with the least of time and memory; what is really taken, one test looks at."""
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    monkeypatch.setattr(passwords, "_nobody", [])
