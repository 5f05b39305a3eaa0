"""Answers under way: each is worked out by itself, and whoever has its conversation open sees how far it is."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from assistant.web.ui.screen import Screen

#: Seconds that an answer continues while no page watches it, for instance during a reload.
GRACE = 10.0

log = logging.getLogger("talks")

Work = Callable[[threading.Event], Iterator[Screen]]


@dataclass(slots=True)
class Run:
    """One answer under way."""

    stop: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _screen: Screen | None = None
    _count: int = 0
    _over: bool = False
    _watching: int = 0

    def work(self, work: Work) -> None:
        """Produce the answer to its end."""
        try:
            for screen in work(self.stop):
                with self._changed:
                    self._screen, self._count = screen, self._count + 1
                    self._changed.notify_all()
        except Exception:
            log.exception("An answer ended early")
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def watch(self) -> Iterator[Screen]:
        """The screens from now on, until the end; of several in quick succession only the last."""
        seen = 0
        with self._changed:
            self._watching += 1
        try:
            while True:
                with self._changed:
                    while self._count == seen and not self._over:
                        self._changed.wait()
                    if self._count == seen:
                        return
                    seen, screen = self._count, self._screen
                if screen is not None:
                    yield screen
        finally:
            with self._changed:
                self._watching -= 1
                lonely = not self._watching and not self._over
            if lonely:
                waiting = threading.Timer(GRACE, self._leave)
                waiting.daemon = True
                waiting.start()

    def _leave(self) -> None:
        with self._changed:
            lonely = not self._watching and not self._over
        if lonely:
            self.stop.set()

    def wait(self) -> None:
        """Wait for its end."""
        with self._changed:
            self._changed.wait_for(lambda: self._over)


@dataclass(slots=True)
class Runs:
    """The answers under way, by their conversation; a second one in a conversation stops the first."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _runs: dict[str, Run] = field(default_factory=dict)

    def begin(self, conversation: str, work: Work) -> Run:
        """Start an answer."""
        run = Run()
        with self._lock:
            earlier = self._runs.get(conversation)
            self._runs[conversation] = run

        def begin() -> None:
            if earlier is not None:
                earlier.stop.set()
                earlier.wait()
            try:
                run.work(work)
            finally:
                self._end(conversation, run)

        threading.Thread(target=begin, name="talks-answering", daemon=True).start()
        return run

    def of(self, conversation: str) -> Run | None:
        """The answer under way in a conversation."""
        with self._lock:
            return self._runs.get(conversation)

    def stop(self, conversation: str) -> None:
        """Stop it."""
        run = self.of(conversation)
        if run is not None:
            run.stop.set()

    def _end(self, conversation: str, run: Run) -> None:
        with self._lock:
            if self._runs.get(conversation) is run:
                del self._runs[conversation]
