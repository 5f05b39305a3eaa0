"""The commands `talks user …`: add accounts, and change roles, passwords and tokens."""

import sys
from contextlib import closing
from typing import Annotated

import typer
from rich.table import Table

from assistant.conversations import Conversations
from assistant.web.access import Accounts
from assistant.web.access.accounts import Role
from assistant.web.access.database import AccountError
from index.article import day_in_words
from index.cli import notice, output, safe
from index.cli.console import HomeOption, JsonOption, commands, notices, print_json

app = commands("Say who may use the page, and who may change the library.")

AccountName = Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")]
RoleOption = Annotated[Role, typer.Option("--role", help="Readers ask; editors change the library as well.")]
FromStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


@app.command()
def add(
    name: AccountName, role: RoleOption = "reader", password_stdin: FromStdin = False, home: HomeOption = None
) -> None:
    """Make an account; its password is asked for. From the first one on, the page asks who comes in."""
    with Accounts(home) as accounts:
        accounts.check_free(name)
        account = accounts.add(name, _password(password_stdin), role)
        editors = [each for each in accounts.list() if each.role == "editor"]
    notice(f"{account.name} may come in as {_article(account.role)}.")
    if not editors:
        notice("Nobody may change the library in the page yet: `talks user role NAME editor` lets somebody.")


@app.command(name="list")
def list_(home: HomeOption = None, json: JsonOption = False) -> None:
    """Show the accounts."""
    with Accounts(home) as opened:
        accounts = opened.list()
    if json:
        print_json(
            [
                {"name": each.name, "role": each.role, "created": each.created.isoformat(), "token": each.has_token}
                for each in accounts
            ]
        )
    elif accounts:
        table = Table("AccountName", "Role", "Since", "Token")
        for each in accounts:
            table.add_row(safe(each.name), each.role, day_in_words(each.created), "yes" if each.has_token else "–")
        output().print(table)
    else:
        notice("There are no accounts: the page is open to whoever uses this machine, and to nobody else.")


@app.command()
def remove(
    name: AccountName,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask first.")] = False,
    home: HomeOption = None,
) -> None:
    """Remove an account with its conversations, for good; its open sessions end at once."""
    with Accounts(home) as accounts:
        account = accounts.find(name)
        with closing(Conversations(accounts.home.folder)) as conversations:
            count = len(conversations.list(account.owner))
            what = f"{account.name} with {count} conversation{'s' if count != 1 else ''}"
            if not yes and sys.stdin.isatty() and not typer.confirm(f"Remove {what}, for good?", err=True):
                notice("Nothing was removed.")
                return
            accounts.remove(account.name)
            conversations.delete_all(account.owner)
    notice(f"Removed {what}.")


@app.command()
def password(name: AccountName, password_stdin: FromStdin = False, home: HomeOption = None) -> None:
    """Give an account another password; its sessions and its token end at once."""
    with Accounts(home) as accounts:
        account = accounts.find(name)
        accounts.set_password(account.name, _password(password_stdin))
    notice(f"{account.name} has another password; whoever was in with the old one is out.")


@app.command()
def role(
    name: AccountName,
    role: Annotated[Role, typer.Argument(metavar="ROLE", help="reader or editor")],
    home: HomeOption = None,
) -> None:
    """Make an account a reader's or an editor's; that counts at once."""
    with Accounts(home) as accounts:
        account = accounts.set_role(name, role)
    notice(f"{account.name} is {_article(account.role)} now.")


@app.command()
def token(
    name: AccountName,
    end: Annotated[bool, typer.Option("--end", help="End the token instead.")] = False,
    home: HomeOption = None,
) -> None:
    """Print a token with which a program logs in as this account; an earlier token ends."""
    with Accounts(home) as accounts:
        if end:
            account = accounts.end_token(name)
            notice(f"{account.name} has no token now.")
            return
        made = accounts.new_token(name)
    typer.echo(made)
    notice("Keep it safe: it is not shown again. A program sends it as the header Authorization: Bearer TOKEN.")


def _password(from_stdin: bool) -> str:
    """The new password: from standard input, or typed twice. Never a flag, which others on the machine can read."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise AccountError("There is no terminal to type the password at: pass it with --password-stdin.")
    console = notices()
    first = console.input("Password: ", password=True)
    if first != console.input("The same again: ", password=True):
        raise AccountError("The two passwords are not the same: try again.")
    return first


def _article(role: Role) -> str:
    return "an editor" if role == "editor" else "a reader"
