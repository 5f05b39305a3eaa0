"""The authors of a page's article: people, or the staff, and nothing else."""

import html as entities
import re
from collections.abc import Generator, Iterator
from typing import Any

from index.ingestion.normalising import one_line
from index.ingestion.timestamps import moments
from index.ingestion.web.blocks import lines_of
from index.ingestion.web.names import camel_parted, signs_of, telling, text_within
from index.ingestion.web.structured import Structured, types

_META = """
    author article:author og:author og:article:author article:author_name byl byline parsely-author sailthru.author
    dc.creator dcterms.creator dc.author citation_author authors cxenseparse:author rbauthors creator vr:author
    author_name article.author shareaholic:article_author_name dcsext.author
""".split()  # names of meta elements
_BY = re.compile(
    r"^(?:(?:(?:an? |ein |eine |un |une |una )?(?:written|reported|posted|published|story|words|review|article|text|"
    r"interview|analysis|opinion|edited|created|contributed|submitted|recipe|artikel|beitrag|rezept|kommentar|erstellt|"
    r"geschrieben|verfasst|veröffentlicht|écrit|publié|rédigé|escrito|publicado|scritto|pubblicato|geschreven|und|and)"
    r"\s+)+)?(?:by|von|par|por|di|da|de|door|av|af|autor(?:in|en|es)?|author|auteur|autore|przez|автор|text|texto|"
    r"interview|testo)\b\s*[:|]?\s+(?=\S)",
    re.IGNORECASE,
)
# "ByAda CorvinStaff Writer": the spaces are in the style.
_GLUED = re.compile(r"^(?:By|Von|Par|Por)(?=[A-ZÀ-Ž](?:[a-zà-ž]+(?:\s|$)|\.)|by\s)|(?<=[a-z])(?=Staff\b)")
_WHERE = re.compile(
    r"\s+(?:(?:reporting |live )?(?:in|from|for|For|at|aus|à)\s+(?:the |The )?[A-ZÀ-Ž]|(?:on|am|le|el|at|um|il)\s+"
    r"\w*\d|(?:on|am|le)\s+[A-ZÀ-Ž]|[@|•·–—]\s|published\b|updated\b).*$"
)
_LABEL = re.compile(
    r"^(?:autor(?:in|en|es|zy)?|authors?|auteurs?|autor[ei]|редактор|автор|written by|posted by|by|foto|"
    r"text|interview|von)\s*[:|]\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:;|\||/|•|·|\n)\s*|\s+(?:[Aa]nd|AND|und|UND|et|y|i|e|og|och|en|и|та)\s+(?=[^\W\d_]*[A-ZÀ-ŽА-ЯІЇЄҐ])|"
    r"\s*&\s*|\s*,\s*(?:and\s+)?"
)
_ROLE = re.compile(
    r"(?:^|\b)(?:staff\s?writer|reporter|correspond\w+|editor(?:ial)?|columnist|contributor|writer|journalist|"
    r"redakteur\w*|redaktor\w*|producer|bureau|chief|analyst|fellow|professor|prof|dr|phd|md|ms|mph|rdn|rd|jd|mba|senior|"
    r"special|political|diplomatic|science|business|world|news|sports?|digital|deputy|associate|managing|agencies|agency|"
    r"in [A-Z]\w+|for\s.*|photographer|host|freelance\w*|guest|sponsored|kommentar\w*|korrespondent\w*|autorin|"
    r"volontär\w*|updated|published|min(?:ute)? read|read more|follow|gastautor\w*|chefredakteur\w*|redacción|"
    r"corresponsal|journaliste|envoyé\w*|redattor\w*|inviat\w*)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"^(?:admin(?:istrator)?\d*|user(?:name)?|webmaster|root|guest|anonymous|unknown|none|null|n/?a|"
    r"author|editor|by|test|super ?user|site ?admin|contributor|default|owner|info|posted|share|"
    r"comment\w*|"
    r"written|view all posts|all posts|view|about|follow\w*|more|read more|home|contact|facebook|twitter|"
    r"instagram|email|e-mail|subscribe|published|updated|last updated|see more|wordpress|blogger|online|"
    r"web|digital|no author|not available|keine angabe|more posts|(?:alle|weitere|mehr) (?:beiträge|artikel)|"
    r"(?:publiziert|veröffentlicht|erstellt|posted|published|written|rezept|geschrieben) (?:am|on|at|von|by)|von|par|"
    r"por|autor(?:in)?|auteur|zur person.*|edit .*|save|size|link copied|copy link|zum profil|(?:über|about) .*)$",
    re.IGNORECASE,
)
_AND_OTHERS = re.compile(
    r"\s+(?:and|with|und|mit|et|avec|y|con)\s+(?:\w+ )?(?:agencies|agency|staff|wires?|agenturen|agences|agencias)\b.*$"
)
_OF_OUTLET = re.compile(
    r"(?<=\w )(?:the )?(?:associated press|reuters|afp|ap|dpa|pa|upi|tass|bbc(?: news)?|cnn|npr|pbs|bloomberg|"
    r"politico)$",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:GmbH|AG|KG|e\.\s?V|Ltd|LLC|Inc|Corp|S\.A|B\.V|PLC|S\.p\.A|SARL|Sp\. z o\.o)\b|copyright|©", re.IGNORECASE
)
_WRITTEN_BY = re.compile(
    r"(?:written|posted|published|verfasst|geschrieben|écrit|rédigé|escrito|scritto|geschreven|napisane|skrevet|"
    r"автор)\s*(?:by|von|par|por|da|door|przez|av)?\W*|autor(?:in)?|author|auteur",
    re.IGNORECASE,
)
_STAFF = re.compile(
    r"\b(?:staff|reporters?|redaktion|rédaction|redacción|redazione|redakcja|redactie|редакц\w+|editors|team|newsroom|"
    r"desk|agencies|press|agency|reuters|afp|dpa|apa|ansa|efe|tass|pap|ap|bbc|news)\b",
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


def authors_of(tree: Any, marks: Structured, sites: list[str], title: str | None, headline: Any = None) -> str | None:
    """The authors, with "; " between them; None where the page names none.

    Taken from JSON-LD, else from meta elements, else from a byline: an element that is called so, or a line at the
    headline that begins as one does. No date, place ("in Kyiv"), role, handle, label ("Posted on"), user of a program
    ("Admin"), company, biography or name of the outlet is an author, and neither is the person whom a fact-check treats
    (`itemReviewed`). The staff counts where no person is named anywhere.
    """
    staff: list[str] = []
    for said in (_in_json(marks), _in_metas(marks), _in_bylines(tree), _at_headline(headline), _of_page(marks)):
        found: list[str] = []
        for text in said:
            for name in people(text, sites):
                if name.lower() not in (known.lower() for known in found) and name != title:
                    found.append(name)
        staff = staff or found  # marks give the newsroom where the byline gives people
        if not all(map(_STAFF.search, found)):
            return "; ".join(found[:_MOST])
    return "; ".join(staff[:_MOST]) or None


def people(text: str, sites: list[str] | None = None) -> list[str]:
    """The names in a byline.

    >>> people("By Owen Marsh, Staff writer")
    ['Owen Marsh']
    >>> people("ByAda Corvin in Kyiv And Osk Lind For The Sunday Courier")
    ['Ada Corvin', 'Osk Lind']
    """
    text = one_line(entities.unescape(text))  # many pages escape names twice
    if not text or len(text) > 300 or (_NOT_IN_NAME.search(text) and _URL.search(text)):
        return []
    text = _LABEL.sub("", _BY.sub("", _GLUED.sub(" ", text).strip()))
    text = re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text)
    if (last_first := _LAST_FIRST.fullmatch(text)) is not None and not _ROLE.search(text):
        return [f"{last_first[2]} {last_first[1]}"]
    folded = {_fold(site) for site in sites or ()}
    pieces = _SPLIT.split(text)
    if company := next((at for at, piece in enumerate(pieces) if piece and _COMPANY.search(piece)), None):
        pieces = pieces[:company]  # its place and country follow
    elif company == 0:
        return []
    found = [
        name for at, piece in enumerate(pieces) if (name := _name(piece, folded)) and not _is_role(name, first=at == 0)
    ]
    if found and " " in found[0]:  # what follows in one word is a place, where it is no agency
        found[1:] = [name for name in found[1:] if " " in name or _STAFF.search(name)]
    return found


