"""Deduplication: the same address or the same words are the same article."""

import hashlib
from dataclasses import dataclass, replace

from index.article import Article
from index.ingestion.addresses import address_key, is_articles_own
from index.storage import Catalog
from index.storage.records import Arrival, ArticleRow, SourceRow, now, text_hash


@dataclass(frozen=True, slots=True)
class Resolved:
    """What taking in an article comes to.

    `arrival` is None where the library holds all of it already. `article` is the library's own from then on. `known`
    says that the library held an article of that address, those words or that file. `departs` is the id of an
    article that had only this file, which now gives another one.
    """

    article: Article
    arrival: Arrival | None
    known: bool
    departs: str | None = None


def resolve(catalog: Catalog, article: Article, source: SourceRow | None, *, newest_wins: bool) -> Resolved:
    """Find the article's place in the library: a new id, or that of the article it is.

    Where the library holds the address with other words, `newest_wins` decides which words stay. A file that changed
    keeps the id of its article.
    """
    hashed, key = text_hash(article.text), url_key(article)
    same_words = catalog.article_by_text(hashed)
    same_address = catalog.article_by_url(key) if key else None
    before = catalog.source(source.source) if source else None
    same_file = catalog.article(before.article) if before else None

    departs = None
    if same_words is not None:
        there, moved = same_words, same_file is not None and same_file.article.id != same_words.article.id
        if moved and before is not None and len(catalog.sources_of(before.article)) == 1:
            departs = before.article
        merged = article if same_file is not None and not moved else _completed(there.article, article)
    elif same_file is not None:
        there, merged = same_file, article
    elif same_address is not None:
        there, merged = same_address, article if newest_wins else same_address.article
    else:
        fresh = replace(article, id=_new_id(catalog, key or article.text, article.source))
        row = ArticleRow(fresh, hashed, key, now())
        return Resolved(fresh, Arrival(row, _at(source, fresh.id)), known=False)

    merged = replace(merged, id=there.article.id)
    key = url_key(merged)
    holder = catalog.article_by_url(key or "")
    merged_key = key if holder is None or holder.article.id == merged.id else None
    noted = _at(source, merged.id)
    if merged == there.article and (noted is None or noted == before):
        return Resolved(merged, None, known=True)
    row = ArticleRow(merged, text_hash(merged.text), merged_key, there.added)
    return Resolved(merged, Arrival(row, noted), known=True, departs=departs)


def url_key(article: Article) -> str | None:
    """The address by which `article` is known, or None where its address is no article's own.

    An address that a reader gave (a page that was fetched, a text pasted with its address) is believed; one that a
    file names must be able to be that of a single article.
    """
    given = article.source in ("pasted", article.url)
    return address_key(article.url) if given or is_articles_own(article.url, article.title) else None


def _completed(old: Article, new: Article) -> Article:
    """What is known stays; what was not known is taken from the new reading of the same words."""
    return replace(
        old,
        publisher=old.publisher or new.publisher,
        author=old.author or new.author,
        published=old.published or new.published,
        url=old.url or new.url,
        language=old.language or new.language,
    )


def _at(source: SourceRow | None, article_id: str) -> SourceRow | None:
    return None if source is None else replace(source, article=article_id)


def _new_id(catalog: Catalog, words: str, source: str) -> str:
    made = hashlib.sha256(words.encode("utf-8")).hexdigest()[:16]
    if catalog.article(made) is None:
        return made
    return hashlib.sha256(f"{source}\0{words}".encode()).hexdigest()[:16]
