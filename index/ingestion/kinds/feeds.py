"""Feeds (.rss, .atom): each entry with its heading, its day and what it says."""

from datetime import date, datetime
from typing import Any

from index.errors import ArticleError
from index.ingestion.frontmatter import FrontMatter
from index.ingestion.kinds.markup import text_of_html
from index.ingestion.kinds.wrapped import Wrapped
from index.ingestion.normalising import one_line
from index.ingestion.timestamps import parsed_moment

_DATES = ("pubDate", "published", "date", "updated")
_WORDS = ("encoded", "content", "description", "summary")
_MOST = 5_000  # entries


def unwrapped_feed(data: bytes, name: str) -> Wrapped:
    """The entries of a feed as one text, named and dated as the feed is. Raises `ArticleError`."""
    from lxml import etree  # type: ignore[import-untyped]  # carries no type hints

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArticleError(f"{name} is not a feed that can be read; save the articles that it names.") from error
    entries = [each for each in root.iter() if _name(each) in ("item", "entry")][:_MOST]
    if not entries:
        raise ArticleError(f"{name} is a feed without entries; save the articles that it named.")
    channel = next((each for each in root if _name(each) == "channel"), root)
    blocks: list[str] = []
    moments: list[date | datetime] = []
    for entry in entries:
        moment = parsed_moment(_said(entry, *_DATES) or "")
        heading = one_line(text_of_html(_said(entry, "title") or ""))
        if moment is not None:
            moments.append(moment)
            heading = f"{heading} ({moment:%d.%m.%Y})".strip() if heading else ""
        words = text_of_html(_said(entry, *_WORDS) or "")
        blocks += [heading, words]
    title = one_line(text_of_html(_said(channel, "title") or "")) or None
    published = max(moments, key=lambda each: each.isoformat()[:10]) if moments else None
    about = FrontMatter(title=title, publisher=title, published=published, language=_said(channel, "language"))
    return Wrapped("text", "\n\n".join(filter(None, blocks)).encode("utf-8", "replace"), None, about)


def _name(element: Any) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _said(parent: Any, *names: str) -> str | None:
    """The words of the first of these children that has any."""
    for name in names:
        for each in parent:
            if _name(each) == name and (words := "".join(each.itertext()).strip()):
                return words
    return None
