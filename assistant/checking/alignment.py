"""Alignment: the words of a written sentence found again, in their order, in a source; and what the source has more."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.tokens import Word

#: Change nothing by coming or going.
FREE = frozenset("the a an that".split())


@dataclass(frozen=True, slots=True)
class Alignment:
    """Which word of the source each word of the sentence is, by its place; and the runs of places that are left out."""

    places: dict[int, int]
    gaps: tuple[tuple[int, int], ...]


def align(
    here: Sequence[Word], there: Sequence[Word], apart: tuple[frozenset[int], frozenset[int]], same: dict[int, set[int]]
) -> Alignment | None:
    """All words of a sentence in the order of a source's; None where one has no counterpart.

    `apart` are the places of the words, in each, that tell who speaks; `same` the places of the source that a word may
    stand for besides those with its key, such as the pronoun that a name resolves.

    >>> from assistant.language.tokens import words_of
    >>> here, there = words_of("Talks ended."), words_of("Talks in Rome ended on Friday.")
    >>> align(here, there, (frozenset(), frozenset()), {}).gaps
    ((1, 3), (4, 6))
    """
    own = [i for i, word in enumerate(here) if i not in apart[0] and word.lower not in FREE]
    held = [k for k, word in enumerate(there) if k not in apart[1] and word.lower not in FREE]
    if not own or len(own) > len(held) + sum(len(each) > 0 for each in same.values()):
        return None
    places = _in_order(here, there, own, held, same)
    if places is None:
        return None
    used = set(places.values()) | apart[1]
    gaps: list[tuple[int, int]] = []
    for k in range(len(there)):
        if k not in used:
            gaps = [*gaps[:-1], (gaps[-1][0], k + 1)] if gaps and gaps[-1][1] == k else [*gaps, (k, k + 1)]
    return Alignment(places, tuple(each for gap in gaps if (each := _trimmed(gap, there))))


def _trimmed(gap: tuple[int, int], there: Sequence[Word]) -> tuple[int, int] | None:
    """A gap without the articles that belong to what follows; None where nothing else is left out."""
    start, end = gap
    while end > start and there[end - 1].lower in FREE:
        end -= 1
    return (start, end) if end > start else None


def _in_order(
    here: Sequence[Word], there: Sequence[Word], own: list[int], held: list[int], same: dict[int, set[int]]
) -> dict[int, int] | None:
    """The match of all of `own` in the order of `held` that leaves the fewest gaps; None where there is none."""
    worst = len(held) + 2
    # best[j]: fewest jumps so far where the word just matched is held[j].
    best = [worst] * len(held)
    back: list[list[int]] = []
    for n, i in enumerate(own):
        fresh, came = [worst] * len(held), [-1] * len(held)
        least, at = (0, -1) if n == 0 else (worst, -1)
        for j, k in enumerate(held):
            if n and j and best[j - 1] < least:
                least, at = best[j - 1], j - 1
            if not _match(here[i], there[k]) and k not in same.get(i, ()):
                # A name of two words may stand for one pronoun: its second word stays where the first is.
                continue
            if n == 0:
                fresh[j] = 0 if j == 0 else 1
                continue
            options = [(least + 1, at)]
            if j and best[j - 1] < worst:
                options.append((best[j - 1], j - 1))
            if k in same.get(i, ()) and k in same.get(own[n - 1], ()) and best[j] < worst:
                options.append((best[j], j))
            fresh[j], came[j] = min(options)
        best = fresh
        back.append(came)
    j = min(range(len(held)), key=lambda place: best[place]) if held else -1
    if j < 0 or best[j] >= worst:
        return None
    found: dict[int, int] = {}
    for n in range(len(own) - 1, -1, -1):
        found[own[n]] = held[j]
        j = back[n][j]
    return found


def _match(one: Word, other: Word) -> bool:
    return one.lower == other.lower or (one.key == other.key and not one.text[:1].isdigit())
