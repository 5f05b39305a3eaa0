"""SSRF guard: connections to public addresses only.

A URL that a user pastes, or a page that redirects, must not make this machine speak to its own network. The
address is therefore vetted at the moment of connecting, and that very address is connected to, so that a name
that resolves differently a second time gains nothing.
"""

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

import httpcore

from index.errors import FetchError

Address = IPv4Address | IPv6Address

_NAT64 = IPv6Network("64:ff9b::/96")
_UNICAST = IPv6Network("2000::/3")  # everything else in IPv6 is local, reserved or for many
# What Python's own list, or that of some version of it, takes for public.
_NOT_PUBLIC = (
    IPv4Network("192.0.0.0/24"),  # reserved for protocols; one cloud answers with its machines' secrets at .192
    IPv4Network("168.63.129.16"),  # another cloud's, for its own machines only
    IPv4Network("192.88.99.0/24"),  # the way into 6to4, given up
    IPv6Network("2001::/23"),  # for protocols, among them Teredo, which wraps an address too
    IPv6Network("3fff::/20"),  # for examples in manuals
)


def is_public(address: Address) -> bool:
    """Whether `address` is one on the open internet; IPv4 wrapped in IPv6 counts as what it wraps.

    >>> is_public(ip_address("::ffff:127.0.0.1")), is_public(ip_address("1.1.1.1"))
    (False, True)
    """
    if isinstance(address, IPv6Address):
        wrapped = address.ipv4_mapped or address.sixtofour
        if wrapped is None and address in _NAT64:
            wrapped = IPv4Address(int(address) & 0xFFFFFFFF)
        if wrapped is not None:
            return is_public(wrapped)
        if address not in _UNICAST:
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


class TooLateError(Exception):
    """The time for the whole fetch is used up."""


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TooLateError
    return left


class VettedNetwork(httpcore.NetworkBackend):
    """Connects to addresses that were vetted, and to nothing else; every wait ends at the deadline."""

    def __init__(self, asked: str, allow: Callable[[Address], bool], deadline: float) -> None:
        self._asked, self._allow, self._deadline = asked, allow, deadline
        self._network = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = [address for address in self._resolved(host, port) if self._allow(address)]
        if not addresses:
            raise FetchError(
                f"{self._asked} leads to {host}, which is not on the public internet; use a public address."
            )
        for number, address in enumerate(addresses, 1):
            share = _left(self._deadline) / (len(addresses) - number + 1)
            try:
                stream = self._network.connect_tcp(str(address), port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
            else:
                return _TimedStream(stream, self._deadline)
        raise AssertionError("unreachable")

    def _resolved(self, host: str, port: int) -> list[Address]:
        found: list[Address] = []
        failure: list[Exception] = []

        def resolve() -> None:
            try:
                for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
                    address = ip_address(entry[4][0])
                    if address not in found:
                        found.append(address)
            except (OSError, ValueError) as error:
                failure.append(error)

        # A resolver has no time limit of its own, so it gets a thread that can be left behind.
        thread = threading.Thread(target=resolve, daemon=True)
        thread.start()
        thread.join(_left(self._deadline))
        if thread.is_alive():
            raise TooLateError
        if failure:
            raise FetchError(
                f"{self._asked} leads to {host}, which cannot be found; check the address and the network."
            )
        return found


class _TimedStream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)
