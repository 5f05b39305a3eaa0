"""The source panel: an article in full, with the cited words marked."""

from collections.abc import Callable

from assistant.web.ui.escaping import byline, day, host_of, isolated, lined, plain, web_address
from assistant.web.ui.source_links import Reference
from index.article import Article

GONE = "This article is no longer in the library, so its words cannot be shown."
CHANGED = "This article has been replaced since the answer was given: the words that were cited are no longer in it."
NO_REFERENCE = "This is not a reference to an article of this library."
UNREADABLE = "The library cannot be read at the moment: try again in a moment."

FindArticle = Callable[[str], Article | None]


def source_panel(asked: object, find: FindArticle) -> str:
    """The panel for a reference that a page sent, as HTML; one sentence where there is nothing to show."""
    reference = Reference.read(asked)
    if reference is None:
        return _sentence(NO_REFERENCE)
    article = find(reference.article)
    if article is None:
        return _sentence(GONE)
    if not reference.holds_in(article):
        return _sentence(CHANGED)
    return f"{_heading(article)}{_text(article.text, reference.start, reference.end)}"


def _sentence(said: str) -> str:
    return f'<p class="gone" id="hit" tabindex="-1">{plain(said)}</p>'


def _heading(article: Article) -> str:
    about = byline(article.publisher, article.author, day(article.published))
    original = web_address(article.url)
    link = (
        f'<p class="original"><a href="{plain(original)}" target="_blank" rel="noopener noreferrer nofollow">'
        f"Read the original at {plain(host_of(original))}"
        '<span class="unseen"> (opens in a new window)</span></a></p>'
        if original
        else ""
    )
    title = f'<h2 class="headline">{isolated(article.title)}</h2>'
    return f'<div class="source-head">{title}<p class="about">{about}</p>{link}</div>'


def _text(text: str, start: int, end: int) -> str:
    """All paragraphs, with characters `start` to `end` marked wherever paragraph ends cut through them."""
    html, at, marked = [], 0, False
    for paragraph in text.split("\n\n"):
        first, last = max(start - at, 0), min(end - at, len(paragraph))
        if first < last:
            name = "" if marked else ' id="hit" tabindex="-1"'
            body = (
                f"{lined(paragraph[:first])}<mark{name}>{lined(paragraph[first:last])}</mark>{lined(paragraph[last:])}"
            )
            marked = True
        else:
            body = lined(paragraph)
        html.append(f'<p class="said">{body}</p>')
        at += len(paragraph) + 2
    return f'<div class="article" role="region" aria-label="Article" tabindex="0">{"".join(html)}</div>'
