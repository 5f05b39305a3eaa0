"""Publication dates: the day, and where given the time, at which the article of a page was published."""

import copy
import re
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from index.ingestion.timestamps import moments, parsed_moment
from index.ingestion.web.names import text_within
from index.ingestion.web.structured import Structured

Moment = date | datetime
_NO_DATES_IN = {"footer", "nav", "script", "style", "noscript", "form", "title", "select"}
_PARTS = {"div", "section", "aside", "ul", "ol", "li", "article", "a", "span", "table"}
_DATE_ATTRIBUTES = ("datetime", "content", "data-datetime", "data-time", "title")
_LONGEST_DATED, _LONGEST_LINE = 300, 120  # characters: a longer line is prose
_FAR = 1500  # elements
_FAREST = 40  # what may speak against a dateline that is believed before the search of the whole page

_PUBLISHED_NAMES = """
    article:published_time article:published og:published_time og:article:published_time datepublished og:pubdate
    pubdate publishdate publish-date publish_date publicationdate publication_date published-date published_date
    published_time published_at pdate ptime cxenseparse:recs:publishtime cxenseparse:publishtime parsely-pub-date
    sailthru.date citation_publication_date citation_date citation_online_date dc.date.issued dcterms.issued
    dc.date.created dcterms.created dc.date.published dc.issued dc.created dcterms.date dc.date
    dcsext.articlefirstpublished rnews:datepublished article.published article_date_original
    originalpublicationdate release_date displaydate firstpublishdate vr:published_time bt:pubdate gentime created
    datecreated date_published date article:post_date last-published analyticsattributes.articledate
    article.created dc:created dc:date shareaholic:article_published_time itemdate timestamp publish-time
    mediator_published_time og:article:published creation_date docdate tweetmeme-time
""".split()  # names of meta elements, the surest first
_MODIFIED_NAMES = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "last-modified",
)
_NEAR = 40  # how far from the headline, as `_datelines` counts it, a dateline is surely the article's
_LOOSE_NAMES = {"date", "dc.date", "dcterms.date", "gentime", "created", "timestamp", "dc:date", "docdate"}
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)|\d\.\s?\d\d?\.\s?\d\d(?!\d)")
_EARLIEST = 1990  # the web's first year: an older date in a page's marks must be shown to its readers, too
_DATED = re.compile(
    r"(?<![a-z])(?:date|dat[ou]m|time|timestamp|pub|publish|posted|created|erstell|fecha|data|meta|info|"
    r"byline|stamp)",
    re.IGNORECASE,
)
_SAYS_PUBLISHED = re.compile(
    r"publi|posted|erstellt|veröffentlicht|erschienen|first|created|ver[oö]ff|vom|gepubliceerd|publié|"
    r"pubblicato|publicado|опубл",
    re.IGNORECASE,
)
_SAYS_UPDATED = re.compile(
    r"updat|modif|aktuali|stand:|geändert|edited|revised|mis à jour|actuali|aggiorn|atuali|bijgewerkt|"
    r"обнов|оновл|zuletzt|zmien",
    re.IGNORECASE,
)
_NO_DATELINE = re.compile(
    r"(?<![a-z])(?:comment|related|teaser|recommend|sidebar|side-bar|footer|nav|menu|widget|latest|"
    r"popular|most-|promo|event|calendar|archive|copyright|listing|carousel|swiper|card|newsletter|next|"
    r"prev|more|reply|respond)",
    re.IGNORECASE,
)
_FOOT = re.compile(r"(?<![a-z])(?:footer|foot|related|recommend|comments?|copyright|menu)(?![a-z])", re.IGNORECASE)
_ADDRESS_DAY = re.compile(r"/((?:19|20)\d{2})[/-]?(0?[1-9]|1[0-2])[/-]?(0?[1-9]|[12]\d|3[01])(?=[/_-]|\D)")
_LINE_TAGS = set("span p div time li small em td dd h2 h3 h4 h5 h6 i b strong a abbr font date header section".split())


def published_moment(
    tree: Any, marks: Structured, url: str | None, language: str | None, headline: Any = None
) -> Moment | None:
    """When the article was published, by the page's marks and, failing those, its dateline. None where neither says.

    What is said in JSON-LD and meta elements counts first, then `time` elements and datelines at the headline, then the
    day in the article's address. A date before the web, a placeholder like year 1, and the day of the claim that a
    fact-check treats are none; a date of a list of related articles, of comments or of the footer is never taken.
    """
    if headline is None:  # no heading shows the title: datelines stand below the page's first, often a logo
        headline = next(tree.iter("h1"), None)
    # A day before the web that a page merely shows is a birthday or the like; an archive has it in its marks.
    shown = [
        (cost, moment)
        for cost, moment in _datelines(tree, language, headline)
        if moment.year >= _EARLIEST and _plausible(moment, tree)
    ]
    said = [(name, moment) for name, moment in _said(marks, language) if _plausible(moment, tree)]
    if said:
        return _agreed(said, shown)
    if shown and shown[0][0] <= _FAREST:
        return shown[0][1]
    if url and (day := _address_day(url)) and _plausible(day, tree):
        return day
    others = (parsed_moment(str(node.get("datePublished") or ""), language) for node in marks.others)
    told = next((moment for moment in others if moment and _plausible(moment, tree)), None)
    return told or _searched(tree)


def _searched(tree: Any) -> date | None:
    """What htmldate finds in a page whose marks and headline say nothing: unlike it, never in the page's foot, in
    menus or in lists of other articles."""
    from htmldate import find_date

    own = copy.deepcopy(tree)
    for element in list(own.iter("footer", "nav", "aside", *_PARTS)):
        foot = element.tag in ("footer", "nav") or _FOOT.search(_signs(element)) is not None
        if foot and element.getparent() is not None and not element.xpath(".//h1"):
            element.drop_tree()
    found = find_date(own, extensive_search=False, original_date=True)
    day = date.fromisoformat(found) if found else None
    return day if day and _plausible(day, tree) else None


