"""HTML parsing: the article of a web page, and the metadata of its tags."""

import logging
import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from index.errors import ArticleError
from index.ingestion.frontmatter import is_web_address, parsed_date
from index.ingestion.normalising import one_line
from index.ingestion.plaintext import decoded

_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s{0,9}=\s{0,9}[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_RULE = re.compile(r"\|?[-:| ]+\|?")  # the line under the head of a table
_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "pubdate",
    "dcterms.date", "dcterms.issued", "publish-date", "publication_date", "parsely-pub-date",
    "citation_publication_date",
)  # fmt: skip
_JSON_DATE = re.compile(r'"datePublished"\s{0,9}:\s{0,9}"([^"]{1,40})"')


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


def read_webpage(data: bytes, name: str, content_type: str | None = None) -> WebPage:
    """The article in an HTML page, without menus, comments and footers.

    Raises `ArticleError` naming `name` where there is no article in it.
    """
    try:
        import trafilatura
        from lxml import html as lxml_html  # type: ignore[import-untyped]  # lxml ships no types
    except ImportError as error:  # trafilatura 2.3 needs lxml_html_clean, which older pips leave out
        raise ArticleError(f"{name} cannot be read because a package is missing ({error}); reinstall Talks.") from error

    for logger in ("trafilatura", "htmldate", "courlan"):
        logging.getLogger(logger).addHandler(logging.NullHandler())
    markup = _markup(data, name, content_type)
    try:
        found = trafilatura.bare_extraction(
            markup,
            with_metadata=True,
            include_comments=False,
            # Its date is not used: without other signs it takes one out of the page's footer.
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        tree = lxml_html.document_fromstring(markup.encode("utf-8"), parser=lxml_html.HTMLParser(encoding="utf-8"))
    except MemoryError:
        raise
    except Exception as error:  # whatever such a page makes the parsers raise, the page is at fault
        raise ArticleError(
            f"{name} is not a web page that can be read; save the article as text and add that."
        ) from error
    text = found.text if found is not None and not isinstance(found, dict) else None
    if found is None or isinstance(found, dict) or not text:
        raise ArticleError(f"{name} holds no article text; save the article as text and add that.")
    title = one_line(found.title or "") or None
    publisher = one_line(found.sitename or "") or None
    return WebPage(
        text=_paragraphs(text, title),
        title=title,
        author=one_line(found.author or "") or None,
        # Where a page does not name its publisher, trafilatura puts the host's name there.
        publisher=None if publisher == found.hostname else publisher,
        published=_published(tree),
        url=found.url if found.url and is_web_address(found.url) else None,
        language=one_line(tree.get("lang") or "") or None,
    )


def _markup(data: bytes, name: str, content_type: str | None) -> str:
    """The page's characters, in the encoding that the server or the page names, where it is true."""
    named = re.search(r"charset=\"?([\w.:-]+)", content_type or "", re.IGNORECASE)
    in_page = _CHARSET.search(data[:4096])
    for charset in (named[1] if named else None, in_page[1].decode("ascii", "replace") if in_page else None):
        if charset and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
            try:
                text = data.decode(charset)
            except (UnicodeError, LookupError, ValueError):
                continue
            if isinstance(text, str) and "\x00" not in text:
                return text
    return decoded(data, name)


def _paragraphs(text: str, title: str | None) -> str:
    """Each line that trafilatura gives is a paragraph; the headline is the title, so it is not said twice."""
    lines = []
    for line in text.split("\n"):
        if line.startswith("|"):
            if _RULE.fullmatch(line.strip()):
                continue
            line = " | ".join(cell.strip() for cell in line.strip().strip("|").split("|"))
        lines.append(line)
    if title and lines and one_line(lines[0]) == title:
        del lines[0]
    return "\n\n".join(lines)


def _published(tree: Any) -> date | datetime | None:
    """The date that the page's marks give as the article's; never one that merely stands in the text."""
    candidates: list[str] = []
    named = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): meta.get("content") or ""
        for meta in reversed(list(tree.iter("meta")))  # reversed, so that of two the first counts
    }
    candidates += (named[name] for name in _DATE_NAMES if name in named)
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            candidates += _JSON_DATE.findall(script.text or "")[:1]
    candidates += (
        time.get("datetime") or ""
        for time in tree.iter("time")
        if time.get("pubdate") is not None
        or (time.get("itemprop") or "").lower() == "datepublished"
        or "publish" in (time.get("class") or "").lower()
    )
    return next(filter(None, map(parsed_date, candidates)), None)
