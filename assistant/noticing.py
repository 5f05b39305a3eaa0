"""What readers are told about how an answer came about, where parts of the library cannot be used."""

from collections.abc import Callable

from index.reader import Reader

#: What questions are answered from where parts of the index are damaged, by the parts that are left.
LEFT = {
    frozenset({"vectors"}): "from the articles' words alone",
    frozenset({"words"}): "by meaning alone, not by words",
    frozenset({"tokens"}): "more slowly",
    frozenset({"vectors", "tokens"}): "from the articles' words alone",
    frozenset({"words", "tokens"}): "by meaning alone, not by words",
}
DAMAGED = "A part of the index is damaged ({parts}), so questions are answered {left} until it is made anew: {remedy}."
REMEDY = "run `python -m index rebuild`"

UNREACHABLE = "{sentence} Until then, questions are answered from the articles' words alone."


def damage(reader: Reader, mend: Callable[[], str] | None) -> tuple[str, ...]:
    """The notice that a part of the index is damaged, where one is; `mend` says what is done about it."""
    if not reader.away:
        return ()
    remedy = REMEDY if mend is None else mend()
    parts = ", ".join(f"{name}/: {reason}" for name, reason in reader.away.items())
    return (DAMAGED.format(parts=parts, left=LEFT.get(frozenset(reader.away), "not at all"), remedy=remedy),)


def distance(reader: Reader) -> tuple[str, ...]:
    """The notice that the server which holds the vectors could not be used for this question."""
    return () if reader.unreachable is None else (UNREACHABLE.format(sentence=reader.unreachable),)