def _agreed(said: list[tuple[str, Moment]], shown: list[tuple[int, Moment]]) -> Moment:
    """Of what the marks say, and what stands at the headline, the article's own date.

    The marks count. But readers, and the outlet, call the day by their own clock: where the marks give the moment in
    UTC or the day of the print, and the dateline the day before or after, it is the dateline's. Of marks that
    disagree, the one that is shown is the article's; and names that say no more than "date" often hold the day on
    which the page was made.
    """
    near = [moment for cost, moment in shown if cost <= _NEAR]
    name, first = said[0]
    days = {_day_of(moment) for moment in near}
    if not near or _day_of(first) in days:
        return first
    agreed = next((moment for _, moment in said if _day_of(moment) in days), None)
    if agreed is not None:
        return agreed
    beside = next((moment for moment in near if abs((_day_of(moment) - _day_of(first)).days) == 1), None)
    if beside is not None:
        return beside
    return near[0] if name in _LOOSE_NAMES else first


def _day_of(moment: Moment) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def modified_moment(marks: Structured, language: str | None) -> Moment | None:
    """When the article was last changed, by the page's marks; it tells which of two copies is the newer one."""
    said = [*marks.all(*_MODIFIED_NAMES), *map(str, marks.of_articles("dateModified"))]
    return next(
        (moment for value in said if (moment := parsed_moment(value, language)) and moment.year >= _EARLIEST), None
    )


def _said(marks: Structured, language: str | None) -> list[tuple[str, Moment]]:
    """What the marks say, the surest first: JSON-LD, then meta elements by their names."""
    values = [("datePublished", str(value)) for value in marks.of_articles("datePublished")]
    values += [(name, value) for name in _PUBLISHED_NAMES for value in marks.metas.get(name, ())]
    return [(name, moment) for name, value in values if (moment := parsed_moment(value, language))]


def _plausible(moment: Moment, tree: Any) -> bool:
    day = moment.date() if isinstance(moment, datetime) else moment
    if day > date.today().replace(day=28, month=12):
        return False
    if day.year >= _EARLIEST:
        return True
    return (
        day.year >= 1800
        and (day.month, day.day) not in ((1, 1), (12, 31), (12, 30))
        and str(day.year) in "".join(tree.itertext())
    )


def _address_day(url: str) -> date | None:
    found = _ADDRESS_DAY.search(urlsplit(url).path)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def _signs(element: Any) -> str:
    return " ".join(element.get(name) or "" for name in ("class", "id", "itemprop", "data-testid", "property"))


def _datelines(tree: Any, language: str | None, headline: Any) -> list[tuple[int, Moment]]:
    """What `time` elements and lines of the look of a dateline say, the likeliest first."""
    found: list[tuple[int, int, Moment]] = []
    passed: set[Any] = set()
    start = 0
    for number, element in enumerate(tree.iter()):
        if not isinstance(element.tag, str):
            continue
        if element is headline:
            start = number
        signs = _signs(element)
        if element.getparent() in passed or _is_elsewhere(element, signs):
            passed.add(element)
            continue
        found += ((number, cost, moment) for cost, moment in _dateline(element, signs, language))

    def far(number: int) -> int:
        gap = number - start
        return min(gap, _FAR) // 8 if gap >= 0 else min(-gap, _FAR) // 4

    return sorted(((cost + far(number), moment) for number, cost, moment in found), key=lambda one: one[0])


def _is_elsewhere(element: Any, signs: str) -> bool:
    """Whether an element is a part of the page whose dates are other articles'."""
    if element.tag in _NO_DATES_IN:
        return True
    return element.tag in _PARTS and _NO_DATELINE.search(signs) is not None and not element.xpath(".//h1")


def _dateline(element: Any, signs: str, language: str | None) -> list[tuple[int, Moment]]:
    """The moments that a line gives, and for each what speaks against its being the day of publication."""
    dated = element.tag in ("time", "date", "abbr") or (element.tag in _LINE_TAGS and _DATED.search(signs) is not None)
    own, after = element.text or "", element.tail or ""
    if not dated and not _YEAR.search(own) and not _YEAR.search(after):
        return []
    most = _LONGEST_DATED if dated else _LONGEST_LINE
    text = text_within(element, most + 1)
    if not dated and not _YEAR.search(text):
        text = " ".join(after.split())
    if len(text) > most:
        return []
    attribute = next(filter(None, (element.get(name) for name in _DATE_ATTRIBUTES)), None)
    told = parsed_moment(attribute, language) if attribute else None
    pairs = [(told, text)] if told else [(moment, text[:at] or text) for at, moment in moments(text, language)]
    return [(_against(element, dated, f"{signs} {before} {_before(element)}"), moment) for moment, before in pairs]


def _against(element: Any, dated: bool, context: str) -> int:
    cost = 0 if dated else 25
    if _SAYS_UPDATED.search(context):
        cost += 40
    if _SAYS_PUBLISHED.search(context) or element.get("pubdate") is not None:
        cost -= 30
    return cost - 10 if element.tag == "time" else cost


def _before(element: Any) -> str:
    """The words directly before an element: its label."""
    previous, parent = element.getprevious(), element.getparent()
    if previous is None:
        return ((parent.text or "") if parent is not None else "")[-40:]
    said = previous.tail or ""
    if not said.strip() and isinstance(previous.tag, str):
        said = text_within(previous, 400)
    return said[-40:]
