"""What is said where the articles do not say."""

from collections.abc import Sequence
from datetime import date, datetime

from index.article import Article
from index.words import Filter, publisher_key

EMPTY = "The library holds no articles, so nothing can be answered from it: add some with `python -m index add FILE`."


def refusal(articles: Sequence[Article], where: Filter, near: bool) -> str:
    """One sentence that says that the articles do not say, and names what was searched.

    `near` tells whether there are passages to read all the same.
    """
    if not articles:
        return EMPTY
    searched = [article for article in articles if _passes(article, where)]
    if not searched:
        return f"The library holds no article {_restriction(where)}, so nothing was searched: loosen the filters."
    reading = "; the nearest passages are there to read, but they do not answer it" if near else ""
    return f"The articles do not say: nothing in {_named(searched)} answers this{reading}."


def _named(articles: Sequence[Article]) -> str:
    if len(articles) == 1:
        article = articles[0]
        about = ", ".join(part for part in (article.publisher, written(article.published)) if part)
        return f"the one article searched, “{article.title}”{f' ({about})' if about else ''},"
    publishers = sorted({article.publisher for article in articles if article.publisher})
    days = sorted(day(article.published) for article in articles if article.published)
    about = f"the {len(articles):,} articles searched"
    if 1 <= len(publishers) <= 3:
        about += f" from {' and '.join([', '.join(publishers[:-1]), publishers[-1]] if publishers[1:] else publishers)}"
    elif publishers:
        about += f" from {len(publishers)} publishers"
    if days:
        about += f", {written(days[0])} to {written(days[-1])}," if days[0] != days[-1] else f", {written(days[0])},"
    return about


def _passes(article: Article, where: Filter) -> bool:
    if where.publisher is not None and publisher_key(article.publisher) != publisher_key(where.publisher):
        return False
    if where.after is None and where.before is None:
        return True
    if article.published is None:
        return False
    published = day(article.published)
    return (where.after is None or published >= where.after) and (where.before is None or published <= where.before)


def _restriction(where: Filter) -> str:
    parts = [f"by “{where.publisher}”"] if where.publisher else []
    if where.after:
        parts.append(f"from {written(where.after)} on")
    if where.before:
        parts.append(f"up to {written(where.before)}")
    return " ".join(parts)


def day(published: date) -> date:
    """The day of a date or of a time."""
    return published.date() if isinstance(published, datetime) else published


def written(published: date | None) -> str:
    """A date as a newspaper writes it: 18 February 2026; nothing for None."""
    return "" if published is None else f"{published.day} {published:%B} {published.year}"
