"""Genre: is an article a piece of opinion, and not a report?"""

import re
from functools import lru_cache
from urllib.parse import urlsplit

from index.article import Article

_HEADED = re.compile(
    r"^\W*(?:opinion|op-?ed|comment(?:ary)?|editorial|column|viewpoint|perspective|guest essay|essay|"
    r"letters?(?: to the editor)?|analysis and opinion|the .{2,30} view on .+)\s*(?:[:|–—-]|$)",
    re.IGNORECASE,
)
_TRAILED = re.compile(
    r"[|–—-]\s*(?:opinion|op-?ed|editorial|comment|column|viewpoint)s?(?:\s*[|–—-].*)?$", re.IGNORECASE
)
_SECTION = re.compile(
    r"^(?:opinions?|comment|commentary|commentisfree|editorials?|columns?|columnists?|op-?eds?|viewpoints?|"
    r"perspectives?|voices|ideas|letters|the-view)$",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"\b(?:editorial board|columnist|opinion (?:writer|editor)|leader writer)\b", re.IGNORECASE)
_SAYS_SO = re.compile(
    r"\b(?:is an? (?:[\w’'-]+ ){0,3}columnist\b|"
    r"(?:the )?(?:views?|opinions?) expressed\b[^.\n]{0,80}"
    r"\b(?:own|author|writer|not (?:necessarily )?(?:reflect|represent))|"
    r"this (?:is an opinion|opinion piece|column)\b|the author is\b[^.\n]{0,60}\bopinions?\b)",
    re.IGNORECASE,
)
#: Where an article says what it is: at its beginning and its end, in characters.
_EDGE = 700


@lru_cache(maxsize=2_000)
def _says_so(title: str, url: str, author: str, opening: str, closing: str) -> bool:
    sections = urlsplit(url).path.split("/")[1:-1] if url else []
    return (
        bool(_HEADED.search(title) or _TRAILED.search(title) or _BYLINE.search(author))
        or any(_SECTION.match(each) for each in sections)
        or bool(_HEADED.match(opening.split("\n", 1)[0][:60]))
        or bool(_SAYS_SO.search(opening) or _SAYS_SO.search(closing))
    )


def is_opinion(article: Article) -> bool:
    """Is an article a piece of opinion: by its title, its address, its byline, or what it says of itself?

    >>> is_opinion(Article(id="", title="OPINION: Thirty days are long", text="I taught here.", source=""))
    True
    """
    text = article.text
    address = article.url or ""
    if not address and "://" in article.source:
        address = article.source
    return _says_so(article.title, address, article.author or "", text[:_EDGE], text[-_EDGE:])
