"""Messages to the reader: abstention, greetings, and notices about a damaged or distant index."""

from collections.abc import Callable, Mapping, Sequence

from assistant.questions.unsaid import NOTHING, Unsaid
from index.article import day_in_words
from index.filters import Filter
from index.storage import Holdings

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


def damage(away: Mapping[str, str], mend: Callable[[], str] | None) -> tuple[str, ...]:
    """The notice that parts of the index are damaged, where some are; `mend` says what is done about it."""
    if not away:
        return ()
    remedy = REMEDY if mend is None else mend()
    parts = ", ".join(f"{name}/: {reason}" for name, reason in away.items())
    return (DAMAGED.format(parts=parts, left=LEFT.get(frozenset(away), "not at all"), remedy=remedy),)


def distance(unreachable: str | None) -> tuple[str, ...]:
    """The notice that the server which holds the vectors could not be used for this question."""
    return () if unreachable is None else (UNREACHABLE.format(sentence=unreachable),)


EMPTY = "The library holds no articles, so nothing can be answered from it: add some with `python -m index add FILE`."
#: What somebody is told who greets, thanks or asks what this is.
COURTESY = (
    "Talks answers from its articles, in their own words: ask who did or said something, when or why, or ask “What’s "
    "new?” for an overview."
)


def refusal(holdings: Holdings, where: Filter, near: bool, lacking: Unsaid = NOTHING) -> str:
    """One sentence that says that the articles do not say, and names what was searched.

    `holdings` are those that pass the filter; `near` tells whether there are passages to read all the same; `lacking`
    names what of the question the articles do not speak of.
    """
    if not holdings.library:
        return EMPTY
    if not holdings.articles:
        return f"The library holds no article {_restriction(where)}, so nothing was searched: loosen the filters."
    reading = "; the nearest passages are there to read, but they do not answer it" if near else ""
    return f"The articles do not say: nothing in {_named(holdings)} answers this{_lacking(lacking)}{reading}."


def _lacking(lacking: Unsaid) -> str:
    if lacking.unknown:
        return f" (none of the articles mentions {_listed(lacking.unknown)})"
    return f" (the passages nearest to it do not mention {_listed(lacking.apart)})" if lacking.apart else ""


def _named(holdings: Holdings) -> str:
    if holdings.only is not None:
        article = holdings.only
        about = ", ".join(part for part in (article.publisher, day_in_words(article.published)) if part)
        return f"the one article searched, “{article.title}”{f' ({about})' if about else ''},"
    publishers, first, last = holdings.publishers, holdings.first, holdings.last
    about = f"the {holdings.articles:,} articles searched"
    if 1 <= len(publishers) <= 3:
        about += f" from {' and '.join([', '.join(publishers[:-1]), publishers[-1]] if publishers[1:] else publishers)}"
    elif publishers:
        about += f" from {len(publishers)} publishers"
    if first and last:
        about += f", {day_in_words(first)} to {day_in_words(last)}," if first != last else f", {day_in_words(first)},"
    return about


def _restriction(where: Filter) -> str:
    parts = [f"by {_listed((where.publisher, *where.others))}"] if where.publisher else []
    if where.hidden:
        parts.append(f"by others than {_listed(where.hidden)}")
    if where.after:
        parts.append(f"from {day_in_words(where.after)} on")
    if where.before:
        parts.append(f"up to {day_in_words(where.before)}")
    return " ".join(parts)


def _listed(names: Sequence[str]) -> str:
    quoted = [f"“{each}”" for each in names]
    return " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)
