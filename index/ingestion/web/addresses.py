"""Addresses of pages: which of those that a page names is the article's own."""

from typing import Any
from urllib.parse import urljoin

from index.ingestion.addresses import is_articles_own
from index.ingestion.frontmatter import is_web_address
from index.ingestion.web.structured import Structured


def own_address(tree: Any, marks: Structured, title: str) -> str | None:
    """The article's address as the page gives it: canonical, `og:url`, the one of its JSON-LD; None where each is a
    front page or a section."""
    base = next((element.get("href") for element in tree.iter("base") if element.get("href")), None)
    canonical = [
        link.get("href") or "" for link in tree.iter("link") if "canonical" in (link.get("rel") or "").lower().split()
    ]
    told = [
        *canonical,
        *marks.all("og:url", "twitter:url", "parsely-link"),
        *map(_address, marks.of_articles("mainEntityOfPage")),
        *map(_address, marks.of_articles("url")),
    ]
    for given in told:
        try:
            url = urljoin(base or "", given.strip()) if given else ""
        except ValueError:
            continue
        if is_web_address(url) and is_articles_own(url, title):
            return url
    return None


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value if isinstance(value, str) else ""
