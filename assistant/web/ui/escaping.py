"""HTML and Markdown escaping of untrusted text: articles, questions and model output stay plain characters.

Everything that the page shows in HTML or Markdown goes through `plain`; no other function makes text safe.
"""

import re
import string
from datetime import date
from urllib.parse import urlsplit

from index.article import day_in_words

#: Invisible characters and direction marks, which serve spoofing and not reading.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
#: Characters that become numeric references, so that Markdown, HTML and templates show them, and no address becomes a
#: link.
_AS_NUMBERS = {ord(sign): f"&#{ord(sign)};" for sign in string.punctuation}


def visible(text: str) -> str:
    """`text` with every unseen mark spelled out, for places that show plain characters by themselves.

    >>> visible("gr\\u202eyvan")
    'gr[U+202E]yvan'
    """
    return _UNSEEN.sub(lambda mark: f"[U+{ord(mark[0]):04X}]", _CONTROL.sub("\ufffd", text))


def plain(text: str) -> str:
    """`text` as characters in HTML and in Markdown alike; a line stays a line.

    >>> plain("<b>")
    '&#60;b&#62;'
    """
    return visible(text).translate(_AS_NUMBERS).replace("\n", " ")


def attribute(text: str) -> str:
    """`text` as `plain` gives it for an attribute, with its own line ends.

    >>> attribute("one\\ntwo")
    'one&#10;two'
    """
    return "&#10;".join(plain(line) for line in text.split("\n"))


def isolated(text: str) -> str:
    """`text` as `plain` gives it, so set that its direction of writing ends with it."""
    return f'<bdi class="said">{plain(text)}</bdi>'


def lined(text: str) -> str:
    """`text` as `plain` gives it, with its own line ends.

    >>> lined("one\\ntwo")
    'one<br>two'
    """
    return "<br>".join(plain(line) for line in text.split("\n"))


def web_address(url: str | None) -> str | None:
    """`url` if a browser may be sent there: http or https, with a host, and nothing in it that hides where it leads.

    >>> web_address("javascript:alert(1)") is None
    True
    """
    if not url or _UNSEEN.search(url) or _CONTROL.search(url) or any(sign in url for sign in " \n\t\\\"'<>`"):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and host and not parts.username else None


def host_of(url: str) -> str:
    """The host that an address names, without "www."."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


def byline(*parts: str | None) -> str:
    """The parts that are not empty, as HTML with a dot between them."""
    return ' <span aria-hidden="true">·</span> '.join(isolated(part) for part in parts if part)


def day(published: date | None) -> str:
    """A date as newspapers write it: 18 February 2026; nothing for None."""
    return day_in_words(published)