_URL = re.compile(r"https?:|www\.|facebook\.com|twitter\.com", re.IGNORECASE)
_LAST_FIRST = re.compile(r"([A-ZÀ-Ž][\w'’-]+), ([A-ZÀ-Ž][\w'’.-]+)")


def _name(piece: str, sites: set[str]) -> str | None:
    piece = _BY.sub("", (piece or "").strip(" .,-–—:*")) if piece else ""
    if _FULL.fullmatch(bare := _WHERE.sub("", piece)) or _STAFF.fullmatch(bare):
        piece = bare
    piece = _AND_OTHERS.sub("", piece)
    if len(own := _OF_OUTLET.sub("", piece).split()) >= 2:
        piece = " ".join(own)
    before = _ROLE.split(piece, maxsplit=1)[0].rstrip(" ,-–—")
    if _FULL.fullmatch(before):
        piece = before
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
    if not first or any(role[0].islower() for role in roles) or _OFFICE.search(piece):
        return True
    return sum(len(role.split()) for role in roles) >= len(piece.split())


_DAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|updated|"
    r"published|ago|min read)\b|^(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)$",  # alone: people are called June or August, too
    re.IGNORECASE,
)


def _in_json(marks: Structured) -> Iterator[str]:
    for key in ("author", "creator"):
        for value in marks.of_articles(key):
            for name in marks.named(value):
                yield name.replace(",", ";") if name.count(",") > 1 else name


