"""The first screen, and the papers that a search can be narrowed to."""

from collections import Counter
from collections.abc import Sequence

from fastapi import APIRouter, Request

from assistant.service import Service
from assistant.web.ui import suggestions
from assistant.web.ui.escaping import byline, day, isolated, plain, visible
from assistant.web.ui.rooms.requests import told, visit
from index import Entry
from index.article import Article
from index.storage import Holdings

#: Headlines on the first screen, and newest articles that its questions are drawn from.
HEADLINES = 5
EXAMPLES = 30


def routes(service: Service) -> APIRouter:
    """The routes of the first screen and of the filters."""
    router = APIRouter()

    @router.get("/welcome")
    @told
    def first_screen(request: Request) -> str:
        visit(request)
        return welcome(service.listing(most=EXAMPLES).entries, service.holdings())

    @router.get("/papers")
    @told
    def papers(request: Request) -> object:
        visit(request)
        counted = Counter(service.publisher_counts())
        return [{"name": name, "shown": visible(name), "articles": count} for name, count in counted.most_common()]

    return router


def welcome(newest: Sequence[Entry], held: Holdings) -> str:
    """What an empty conversation shows: what there is to ask about, and questions to begin with."""
    articles = [each.article for each in newest]
    questions = suggestions.examples(articles)
    links = "".join(
        f'<li><button type="button" class="idea" data-ask>{plain(each)}</button></li>' for each in questions
    )
    begin = f'<div class="ideas" data-group><h3 class="label">For example</h3><ul>{links}</ul></div>' if links else ""
    holds = (
        f'<p class="holds">{_holds(held)}</p>' if held.library else "<p>The library is empty: add articles first.</p>"
    )
    headlines = "".join(_headline(each) for each in articles[:HEADLINES])
    news = (
        f'<div class="headlines" data-group><h3 class="label">The newest</h3><ul>{headlines}</ul></div>'
        if headlines
        else ""
    )
    return (
        '<div class="welcome"><h2 class="lead">Ask what the articles say.</h2>'
        f"{holds}<p>Every answer comes with the words that carry it: press a number to read them in the article.</p>"
        f"{begin}{news}</div>"
    )


def _holds(held: Holdings) -> str:
    """How many articles, of how many papers, from when to when."""
    papers = len(held.publishers)
    parts = [f"{held.library:,} article{'' if held.library == 1 else 's'}"]
    parts += [f"{papers:,} paper{'' if papers == 1 else 's'}"] if papers else []
    first, last = day(held.first), day(held.last)
    parts += [first if first == last else f"{first} to {last}"] if first and last else []
    return byline(*parts)


def _headline(article: Article) -> str:
    about = byline(article.publisher, day(article.published))
    return (
        f'<li><button type="button" class="headline-link" data-article="{plain(article.id)}">{isolated(article.title)}'
        f'</button> <span class="about">{about}</span></li>'
    )
