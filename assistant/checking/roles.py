"""Semantic role check: whether a sentence exchanges agent, patient or owner against its sources."""

import re
from collections.abc import Callable, Sequence

from assistant.language.attribution import last_speaker
from assistant.language.names import AFTER_NAMES, TITLES, names_in
from assistant.language.subjects import subject_of
from assistant.language.tokens import Word


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


Entity = frozenset[str]
NOBODY: Entity = frozenset()
_STOPS = re.compile(r"[;:.!?“”\"—–]")
_ASIDE = re.compile(r",\s+(?:who|which|whose)\b[^,]*,")
_PLACED = frozenset("in on at for to of from with by about near after before against between among toward over".split())
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_OTHERS = frozenset({"him", "her", "them"})
_BE = frozenset("is was are were be being been".split())
_BEFORE_VERBS = _BE | frozenset(
    "has have had will would can could may might must should to not never also who do does did".split()
)
_PAST = frozenset("led met held made gave told came spoke won took went saw wrote sent fell".split())
_TAKES = ("ing", "ed", "s")
_ADVERBS = frozenset("twice once again already now often ever always just since still soon almost nearly".split())
_CLAUSES = frozenset({"and", "but", "while", "whereas", "because", "or", "so"})


def doers(
    text: str, words: Sequence[Word], at: int, before: Sequence[str] = (), apart: frozenset[int] = frozenset()
) -> tuple[Entity, Entity]:
    """Who stands before a verb as its subject, and who behind it, within its clause; turned round for a passive.

    `apart` are the places of words that tell who speaks: they are nobody's deed.
    """
    named = {i: entity for i, entity in entities(text, words).items() if i not in apart}
    left: set[str] = set()
    passive = False
    aside = [match.span() for match in _ASIDE.finditer(text[: words[at].start])]
    for i in range(at - 1, -1, -1):
        if any(start <= words[i].start < end for start, end in aside):
            continue
        if _breaks(text, words, i) or words[i].lower == "that":
            break
        if words[i].lower in {"and", "but"} and all(word.lower in _BEFORE_VERBS for word in words[i + 1 : at]):
            clause = max((word.end for word in words[:i] if word.lower == "that"), default=0)
            left |= subject_of(text[clause : words[i].start])  # "thanked the hosts but did not comment"
            break
        if words[i].lower in _BE and at - i <= 3:
            passive = True
        if words[i].lower in _PRONOUNS:
            left |= _meant(text, words, i, named, before)
            break
        if (
            i in named
            and not words[i].possessive
            and not _placed(text, words, i, named)
            and not _qualifies(words, i, named)
        ):
            left.add(named[i])
            first = _first(text, words, i)
            if first < 1 or words[first - 1].lower != "and":
                break
    right: set[str] = set()
    by: set[str] = set()
    for i in range(at + 1, len(words)):
        if _breaks(text, words, i - 1):
            break
        if i in named and not _qualifies(words, i, named):
            right.add(named[i])
            if "by" in {words[k].lower for k in range(max(at, _first(text, words, i) - 2), i)}:
                by.add(named[i])
        if words[i].lower in _OTHERS:
            right |= last_speaker(before)
    if passive and by:
        return frozenset(by), frozenset(left)
    if passive and re.search(r"(?:ed|en|t|ld|wn|de)$", words[at].lower):
        return NOBODY, frozenset(left)
    return frozenset(left), frozenset(right)


def _qualifies(words: Sequence[Word], at: int, named: dict[int, str]) -> bool:
    """Does a country or a name only qualify what follows: "Russian troops", "Kremlin adviser"?"""
    if words[at].possessive:
        return True
    following = at + 1
    if following >= len(words) or words[following].plain or words[following].capital:
        return False
    adjective = words[at].lower.endswith(("an", "sh", "ch", "se")) and words[at].lower != words[at].country
    if adjective or words[following].lower in TITLES:
        return True
    # "The Abu Dhabi round": no verb follows.
    verb = words[following].lower in AFTER_NAMES or words[following].lower.endswith(("ed", "s", "ly"))
    return not words[at].country and not verb


