"""The authors of a page's article: people, or the staff, and nothing else."""

import re
from collections.abc import Iterator
from typing import Any

from index.ingestion.normalising import one_line
from index.ingestion.timestamps import moments
from index.ingestion.web.blocks import lines_of
from index.ingestion.web.structured import Structured, names

_META = """
    author article:author og:author og:article:author article:author_name byl byline parsely-author
    sailthru.author dc.creator dcterms.creator dc.author citation_author authors cxenseparse:author rbauthors
    creator vr:author author_name article.author shareaholic:article_author_name dcsext.author
""".split()  # names of meta elements
_BY = re.compile(
    r"^(?:(?:written|reported|posted|published|story|words|review|article|text|interview|analysis|opinion|"
    r"edited)\s+)?"
    r"(?:by|von|par|por|di|da|door|av|af|autor(?:in|en|es)?|author|auteur|autore|przez|автор|text|texto|"
    r"testo)\b\s*[:|]?\s+(?=\S)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^(?:autor(?:in|en|es|zy)?|authors?|auteurs?|autor[ei]|редактор|автор|written by|posted by|by|foto|"
    r"text|interview|von)\s*[:|]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||/|•|·|\n)\s*|\s+(?:and|und|et|y|i|e|og|och|en|и|та)\s+(?=[^\W\d_]*[A-ZÀ-ŽА-ЯІЇЄҐ])|"
    r"\s*&\s*|\s*,\s*(?:and\s+)?"
)
_ROLE = re.compile(
    r"(?:^|\b)(?:staff\s?writer|reporter|correspond\w+|editor(?:ial)?|columnist|contributor|writer|"
    r"journalist|redakteur\w*|redaktor\w*|producer|bureau|chief|analyst|"
    r"fellow|professor|prof|dr|phd|md|ms|mph|rdn|rd|jd|mba|senior|special|political|diplomatic|science|"
    r"business|world|news|sports?|digital|deputy|associate|managing|"
    r"agencies|agency|in [A-Z]\w+|for\s.*|photographer|host|freelance\w*|guest|sponsored|kommentar\w*|"
    r"korrespondent\w*|autorin|volontär\w*|updated|published|min(?:ute)? read|read more|follow|"
    r"gastautor\w*|chefredakteur\w*|redacción|corresponsal|journaliste|envoyé\w*|redattor\w*|inviat\w*)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?\d*|user(?:name)?|webmaster|root|guest|anonymous|unknown|none|null|n/?a|"
    r"author|editor|by|test|super ?user|site ?admin|contributor|default|owner|info|posted|share|"
    r"comment\w*|"
    r"written|view all posts|all posts|view|about|follow\w*|more|read more|home|contact|facebook|twitter|"
    r"instagram|email|e-mail|subscribe|published|updated|last updated|see more|wordpress|blogger|online|"
    r"web|digital)$",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:staff|reporters?|redaktion|rédaction|redacción|redazione|redakcja|redactie|редакц\w+|editors|"
    r"team|newsroom|desk|agencies|press|agency|reuters|afp|dpa|apa|ansa|efe|tass|pap|ap|bbc|news)\b",
    re.IGNORECASE,
)
_NOT_IN_NAME = re.compile(r"https?:|www\.|[@#<>{}=\[\]\\!?%…“”\"]|\d")
_BYLINE = re.compile(
    r"(?<![a-z])(?:byline|author|writer|by-line|autor|auteur|redakteur|contributor|creator)(?:s|"
    r"[-_]?(?:name|link|names|list|info))?(?![a-z])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?<![a-z])(?:comment|related|recommend|teaser|sidebar|footer|nav|menu|promo|bio|about|card|quote|"
    r"claim|latest|popular|more)",
    re.IGNORECASE,
)
_MOST = 8


