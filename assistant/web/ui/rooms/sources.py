"""The routes of the source panel: the article behind the number of a citation, or a whole one to read."""

from typing import Annotated

from fastapi import APIRouter, Query, Request

from assistant.service import Service
from assistant.web.ui.escaping import plain
from assistant.web.ui.rooms.requests import told, visit
from assistant.web.ui.source_panel import UNREADABLE, article_panel, source_panel
from index.article import Article
from index.errors import TalksError
from index.storage import Catalog


class ArticleLookup:
    """Reads articles from the catalog, once the library is there."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._catalog: Catalog | None = None

    def article(self, article_id: str) -> Article | None:
        """The article of that id."""
        if self._catalog is None:
            self._service.wait()
            self._catalog = Catalog(self._service.home.catalog)
        row = self._catalog.article(article_id)
        return None if row is None else row.article


def routes(service: Service) -> APIRouter:
    """The routes of the panel."""
    router, shelves = APIRouter(), ArticleLookup(service)

    @router.get("/source")
    @told
    def source(request: Request, reference: str = "", other: Annotated[list[str] | None, Query()] = None) -> str:
        try:
            return source_panel(reference, shelves.article, other or (), editable=visit(request).may_edit)
        except TalksError:
            return f'<p class="gone" id="hit" tabindex="-1">{plain(UNREADABLE)}</p>'

    @router.get("/article")
    @told
    def article(request: Request, id: str = "") -> str:
        return article_panel(shelves.article(id), editable=visit(request).may_edit)

    return router
