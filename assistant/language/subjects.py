"""Subjects: who is the subject, or the agent behind “by”, of a verb."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from assistant.language.names import AFTER_NAMES, Name, names_in
from assistant.language.tokens import Word, words_of

PRONOUNS = frozenset({"he", "she", "they", "it"})
_AT = frozenset({"at", "in", "from"})
PLACES = frozenset("in on at for to of from with by about near after before since during".split())


@lru_cache(maxsize=4_000)
def subject_of(text: str) -> frozenset[str]:
    """Whom or what a sentence is about: the keys of its first name that only stands for itself.

    That is none that owns something, follows "in", or qualifies a noun ("the Sudland delegation"). Where there is none,
    it is whoever acts in a passive: "The delegation was led by Bellini."

    >>> sorted(subject_of("In Rome, Pope Leo met envoys of Norland.")), sorted(subject_of("It was led by Bellini."))
    (['leo'], ['bellini'])
    """
    words = words_of(text)
    names = {(name.before or name.words)[0].start: name for name in names_in(text)}
    ends_at, agent = -1, frozenset[str]()
    for at, word in enumerate(words):
        if word.start < ends_at or word.quoted:
            continue
        name = names.get(word.start)
        ahead = words[at - 1].lower if at else ""
        if name is not None:
            last = next(i for i, each in enumerate(words) if each.end == name.words[-1].end)
            ends_at = name.words[-1].end
            if ahead == "by":
                agent = agent or keys_of(name)
            elif ahead not in PLACES and not name.words[-1].possessive and not _qualifies(text, words, last):
                return keys_of(name)
        elif word.country and ahead not in PLACES and not word.possessive:
            return frozenset({word.country})
    return agent


def _qualifies(text: str, words: Sequence[Word], at: int) -> bool:
    """Does a name only qualify the noun behind it: "the Sudland delegation"?"""
    if at + 1 >= len(words) or text[words[at].end : words[at + 1].start].strip():
        return False
    following = words[at + 1]
    verb = following.plain or following.capital or following.lower in AFTER_NAMES
    return not verb and not following.lower.endswith(("ed", "s", "ly"))


def left_of(
    text: str, words: Sequence[Word], at: int, prior: int, before: Callable[[], frozenset[str]]
) -> tuple[frozenset[str], set[int]]:
    """The subject to the left of a verb, and its places."""
    if prior < 0:
        return frozenset(), set()
    if words[prior].lower in PRONOUNS and not words[prior].quoted:
        earlier = text[: words[prior].start]
        unquoted = re.sub(r"[“\"][^”\"]*[”\"]?", " ", earlier)
        own = subject_of(unquoted) if names_in(unquoted) else frozenset()
        return own or before(), {prior}
    names = {name.words[-1].end: name for name in names_in(text) if not name.words[0].quoted}
    gap = (
        text[words[prior].end : words[at].start] if prior + 1 == at else text[words[prior].end : words[prior + 1].start]
    )
    last = prior
    if "," in gap or ("”" in gap):
        # A comma before the verb closes "…, who leads the council,": whose clause that is stands before the first.
        last = _before_clause(text, words, prior, names)
        if last < 0 and words[prior].end in names and "”" not in gap:
            last = prior  # "His deputy, Ingrid Moe, called": nobody else is named
        if last < 0:
            return frozenset(), set()
    elif words[prior].quoted:
        return frozenset(), set()
    name = names.get(words[last].end)
    while name is not None or words[last].country:  # "Ingrid Halvorsen of Norland said"
        start = words[last].start if name is None else (name.before or name.words)[0].start
        first = next(i for i, word in enumerate(words) if word.start == start)
        if first > 1 and words[first - 1].lower in _AT and not words[first - 2].plain:
            own = keys_of(name) if name is not None else frozenset({words[last].country})
            return own | {words[first - 2].key}, set(range(first - 2, prior + 1))  # "Economists at the Institute say"
        if first < 2 or words[first - 1].lower != "of" or words[first - 2].end not in names:
            if first > 1 and words[first - 1].lower == "of" and name is not None and not words[first - 2].plain:
                return frozenset({words[first - 2].key}), set(range(first - 2, prior + 1))  # "Opponents of Fathy say"
            break
        last = first - 2
        name = names[words[last].end]
    if name is not None and not name.words[-1].possessive:
        first = next(i for i, word in enumerate(words) if word.start == (name.before or name.words)[0].start)
        speakers = set(keys_of(name))
        while first >= 2 and words[first - 1].lower == "and":  # "Witkoff and Kushner"
            other = names.get(words[first - 2].end)
            if other is None:
                break
            speakers |= keys_of(other)
            first = next(i for i, word in enumerate(words) if word.start == (other.before or other.words)[0].start)
        return frozenset(speakers), set(range(first, prior + 1))
    if words[last].country:
        return frozenset({words[last].country}), {last}
    if words[last].lower in {"who", "that", "which"}:
        who = subject_of(text[: words[last].start])
        return who, {last}
    if words[last].plain or words[last].quoted or words[last].capital:
        return frozenset(), set()
    beside = {words[last - 1].key} if last and not words[last - 1].plain else set()
    if last > 1 and words[last - 1].plain:  # "two people close to the talks told": those are people
        i = last - 1
        while i > max(0, last - 6) and not re.search(r"[,;:.“”]", text[words[i - 1].end : words[i].start]):
            i -= 1
            beside |= set() if words[i].plain or words[i].quoted else {words[i].key}
    return frozenset({words[last].key} | beside), {last}


def _before_clause(text: str, words: Sequence[Word], prior: int, names: dict[int, Name]) -> int:
    for i in range(prior, -1, -1):
        follows = text[words[i].end : words[i + 1].start] if i + 1 < len(words) else ""
        if follows.strip() == "," and i < prior and (words[i].end in names or words[i].country):
            first = names[words[i].end].words[0] if words[i].end in names else words[i]
            place = next(k for k, word in enumerate(words) if word.start == first.start)
            if not (place and words[place - 1].lower in PLACES - {"of"}):
                return i
    return -1


def right_of(text: str, words: Sequence[Word], at: int) -> tuple[frozenset[str], set[int]]:
    """The subject right after a verb: “…,” said Rubio."""
    if not re.search(r"[,”\"?!]\s*$", text[: words[at].start]):
        return frozenset(), set()
    for name in names_in(text):
        first = (name.before or name.words)[0]
        places = [i for i, word in enumerate(words) if first.start <= word.start < name.words[-1].end]
        if places and at < places[0] <= at + 3 and not any("," in text[words[i].end : words[i + 1].start]
                                                           for i in range(at, places[0])):  # fmt: skip
            return keys_of(name), set(range(at + 1, places[-1] + 1))
    if at + 1 < len(words) and words[at + 1].country:
        return _called_by_office(text, words, at + 1) or (frozenset({words[at + 1].country}), {at + 1})
    return frozenset(), set()


def _called_by_office(text: str, words: Sequence[Word], at: int) -> tuple[frozenset[str], set[int]] | None:
    """Somebody named behind country and office: "said Austria’s mediator, Lena Gruber"."""
    for name in names_in(text):
        first = next(i for i, word in enumerate(words) if word.start == name.words[0].start)
        commas = [i for i in range(at, first) if "," in text[words[i].end : words[i + 1].start]]
        if at + 1 < first <= at + 5 and commas == [first - 1]:
            places = set(range(at, first + len(name.words)))
            return keys_of(name) | {words[at].country}, places
    return None


def behind_by(text: str, words: Sequence[Word], at: int) -> tuple[frozenset[str], set[int]]:
    """Who acts in a passive: "were called hard by Medinsky"."""
    for i in range(at + 1, len(words) - 1):
        if words[i].lower == "by" and not words[i].quoted:
            for name in names_in(text):
                first = (name.before or name.words)[0]
                if words[i + 1].start <= first.start <= words[i + 1].end + 5:
                    places = {k for k, w in enumerate(words) if first.start <= w.start < name.words[-1].end}
                    return keys_of(name), {i, i + 1, *places}
            if words[i + 1].country:
                return frozenset({words[i + 1].country}), {i, i + 1}
    return frozenset(), set()


def told_whom(text: str, words: Sequence[Word], at: int) -> tuple[int, frozenset[str]]:
    """Where what is told begins, and the keys of those it is told to."""
    i = at + 1
    who: set[str] = set()
    while i < len(words) and i <= at + 5 and not words[i].quoted:
        if words[i].lower in {"that", "of", "about", "in", "on", "against", "at"}:
            break
        who.add(words[i].lower)
        i += 1
        between = text[words[i - 1].end : words[i].start] if i < len(words) else ""
        if "," in between or "“" in between or ":" in between:
            break
        if i < len(words) and not words[i].capital and words[i].lower not in {"and", "the", "officials"} \
                and words[i - 1].lower not in {"the", "and"}:  # fmt: skip
            break
    return i, frozenset(who)


def keys_of(name: Name) -> frozenset[str]:
    """What names somebody: the last word of the name, and the countries before it."""
    found = {name.last, name.words[-1].key} | {word.country for word in name.before if word.country}
    return frozenset(found)
