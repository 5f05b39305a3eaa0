"""The source panel: an article in full, with the cited words marked."""

from collections.abc import Callable, Sequence
from urllib.parse import quote as percent

from assistant.web.ui.escaping import byline, day, host_of, isolated, lined, plain, web_address
from assistant.web.ui.source_links import Reference
from index.aliases import Span
from index.article import Article

GONE = "This article is no longer in the library, so its words cannot be shown."
CHANGED = "This article has been replaced since the answer was given: the words that were cited are no longer in it."
NO_REFERENCE = "This is not a reference to an article of this library."
UNREADABLE = "The library cannot be read at the moment: try again in a moment."

#: Words that a text fragment of an address begins and ends with; longer ones match no better.
_FRAGMENT_WORDS = 6

FindArticle = Callable[[str], Article | None]


def source_panel(asked: object, find: FindArticle, others: Sequence[str] = (), *, editable: bool = False) -> str:
    """The panel for a reference that a page sent, as HTML; one sentence where there is nothing to show.

    `others` are references to what else the answer cites; those to the same article are marked faintly.
    """
    reference = Reference.read(asked)
    if reference is None:
        return _sentence(NO_REFERENCE)
    article = find(reference.article)
    if article is None:
        return _sentence(GONE)
    if not reference.holds_in(article):
        return _sentence(CHANGED)
    beside = [each for each in map(Reference.read, others[:100]) if each is not None and each.article == article.id]
    faint = [(each.start, each.end) for each in beside if each.holds_in(article)]
    words = article.text[reference.start : reference.end]
    return _heading(article, words, editable) + _text(article.text, (reference.start, reference.end), faint)


def article_panel(article: Article | None, *, editable: bool = False) -> str:
    """The panel for a whole article."""
    if article is None:
        return _sentence(GONE)
    return _heading(article, "", editable) + _text(article.text, (0, 0), [])


def at_these_words(url: str, words: str) -> str:
    """The address of words in a page, which browsers scroll to and mark.

    >>> at_these_words("https://news.example/talks", "Talks ended.")
    'https://news.example/talks#:~:text=Talks%20ended.'
    """
    split = words.split("\n")[0].split()
    if not split or "#" in url:
        return url
    whole = len(words.split()) <= 2 * _FRAGMENT_WORDS and "\n" not in words
    last = words.split("\n")[-1].split()[-_FRAGMENT_WORDS:]
    parts = [split] if whole else [split[:_FRAGMENT_WORDS], last]
    return f"{url}#:~:text={','.join(percent(' '.join(each), safe='').replace('-', '%2D') for each in parts)}"


def _sentence(said: str) -> str:
    return f'<p class="gone" id="hit" tabindex="-1">{plain(said)}</p>'


def _heading(article: Article, words: str, editable: bool) -> str:
    about = byline(article.publisher, article.author, day(article.published))
    original = web_address(article.url)
    label = "Open the original at this sentence:" if words else "Read the original at"
    link = (
        f'<p class="original"><a href="{plain(at_these_words(original, words))}" target="_blank" '
        f'rel="noopener noreferrer nofollow">{label} '
        f'{plain(host_of(original))}<span class="unseen"> (opens in a new window)</span></a></p>'
        if original
        else ""
    )
    edit = '<button type="button" data-panel="edit">Correct title, paper or date</button>' if editable else ""
    acts = (
        f'<p class="source-acts" data-article-id="{plain(article.id)}" data-title="{plain(article.title)}">'
        '<button type="button" data-panel="address">Copy address</button> '
        f'<button type="button" data-panel="ask">Ask about this article</button> {edit}</p>'
    )
    title = f'<h3 class="headline" tabindex="-1" dir="auto">{isolated(article.title)}</h3>'
    return f'<div class="source-head">{title}<p class="about">{about}</p>{link}{acts}</div>'


def _text(text: str, cited: Span, faint: Sequence[Span]) -> str:
    """All paragraphs, with the cited characters marked wherever paragraph ends cut through them, others faintly."""
    html, at, marked = [], 0, False
    for paragraph in text.split("\n\n"):
        body, here = "", 0
        for first, last, strong in _marks(at, len(paragraph), cited, faint):
            name = ' id="hit" tabindex="-1"' if strong and not marked else ""
            marked = marked or strong
            kind = "" if strong else ' class="faint"'
            body += f"{lined(paragraph[here:first])}<mark{kind}{name}>{lined(paragraph[first:last])}</mark>"
            here = last
        html.append(f'<p class="said" dir="auto">{body}{lined(paragraph[here:])}</p>')
        at += len(paragraph) + 2
    return f'<div class="article" role="region" aria-label="Article" tabindex="0">{"".join(html)}</div>'


def _marks(at: int, length: int, cited: Span, faint: Sequence[Span]) -> list[tuple[int, int, bool]]:
    """The marks in the paragraph that begins at character `at`; where marks overlap, the cited words win."""
    strong = (max(cited[0] - at, 0), min(cited[1] - at, length))
    found = [(*strong, True)] if strong[0] < strong[1] else []
    for start, end in faint:
        first, last = max(start - at, 0), min(end - at, length)
        if first < last and all(last <= each[0] or each[1] <= first for each in found):
            found.append((first, last, False))
    return sorted(found)
