"""Publication events: plug-ins that keep something for each article are told what was published.

They name themselves as entry points of the group `talks.published`, so the library need not know of them. What they
keep is their own: one that fails, or a crash before it was told, leaves the library as it was published.
"""

import logging
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import entry_points

from index.article import Article
from index.home import Home

log = logging.getLogger("talks")

#: The entry points' group. Each is called with the home, the articles that came or changed, and the ids of those gone.
GROUP = "talks.published"

Listener = Callable[[Home, Sequence[Article], Sequence[str]], object]


@cache
def listeners() -> tuple[Listener, ...]:
    """Everybody who is told, as they are installed; one that cannot be imported is left out, and logged."""
    found: list[Listener] = []
    for each in entry_points(group=GROUP):
        try:
            found.append(each.load())
        except Exception as error:
            log.warning("%s is not told of new articles: %s", each.value, error)
    return tuple(found)


def announce(home: Home, arrived: Sequence[Article], gone: Sequence[str]) -> None:
    """Tell everybody what has come, in its newest form, and the ids of what has gone."""
    for listener in listeners():
        try:
            listener(home, arrived, gone)
        except Exception as error:  # it finds out by itself what it has missed
            log.warning("What is kept for each article is not up to date: %s", error)
