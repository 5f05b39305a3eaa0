"""`Closing`: the base class of everything that holds files open until its `with` block ends."""

from abc import ABC, abstractmethod
from types import TracebackType
from typing import Self


class Closing(ABC):
    """A context manager that closes itself when its `with` block ends, also after an error."""

    @abstractmethod
    def close(self) -> None:
        """Close all files that are open."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
