"""Web addresses as identities: which address can be one article's own."""

import re
from urllib.parse import SplitResult, parse_qsl, urlencode, urlsplit, urlunsplit

_FRONT_PAGE = re.compile(
    r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:index|home|default|start|startseite|main|frontpage)?(?:\.\w{2,5})?/?",
    re.IGNORECASE,
)
_ASKS_FOR_ARTICLE = re.compile(
    r"(?:^|&)(?:p|id|a|aid|art|art_?id|article|article_?id|nid|story|story_?id|news_?id|sid|page_id|post|"
    r"post_?id|item|"
    r"item_?id|n|doc|doc_?id|cid|contentid)=[\w.%-]+",
    re.IGNORECASE,
)
_OF_ITS_OWN = re.compile(r"\d|[^-_\W]+[-_][^-_\W]+[-_]|\.(?!html?$|php$|aspx?$)\w+$")
_TRACKING = re.compile(
    r"(?:utm_|at_|mc_|pk_|mtm_|wt_|wt\.|hsa_|__|_ga|xtor|s_cid|sr_share|vero_).*|(?:fb|g|dc|ms|tw|yc|tt|"
    r"wb|ga)clid|gclsrc|igshid|"
    r"ocid|icid|ncid|cmp|cmpid|ito|smid|smtyp|smprod|ref|ref_?src|ref_?url|referrer|referer|rss|share|"
    r"shared|sharetype|partner|ns_\w+|spm|"
    r"source|src|feature|fbid|amp|output|outputtype|print|campaign|newsletter|origin|via|sh|soc_\w+|echobox",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}")
_DEVICE_HOST = re.compile(r"^(?:(?:www\d?|m|amp|mobile|mobil|touch|wap)\.)+(?=[^.]+\.)")
_DEVICE_LABEL = re.compile(r"^(\w{2,3})\.(?:m|amp)\.(?=[^.]+\.)")  # en.m.encyclopaedia.example
_AMP_END = re.compile(r"(?:/amp|/amp\.html?|[.]amp(?=\.html?$|$)|/amphtml)+(?=\.html?$|$)", re.IGNORECASE)
_AMP_CACHE = re.compile(
    r"^(?:[\w-]+\.cdn\.ampproject\.org|(?:www\.)?google\.[a-z.]{2,6}/amp)/(?:[acv]/)?(?:s/)?(?=[^/]+\.)"
)
_DEVICE_ASKED = {"view": ("amp", "mobile"), "mode": ("amp", "mobile"), "m": ("1", "true"), "mobile": ("1", "true")}


def is_articles_own(url: str | None, title: str = "") -> bool:
    """Whether an address that a page names can be that of one article: no front page, and no section.

    Pages made by old templates name `https://site.example/` or `/world/` as the address (canonical, `og:url`, base) of
    every article; for an identity it would make one article of them all. An article's own is an address with a
    number, a slug of several words or a query that asks for one article; a path of plain words is, where one of them
    stands in the title.

    >>> is_articles_own("https://kurier.example/world/harbour-talks-end")
    True
    >>> is_articles_own("https://kurier.example/"), is_articles_own("https://kurier.example/world/", "Talks end")
    (False, False)
    """
    parts = _parts(url)
    if parts is None:
        return False
    if _ASKS_FOR_ARTICLE.search(parts.query):
        return True
    if _FRONT_PAGE.fullmatch(parts.path):
        return False
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    if _OF_ITS_OWN.search(last):
        return True
    words = {word.lower() for word in _WORD.findall(last)}
    return bool(words & {word.lower() for word in _WORD.findall(title)})


def address_key(url: str | None) -> str | None:
    """What makes two addresses the same: no fragment, no tracking parameters, no case in the host; no `www.`, and no
    sign of the edition for one device.

    Outlets serve one article under several addresses: with and without `www.`, for telephones (`m.`, `?m=1`), and as
    an AMP page (`amp.`, `/amp` before or behind the path, `.amp`, `?outputType=amp`, the caches of search engines).
    People save one, feeds and social networks link to another.

    >>> address_key("http://www.News.example/talks/?utm_source=rss#top")
    'https://news.example/talks'
    >>> address_key("https://amp.news.example/amp/talks.amp.html?outputType=amp")
    'https://news.example/talks.html'
    """
    parts = _parts(url)
    if parts is None:
        return None
    cached = _AMP_CACHE.sub("", parts.netloc.lower() + parts.path)
    if cached != parts.netloc.lower() + parts.path and (inner := _parts("https://" + cached)) is not None:
        parts = inner._replace(query=parts.query)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query)
        if not _TRACKING.fullmatch(name) and value.lower() not in _DEVICE_ASKED.get(name.lower(), ())
    ]
    return urlunsplit(("https", _plain_host(parts), _plain_path(parts.path), urlencode(asked), ""))


def _plain_host(parts: SplitResult) -> str:
    host = re.sub(r":(?:80|443)$", "", parts.netloc.lower())
    return _DEVICE_LABEL.sub(r"\1.", _DEVICE_HOST.sub("", host))


def _plain_path(path: str) -> str:
    """`path` without its AMP steps; one that is nothing else stays, for it may be a subject."""
    path = path.rstrip("/")
    steps = path.split("/")
    shorter = "/".join(step for at, step in enumerate(steps) if step.lower() != "amp" or not 0 < at < len(steps) - 1)
    return _AMP_END.sub("", shorter) or path


def host_of(url: str | None) -> str | None:
    """The host of an address, without `www.` or `m.` before it.

    >>> host_of("https://www.kurier.example/world")
    'kurier.example'
    """
    parts = _parts(url)
    return re.sub(r"^(?:www\d?|m|amp|mobile)\.", "", parts.hostname or "") if parts else None


def _parts(url: str | None) -> SplitResult | None:
    try:
        parts = urlsplit((url or "").strip())
        return parts if parts.hostname else None
    except ValueError:
        return None
