"""Classes and ids of page elements: the roles that they name."""

import re
from functools import lru_cache
from typing import Any

_HOVER = re.compile(
    r"(?<![a-z])(?:tooltip|tool-tip|popover|pop-over|hover-?card|hover-?box|tippy|infobubble|popup|pop-up|"
    r"flyout|sr-only|screen-reader|visually-?hidden|visuallyhidden|screenreader|u-hidden|show-for-sr)",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"(?<![a-z])(?:comments?(?!ary)|disqus|related|recommend|recirc|promo|newsletter|subscri|signup|"
    r"sign-up|share|sharing|shares|social|cookie|consent|gdpr|"
    r"footer|nav|navigation|navbar|menu|bread-?crumbs?|sidebar|side-bar|rail|taboola|outbrain|sponsor|"
    r"advert\w*|ads?|banner|paywall|regwall|"
    r"most-?(?:read|popular|viewed)|popular|trending|read-?more|more-?(?:on|from|news|stories)|also-?read|"
    r"see-?also|teasers?|tags?|tag-?list|topics?|author-?(?:bio|box|info|card|profile|description)|"
    r"about-?(?:the-?)?author|bio|biography|byline|credits?|captions?(?!-(?:[xsml]|[xsml]+l|sm|md|lg)(?![a-z]))|toolbar|widget|modal|overlay|login|"
    r"donat\w+|next-?(?:article|post|story)|prev\w*|pagination|copyright|disclaimer|rating|"
    r"yarpp|jp-relatedposts|feedback|survey|poll|quiz|toc|table-of-contents|print-only|download-?app|"
    r"app-?promo|onesignal|correction-?form|metadata|latest|ticker|carousel|slider|swiper)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"(?:article|story|post|entry|content)[-_]{0,2}(?:body|content|text|copy|main)|articlebody|storybody|"
    r"richtext|rich-text|body-?copy|(?<![a-z])live-?blog",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?<![a-z])(?:image-?|photo-?|img-?)?(?:caption|credit|attribution|copyright)(?![a-z])"
    r"(?!-(?:[xsml]|[xsml]+l|sm|md|lg)(?![a-z]))",  # "caption-s" is a size of type
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:tag|category|has|hasnt|no|not|with|without|type|is|layout|page|theme|lang|js|status|format|postid|"
    r"post_format|post_tag|single|row|col|grid|xl|lg|md|sm|elementor|wp-block|sqs-block|hide|show|"
    r"js_\w*)[-_:]|.*(?:-enabled|-active|-visible|-container|-wrapper|-wrap)$",
    re.IGNORECASE,
)
_NEVER = re.compile(r"cookie|consent|gdpr|comments?-?list|disqus", re.IGNORECASE)
_CERTAIN = re.compile(
    r"related|recommend|newsletter|share|promo|taboola|outbrain|bio(?![a-z])|caption|sign-?up|read-?more|"
    r"also-?read|see-?also|advert|popular|trending|most-?read|credit|copyright|(?<![a-z])ads?(?![a-z])|"
    r"author-?(?:box|info|card|profile)",
    re.IGNORECASE,
)
_POST = re.compile(
    r"twitter|tweet|instagram|telegram|tiktok|bluesky|mastodon|threads|facebook|fb-|embed", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIZE = 20_000  # names that are remembered: the pages of one site have the same


def text_within(element: Any, most: int) -> str:
    """The text of an element as far as `most` characters, so that asking every element takes no more."""
    words: list[str] = []
    length = -1
    for part in element.itertext():
        for word in part.split():
            words.append(word)
            length += len(word) + 1
        if length >= most:
            break
    return " ".join(words)[:most]


def camel_parted(signs: str) -> str:
    """`signs` with hyphens in words of several: "articleLead" is "article-Lead"."""
    return _CAMEL.sub("-", signs)


def is_post(element: Any) -> bool:
    """Whether an element stands in a post of a social network that is embedded in the article."""
    return any(
        above.tag == "blockquote" and _POST.search(signs_of(above)) for above in (element, *element.iterancestors())
    )


def part_name(element: Any) -> str:
    """What a part of a page calls itself: its tag, class and id."""
    return f"{element.tag} {telling(signs_of(element))}"


def signs_of(element: Any) -> str:
    """Class and id of an element."""
    return f"{element.get('class') or ''} {element.get('id') or ''}"


@lru_cache(maxsize=_SIZE)
def names_foreign(signs: str) -> bool:
    """Whether these names are those of a part that is rarely the article: menus, teasers, forms, notices."""
    tokens = telling(signs)
    return _FOREIGN.search(tokens) is not None and not _OWN.search(tokens)


@lru_cache(maxsize=_SIZE)
def is_never_article(name: str) -> bool:
    """Whether a part with this name is never the article, however much text it has: notices on cookies, comments."""
    return _NEVER.search(name) is not None


@lru_cache(maxsize=_SIZE)
def is_surely_foreign(name: str) -> bool:
    """Whether a small part with this name is surely none of the article, even where an extractor takes it."""
    return _CERTAIN.search(name) is not None


@lru_cache(maxsize=_SIZE)
def names_caption(signs: str) -> bool:
    """Whether these names are those of a picture's line."""
    return _CAPTION.search(signs) is not None


@lru_cache(maxsize=_SIZE)
def shows_on_hover(signs: str) -> bool:
    """Whether a part with these names is seen only under the mouse, or by screen readers."""
    return _HOVER.search(signs) is not None


@lru_cache(maxsize=_SIZE)
def telling(signs: str) -> str:
    """`signs` without those that tell what a whole page is about or how it is laid out ("tag-talks")."""
    return " ".join(token for token in signs.split() if not _NO_NAME.match(token))
