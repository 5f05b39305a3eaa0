"""Making a damaged index anew in the background, while questions are answered from what is left of it."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from index import Index, Progress, TalksError

#: Seconds after which a rebuild that failed is tried again when a question comes.
RETRIED = 60.0

log = logging.getLogger("talks")


class _Stopped(Exception):
    """Nobody needs the rebuild any more."""


class Rebuilding:
    """One rebuild at a time, in a thread of its own."""

    def __init__(self, index: Callable[[], AbstractContextManager[Index]]) -> None:
        self._index = index
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._told = ""
        self._failed = ""
        self._ended = 0.0
        self._stop = threading.Event()

    def begin(self) -> str:
        """Begin, unless it is under way; what is done about the damage, in a few words."""
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                if self._failed and time.monotonic() - self._ended < RETRIED:
                    return f"that has failed, and will be tried again ({self._failed})"
                self._told = ""
                self._thread = threading.Thread(target=self._work, name="talks-mending", daemon=True)
                self._thread.start()
            return f"that is under way{self._told}"

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is under way."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def close(self) -> None:
        """Stop at the next article; what was in use stays."""
        self._stop.set()
        self.wait(30)

    def _work(self) -> None:
        try:
            with self._index() as index:
                index.rebuild(progress=self._watch)
            self._failed = ""
        except _Stopped:
            pass
        except TalksError as error:
            self._failed = str(error).rstrip(".")
            log.warning("The damaged index could not be made anew: %s", error)
        except Exception:
            self._failed = "see the log"
            log.exception("The damaged index could not be made anew")
        finally:
            self._ended = time.monotonic()

    def _watch(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._told = f", {progress.done:,} of {progress.total:,} articles done"
