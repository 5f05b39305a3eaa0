"""Who has an account, and what is kept of passwords and tokens; by a clock of ours."""

import re
import sqlite3
import stat
from pathlib import Path

import pytest
from argon2 import PasswordHasher, Type

from assistant.web.access import passwords
from assistant.web.access.accounts import Accounts, WrongPassword
from assistant.web.access.database import AccountError
from assistant.web.access.sessions import IDLE, LONGEST
from tests.assistant.web.access.conftest import GOOD, HERE, OTHER, Clock, content


def test_a_home_without_accounts_has_no_file_for_them_and_asking_makes_none(tmp_path: Path) -> None:
    with Accounts(tmp_path / "home") as accounts:
        assert not accounts.any()
        assert accounts.list() == []
        assert accounts.sessions.account("x") is None
    assert not (tmp_path / "home").exists()


def test_an_account_comes_in_by_its_password_however_its_name_is_spelled(accounts: Accounts) -> None:
    for name in ("anna", "ANNA", " Anna "):
        assert accounts.check(name, GOOD, HERE).name == "anna"
    assert accounts.any()


def test_only_the_owner_of_the_file_may_read_it_even_where_it_was_copied_carelessly(accounts: Accounts) -> None:
    path = accounts.home.folder / "accounts.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    accounts.close()
    path.chmod(0o644)
    assert accounts.any()
    for file in accounts.home.folder.glob("accounts.sqlite3*"):
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_neither_password_nor_tokens_are_kept_and_the_hash_is_argon2id(accounts: Accounts) -> None:
    token, session = accounts.new_token("anna"), accounts.sessions.begin(accounts.find("anna").id)
    kept = content(accounts)
    assert b"$argon2id$" in kept
    for secret in (GOOD, token, token.removeprefix("talks_"), session):
        assert secret.encode() not in kept


def test_a_hash_costs_what_is_recommended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # of the cheap ones
    taken = passwords.HASHER
    assert (taken.type, taken.memory_cost, taken.time_cost) == (Type.ID, 65_536, 3)  # RFC 9106's second choice


def test_two_accounts_with_one_password_have_different_hashes(accounts: Accounts) -> None:
    accounts.add("bob", GOOD)
    assert len(set(re.findall(rb"\$argon2id\$[\w$=,+/]+", content(accounts)))) == 2


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("tiny", "too short"),
        ("password1234", "soon guessed"),
        ("qwertyuiopas", "soon guessed"),
        ("annaannaanna", "soon guessed"),
        ("1111111111111", "soon guessed"),
        ("x" * 1_001, "too long"),
    ],
)
def test_weak_passwords_are_refused_in_one_sentence(accounts: Accounts, password: str, sentence: str) -> None:
    with pytest.raises(AccountError, match=sentence) as caught:
        accounts.set_password("anna", password)
    assert password not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert accounts.check("anna", GOOD, HERE)


@pytest.mark.parametrize("name", ["", "   ", "two words", "a/b", "x" * 64, ".hidden", "a\nb", "<b>"])
def test_what_is_no_name_is_refused(accounts: Accounts, name: str) -> None:
    with pytest.raises(AccountError, match="cannot be an account's name"):
        accounts.add(name, GOOD)


def test_a_name_is_taken_however_it_is_spelled(accounts: Accounts) -> None:
    with pytest.raises(AccountError, match="already"):
        accounts.add("ANNA", OTHER)


def test_an_unknown_name_and_a_wrong_password_are_told_alike_and_cost_the_same(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []

    class Counting(PasswordHasher):
        def verify(self, kept: str, password: str) -> bool:
            verified.append(kept)
            return bool(super().verify(kept, password))

    monkeypatch.setattr(passwords, "HASHER", Counting(time_cost=1, memory_cost=8, parallelism=1))
    said = []
    for name in ("anna", "nobody"):
        with pytest.raises(WrongPassword) as caught:
            accounts.check(name, OTHER, HERE)
        said.append(str(caught.value))
    assert said[0] == said[1]
    assert len(verified) == 2
    assert verified[0].split("$")[1:4] == verified[1].split("$")[1:4]  # the same parameters, so the same work


def test_nobody_comes_in_by_the_hash_that_stands_for_no_account(accounts: Accounts) -> None:
    with pytest.raises(WrongPassword):
        accounts.check("nobody", "a password that nobody has", HERE)


def test_another_password_ends_the_sessions_and_the_token(accounts: Accounts) -> None:
    anna = accounts.find("anna")
    session, token = accounts.sessions.begin(anna.id), accounts.new_token("anna")
    assert accounts.sessions.account(session) == anna.id
    assert accounts.by_token(token) == accounts.find("anna")
    accounts.set_password("anna", OTHER)
    assert accounts.sessions.account(session) is None
    assert accounts.by_token(token) is None
    assert accounts.check("anna", OTHER, HERE).id == anna.id


def test_a_removed_account_is_out_at_once_and_its_name_brings_nothing_back(accounts: Accounts) -> None:
    first = accounts.find("anna")
    session, token = accounts.sessions.begin(first.id), accounts.new_token("anna")
    accounts.remove("anna")
    assert accounts.sessions.account(session) is None
    assert accounts.by_token(token) is None
    with pytest.raises(WrongPassword):
        accounts.check("anna", GOOD, HERE)
    assert accounts.add("anna", GOOD).owner != first.owner


def test_a_new_token_ends_the_one_before(accounts: Accounts) -> None:
    first, second = accounts.new_token("anna"), accounts.new_token("anna")
    assert accounts.by_token(first) is None
    assert accounts.by_token(second) == accounts.find("anna")
    accounts.end_token("anna")
    assert accounts.by_token(second) is None


def test_a_session_ends_when_it_was_not_used_and_after_its_longest_time(accounts: Accounts, clock: Clock) -> None:
    anna = accounts.find("anna").id
    idle, used = accounts.sessions.begin(anna), accounts.sessions.begin(anna)
    began = clock.now
    clock.now = began + IDLE - 1
    assert accounts.sessions.account(used) == anna
    clock.now = began + IDLE
    assert accounts.sessions.account(idle) is None
    assert accounts.sessions.account(used) == anna
    while clock.now + IDLE / 2 < began + LONGEST:
        clock.now += IDLE / 2
        assert accounts.sessions.account(used) == anna
    clock.now = began + LONGEST
    assert accounts.sessions.account(used) is None


def test_a_damaged_file_lets_nobody_in_and_says_so(tmp_path: Path) -> None:
    with Accounts(tmp_path) as accounts:
        accounts.add("anna", GOOD)
    for file in tmp_path.glob("accounts.sqlite3*"):
        file.unlink()
    (tmp_path / "accounts.sqlite3").write_bytes(b"no database at all" * 100)
    with Accounts(tmp_path) as damaged, pytest.raises(AccountError, match="cannot be used") as caught:
        damaged.any()
    assert "\n" not in str(caught.value)


def test_a_file_of_a_newer_talks_is_refused(accounts: Accounts) -> None:
    accounts.close()
    with sqlite3.connect(accounts.home.folder / "accounts.sqlite3") as db:
        db.execute("PRAGMA user_version = 99")
    db.close()
    with pytest.raises(AccountError, match="made by a newer Talks"):
        accounts.any()


def test_a_hash_of_weaker_parameters_is_made_anew_when_its_owner_comes_in(
    accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert accounts.check("anna", GOOD, HERE)
    assert b"m=16,t=2" in content(accounts)
    assert accounts.check("anna", GOOD, HERE)
