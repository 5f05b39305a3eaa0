"""The Chroma client: HTTP with deadlines, retries, and errors of one sentence.

Chroma's own client waits without end and knows no token that a server's keeper would check, so it is given a
transport here that does both: each request ends at a limit, is tried again where that may help, and fails with one
sentence.
"""

import os
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import httpx
from pydantic import SecretStr

from index.errors import SettingError, VectorServerError
from index.storage.vectors.base import GRAPH

#: Seconds that a question waits for one look into the server, and a writer for one change.
READ_LIMIT = 5.0
WRITE_LIMIT = 60.0
#: Seconds after a failure in which questions do not try again, so that each does not wait anew.
REST = 5.0
_CONNECT_LIMIT = 3.0
_ATTEMPTS = 3
_PAUSES = (0.0, 0.1, 0.5)
#: What a proxy answers while the server behind it is away or busy.
_PASSING = frozenset({429, 502, 503, 504})
_REFUSED = frozenset({401, 403, 407})
#: OpenSSL's numbers for what is wrong with a certificate.
_NOT_YET, _EXPIRED, _OTHER_NAME, _OTHER_ADDRESS = 9, 10, 62, 64

_limit: ContextVar[float | None] = ContextVar("seconds that a request may take", default=None)


@dataclass(frozen=True, slots=True)
class ChromaAddress:
    """Where a Chroma server answers, and the token that it or the proxy before it asks for; shown without the token."""

    url: str
    token: SecretStr | None = None


class ChromaServer:
    """The collections of one Chroma server. Safe to share among threads; nothing is asked before it is needed."""

    def __init__(self, address: ChromaAddress) -> None:
        self.address = address
        self._guard = threading.Lock()
        self._opened: Any = None
        self._known = False

    def close(self) -> None:
        """Close the connections."""
        with self._guard:
            if self._opened is not None:
                self._opened._session.close()
            self._opened, self._known = None, False

    def reading(self) -> AbstractContextManager[Any]:
        """Chroma's client with the short deadline of questions; failures become VectorServerError."""
        return self._asking(READ_LIMIT)

    def writing(self) -> AbstractContextManager[Any]:
        """Chroma's client with the long deadline of writers; failures become VectorServerError."""
        return self._asking(WRITE_LIMIT)

    @contextmanager
    def _asking(self, seconds: float) -> Iterator[Any]:
        from chromadb.errors import ChromaError

        waiting = _limit.set(max(seconds, _limit.get() or 0.0))
        try:
            yield self._client()
        except VectorServerError:
            raise
        except ChromaError as error:
            raise failure(self.address.url, f"it says: {_line(str(error))}") from error
        except (
            httpx.HTTPError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ) as error:  # an answer of another shape
            raise no_chroma(self.address.url, f"{type(error).__name__} in its answer") from error
        except Exception as error:
            if type(error) is not Exception:  # Chroma's client raises this for an error that it has no class for
                raise
            raise failure(self.address.url, f"it says: {_line(str(error))}") from error
        finally:
            _limit.reset(waiting)

    def find(self, name: str) -> Any:
        """The collection of that name, None where the server holds none."""
        from chromadb.api.models.Collection import Collection
        from chromadb.errors import NotFoundError

        with self.reading() as client:
            try:
                return Collection(client=client, model=client.get_collection(name), embedding_function=None)
            except NotFoundError:
                return None

    def create(self, name: str) -> None:
        """Make an empty collection of that name, unless there is one."""
        with self.writing() as client:
            client.create_collection(name, configuration={"hnsw": GRAPH}, get_or_create=True)

    def delete(self, name: str) -> None:
        """Delete the collection of that name, if there is one."""
        from chromadb.errors import NotFoundError

        with self.writing() as client:
            try:
                client.delete_collection(name)
            except NotFoundError:
                return

    def most(self) -> int:
        """How many passages the server takes in at a time."""
        with self.writing() as client:
            return max(1, int(client.get_max_batch_size()))

    def _client(self) -> Any:
        with self._guard:
            if self._opened is None:
                self._opened = _open(self.address)
            opened, known = self._opened, self._known
        if not known:  # no thread waits for the request of another
            version = str(opened.get_version())
            if version.partition(".")[0] != "1":
                raise no_chroma(self.address.url, f"its version is {_line(version)}")
            self._known = True
        return opened


def failure(url: str, reason: str) -> VectorServerError:
    """The sentence for a server that fails."""
    return VectorServerError(
        f"The Chroma server at {url} (TALKS_CHROMA_URL) cannot be used ({reason}): "
        "start it again or correct the address, then try again."
    )


def no_chroma(url: str, reason: str) -> VectorServerError:
    """The sentence for an address without a Chroma server, or with one of another version."""
    return VectorServerError(
        f"What answers at {url} (TALKS_CHROMA_URL) is no Chroma server that Talks knows ({reason}): "
        "correct the address, or put a Chroma 1 server there."
    )


