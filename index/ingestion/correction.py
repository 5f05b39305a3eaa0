"""Corrections by hand of an article's title, publisher, date or address."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from index.errors import ArticleError
from index.ingestion.addresses import address_key
from index.ingestion.normalising import one_line
from index.storage import Catalog
from index.storage.records import ArticleRow

FIELDS = ("title", "publisher", "author", "published", "url")
_LONGEST = 500


def corrected(catalog: Catalog, article_id: str, values: Mapping[str, Any]) -> ArticleRow:
    """The article's row with other values, ready to be published.

    Raises ArticleError where there is no such article, its title would be empty, or another article has the address.
    """
    row = catalog.article(article_id)
    if row is None:
        raise ArticleError("The article to correct is no longer in the library.")
    given: dict[str, Any] = {name: _line(value) if isinstance(value, str) else value for name, value in values.items()}
    if unknown := sorted(given.keys() - set(FIELDS)):
        raise ArticleError(f"An article's {unknown[0]} cannot be corrected by hand: only {', '.join(FIELDS)}.")
    if "title" in given and not given["title"]:
        raise ArticleError("The title is empty: write what the article is called.")
    url = given.get("url", row.article.url)
    if url is not None and not str(url).lower().startswith(("http://", "https://")):
        raise ArticleError(f"“{str(url)[:200]}” is not a web address: write it as https://… .")
    article = replace(row.article, **given)
    key = address_key(url) if "url" in given else row.url_key  # an address that a reader gives is believed
    holder = catalog.article_by_url(key) if key else None
    if holder is not None and holder.article.id != row.article.id:
        raise ArticleError(f"This address is that of another article, “{holder.article.title}”: remove one of the two.")
    return replace(row, article=article, url_key=key)


def _line(value: str) -> str | None:
    return one_line(value)[:_LONGEST] or None
