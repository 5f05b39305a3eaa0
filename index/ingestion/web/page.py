"""Web pages: the article of a page, and what the page says about it."""

import html as entities
import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from index.errors import ArticleError
from index.ingestion.addresses import host_of
from index.ingestion.normalising import one_line
from index.ingestion.web.addresses import own_address
from index.ingestion.web.authors import authors_of
from index.ingestion.web.block import Block
from index.ingestion.web.blocks import blocks_of
from index.ingestion.web.body import chosen
from index.ingestion.web.dates import modified_moment, published_moment
from index.ingestion.web.encoding import markup_of
from index.ingestion.web.leads import with_lead
from index.ingestion.web.lines import is_boilerplate, is_notice, trimmed
from index.ingestion.web.liveblogs import with_times
from index.ingestion.web.publishers import publisher_of, site_names
from index.ingestion.web.structured import Structured, structured
from index.ingestion.web.titles import headline_of, same_title


@dataclass(frozen=True, slots=True)
class WebPage:
    """The article in a web page; None for whatever the page does not say."""

    text: str
    title: str | None
    author: str | None
    publisher: str | None
    published: date | datetime | None
    url: str | None
    language: str | None
    modified: date | datetime | None = None


def read_webpage(data: bytes, name: str, content_type: str | None = None, url: str | None = None) -> WebPage:
    """The article in an HTML page, without menus, comments and footers; `url` is where it was fetched from.

    Raises `ArticleError` naming `name` where there is no article in it.
    """
    try:
        import trafilatura
        from lxml import html as lxml_html  # type: ignore[import-untyped]  # lxml ships no types
    except ImportError as error:  # trafilatura 2.3 needs lxml_html_clean, which older pips leave out
        raise ArticleError(f"{name} cannot be read because a package is missing ({error}); reinstall Talks.") from error

    for logger in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(logger).addHandler(logging.NullHandler())
    markup = markup_of(data, name, content_type)
    try:
        tree = lxml_html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
        found = trafilatura.bare_extraction(markup, with_metadata=False, include_comments=False)
        extracted = found.text if found is not None and not isinstance(found, dict) else None
        page = _article(tree, extracted, url)
    except (MemoryError, ArticleError):
        raise
    except Exception as error:  # whatever such a page makes the parsers raise, the page is at fault
        raise ArticleError(
            f"{name} is not a web page that can be read; save the article as text and add that."
        ) from error
    if not page.text:
        raise ArticleError(f"{name} holds no article text; save the article as text and add that.")
    return page


def _article(tree: Any, extracted: str | None, url: str | None) -> WebPage:
    marks = structured(tree)
    language = one_line(tree.get("lang") or marks.first("og:locale", "content-language", "language") or "") or None
    sites = site_names(marks)
    hosts = [host for host in map(host_of, (url, marks.first("og:url"))) if host]
    headline = headline_of(tree, marks, [*sites, *hosts])
    address = own_address(tree, marks, headline.title or "")
    told = _told_body(marks)
    blocks = blocks_of(tree)
    picked = chosen(blocks, extracted, told, headline.element)
    picked = with_lead(blocks, with_times(blocks, picked), marks, headline.element)
    author = authors_of(tree, marks, sites, headline.title, headline.element)
    picked = trimmed(picked, author)
    return WebPage(
        text=_text(picked, headline.title) or _plain(extracted, headline.title),
        title=headline.title,
        author=author,
        publisher=publisher_of(tree, marks, url or address or marks.first("og:url")),
        published=published_moment(tree, marks, address or url, language, headline.element),
        url=address,
        language=one_line(tree.get("lang") or "") or None,
        modified=modified_moment(marks, language),
    )


def _plain(extracted: str | None, title: str | None) -> str:
    """What trafilatura gives, where none of it is found in the page's blocks: better than no article."""
    lines = [line.strip() for line in (extracted or "").split("\n")]
    return "\n\n".join(line for line in lines if line and not same_title(line, title or "") and not is_notice(line))


def _told_body(marks: Structured) -> str | None:
    """The page's own `articleBody`; markup in it (a tenth of sites) becomes lines."""
    for value in marks.of_articles("articleBody"):
        if isinstance(value, str) and value.strip():
            text = entities.unescape(value)
            if "</" in text or "<br" in text:
                text = re.sub(r"<(?:br|/p|/div|/h\d|/li)[^<>]{0,200}>", "\n", text, flags=re.IGNORECASE)
                text = re.sub(r"<[^<>]{1,2000}>", "", text)
            return text
    return None


def _bare_title(line: str, title: str) -> str:
    """A line without what pages put behind a repeated headline: the site's name."""
    start = line[: len(title)]
    return start if same_title(start, title) and _SITE.match(line[len(title) :]) else line


_SITE = re.compile(r"\s*(?:[|–—·:]|-)\s.{2,40}$")
_HEAD = 2  # paragraphs: so far down headlines are repeated, below a lead or a picture


def _text(blocks: list[Block], title: str | None) -> str:
    """The article's paragraphs, without the headline, which is the title, and without lines that are none of it."""
    lines: list[str] = []
    said: set[str] = set()
    prose = 0
    for block in blocks:
        text = block.text
        if title and (prose < _HEAD or block.is_heading) and same_title(_bare_title(text, title), title):
            continue
        if is_boilerplate(block, title) or (len(text) > 40 and text in said):
            continue
        said.add(text)
        prose += block.is_prose
        lines.append(text)
    return "\n\n".join(lines)
