"""Headlines: the title of a page's article, without the site's name, its section or its logo."""

import re
from dataclasses import dataclass
from typing import Any

from index.ingestion.normalising import one_line
from index.ingestion.web.structured import Structured, names

_SEPARATOR = re.compile(r"\s+(?:[|–—\-·•»«›‹~/:]|::|>>|\|\|)\s+|\s*(?:[|»›]|::)\s+|(?<=\w)\s?:\s+|\s+\|")
_SURE_SEPARATOR = re.compile(r"\s*(?:\||»|›|::|•|·)\s*|\s+[–—\-~]\s+")
_WORDS = re.compile(r"\w+")
_FRONT = re.compile(
    r"(?:https?:)?(?://[^/?#]+)?(?:/(?:[a-z]{2}(?:-[a-z]{2})?/?)?)?(?:index\.\w+)?(?:#.*)?", re.IGNORECASE
)
_ALIKE, _THE_SAME = 0.4, 0.9
_HEADINGS = ("h1", "h2", "h3")
_MOST_HEADINGS = 200
_LONGEST_NAME = 60  # characters, of a site


@dataclass(frozen=True, slots=True)
class Headline:
    """The title, and the element that shows it (None where no heading does)."""

    title: str | None
    element: Any


def headline_of(tree: Any, marks: Structured, sites: list[str]) -> Headline:
    """The article's headline.

    What the page gives machines (JSON-LD `headline`, `og:title`, `title`) tells which of its headings is the headline;
    the heading's own words are the title, so a logo or a menu that stands in an `h1` never is. `sites` are names of the
    outlet: they, what its logo says, and the names of sections beside them are cut off at both ends. A kicker in the
    same heading is not part of the title, where the marks give it without.
    """
    shown = [(element, one_line(" ".join(element.itertext()))) for element in _first_headings(tree)]
    logos = [text for element, text in shown if text and _is_logo(element)]
    sites = [*sites, *(text for text in logos if len(text) < _LONGEST_NAME)]
    told = [text for value in marks.of_articles("headline") for text in names(value)][:1]
    told += [
        text
        for text in (
            marks.first("og:title"),
            marks.first("twitter:title", "dc.title", "citation_title", "parsely-title"),
        )
        if text
    ]
    page_title = one_line(tree.findtext(".//title") or "")
    told += [page_title] if page_title else []
    cleaned = [
        title
        for title in (_without_site(text, sites) for text in told)
        if title and _fold(title) not in map(_fold, sites)
    ]
    headings = [
        (element, text) for element, text in shown if text and len(text) < 400 and _fold(text) not in map(_fold, sites)
    ]
    best = _agreeing([each for each in headings if each[0].tag == "h1"], cleaned, _ALIKE) or _agreeing(
        headings, cleaned, _THE_SAME
    )
    own = [
        each for each in headings if each[0].tag == "h1" and _in_article(each[0]) and len(_WORDS.findall(each[1])) >= 3
    ]
    if best is None and len(own) == 1 and _speaks_of(tree, own[0][1], cleaned):
        return Headline(own[0][1], own[0][0])
    best = best or _agreeing(headings, cleaned, _ALIKE)
    if best is not None:
        element, text = best
        inner = next(
            (
                title
                for title in cleaned
                if len(title) > 12 and _fold(text).endswith(_fold(title)) and _fold(title) != _fold(text)
            ),
            None,
        )
        return Headline(inner or _without_site(text, sites), element)
    if cleaned:
        return Headline(cleaned[0], None)
    first = next(((element, text) for element, text in headings if element.tag == "h1"), None)
    return Headline(first[1], first[0]) if first else Headline(None, None)


def same_title(left: str, right: str) -> bool:
    """Whether two lines are the same headline, but for marks and capitals.

    >>> same_title("Talks end – no deal", "TALKS END: NO DEAL")
    True
    """
    return bool(left and right) and _fold(left) == _fold(right)


