"""Only the open internet is fetched from: every known way around that, walked against servers that may not be asked."""

import shutil
import socket
import ssl
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.ingestion.fetching import fetch
from index.ingestion.public_network import Address, is_public
from tests.index.servers import loopback, page, redirects_to, served, the_error

CERTIFICATE = Path(__file__).with_name("certificate.pem")  # of news.example, signed by itself, good for a century

#: This machine, written in every way that some resolver, parser or filter has been taken in by.
THIS_MACHINE = [
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "127.255.255.254",
    "2130706433",
    "0x7f000001",
    "0x7f.0x0.0x0.0x1",
    "0x7f.1",
    "017700000001",
    "0177.1",
    "0177.0.0.1",
    "127.0.0.1.",
    "localhost",
    "LOCALHOST",
    "localhost.",
    "a.localhost",
    "0.0.0.0",
    "0",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b:1::7f00:1]",
    "[2002:7f00:1::]",
    "[2001:0:7f00:1::1]",
    "[fe80::1%25lo]",
    "[::1%25lo]",
    "[::ffff:127.0.0.1%25lo]",
    "127。0。0。1",
    "①②⑦.⓪.⓪.①",
    "１２７.0.0.1",
    "%31%32%37.0.0.1",
    "ⓛocalhost",
    "loc\u00adalhost",
    "loc\u200dalhost",
    "127.0.0.1%00.news.example",
    "127.0.0.1%2f.news.example",
]


def resolving(monkeypatch: pytest.MonkeyPatch, answers: Callable[[str], list[str]]) -> None:
    """Names resolve as `answers` says; addresses are left to the system."""
    real = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: int, **kwargs: int) -> list[tuple[object, ...]]:
        try:
            ip_address(host)
        except ValueError:
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in answers(host)]
        return list(real(host, port, *args, **kwargs))

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.parametrize("host", THIS_MACHINE, ids=ascii)
def test_this_machine_is_never_asked_however_it_is_written(host: str) -> None:
    asked: list[str] = []
    with served(lambda request: asked.append(request.path)) as site:
        port = urlsplit(site).port
        the_error(f"http://{host}:{port}/", allow=is_public)
        with served(redirects_to(f"http://{host}:{port}/")) as outer:
            first = iter([True])  # the redirect is held to the rule that the first address was let off
            the_error(outer, allow=lambda address: next(first, False) or is_public(address))
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",  # where most clouds tell a machine its secrets
        "192.0.0.192",
        "168.63.129.16",
        "100.100.100.200",
        "fd00:ec2::254",
        "100.64.0.1",
        "100.127.255.254",
        "0.0.0.0",
        "0.1.2.3",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "198.51.100.1",
        "203.0.113.1",
        "192.88.99.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%1",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "100::1",
        "3fff::1",
        "5f00::1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::a9fe:a9fe",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2002:a9fe:a9fe::",
        "2001:db8::1",
        "2001:0:7f00:1::1",
        "2001:20::1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["192.0.0.192", "168.63.129.16", "192.88.99.1", "2001:0:7f00:1::1", "2001:20::1", "3fff::1"]
)
def test_addresses_that_are_not_public_whatever_this_python_takes_them_for(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in (IPv4Address, IPv6Address):
        monkeypatch.setattr(version, "is_global", True)
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::", "100.128.0.1"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "where"),
    [
        ("http://news.example@127.0.0.1:{port}/", "password"),
        ("http://127.0.0.1:{port}#@news.example/", "not on the public internet"),
        ("http://127.0.0.1:{port}\\@news.example/", "password"),
        ("http://127.0.0.1:{port}%2f@news.example/", "password"),
        ("http:127.0.0.1:{port}", "http or https"),
        ("http:///127.0.0.1:{port}/", "http or https"),
        ("//127.0.0.1:{port}/", "http or https"),
        ("http://127.0.0.1:{port}:80/", "not a web address"),
        ("http://127.0.0.1:{port}\r\nHost: news.example/", "not a web address"),
        ("unix:///var/run/docker.sock", "http or https"),
    ],
)
def test_an_address_written_to_be_misread_reaches_nobody(url: str, where: str) -> None:
    asked: list[str] = []
    with served(lambda request: asked.append(request.path)) as site:
        assert where in the_error(url.format(port=urlsplit(site).port), allow=is_public)
    assert asked == []


