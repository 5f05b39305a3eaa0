"""HTTP fetching of articles, with limits of size, time and redirects."""

import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import httpcore
import httpx

from index.errors import FetchError
from index.ingestion.public_network import Address, TooLateError, VettedNetwork, is_public

ARTICLE_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "text/plain",
    "text/markdown",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
)
_MOST_BYTES = 20_000_000
_MOST_SECONDS = 20.0
_MOST_REDIRECTS = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_WEB_PORTS = (80, 443)
_SYSTEM_PORTS = range(1024)  # other services than the web: mail, shells, files
_LONGEST_URL = 2_000  # characters; no browser promises to keep more


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """What a URL gave: the URL after redirects, its bytes (unpacked), and the type that the server named."""

    url: str
    data: bytes
    content_type: str | None


def fetch(url: str, *, allow: Callable[[Address], bool] = is_public, seconds: float = _MOST_SECONDS) -> FetchedPage:
    """The article at `url`: at most 20 MB when unpacked, within `seconds` in all, through at most 5 redirects.

    Only http and https, only types that can be an article, no proxy and no cookies. `allow` says which addresses
    may be connected to; every redirect is held to the same rules. Raises `FetchError`: one sentence that names the
    URL and says what to do.
    """
    deadline = time.monotonic() + seconds
    target = _parsed(url, url)
    try:
        with httpcore.ConnectionPool(network_backend=VettedNetwork(url, allow, deadline)) as pool:
            for _ in range(_MOST_REDIRECTS + 1):
                answer = _get(pool, target, url)
                if isinstance(answer, FetchedPage):
                    return answer
                target = answer
    except (httpcore.TimeoutException, TooLateError) as error:
        raise FetchError(
            f"{url} took more than {seconds:g} seconds; try later, or save the page and add that."
        ) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
        reason = str(error) or type(error).__name__
        raise FetchError(f"{url} cannot be reached ({reason}); check the address and the network.") from error
    raise FetchError(
        f"{url} redirects more than {_MOST_REDIRECTS} times; open it in a browser and use the last address."
    )


def _get(pool: httpcore.ConnectionPool, target: httpx.URL, asked: str) -> "FetchedPage | httpx.URL":
    """The page at `target`, or where it redirects to. `asked` is the URL that errors name."""
    request = httpcore.URL(
        scheme=target.raw_scheme, host=target.raw_host, port=target.port, target=target.raw_path or b"/"
    )
    # Only gzip, which can be unpacked in bounded steps; the other encodings blow up in one.
    headers = [
        (b"Host", target.netloc), (b"User-Agent", b"Talks"), (b"Accept", ", ".join(ARTICLE_TYPES).encode()),
        (b"Accept-Encoding", b"gzip"), (b"Connection", b"close"),
    ]  # fmt: skip
    with pool.stream("GET", request, headers=headers) as response:
        told = {name.lower(): value.decode("latin-1").strip() for name, value in reversed(response.headers)}
        if response.status in _REDIRECTS and b"location" in told:
            return _redirected(target, told[b"location"], asked)
        if response.status != 200:
            raise FetchError(f"{asked} answers with status {response.status}; check it in a browser, or save the page.")
        content_type = told.get(b"content-type") or None
        if content_type and content_type.split(";")[0].strip().lower() not in ARTICLE_TYPES:
            raise FetchError(
                f"{asked} is {content_type[:80]}, not an article; use a web page, text, PDF or Word document."
            )
        length = told.get(b"content-length", "")
        if length.isdecimal() and len(length) < 20 and int(length) > _MOST_BYTES:
            raise _too_big(asked)
        packing = told.get(b"content-encoding", "identity").lower()
        chunks: Iterable[bytes] = response.iter_stream()
        if packing in ("gzip", "x-gzip"):
            chunks = _unpacked(chunks, asked)
        elif packing not in ("identity", ""):
            raise FetchError(
                f"{asked} is packed as {packing[:80]}, which was not asked for; save the page and add that."
            )
        data = bytearray()
        for chunk in chunks:
            data += chunk
            if len(data) > _MOST_BYTES:
                raise _too_big(asked)
    return FetchedPage(str(target), bytes(data), content_type)


def _parsed(url: str, asked: str) -> httpx.URL:
    if len(url) > _LONGEST_URL:
        raise FetchError(f"{asked[:80]}… is an address of over {_LONGEST_URL:,} characters; use the page's short one.")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise FetchError(f"{asked!r} is not a web address; write it as https://… .") from error
    if parsed.userinfo:
        raise FetchError(
            "The address has a user name or password in it; remove these, and save the page if it needs them."
        )
    if parsed.scheme not in ("http", "https") or not parsed.host:
        where = "is not" if url == asked else "leads to what is not"
        raise FetchError(f"{asked} {where} an http or https address; only such addresses can be fetched.")
    if parsed.port is not None and parsed.port in _SYSTEM_PORTS and parsed.port not in _WEB_PORTS:
        raise FetchError(f"{asked} leads to port {parsed.port}, which is not the web's; use an address without a port.")
    return parsed.copy_with(fragment=None)


def _redirected(target: httpx.URL, location: str, asked: str) -> httpx.URL:
    try:
        location = location.encode("latin-1").decode("utf-8")  # as browsers take it
        joined = str(target.join(location))
    except (httpx.InvalidURL, ValueError) as error:
        raise FetchError(f"{asked} redirects to what is not a web address; save the page and add that.") from error
    return _parsed(joined, asked)


def _unpacked(chunks: Iterable[bytes], asked: str) -> Iterator[bytes]:
    """`chunks` unpacked in steps of at most 1 MB, so that a small answer cannot fill the memory."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        for chunk in chunks:
            while chunk and not unpacker.eof:
                yield unpacker.decompress(chunk, 1_000_000)
                chunk = unpacker.unconsumed_tail
    except zlib.error as error:
        raise FetchError(f"{asked} sent damaged data; try again, or save the page and add that.") from error
    if not unpacker.eof:
        raise FetchError(f"{asked} sent only a part of the page; try again, or save the page and add that.")


def _too_big(asked: str) -> FetchError:
    return FetchError(f"{asked} is over the limit of 20 MB; save only the article and add that.")
