"""How repeated failures to log in lock out, by name and by address; by a clock of ours."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.web.access.accounts import Accounts, LockedOut, WrongPassword
from assistant.web.access.database import AccountError
from assistant.web.access.lockouts import BY_ADDRESS, BY_NAME, FORGOTTEN
from tests.assistant.web.access.conftest import GOOD, HERE, OTHER, THERE, Clock, content, fail


def test_repeated_failures_lock_a_name_out_from_everywhere_even_with_the_right_password(
    accounts: Accounts, clock: Clock, quick: None
) -> None:
    for number in range(BY_NAME.failures):
        fail(accounts, 1, address=f"203.0.113.{number}")
    with pytest.raises(LockedOut, match="try again in 30 seconds"):
        accounts.check("anna", GOOD, THERE)
    clock.now += BY_NAME.first - 1
    with pytest.raises(LockedOut):
        accounts.check("ANNA", GOOD, THERE)
    clock.now += 1
    assert accounts.check("anna", GOOD, THERE)


def test_each_further_failure_locks_out_for_twice_as_long_up_to_a_most(
    accounts: Accounts, clock: Clock, quick: None
) -> None:
    fail(accounts, BY_NAME.failures)
    waits = []
    for number in range(8):
        with pytest.raises(LockedOut) as caught:
            accounts.check("anna", GOOD, THERE)
        waits.append(caught.value.seconds)
        clock.now += caught.value.seconds
        fail(accounts, 1, address=f"203.0.113.{number}")
    assert waits == [30, 60, 120, 240, 480, 900, 900, 900]


def test_attempts_while_locked_out_do_not_make_it_longer(accounts: Accounts, clock: Clock, quick: None) -> None:
    fail(accounts, BY_NAME.failures)
    for _ in range(50):
        with pytest.raises(LockedOut):
            accounts.check("anna", OTHER, HERE)
    clock.now += BY_NAME.first
    assert accounts.check("anna", GOOD, HERE)


def test_coming_in_forgives_the_name_its_failures(accounts: Accounts, quick: None) -> None:
    for _ in range(3):
        fail(accounts, BY_NAME.failures - 1)
        assert accounts.check("anna", GOOD, HERE)


def test_an_address_is_locked_out_over_all_names_and_no_other_is(accounts: Accounts, clock: Clock, quick: None) -> None:
    for number in range(BY_ADDRESS.failures):
        fail(accounts, 1, name=f"somebody{number}")
    with pytest.raises(LockedOut, match="try again in 1 minute"):
        accounts.check("anna", GOOD, HERE)
    assert accounts.check("anna", GOOD, THERE)
    clock.now += BY_ADDRESS.first
    assert accounts.check("anna", GOOD, HERE)


def test_coming_in_oneself_in_between_does_not_free_an_address_for_more_guesses(
    accounts: Accounts, quick: None
) -> None:
    accounts.add("mallory", GOOD)
    for number in range(BY_ADDRESS.failures):
        assert accounts.check("mallory", GOOD, HERE)
        fail(accounts, 1, name=f"somebody{number}")
    with pytest.raises(LockedOut):
        accounts.check("mallory", GOOD, HERE)


@pytest.mark.parametrize(
    "addresses",
    [
        [f"2001:db8:0:1::{number:x}" for number in range(1, 30)],
        ["::ffff:192.0.2.7", "192.0.2.7"] * 15,
    ],
)
def test_one_machine_with_many_addresses_is_one(accounts: Accounts, quick: None, addresses: list[str]) -> None:
    for number in range(BY_ADDRESS.failures):
        fail(accounts, 1, name=f"somebody{number}", address=addresses[number])
    with pytest.raises(LockedOut):
        accounts.check("anna", GOOD, addresses[-1])


def test_failures_are_forgotten_after_a_day(accounts: Accounts, clock: Clock, quick: None) -> None:
    fail(accounts, BY_NAME.failures - 1)
    clock.now += FORGOTTEN + 1
    fail(accounts, BY_NAME.failures - 1)
    assert accounts.check("anna", GOOD, HERE)


def test_many_attempts_at_once_are_not_more_than_the_same_one_after_another(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    together, looked_at = threading.Barrier(2, timeout=20), []

    def slowly(kept: str | None, password: str) -> bool:
        looked_at.append(password)
        if len(looked_at) <= 2:
            together.wait()
        return False

    monkeypatch.setattr("assistant.web.access.accounts.matches", slowly)

    def attempt(number: int) -> str:
        try:
            accounts.check("anna", str(number), f"203.0.113.{number}")
        except AccountError as error:
            return type(error).__name__
        return "in"

    with ThreadPoolExecutor(8) as pool:
        ended = list(pool.map(attempt, range(40)))
    assert len(looked_at) == BY_NAME.failures
    assert ended.count("LockedOut") == 40 - BY_NAME.failures


def test_lock_outs_outlast_a_restart_and_hold_in_another_process(accounts: Accounts, clock: Clock, quick: None) -> None:
    fail(accounts, BY_NAME.failures)
    with Accounts(accounts.home.folder, clock=clock) as others, pytest.raises(LockedOut):
        others.check("anna", GOOD, THERE)


def test_a_password_typed_where_the_name_belongs_is_not_kept(accounts: Accounts, quick: None) -> None:
    with pytest.raises(WrongPassword):
        accounts.check(GOOD, "", HERE)
    assert GOOD.encode() not in content(accounts)
