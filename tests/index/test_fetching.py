"""Fetching pages: from real servers on this machine, which only these tests allow to be reached."""

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import pytest

from index.errors import ArticleError, FetchError
from index.fetching import fetch
from index.network import Address, is_public

Answer = Callable[[BaseHTTPRequestHandler], None]


def loopback(address: Address) -> bool:
    return address.is_loopback


@contextmanager
def served(answer: Answer) -> Iterator[str]:
    """A web server on this machine; gives its address without a path."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def page(body: bytes = b"<p>It ended.</p>", **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in ({"Content_Type": "text/html; charset=utf-8"} | headers).items():
            if value:
                request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        with suppress(ConnectionError):  # the reader may have had enough
            request.wfile.write(body)

    return answer


def redirects_to(location: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(302)
        request.send_header("Location", location)
        request.end_headers()

    return answer


def the_error(url: str, *, allow: Callable[[Address], bool] = loopback, seconds: float = 20) -> str:
    with pytest.raises(FetchError) as caught:
        fetch(url, allow=allow, seconds=seconds)
    assert isinstance(caught.value, ArticleError)
    sentence = str(caught.value)
    assert "\n" not in sentence and sentence.endswith(".")
    return sentence


def test_a_page_is_fetched_with_its_type() -> None:
    with served(page()) as site:
        fetched = fetch(site + "/news?id=1#top", allow=loopback)
    assert fetched.url == site + "/news?id=1"
    assert fetched.data == b"<p>It ended.</p>"
    assert fetched.content_type == "text/html; charset=utf-8"


def test_the_server_hears_its_name_and_no_more_than_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    heard: list[dict[str, str]] = []

    def answer(request: BaseHTTPRequestHandler) -> None:
        heard.append({name.lower(): value for name, value in request.headers.items()})
        if request.path == "/":
            request.send_response(302)
            request.send_header("Set-Cookie", "who=you")
            request.send_header("Location", "/next")
            request.end_headers()
        else:
            page()(request)

    with served(answer) as site:
        name = site.replace("127.0.0.1", "localhost")
        assert (
            fetch(name + "/", allow=lambda address: address.version == 4 and address.is_loopback).url == name + "/next"
        )
    assert [headers["host"] for headers in heard] == [name.removeprefix("http://")] * 2
    assert all("cookie" not in headers and "referer" not in headers for headers in heard)


def test_a_packed_page_is_unpacked() -> None:
    with served(page(gzip.compress(b"It ended." * 9), Content_Encoding="gzip")) as site:
        assert fetch(site, allow=loopback).data == b"It ended." * 9


def test_a_page_without_a_type_has_none() -> None:
    with served(page(Content_Type="")) as site:
        assert fetch(site, allow=loopback).content_type is None


def test_five_redirects_are_followed_and_no_more() -> None:
    def answer(request: BaseHTTPRequestHandler) -> None:
        left = int(request.path.strip("/"))
        (redirects_to(f"/{left - 1}") if left else page())(request)

    with served(answer) as site:
        assert fetch(site + "/5", allow=loopback).url == site + "/0"
        assert "redirects more than 5 times" in the_error(site + "/6")


def test_this_machine_is_not_reached_and_not_asked() -> None:
    asked: list[str] = []
    with served(lambda request: asked.append(request.path)) as site:
        port = site.rsplit(":", 1)[1]
        for host in ("127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "0.0.0.0"):
            assert "not on the public internet" in the_error(f"http://{host}:{port}/", allow=is_public)
    assert asked == []


def test_a_redirect_into_the_own_network_is_refused() -> None:
    asked: list[str] = []
    with served(lambda request: asked.append(request.path)) as inner:
        port = inner.rsplit(":", 1)[1]
        with served(redirects_to(f"http://127.0.0.2:{port}/secret")) as site:
            sentence = the_error(site, allow=lambda address: str(address) == "127.0.0.1")
    assert "127.0.0.2" in sentence and asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:db8::1",
        "fe80::1%1",
        "2001:0:7f00:1::1",
        "::ffff:0:127.0.0.1",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101", "2002:101:101::"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "url", ["ftp://news.example/", "file:///etc/passwd", "news.example", "", "http://", "javascript:1"]
)
def test_only_web_addresses_are_fetched(url: str) -> None:
    assert "address" in the_error(url)


@pytest.mark.parametrize(
    "url", ["http://[::1", "http://a b/", "http://news.example:99999/", "http://x\x00y/", "http://..a/"]
)
def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    the_error(url)


def test_a_redirect_to_a_file_is_refused() -> None:
    with served(redirects_to("file:///etc/passwd")) as site:
        assert "http or https" in the_error(site)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    sentence = the_error("https://me:hunter2@news.example/")
    assert "password" in sentence and "hunter2" not in sentence


def test_a_type_that_is_no_article_is_refused() -> None:
    with served(page(Content_Type="image/png")) as site:
        assert "image/png" in the_error(site)


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd"])
def test_a_packing_that_was_not_asked_for_is_refused(packing: str) -> None:
    with served(page(Content_Encoding=packing)) as site:
        assert packing in the_error(site)


def test_a_missing_page_is_said_to_be_missing() -> None:
    with served(lambda request: request.send_error(404)) as site:
        assert "404" in the_error(site)


@pytest.mark.parametrize("headers", [{}, {"Content_Length": "20000001"}])
def test_a_page_over_20_mb_is_refused(headers: dict[str, str]) -> None:
    with served(page(b" " * 20_000_001, **headers)) as site:
        assert "20 MB" in the_error(site)


def test_a_small_page_that_unpacks_to_a_big_one_is_refused() -> None:
    with served(page(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")) as site:
        assert "20 MB" in the_error(site)


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"It ended." * 99)[:-20]])
def test_a_damaged_packed_page_is_refused(body: bytes) -> None:
    with served(page(body, Content_Encoding="gzip")) as site:
        assert "sent" in the_error(site)


def test_a_page_that_breaks_off_is_refused() -> None:
    with served(page(b"It", Content_Length="900")) as site:
        assert "cannot be reached" in the_error(site)


def test_a_server_that_trickles_is_left_when_the_time_is_up() -> None:
    enough = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        page(b" ")(request)
        while not enough.wait(0.05):
            try:
                request.wfile.write(b" ")
            except ConnectionError:
                return

    with served(answer) as site:
        assert "more than 0.5 seconds" in the_error(site, seconds=0.5)
        enough.set()


def test_a_port_where_nobody_listens_is_said_to_be_unreachable() -> None:
    with socket.socket() as taken:  # bound, but never listening
        taken.bind(("127.0.0.1", 0))
        assert "cannot be reached" in the_error(f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_a_name_that_does_not_exist_is_said_not_to_be_found() -> None:
    assert "cannot be found" in the_error("http://nowhere.invalid/")
