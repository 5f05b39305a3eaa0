"""Other addresses than loopback: only with accounts, by TLS or behind a proxy that speaks it, and by known names."""

import asyncio
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import httpx
import pytest
import trustme
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from assistant.settings import Settings
from assistant.web.access.accounts import Accounts
from assistant.web.server import configure, listen
from index.encoding.encoder import Encoder
from index.errors import SettingError
from tests.assistant.web.access.conftest import GOOD, Closed, people

NAME = "talks.example"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def files(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A certificate and its key."""
    folder = tmp_path_factory.mktemp("tls")
    issued = authority.issue_cert("127.0.0.1", NAME)
    issued.private_key_and_cert_chain_pem.write_to_path(folder / "all.pem")
    issued.private_key_pem.write_to_path(folder / "key.pem")
    return {"tls_cert": folder / "all.pem", "tls_key": folder / "key.pem"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with accounts."""
    with Accounts(tmp_path) as accounts:
        accounts.add("anna", GOOD, "editor")
    return tmp_path


def sentence(**flags: Any) -> str:
    with pytest.raises(SettingError) as caught:
        listen(Settings.read(port=0, **flags))
    assert "\n" not in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    "where", [{"host": "0.0.0.0"}, {"host": "192.0.2.7"}, {"hosts": NAME}, {"behind_proxy": "127.0.0.1"}]
)
def test_nothing_is_served_to_others_before_there_is_an_account(where: dict[str, str], tmp_path: Path) -> None:
    said = sentence(home=tmp_path, **where)
    assert "has no authentication yet" in said
    assert "talks user add" in said


@pytest.mark.parametrize("where", [{"host": "0.0.0.0", "hosts": NAME}, {"host": "192.0.2.7"}, {"hosts": NAME}])
def test_nothing_is_served_to_others_without_tls(where: dict[str, str], home: Path) -> None:
    assert "without TLS" in sentence(home=home, **where)


def test_an_address_that_is_all_of_the_machines_needs_a_name(home: Path, files: dict[str, Path]) -> None:
    assert "under which names" in sentence(home=home, host="0.0.0.0", **files)


def test_a_certificate_that_cannot_be_used_is_one_sentence(home: Path, files: dict[str, Path], tmp_path: Path) -> None:
    assert "needs its key" in sentence(home=home, tls_cert=files["tls_cert"])
    assert "needs its key" in sentence(home=home, tls_key=files["tls_key"])
    assert "is not there" in sentence(home=home, tls_cert=tmp_path / "no.pem", tls_key=files["tls_key"])
    other = tmp_path / "other.pem"
    trustme.CA().issue_cert(NAME).private_key_pem.write_to_path(other)
    assert "cannot be used with the key" in sentence(home=home, tls_cert=files["tls_cert"], tls_key=other)


@pytest.mark.parametrize("value", ["https://talks.example", "*", "a@b"])
def test_what_is_no_name_is_no_host(value: str) -> None:
    for setting in ("hosts", "behind_proxy"):
        with pytest.raises(SettingError, match="names or addresses alone"):
            Settings.read(**{setting: value})


@pytest.fixture(scope="module")
def by_tls(files: dict[str, Path], encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The page by TLS, under a name."""
    home = tmp_path_factory.mktemp("by-tls")
    people(home)
    found = Closed(home, encoder, Settings.read(home=home, port=0, hosts=NAME, **files)).start()
    yield found
    found.stop()


def test_by_tls_cookies_are_sent_by_tls_alone_and_belong_to_this_very_host(
    by_tls: Closed, authority: trustme.CA
) -> None:
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    with by_tls.browser(verify=trusted) as client:
        shown = client.get("/login")
        assert "max-age=" in shown.headers["strict-transport-security"]
        entered = by_tls.log_in(client, "anna")
        assert entered.status_code == 303
        for name in ("__Host-talks-form", "__Host-talks-session"):
            (cookie,) = [
                each
                for answer in (shown, entered)
                for each in answer.headers.get_list("set-cookie")
                if each.startswith(f"{name}=") and "Max-Age=0" not in each
            ]
            assert "; Secure" in cookie and "; HttpOnly" in cookie and "; Path=/;" in cookie and "Domain" not in cookie
        assert client.get("/config").status_code == 200
        port = by_tls.url.rsplit(":", 1)[1]
        for host, status in ((f"{NAME}:{port}", 200), ("evil.example", 403)):
            assert client.get("/config", headers={"Host": host}).status_code == status


@pytest.fixture(scope="module")
def proxied(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """The page behind a proxy on this machine, which this test plays."""
    home = tmp_path_factory.mktemp("proxied")
    people(home)
    settings = Settings.read(home=home, port=0, hosts=NAME, behind_proxy="127.0.0.1")
    found = Closed(home, encoder, settings).start()
    yield found
    found.stop()


def test_behind_a_proxy_only_what_came_to_it_by_https_is_answered(proxied: Closed) -> None:
    secure = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9"}
    with proxied.browser() as client:
        assert client.get("/login").status_code == 403
        assert "over https only" in client.get("/login").text
        assert client.get("/login", headers={**secure, "X-Forwarded-Proto": "http"}).status_code == 403
        assert client.get("/health").status_code == 200
        assert client.get("/login", headers=secure).status_code == 200


def test_behind_a_proxy_lock_outs_are_those_of_the_readers_address(proxied: Closed) -> None:
    def attempt(address: str, name: str) -> int:
        headers = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": address, "Origin": f"https://{NAME}"}
        with proxied.browser(headers=headers) as client:
            return client.post("/login", data={"name": name}).status_code

    for number in range(proxied.settings.logins_per_minute):
        assert attempt("198.51.100.9", f"nobody{number}") == 403
    assert attempt("198.51.100.9", "anna") == 429
    assert attempt("203.0.113.9", "anna") == 403


@pytest.mark.parametrize(
    ("named", "peer", "seen"),
    [
        ("192.0.2.7", "192.0.2.7", ("https", "198.51.100.9")),
        ("192.0.2.7", "192.0.2.8", ("http", "192.0.2.8")),
        ("192.0.2.7", "127.0.0.1", ("http", "127.0.0.1")),
        ("", "127.0.0.1", ("http", "127.0.0.1")),
    ],
)
def test_only_the_proxy_that_is_named_is_believed(named: str, peer: str, seen: tuple[str, str]) -> None:
    async def who(scope: Scope, receive: Receive, send: Send) -> None:
        await PlainTextResponse(f"{scope['scheme']} {scope['client'][0]}")(scope, receive, send)

    async def ask() -> str:
        config = configure(cast(FastAPI, who), Settings.read(behind_proxy=named))
        config.load()
        transport = httpx.ASGITransport(cast(Any, config.loaded_app), client=(peer, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://talks.example") as client:
            told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.9"}
            return (await client.get("/", headers=told)).text

    assert asyncio.run(ask()) == " ".join(seen)


def test_without_a_proxy_nobodys_word_on_where_they_come_from_is_taken(closed: Closed, as_reader: httpx.Client) -> None:
    elsewhere = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "X-Gradio-Server": "http://evil.example",
    }
    page = as_reader.get("/", headers=elsewhere)
    assert page.status_code == 200
    assert "evil.example" not in page.text
    assert "evil.example" not in as_reader.get("/config", headers=elsewhere).text