def _whole_byline(element: Any) -> Any:
    """The line in which a linked name stands, where others stand beside it: "Ada Corvin and Osk Lind"."""
    above = element.getparent()
    if element.tag != "a" or above is None or len(text := text_within(above, 161)) > 160:
        return element
    return above if len(people(text)) > 1 and people(text)[0] in people(text_within(element, 161)) else element


def _of_page(marks: Structured) -> Iterator[str]:
    """Who made the page, as plug-ins of WordPress note it where they describe no article: often who wrote it, now and
    then who only put it there, so a byline goes before."""
    for node in marks.others:
        if "WebPage" in types(node):
            yield from marks.named(node.get("author"))


def _in_metas(marks: Structured) -> Iterator[str]:
    """What the meta elements say; Twitter's pairs of a label and its words are the last, and only "Written by"."""
    for name in _META:
        said = marks.all(name)
        if any(people(text) for text in said):
            yield from said
            return
    for number in ("1", "2"):
        if _WRITTEN_BY.fullmatch(marks.first(f"twitter:label{number}") or ""):
            yield from marks.all(f"twitter:data{number}")


def _in_bylines(tree: Any) -> Iterator[str]:
    """What stands in elements called byline or author; the nearest to the headline only."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _NO_BYLINE:
            continue
        signs = camel_parted(
            " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "rel", "data-testid"))
        )
        if not (_BYLINE.search(signs) or "author" in (element.get("rel") or "").split()):
            continue
        if any(
            _ELSEWHERE.search(telling(signs_of(above)))
            for above in element.iterancestors()
            if above.tag not in ("body", "html", "main", "article")
        ):
            continue
        lines = lines_of(_whole_byline(element))
        if sum(map(len, lines)) > 200:
            continue
        # A byline may hold the section and a button, too; what is marked as the author in it goes before them.
        inner = [line for each in element.xpath(_MARKED) for line in lines_of(each)]
        lines = [*inner, *(line for line in lines if line not in inner)] if not any(map(people, inner)) else inner
        found = [line for line in lines[:4] if people(line)]
        if found:
            yield from found[:2]
            return


def _at_headline(headline: Any) -> Iterator[str]:
    """A line close to the headline that begins as a byline does: many papers give it no class that says so."""
    node, seen = headline, 0
    for _ in range(_CLIMB if headline is not None else 0):
        for element in node.itersiblings():
            seen = yield from _byline_in(element, seen)
            if seen < 0:
                return
        node = node.getparent()
        if node is None or node.tag in ("body", "html"):
            return


def _byline_in(element: Any, seen: int) -> Generator[str, None, int]:
    """Yield the byline in an element; how many characters were seen comes back, or -1 where it is to end."""
    if not isinstance(element.tag, str) or element.tag in _NO_BYLINE:
        return seen
    for line in lines_of(element):
        if seen > _FAR:
            return -1
        seen += len(line)
        if len(line) < 120 and _STARTS.match(line) and (found := people(line)) and all(map(_FULL.fullmatch, found)):
            yield line
            return -1
    return seen


_OFFICE = re.compile(r" (?:editor|reporter|correspondent|columnist|engineer|producer|journalist)s?$", re.IGNORECASE)
_MARKED = ".//*[@rel='author' or @itemprop='author' or @itemprop='name']"
_NO_BYLINE = {"script", "style", "noscript", "body", "html", "main", "article", "head", "form", "nav", "footer", "img"}
_FAR, _CLIMB = 600, 5  # characters; elements around the headline
_STARTS = re.compile(
    r"(?:(?:written|posted|reported|ein artikel|ein beitrag|erstellt|geschrieben)\s)?(?:by|von|par|por|door|"
    r"autor(?:in)?|author|auteur|автор)\b\s*:?\s",
    re.IGNORECASE,
)
_FULL = re.compile(
    r"[^\W\d_][\w'’.-]*(?:\s(?:(?:van|von|de|der|den|del|da|di|la|le|el|al|bin|ten|ter|zu)\s)*[A-ZÀ-Ž][\w'’.-]*){1,3}"
)


def _fold(text: str) -> str:
    return "".join(re.findall(r"\w+", text.lower()))