def _breaks(text: str, words: Sequence[Word], at: int) -> bool:
    """Does a clause end behind a word?"""
    gap = text[words[at].end : words[at + 1].start]
    return _STOPS.search(gap) is not None or ("," in gap and words[at + 1].lower in _CLAUSES)


def _acts(words: Sequence[Word], at: int, named: dict[int, str]) -> bool:
    """Does a word look like a verb where it stands?"""
    word = words[at]
    if word.plain or word.country or word.capital or word.quoted or word.lower.endswith("ly"):
        return False
    i = at - 1
    while i >= 0 and (words[i].lower.endswith("ly") or words[i].lower in _ADVERBS):
        i -= 1
    ahead = words[i] if i >= 0 else None
    if ahead is not None and (ahead.lower in _BEFORE_VERBS or ahead.lower in _PRONOUNS):
        return True
    if not word.lower.endswith(("s", "ed", "d", "t")) and word.lower not in _PAST:
        return False
    return i in named and not words[i].possessive and not _qualifies(words, i, named)


def _object(words: Sequence[Word], at: int, named: dict[int, str]) -> str:
    """Whom a word like "pushing" takes right behind it: "" for nobody."""
    if words[at].capital or at + 1 not in named or words[at + 1].possessive or not words[at].lower.endswith(_TAKES):
        return ""
    return "" if _qualifies(words, at + 1, named) else named[at + 1]


def _acts_as(word: Word) -> bool:
    """Does a word have the form of a verb that has an object behind it?"""
    return not word.plain and not word.capital and word.lower.endswith(_TAKES)


def _placed(text: str, words: Sequence[Word], at: int, named: dict[int, str]) -> bool:
    i = at - 1
    while (
        i > 0 and (words[i].capital or words[i].lower == "the") and "," not in text[words[i].end : words[i + 1].start]
    ):
        i -= 1
    if i >= 0 and words[i].lower == "and" and i - 1 in named:
        return _placed(text, words, i - 1, named)
    return i >= 0 and words[i].lower in _PLACED


def _first(text: str, words: Sequence[Word], at: int) -> int:
    """Where the name begins that ends at a word."""
    i = at
    while i > 0 and words[i - 1].capital and not text[words[i - 1].end : words[i].start].strip():
        i -= 1
    return i


def _meant(text: str, words: Sequence[Word], at: int, named: dict[int, str], before: Sequence[str]) -> Entity:
    if words[at].lower == "it":
        return NOBODY  # a side, a paper, a plan: it may stand for anything
    earlier = [named[i] for i in named if i < at and not words[i].possessive and not _placed(text, words, i, named)]
    by = {
        named[i] for i in named if i < at and _first(text, words, i) and words[_first(text, words, i) - 1].lower == "by"
    }
    return frozenset({*earlier[:1], *by}) or last_speaker(before)


def _pairs(text: str, words: Sequence[Word], named: dict[int, str]) -> list[frozenset[str]]:
    """The countries and names that are joined by "and": "Oslo and Reykjavik", "Russian, Ukrainian and American"."""
    found: list[frozenset[str]] = []
    for at, entity in named.items():
        if at + 1 < len(words) and words[at + 1].lower == "and":
            first = next((i for i in range(at + 2, min(len(words), at + 5)) if i in named), None)
            if first is None or any(not words[i].capital for i in range(at + 2, first)):
                continue
            joined = {entity, named[first]}
            i = at
            while i - 1 in named and text[words[i - 1].end : words[i].start].strip() == ",":
                i -= 1
                joined.add(named[i])
            found.append(frozenset(joined))
    return found


def _repaired(
    text: str,
    words: Sequence[Word],
    named: dict[int, str],
    source: str,
    held: Sequence[Word],
    named_there: dict[int, str],
) -> str:
    """The word that stands beside another partner than in the source; "" where none does.

    "Oslo and Copenhagen agree" is not what "Oslo and Reykjavik agree" says. Where the source leaves it open who belongs
    together, or has both of them together anywhere, nothing is exchanged.
    """
    pairs_there = _pairs(source, held, named_there)
    for pair in _pairs(text, words, named):
        sharing = [each for each in pairs_there if len(pair & each) == 1 and len(pair) == 2]
        if sharing and not any(pair <= each for each in pairs_there):
            stranger = pair - sharing[0]
            return next((words[at].text for at, entity in named.items() if entity in stranger), "")
    return ""


