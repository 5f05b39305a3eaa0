"""Route allow-list: the routes that exist, by role; everything else is not found."""

import re
from typing import Literal

Rule = Literal["anybody", "reader", "editor"]

#: A login is not needed to see these.
ANYBODY = {("GET", "/login"), ("POST", "/login"), ("GET", "/login.css"), ("GET", "/health")}

_API = "/gradio_api"
_RULES: list[tuple[Rule, str, str]] = [
    ("reader", "GET", "/"),
    ("reader", "POST", "/logout"),
    ("reader", "POST", "/(ask|retrieve|people|statements|list_articles|read_article)"),
    ("editor", "POST", "/page/library/\\w+"),
    ("reader", "POST", "/page/\\w+(/\\w+)?"),
    ("reader", "GET", "/page/(static/)?\\w+(/\\w+)?(\\.js)?"),
    ("reader", "GET", "/openapi\\.json"),
    ("reader", "GET", "/config"),
    ("reader", "GET", "/(theme\\.css|favicon\\.ico|robots\\.txt|manifest\\.json|pwa_icon(/\\d+)?)"),
    ("reader", "GET", "/(assets|static|svelte)/[^?#]+"),
    ("reader", "GET", f"{_API}/(info|theme\\.css|app_id|startup-events|user|login_check|queue/status)"),
    ("reader", "GET", f"{_API}/heartbeat/\\w+"),
    ("reader", "GET", f"{_API}/queue/data"),
    ("reader", "POST", f"{_API}/queue/join"),
    ("reader", "POST", f"{_API}/(run|api)/\\w+"),
    ("reader", "POST", f"{_API}/call/(v2/)?\\w+"),
    ("reader", "GET", f"{_API}/call/(v2/)?\\w+/\\w+"),
    ("reader", "POST", f"{_API}/(cancel|reset|component_server)"),
    ("editor", "POST", f"{_API}/upload"),
    ("editor", "GET", f"{_API}/upload_progress"),
]
#: Routes whose answers are streams of events.
_STREAMS = re.compile(f"{_API}/(queue/data|heartbeat/\\w+|startup-events|upload_progress|call/(v2/)?\\w+/\\w+)")
_COMPILED = [(rule, method, re.compile(path)) for rule, method, path in _RULES]


def rule(method: str, path: str) -> Rule | None:
    """The roles that may use a route; None where the route does not exist.

    >>> rule("GET", "/health"), rule("POST", "/gradio_api/upload"), rule("GET", "/gradio_api/file=/etc/passwd")
    ('anybody', 'editor', None)
    """
    method = "GET" if method == "HEAD" else method
    if (method, path) in ANYBODY:
        return "anybody"
    plain = path if path == "/" else path.removesuffix("/")
    return next((rule for rule, verb, known in _COMPILED if verb == method and known.fullmatch(plain)), None)


def stays_open(method: str, path: str) -> bool:
    """Whether the answer is a stream of events, which may outlast the session that it was asked for in.

    >>> stays_open("GET", "/gradio_api/queue/data"), stays_open("GET", "/")
    (True, False)
    """
    return method == "GET" and _STREAMS.fullmatch(path.removesuffix("/")) is not None
