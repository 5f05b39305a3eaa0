"""Scheduling: questions run before ingestion, a few at a time, first come first served."""

import os
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from index.encoding.cpu import processors

#: The priority of threads that step back, as `nice` counts: a tenth of the processor where a question wants it, too.
BEHIND = 10


class Turns:
    """The queue of one library's processors; safe to share among threads.

    >>> turns = Turns(at_a_time=2)
    >>> with turns.question():  # two in three threads come in at once, the third when one of them has left
    ...     turns.asked
    True
    >>> turns.give_way(60)  # nobody asks, so whoever takes in articles goes on at once
    True

    More questions at a time than processors would only make all of them slower, and each hold its memory for longer.
    """

    def __init__(self, at_a_time: int | None = None) -> None:
        """`at_a_time` is how many questions are worked on at once: as many as there are processors."""
        self.at_a_time = at_a_time or processors()
        self._lock = threading.Lock()
        self._busy = 0
        self._used = False
        self._line: deque[threading.Event] = deque()
        self._quiet = threading.Event()
        self._quiet.set()

    @property
    def asked(self) -> bool:
        """Whether a question is being worked on just now."""
        return not self._quiet.is_set()

    @property
    def used(self) -> bool:
        """Whether any question has been asked yet; until then long work need not give way."""
        return self._used

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        with self._lock:
            return len(self._line)

    @contextmanager
    def question(self) -> Iterator[None]:
        """A context that waits until it is this question's turn."""
        self._enter()
        try:
            yield
        finally:
            self._leave()

    def give_way(self, seconds: float) -> bool:
        """Wait until no question is being worked on, but no longer than `seconds`, as ingestion must go on as well."""
        return self._quiet.wait(seconds)

    def _enter(self) -> None:
        with self._lock:
            self._used = True
            if self._busy < self.at_a_time:
                self._busy += 1
                self._quiet.clear()
                return
            turn = threading.Event()
            self._line.append(turn)
        try:
            turn.wait()
        except BaseException:  # Ctrl-C: a thread that waits no more must not be given a place
            with self._lock:
                still = turn in self._line
                if still:
                    self._line.remove(turn)
            if not still:
                self._leave()
            raise

    def _leave(self) -> None:
        with self._lock:
            if self._line:
                self._line.popleft().set()  # the place is handed over, so no newcomer gets in between
                return
            self._busy -= 1
            if not self._busy:
                self._quiet.set()


def step_back() -> None:
    """Lower the priority of this thread and of the threads that it starts."""
    if sys.platform == "linux":  # elsewhere this would be the priority of the whole process
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), max(os.getpriority(os.PRIO_PROCESS, 0), BEHIND))
