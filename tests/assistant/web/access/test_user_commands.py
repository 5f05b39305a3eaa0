"""`talks user`: accounts from the shell, where a password is never a flag."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from assistant.answer import Answer
from assistant.cli.main import app
from assistant.conversations.store import Conversations
from assistant.web.access.accounts import Accounts

GOOD, OTHER = "tulip window raft seventeen", "granite spoon violet eleven"


def run(*arguments: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(app, ["user", *arguments], input=typed)


def shown() -> list[dict[str, Any]]:
    return list(json.loads(run("list", "--json").stdout))


def test_an_account_is_made_listed_changed_and_removed(home_of_its_own: Path) -> None:
    made = run("add", "Anna", "--password-stdin", typed=GOOD + "\n")
    assert made.exit_code == 0
    assert "anna may come in as a reader." in made.stderr
    assert "Nobody may change the library in the page yet" in made.stderr
    assert [(each["name"], each["role"], each["token"]) for each in shown()] == [("anna", "reader", False)]
    assert "anna is an editor now." in run("role", "anna", "editor").stderr
    assert "another password" in run("password", "anna", "--password-stdin", typed=OTHER).stderr
    with Accounts(home_of_its_own) as accounts:
        assert accounts.check("anna", OTHER, "192.0.2.7").role == "editor"
    assert "Removed anna with 0 conversations." in run("remove", "anna").stderr
    assert shown() == []


def test_a_token_is_printed_alone_and_ends_when_told() -> None:
    run("add", "anna", "--password-stdin", typed=GOOD)
    made = run("token", "anna")
    with Accounts() as accounts:
        account = accounts.by_token(made.stdout.strip())
    assert account is not None and account.name == "anna"
    assert shown()[0]["token"] is True
    run("token", "anna", "--end")
    assert shown()[0]["token"] is False


def test_a_removed_account_takes_its_conversations_along_and_no_others(home_of_its_own: Path) -> None:
    run("add", "anna", "--password-stdin", typed=GOOD)
    with Accounts() as accounts:
        owner = accounts.find("anna").owner
    conversations = Conversations(home_of_its_own)
    for each in (owner, owner, "somebody"):
        conversations.add_turn(conversations.create(each), each, "Who?", Answer("Nobody.", answered=False))
    assert "Removed anna with 2 conversations." in run("remove", "anna", "--yes").stderr
    assert conversations.list(owner) == []
    assert len(conversations.list("somebody")) == 1
    conversations.close()


@pytest.mark.parametrize(
    ("arguments", "typed", "sentence"),
    [
        (["add", "two words", "--password-stdin"], GOOD, "cannot be an account's name"),
        (["add", "bob", "--password-stdin"], "short", "The password is too short"),
        (["add", "bob", "--password-stdin"], "", "The password is too short"),
        (["add", "bob"], None, "There is no terminal to type the password at"),
        (["add", "anna", "--password-stdin"], GOOD, "There is an account named “anna” already"),
        (["remove", "bob"], None, "There is no account named “bob”"),
        (["password", "bob", "--password-stdin"], GOOD, "There is no account named “bob”"),
        (["role", "bob", "editor"], None, "There is no account named “bob”"),
        (["token", "bob"], None, "There is no account named “bob”"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(arguments: list[str], typed: str | None, sentence: str) -> None:
    run("add", "anna", "--password-stdin", typed=GOOD)
    ended = run(*arguments, typed=typed)
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert sentence in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_a_password_is_no_flag() -> None:
    assert run("add", "anna", "--password", GOOD).exit_code == 2


def test_without_accounts_the_list_says_who_may_come_in() -> None:
    assert "open to whoever uses this machine, and to nobody else" in run("list").stderr