def test_a_redirect_into_the_own_network_is_refused() -> None:
    asked: list[str] = []
    with served(lambda request: asked.append(request.path)) as inner:
        port = urlsplit(inner).port
        with served(redirects_to(f"http://127.0.0.2:{port}/secret")) as site:
            sentence = the_error(site, allow=lambda address: str(address) == "127.0.0.1")
    assert "127.0.0.2" in sentence and asked == []


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="only Linux has all of 127.0.0.0/8")
class TestNames:
    """What a name resolves to. 127.0.0.1 stands for a public address, and 127.0.0.2 for one of the own network."""

    def only_the_first(self, address: Address) -> bool:
        return str(address) == "127.0.0.1"

    def test_the_address_that_was_vetted_is_the_one_connected_to(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given: list[str] = []

        def rebinding(host: str) -> list[str]:
            given.append(host)
            return ["127.0.0.1"] if len(given) == 1 else ["127.0.0.2"]

        resolving(monkeypatch, rebinding)
        with served(page()) as site:
            port = urlsplit(site).port
            assert fetch(f"http://news.example:{port}/", allow=self.only_the_first).data
        assert given == ["news.example"]

    def test_a_name_that_has_moved_into_the_own_network_is_refused_at_the_next_redirect(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []
        places = iter(["127.0.0.1", "127.0.0.2"])
        resolving(monkeypatch, lambda host: [next(places)])

        def answer(request: BaseHTTPRequestHandler) -> None:
            asked.append(request.path)
            redirects_to("/again")(request)

        with served(answer, host="0.0.0.0") as site:
            port = urlsplit(site).port
            sentence = the_error(f"http://news.example:{port}/", allow=self.only_the_first)
        assert "not on the public internet" in sentence and asked == ["/"]

    @pytest.mark.parametrize("answers", [["127.0.0.1", "127.0.0.2"], ["127.0.0.2", "127.0.0.1"]])
    def test_of_mixed_answers_only_the_public_ones_are_tried(
        self, answers: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        resolving(monkeypatch, lambda host: answers)
        asked: list[str] = []
        with served(lambda request: asked.append(request.path), host="127.0.0.2") as inner:
            # Nobody listens at this port of the public address; the private one does, and must not be fallen back to.
            sentence = the_error(f"http://news.example:{urlsplit(inner).port}/", allow=self.only_the_first)
        assert "cannot be reached" in sentence and asked == []
        with served(page()) as site:
            assert fetch(f"http://news.example:{urlsplit(site).port}/", allow=self.only_the_first).data

    def test_a_name_without_public_addresses_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        resolving(monkeypatch, lambda host: ["10.0.0.1", "169.254.169.254", "192.168.1.1"])
        assert "not on the public internet" in the_error("http://news.example/", allow=is_public)

    @pytest.mark.parametrize("name", ["news.example", "other.example"])
    def test_the_certificate_must_be_of_the_name_though_an_address_is_connected_to(
        self, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        resolving(monkeypatch, lambda host: ["127.0.0.1"])
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(CERTIFICATE)
        with served(page(), tls=tls) as site:
            url = f"https://{name}:{urlsplit(site).port}/"
            assert "certificate verify failed" in the_error(url)  # nobody vouches for it
            monkeypatch.setattr("certifi.where", lambda: str(shutil.copy(CERTIFICATE, tmp_path)))
            if name == "news.example":
                assert fetch(url, allow=loopback).data
            else:
                assert "Hostname mismatch" in the_error(url)
