"""What a sentence gives to whom: its countries and names, and the nouns that are theirs."""

from collections.abc import Sequence

from assistant.names import names_in
from assistant.wording import Word


def entities(text: str, words: Sequence[Word]) -> dict[int, str]:
    """Countries and names of a sentence by the place of their (last) word."""
    found = {at: word.country for at, word in enumerate(words) if word.country}
    by_end = {name.words[-1].end: name.last for name in names_in(text)}
    return found | {at: by_end[word.end] for at, word in enumerate(words) if word.end in by_end}


def owners(text: str, words: Sequence[Word]) -> list[tuple[str, int]]:
    """Each country or name with the noun it goes before ("Russia’s delegation") or behind ("delegation of Kyiv")."""
    named = entities(text, words)
    found: list[tuple[str, int]] = []
    for at in sorted(named, reverse=True):  # "Russian, Ukrainian and American delegates"
        if words[at].country and not words[at].possessive:
            nouns = [noun for _, noun in found if at < noun <= at + 4]
            following = at + 1
            while following < len(words) and words[following].lower == "and":
                following += 1
            if following in named and words[following].country and not words[following].possessive:
                own = following + 1
                listed = own < len(words) and not words[own].plain and own not in named
                found += [(named[at], own)] if listed else [(named[at], noun) for noun in nouns]
    for at, entity in named.items():
        word = words[at]
        following = at + 1
        if following < len(words) and not text[word.end : words[following].start].strip(" -\u00a0"):
            owns = word.possessive or (word.country and following not in named)
            if owns and not words[following].plain:
                found.append((entity, following))
                if following + 1 < len(words) and not words[following + 1].plain and not text[
                    words[following].end : words[following + 1].start
                ].strip() and following + 1 not in named:  # fmt: skip
                    found.append((entity, following + 1))
        behind = at - 1
        while behind > 0 and words[behind].lower == "the":
            behind -= 1
        if word.country and behind > 0 and words[behind].lower == "of" and not words[behind - 1].plain:
            found.append((entity, behind - 1))
    return found
