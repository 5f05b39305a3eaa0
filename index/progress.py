"""Progress reports of long work."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long piece of work has come: articles done of all, and the name of the one it is at."""

    done: int
    total: int
    name: str = ""


Watch = Callable[[Progress], object]