def _untrusted(url: str, doubt: ssl.SSLCertVerificationError) -> VectorServerError:
    """The sentence for a certificate that is not believed, with what to do about it."""
    what = {
        _NOT_YET: "set the clocks of both machines, or have another made",
        _EXPIRED: "have it renewed",
        _OTHER_NAME: "write the name in TALKS_CHROMA_URL that it is made out to",
        _OTHER_ADDRESS: "write the name in TALKS_CHROMA_URL that it is made out to",
    }.get(doubt.verify_code, "if it is of an authority of your own, name the file of that in SSL_CERT_FILE")
    return VectorServerError(
        f"The certificate of the Chroma server at {url} (TALKS_CHROMA_URL) is not trusted "
        f"({_line(doubt.verify_message)}): {what}."
    )


def _doubt(error: BaseException | None) -> ssl.SSLCertVerificationError | None:
    """The fault of the server's certificate, if a request failed because of it."""
    while error is not None and not isinstance(error, ssl.SSLCertVerificationError):
        error = error.__cause__ or error.__context__
    return error


def _authorities() -> ssl.SSLContext:
    """The authorities whose certificates are believed: the usual ones, or those that SSL_CERT_FILE names."""
    try:
        return httpx.create_ssl_context()
    except OSError as error:  # those of ssl among them
        named = os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
        raise SettingError(
            f"The certificates in {named} (SSL_CERT_FILE) cannot be read ({_line(error.strerror or str(error))}): "
            "name a file of certificates in PEM form, or unset it."
        ) from error


def _open(address: ChromaAddress) -> Any:
    """Chroma's own client for its HTTP interface, with the transport below in place of one that waits without end."""
    from chromadb.api.fastapi import FastAPI
    from chromadb.config import Settings, System

    authorities = _authorities()  # before Chroma's client, which reads them as well
    settings = Settings(chroma_server_host=address.url, chroma_server_http_port=0, anonymized_telemetry=False)
    opened = FastAPI(System(settings))
    headers = dict(opened._session.headers)
    opened._session.close()
    if address.token is not None:
        token = address.token.get_secret_value()
        headers |= {"Authorization": f"Bearer {token}", "X-Chroma-Token": token}
    opened._session = httpx.Client(transport=_Transport(address, authorities), headers=headers)
    return opened


class _Transport(httpx.BaseTransport):
    """HTTP with an end to every wait. All that Talks asks of Chroma may be asked twice: what fails is tried again."""

    def __init__(self, address: ChromaAddress, authorities: ssl.SSLContext) -> None:
        self._address = address
        self._inner = httpx.HTTPTransport(
            verify=authorities, limits=httpx.Limits(max_connections=64, keepalive_expiry=40.0)
        )
        self._rests_until = 0.0
        self._last = "it failed a moment ago"

    def close(self) -> None:
        self._inner.close()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        limit = _limit.get() or READ_LIMIT
        if limit <= READ_LIMIT and time.monotonic() < self._rests_until:
            raise failure(self._address.url, self._last)
        ends = time.monotonic() + limit
        reason = ""
        for pause in _PAUSES[:_ATTEMPTS]:
            left = ends - time.monotonic() - pause
            if left <= 0:
                break
            time.sleep(pause)
            try:
                response = self._once(request, ends)
            except httpx.TimeoutException:
                reason = f"no answer within {limit:g} s"
                continue
            except httpx.TransportError as error:
                if (doubt := _doubt(error)) is not None:
                    raise _untrusted(self._address.url, doubt) from error
                reason = _line(str(error)) or type(error).__name__
                continue
            if response.status_code in _REFUSED:
                raise self._refused(response.status_code)
            if response.status_code in _PASSING:
                reason = f"it answered {response.status_code}"
                continue
            if response.status_code >= 300 and not _says_why(response):
                raise no_chroma(self._address.url, f"it answered {response.status_code}")
            self._rests_until = 0.0
            return response
        self._last, self._rests_until = reason, time.monotonic() + REST
        raise failure(self._address.url, reason)

    def _once(self, request: httpx.Request, ends: float) -> httpx.Response:
        left = max(0.05, ends - time.monotonic())
        request.extensions["timeout"] = {
            "connect": min(left, _CONNECT_LIMIT),
            "read": left,
            "write": left,
            "pool": left,
        }
        response = self._inner.handle_request(request)
        body = bytearray()
        try:
            for chunk in response.iter_raw():
                body += chunk
                if time.monotonic() > ends:  # each piece came in time, but all of them together did not
                    raise httpx.ReadTimeout("too slow", request=request)
        finally:
            response.close()
        return httpx.Response(response.status_code, headers=response.headers, content=bytes(body), request=request)

    def _refused(self, status: int) -> VectorServerError:
        refused = "asks for a token" if self._address.token is None else "refuses the token"
        return VectorServerError(
            f"The Chroma server at {self._address.url} (TALKS_CHROMA_URL) {refused} ({status}): "
            "set TALKS_CHROMA_TOKEN to one that it takes."
        )


def _says_why(response: httpx.Response) -> bool:
    """Whether an answer is an error in the form that Chroma gives them."""
    try:
        return "error" in response.json()
    except (TypeError, ValueError):
        return False


def _line(text: str) -> str:
    """The first line of what a server or the network says, as part of a sentence."""
    lines = text.strip().splitlines()
    said = lines[0].strip() if lines else ""
    if said.startswith("[Errno"):
        said = said.partition("] ")[2]
    return said.rstrip(".")[:200]