def authors_of(tree: Any, marks: Structured, sites: list[str], title: str | None) -> str | None:
    """The authors, with "; " between them; None where the page names none.

    Taken from JSON-LD, else from meta elements, else from a byline. No date, role ("Staff writer"), handle, user of a
    program ("Admin"), biography or name of the outlet is an author, and neither is the person whom a fact-check
    treats: that one stands in `itemReviewed`, which is not asked.
    """
    for said in (_in_json(marks), _in_metas(marks), _in_bylines(tree)):
        found: list[str] = []
        for text in said:
            for name in people(text, sites):
                if name.lower() not in (known.lower() for known in found) and name != title:
                    found.append(name)
        if found:
            return "; ".join(found[:_MOST])
    return None


def people(text: str, sites: list[str] | None = None) -> list[str]:
    """The names in a byline.

    >>> people("By Owen Marsh, Staff writer")
    ['Owen Marsh']
    >>> people("Monday, March 16, 2026")
    []
    """
    text = one_line(text)
    if not text or len(text) > 300 or (_NOT_IN_NAME.search(text) and _URL.search(text)):
        return []
    text = _LABEL.sub("", _BY.sub("", text))
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text)
    if (last_first := _LAST_FIRST.fullmatch(text)) is not None and not _ROLE.search(text):
        return [f"{last_first[2]} {last_first[1]}"]
    folded = {_fold(site) for site in sites or ()}
    pieces = _SPLIT.split(text)
    return [
        name for at, piece in enumerate(pieces) if (name := _name(piece, folded)) and not _is_role(name, first=at == 0)
    ]


_URL = re.compile(r"https?:|www\.|facebook\.com|twitter\.com", re.IGNORECASE)
_LAST_FIRST = re.compile(r"([A-ZÀ-Ž][\w'’-]+), ([A-ZÀ-Ž][\w'’.-]+)")


def _name(piece: str, sites: set[str]) -> str | None:
    piece = _BY.sub("", (piece or "").strip(" .,-–—:*")) if piece else ""
    if re.search(r"\b[A-Z]$", piece):
        piece += "."  # the full stop of an initial, which the line's end took along
    if not 2 < len(piece) <= 60 or _NOBODY.match(piece) or _NOT_IN_NAME.search(piece) or moments(piece):
        return None
    words = piece.split()
    if len(words) > 5 or not any(word[:1].isupper() or not word[:1].isascii() for word in words):
        return None
    if _DAY.search(piece):
        return None
    if _STAFF.search(piece):
        return piece
    return None if _fold(piece) in sites else piece


def _is_role(piece: str, *, first: bool) -> bool:
    """Whether a piece of a byline tells what somebody is; the first piece may be a person called Writer."""
    roles = [word[0] for word in _ROLE.finditer(piece)]
    if not roles or _STAFF.fullmatch(piece):
        return False
    if not first or any(role[0].islower() for role in roles):
        return True
    return sum(len(role.split()) for role in roles) >= len(piece.split())


_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|april|june|july|august|september|"
    r"october|november|december|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|updated|published|ago|"
    r"min read)\b",
    re.IGNORECASE,
)


def _in_json(marks: Structured) -> Iterator[str]:
    for key in ("author", "creator"):
        for value in marks.of_articles(key):
            for name in names(value):
                yield name.replace(",", ";") if name.count(",") > 1 else name


def _in_metas(marks: Structured) -> Iterator[str]:
    for name in _META:
        said = marks.all(name)
        if any(people(text) for text in said):
            yield from said
            return


def _in_bylines(tree: Any) -> Iterator[str]:
    """What stands in elements called byline or author; the nearest to the headline only."""
    for element in tree.iter(
        "a",
        "address",
        "div",
        "p",
        "span",
        "strong",
        "li",
        "h3",
        "h4",
        "h5",
        "h6",
        "em",
        "cite",
        "author",
        "b",
        "i",
        "meta",
    ):
        signs = " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "rel", "data-testid"))
        if not (_BYLINE.search(signs) or "author" in (element.get("rel") or "").split()):
            continue
        if any(
            _ELSEWHERE.search(f"{above.get('class') or ''} {above.get('id') or ''}")
            for above in element.iterancestors()
            if above.tag not in ("body", "html", "main", "article")
        ):
            continue
        lines = lines_of(element)
        if sum(map(len, lines)) > 200:
            continue
        found = [line for line in lines[:4] if people(line)]
        if found:
            yield from found[:2]
            return


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))
