"""Network exposure: other machines may open the page only with accounts and TLS."""

import ipaddress
import ssl

from assistant.settings import Settings
from assistant.web.access.accounts import Accounts
from index.errors import SettingError


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach that address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_exposed(settings: Settings) -> bool:
    """Whether others may reach the page: by its address, by a proxy, or by a name that leads here."""
    return not is_loopback(settings.host) or bool(settings.behind_proxy) or bool(settings.hosts)


def allowed_hosts(settings: Settings) -> frozenset[str]:
    """The names under which the page may be asked for.

    Any other name in a request is a foreign page's, led here by its name server.
    """
    named = {each for each in settings.hosts.split(",") if each}
    return frozenset({"localhost", "127.0.0.1", "::1", settings.host.lower()} | named)


def check_address(settings: Settings) -> None:
    """Raises SettingError: one sentence, where the page would lie open to others, or what they send to others still."""
    if settings.share:
        raise SettingError(
            "The page cannot be shared by a tunnel, which would carry it through somebody else's server: leave out "
            "--share (TALKS_SHARE), and see in the README how to share it."
        )
    _check_certificate(settings)
    if not is_exposed(settings):
        return
    with Accounts(settings.home) as accounts:
        if not accounts.any():
            raise SettingError(
                f"The page cannot be served on {settings.host} for others, as it has no authentication yet: add an "
                "account with `talks user add NAME --role editor`, or serve it for this machine alone with "
                "--host 127.0.0.1 (TALKS_HOST)."
            )
    if settings.tls_cert is None and not settings.behind_proxy:
        raise SettingError(
            f"The page cannot be served on {settings.host} for others without TLS, as passwords could be read on their "
            "way: give --tls-cert and --tls-key, or --behind-proxy with the address of a proxy that speaks https."
        )
    if not settings.hosts and settings.host in ("0.0.0.0", "::"):
        raise SettingError(
            f"The page cannot be served on {settings.host} before it is known under which names it is opened: "
            "give them with --hosts (TALKS_HOSTS), such as talks.example."
        )


def _check_certificate(settings: Settings) -> None:
    cert, key = settings.tls_cert, settings.tls_key
    if cert is None and key is None:
        return
    if cert is None or key is None:
        raise SettingError(
            "A certificate needs its key, and a key its certificate: give both --tls-cert and --tls-key "
            "(TALKS_TLS_CERT, TALKS_TLS_KEY)."
        )
    for file in (cert, key):
        if not file.is_file():
            raise SettingError(
                f"The file {file} for TLS is not there: correct --tls-cert (TALKS_TLS_CERT) or --tls-key "
                "(TALKS_TLS_KEY)."
            )
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(cert, key, password="")
    except (OSError, ValueError) as error:
        raise SettingError(
            f"The certificate {cert} cannot be used with the key {key} ({type(error).__name__}): check that both are "
            "PEM files, belong together, can be read, and that the key has no password."
        ) from error