def _before_quotation(text: str, words: Sequence[Word], at: int, named: dict[int, str]) -> str:
    """Who stands right before a quotation that begins with a word: "believe Russia “wants to end the war”"."""
    if at == 0 or not words[at].quoted or words[at - 1].quoted or at - 1 not in named or words[at - 1].possessive:
        return ""
    gap = text[words[at - 1].end : words[at].start].strip()
    return named[at - 1] if gap in {"“", '"'} else ""


def _cast_as(words: Sequence[Word], named: dict[int, str]) -> dict[int, str]:
    """The parts that somebody is given by "as": "with Denmark as host", by the place of the part."""
    found = {}
    for at, entity in named.items():
        if at + 2 < len(words) and words[at + 1].lower == "as":
            part = at + 3 if words[at + 2].lower in {"a", "an", "the"} else at + 2
            if part < len(words) and not words[part].plain and not words[part].capital:
                found[part] = entity
    return found


def swapped(
    text: str,
    words: Sequence[Word],
    source: str,
    held: Sequence[Word],
    there: Callable[[int], Sequence[int]],
    before: tuple[Sequence[str], Sequence[str]] = ((), ()),
    apart: tuple[frozenset[int], frozenset[int]] = (frozenset(), frozenset()),
) -> str:
    """The word whose doer, or owner, a sentence exchanges against its source; "" where it exchanges none.

    `there` finds the places in the source that mean the same as a word; `before` are the sentences before each, and
    `apart` the places of the words in each that tell who speaks.
    """
    owned: dict[int, set[str]] = {}
    for entity, at in owners(source, held):
        owned.setdefault(at, set()).add(entity)
    for entity, at in owners(text, words):
        others = [owned[i] for i in there(at) if i in owned]
        if others and all(entity not in each for each in others):
            return words[at].text
    named, named_there = entities(text, words), entities(source, held)
    partner = _repaired(text, words, named, source, held, named_there)
    if partner:
        return partner
    hosts = _cast_as(held, named_there)
    for at, word in enumerate(words):
        before_quote = _before_quotation(text, words, at, named)
        if before_quote:
            others_there = {_before_quotation(source, held, i, named_there) or before_quote for i in there(at)}
            others_there |= {named_there[i - 1] for i in there(at) if i - 1 in named_there}
            if others_there and before_quote not in others_there:
                return word.text
        as_there = {hosts[i] for i in there(at) if i in hosts}
        if as_there and _acts(words, at, named):
            doer, _ = doers(text, words, at, before[0], apart[0])
            if doer and not doer & as_there:
                return word.text
        object_here = _object(words, at, named)
        if object_here and not word.plain:
            objects = {_object(held, i, named_there) for i in there(at)} - {""}
            if objects and object_here not in objects:
                return word.text
            sides = [doers(source, held, i, before[1], apart[1]) for i in there(at) if _acts_as(held[i])]
            if sides and all(object_here in doing and object_here not in other for doing, other in sides):
                return word.text  # "the president accused Pardo" for "Pardo accused the president"
        if not _acts(words, at, named) or at in apart[0]:
            continue
        places = [i for i in there(at) if _acts(held, i, named_there)]
        if not places:
            continue
        left, right = doers(text, words, at, before[0], apart[0])
        sides = [doers(source, held, i, before[1], apart[1]) for i in places]
        fits = [
            (not other or left & other) and (not other or not behind or not right or right & behind)
            for other, behind in sides
        ]
        if left and not any(fits):
            return word.text
        taken = {_object(held, i, named_there) for i in places} - {""}
        if left and left <= taken and not any(left & other for other, _ in sides):
            return word.text  # "Orbit has sued the bank" for "the bank has sued Orbit"
        if right and not left and all(behind and not right & behind and right & other for other, behind in sides):
            return word.text
    return ""
