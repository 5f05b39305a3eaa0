"""The publisher of a page: the outlet's name, one name an outlet."""

import re
from typing import Any

from index.ingestion.addresses import host_of
from index.ingestion.normalising import one_line
from index.ingestion.web.structured import Structured, names, types

_ADDRESS = re.compile(r"(?:https?:)?//|^www\.", re.IGNORECASE)
_TAGLINE = re.compile(r"\s+[|–—·•»]\s+|\s+-\s+|:\s+|\s*\|\s*")
_NO_NAME = re.compile(
    r"©|copyright|all rights|home ?page|startseite|untitled|your site|wordpress$|^home$|^news$|just another",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r",?\s+(?:Inc|LLC|L\.L\.C|Ltd|Limited|GmbH(?: & Co\. KG)?|AG|S\.?A|S\.?p\.?A|S\.?r\.?l|B\.?V|PLC|Corp|"
    r"Corporation|Co|KG|e\.V|Pty|SE|SAS|SL|NV|OÜ|ООО)\.?$",
    re.IGNORECASE,
)
_MOST_WORDS = 7
_SITES = ("Organization", "NewsMediaOrganization", "WebSite", "Corporation", "Newspaper")


def publisher_of(tree: Any, marks: Structured, url: str | None) -> str | None:
    """The outlet's name.

    `og:site_name` counts first, then the publisher in JSON-LD, the application's and the site's name; the host is the
    last resort. A handle, an address, a tagline ("… - all the news, every day"), a copyright line or a company's form
    is no name: what is left of it is, or the next one that is given.
    """
    host = host_of(url)
    told = site_names(marks)
    for given in told:
        name = _as_name(given)
        if name is not None:
            return name
    return host or next(
        (
            host
            for given in told
            if _ADDRESS.search(given) and (host := host_of(given if "//" in given else "//" + given))
        ),
        None,
    )


def site_names(marks: Structured) -> list[str]:
    """All names of the site that its marks give, the surest first."""
    told = marks.all("og:site_name")
    told += [name for value in marks.of_articles("publisher") for name in names(value)]
    told += marks.all(
        "dc.publisher",
        "dcterms.publisher",
        "citation_publisher",
        "application-name",
        "apple-mobile-web-app-title",
        "al:android:app_name",
        "publisher",
        "twitter:app:name:iphone",
        "cre",
    )
    told += [
        name for node in marks.others if any(kind in _SITES for kind in types(node)) for name in names(node.get("name"))
    ]
    told += [name for node in marks.others for name in names(node.get("publisher"))]
    return [name for name in map(one_line, told) if name]


def _as_name(given: str) -> str | None:
    name = _TAGLINE.split(given)[0].strip(" .,-–|") if len(given.split()) > 3 else given
    if _ADDRESS.search(name):
        return None
    name = _LEGAL.sub("", name).strip()
    if name.startswith(("@", "#")) or "@" in name or _NO_NAME.search(name) or not any(map(str.isalpha, name)):
        return None
    if len(name) > 60 or len(name.split()) > _MOST_WORDS or ("_" in name and " " not in name):
        return None
    return re.sub(r"^www\.", "", name)
