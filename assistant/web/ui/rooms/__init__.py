"""Rooms: the routes under `/page`, a module for each part of the page, from which its scripts fetch all but answers."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.service import Service

if TYPE_CHECKING:
    from fastapi import FastAPI

__all__ = ["STATIC", "add_page_routes"]

STATIC = Path(__file__).parents[1] / "static"


def add_page_routes(app: "FastAPI", service: Service) -> None:
    """Put the routes and the page's scripts into the app; they are the page's own, and no interface for programs."""
    from fastapi import APIRouter
    from fastapi.staticfiles import StaticFiles

    from assistant.web.ui.rooms import clippings, conversations, library, people, sources, welcome

    router = APIRouter(prefix="/page", include_in_schema=False)
    for room in (clippings, conversations, library, people, sources, welcome):
        router.include_router(room.routes(service))
    app.include_router(router)
    app.mount("/page/static", StaticFiles(directory=STATIC))
