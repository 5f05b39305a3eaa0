"""Streaming: reads an async model client from ordinary threads; it can be stopped at any moment."""

import atexit
import queue
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from concurrent.futures import CancelledError
from contextlib import ExitStack, aclosing
from typing import Final, TypeVar

from anyio.from_thread import BlockingPortal, start_blocking_portal

Item = TypeVar("Item")
Made = TypeVar("Made")

#: Seconds between two looks at whether the reader has stopped.
LOOK = 0.05

_END: Final = object()
_lock = threading.Lock()
_open = ExitStack()
_portal: list[BlockingPortal] = []


class Stopped(Exception):
    """The reader does not want to wait any longer."""


def arriving(
    make: Callable[[], AsyncIterator[Item]], ends: float, stop: threading.Event | None = None
) -> Generator[Item, None, None]:
    """What `make()` gives, item by item as it comes.

    Past the time `ends` (on the monotonic clock) it raises TimeoutError; once `stop` is set, Stopped. Either, and
    closing the iterator, cancels the work: a request under way is closed, wherever it stands.
    """
    found: queue.SimpleQueue[Item | object] = queue.SimpleQueue()

    async def take_in() -> None:
        async with aclosing(make()) as items:  # type: ignore[type-var]  # LangChain's are generators, which can be closed
            async for item in items:
                found.put(item)

    future = portal().start_task_soon(take_in)
    future.add_done_callback(lambda _: found.put(_END))
    try:
        while True:
            if stop is not None and stop.is_set():
                raise Stopped
            left = ends - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                item = found.get(timeout=min(left, LOOK if stop is not None else left))
            except queue.Empty:
                continue
            if item is _END:
                future.result()
                return
            yield item  # type: ignore[misc]  # all but the end is an item
    except CancelledError as error:
        raise Stopped from error  # the process ends
    finally:
        future.cancel()


def portal() -> BlockingPortal:
    """The one event loop of this process for models: their connections belong to it, and live from call to call."""
    with _lock:
        if not _portal:
            _portal.append(_open.enter_context(start_blocking_portal(name="talks-models")))
            atexit.register(_open.close)
        return _portal[0]


def awaited(make: Callable[[], Awaitable[Made]]) -> Made:
    """What an async function of a model's client comes to."""
    return portal().call(make)