def _speaks_of(tree: Any, heading: str, told: list[str]) -> bool:
    """Whether a heading that no mark agrees with is at least as close to the text as the marks' title; pages keep
    headings of another language, or of the template, above their articles."""
    words: set[str] = set()
    for paragraph in tree.iter("p", "li"):
        words.update(_WORDS.findall("".join(paragraph.itertext()).lower()))

    def share(title: str) -> float:
        own = [word for word in _WORDS.findall(title.lower()) if len(word) > 2]
        return sum(word in words for word in own) / max(1, len(own))

    return share(heading) >= min(0.5, max(map(share, told), default=0.0))


def _is_logo(heading: Any) -> bool:
    """Whether all of a heading is a link to the site's front page: its logo, which many sites set in an `h1`."""
    links = [link for link in heading.iter("a") if one_line(" ".join(link.itertext()))]
    links += [above for above in heading.iterancestors() if above.tag == "a"][:1]
    if len(links) != 1:
        return False
    return "home" in (links[0].get("rel") or "").split() or (
        _FRONT.fullmatch((links[0].get("href") or "").strip()) is not None
        and len(one_line(" ".join(links[0].itertext()))) > 0.8 * len(one_line(" ".join(heading.itertext())))
    )


def _in_article(element: Any) -> bool:
    """Whether a heading stands in the article, and not in the page's own head or menu."""
    above = [ancestor.tag for ancestor in element.iterancestors()]
    return any(tag in ("article", "main") for tag in above) and not any(
        tag in ("nav", "aside", "footer") for tag in above
    )


def _first_headings(tree: Any) -> list[Any]:
    found = []
    for element in tree.iter(*_HEADINGS):
        found.append(element)
        if len(found) == _MOST_HEADINGS:
            break
    return found


def _agreeing(headings: list[tuple[Any, str]], told: list[str], least: float) -> tuple[Any, str] | None:
    best, most = None, 0.0
    for element, text in headings:
        for rank, title in enumerate(told):
            alike = _alike(text, title)
            if alike >= least:
                worth = alike + (0.3 if element.tag == "h1" else 0) - 0.02 * rank
                if worth > most:
                    best, most = (element, text), worth
    return best


def _alike(left: str, right: str) -> float:
    mine, other = set(_WORDS.findall(left.lower())), set(_WORDS.findall(right.lower()))
    if not mine or not other:
        return 0.0
    both = len(mine & other)
    if both >= 3 and (mine <= other or other <= mine):
        return max(0.75, both / len(mine | other))
    return both / len(mine | other)


def _without_site(text: str, sites: list[str]) -> str:
    """`text` without names of the site, and of its sections, at its start and end."""
    folded = [_fold(site) for site in sites if site]
    for _ in range(4):
        pieces = list(_SEPARATOR.finditer(text))
        if not pieces:
            break
        before = next((piece for piece in pieces if _names_site(text[piece.end() :], folded)), None)
        after = next((piece for piece in pieces if _names_site(text[: piece.start()], folded)), None)
        if before is not None:
            text = text[: before.start()]
        elif after is not None:
            text = text[after.end() :]
        else:
            break
        # Once a name is off, a short piece behind a sure separator is the section ("… | World News | Courier").
        pieces = list(_SURE_SEPARATOR.finditer(text))
        if (
            pieces
            and "|" in text[pieces[-1].start() : pieces[-1].end()]
            and len(_WORDS.findall(text[pieces[-1].end() :])) <= 3 < len(_WORDS.findall(text[: pieces[-1].start()]))
        ):
            text = text[: pieces[-1].start()]
    return text.strip(" |–—-·•»«›~")


def _names_site(piece: str, folded: list[str]) -> bool:
    own = _fold(piece)
    return bool(own) and any(
        own == site
        or (len(site) > 4 and own in (site + "com", "the" + site, "www" + site))
        or (len(own) > 4 and own == re.sub(r"(?:com|org|net|de|fr|couk|uk)$", "", site))
        for site in folded
    )


def _fold(text: str) -> str:
    return "".join(_WORDS.findall(text.lower())).replace("_", "")
