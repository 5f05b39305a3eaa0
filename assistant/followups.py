"""Which earlier questions a question leans on: by rule, without a language model."""

from collections.abc import Sequence


def leaned_on(question: str, earlier: Sequence[str]) -> tuple[str, ...]:
    """The earlier questions, oldest first, without which this one cannot be understood."""
    return tuple(earlier)
