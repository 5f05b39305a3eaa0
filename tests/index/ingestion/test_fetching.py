"""Fetching pages: from real servers on this machine, which only these tests allow to be reached."""

import gzip
import socket
import threading
import time
import tracemalloc
from http.server import BaseHTTPRequestHandler

import pytest

from index.ingestion.fetching import fetch
from tests.index.servers import loopback, page, redirects_to, served, the_error


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
    with served(redirects_to("/round")) as site:
        assert "redirects more than 5 times" in the_error(site)


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


@pytest.mark.parametrize("place", ["file:///etc/passwd", "ftp://news.example/a", "data:text/html,It", "gopher://a/"])
def test_a_redirect_away_from_the_web_is_refused(place: str) -> None:
    with served(redirects_to(place)) as site:
        assert "http or https" in the_error(site)


def test_a_redirect_to_an_address_with_a_password_is_refused() -> None:
    with served(redirects_to("http://me:hunter2@127.0.0.1/")) as site:
        assert "password" in (sentence := the_error(site)) and "hunter2" not in sentence


@pytest.mark.parametrize("port", [0, 22, 25, 143, 993])
def test_ports_of_other_services_than_the_web_are_refused(port: int) -> None:
    assert f"port {port}" in the_error(f"http://127.0.0.1:{port}/")
    with served(redirects_to(f"http://127.0.0.1:{port}/")) as site:
        assert f"port {port}" in the_error(site)


def test_an_address_without_end_is_refused_in_a_short_sentence() -> None:
    assert len(the_error("https://news.example/" + "a" * 100_000)) < 250


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    sentence = the_error("https://me:hunter2@news.example/")
    assert "password" in sentence and "hunter2" not in sentence


def test_a_type_that_is_no_article_is_refused() -> None:
    with served(page(Content_Type="image/png")) as site:
        assert "image/png" in the_error(site)
    with served(page(Content_Type="image/" + "x" * 5_000)) as site:
        assert "not an article" in (sentence := the_error(site)) and len(sentence) < 250


@pytest.mark.parametrize("packing", ["br", "gzip, gzip", "zstd", "gzip, identity", "deflate", "x" * 5_000])
def test_a_packing_that_was_not_asked_for_is_refused(packing: str) -> None:
    with served(page(Content_Encoding=packing)) as site:
        assert packing[:80] in (sentence := the_error(site)) and len(sentence) < 250


def test_a_missing_page_is_said_to_be_missing() -> None:
    with served(lambda request: request.send_error(404)) as site:
        assert "404" in the_error(site)


def test_a_page_over_20_mb_is_refused() -> None:
    with served(page(b" " * 20_000_001)) as site:
        assert "20 MB" in the_error(site)
    with served(page(b"It", Content_Length="20000001")) as site:  # said beforehand, so it is not waited for
        assert "20 MB" in the_error(site)


def test_a_small_page_that_unpacks_to_a_big_one_is_refused() -> None:
    with served(page(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")) as site:
        tracemalloc.start()
        assert "20 MB" in the_error(site)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 40_000_000  # bytes: it was not unpacked to be measured


def test_packed_data_that_unpacks_to_nothing_ends_with_the_time() -> None:
    empty_block = b"\x00\x00\x00\xff\xff"

    def answer(request: BaseHTTPRequestHandler) -> None:
        page(gzip.compress(b"")[:10] + empty_block, Content_Encoding="gzip")(request)
        ends = time.monotonic() + 5
        while time.monotonic() < ends:
            try:
                request.wfile.write(empty_block * 1_000)
            except ConnectionError:
                return

    with served(answer) as site:
        assert "more than 0.5 seconds" in the_error(site, seconds=0.5)


@pytest.mark.parametrize("body", [b"not gzip", gzip.compress(b"It ended." * 99)[:-20]], ids=["not packed", "cut off"])
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
        for _ in range(100):
            if enough.wait(0.05):
                return
            try:
                request.wfile.write(b" ")
            except ConnectionError:
                return

    with served(answer) as site:
        assert "more than 0.5 seconds" in the_error(site, seconds=0.5)
        enough.set()


def test_headers_that_trickle_without_end_are_left_too() -> None:
    enough = threading.Event()

    def answer(request: BaseHTTPRequestHandler) -> None:
        for _ in range(250):
            if enough.wait(0.02):
                return
            try:
                request.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            except ConnectionError:
                return

    with served(answer) as site:
        assert "more than 0.5 seconds" in the_error(site, seconds=0.5)
        enough.set()


def test_a_name_that_nobody_resolves_in_time_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    found = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: found.wait(5) and [])
    assert "more than 0.2 seconds" in the_error("http://news.example/", seconds=0.2)
    found.set()


def test_a_port_where_nobody_listens_is_said_to_be_unreachable() -> None:
    with socket.socket() as taken:  # bound, but never listening
        taken.bind(("127.0.0.1", 0))
        assert "cannot be reached" in the_error(f"http://127.0.0.1:{taken.getsockname()[1]}/")


def test_a_name_that_does_not_exist_is_said_not_to_be_found() -> None:
    assert "cannot be found" in the_error("http://nowhere.invalid/")
