"""Paraphrase by pattern: passive sentences in the active voice, and sentences that an apposition amounts to."""

import re
from collections.abc import Iterator

_PASSIVE = re.compile(
    r"^(?P<object>[^,;:“”\"]{2,90}?) (?:was|were|is|are|has been|have been|had been) "
    r"(?P<verb>\w+(?:ed|en|t|ld|wn|de|un|ung)) by "
    r"(?P<agent>(?:the |a |an )?[^,;:“”\"]{2,70}?)(?P<rest>,.*| (?:on|in|at|after|during|for|with|before) .*)?$"
)
_NAME = r"[A-Z][\w’'.-]+(?: (?:de |van |al-|von )?[A-Z][\w’'.-]+){0,3}"
_APPOSED = re.compile(
    rf"(?:^|, |and |by |with |of )(?P<name>{_NAME}), "
    r"(?P<office>(?:the |a |an |[A-Z]\w+[’']s )[^,;:“”\"]{3,80})(?=[,.;]|$)"
)
_LED = re.compile(
    r"(?:^|, |by |with |was )(?P<office>(?:[Tt]he |[Aa] |[Aa]n |[A-Z]\w+[’']s )[^,;:“”\"]{3,80}), "
    rf"(?P<name>{_NAME})(?=[,.;]|$)"
)
_WHO = re.compile(rf"(?P<name>{_NAME}),? who (?P<clause>[^,;:“”\"]{{4,160}})(?=[,.;]|$)")
_APPOSED_WHO = re.compile(
    rf"(?P<name>{_NAME}), (?:the |an? )[^,;:“”\"]{{3,80}}?,? who (?P<clause>[^,;:“”\"]{{4,160}})(?=[,.;]|$)"
)
_LED_WHO = re.compile(
    rf"(?:^|, |by |with |was )(?P<office>(?:[Tt]he |[A-Z]\w+[’']s )[^,;:“”\"]{{3,80}}), (?P<name>{_NAME}), "
    r"who (?P<clause>[^,;:“”\"]{4,160})(?=[,.;]|$)"
)
_DENIED = re.compile(r"\b(?:not|never|no|nor|neither|none|nobody|without|if|unless|may|might|could|would)\b|n[’']t\b")


def recast(sentence: str) -> Iterator[str]:
    """What a sentence also says: a passive in the active, an apposition or a relative clause as a sentence of its own.

    >>> list(recast("The talks were led by Dara Holm."))
    ['Dara Holm led The talks.']
    >>> list(recast("Dara Holm, the foreign minister, who led the talks, left."))[-1]
    'Dara Holm led the talks.'
    """
    yield from active(sentence)
    for pattern in (_APPOSED, _LED):
        for match in pattern.finditer(sentence):
            yield f"{match['name']} is {match['office']}."
            yield f"{match['office']} is {match['name']}."
    for match in _WHO.finditer(sentence):
        yield f"{match['name']} {match['clause']}."
    for match in _APPOSED_WHO.finditer(sentence):
        yield f"{match['name']} {match['clause']}."
    for match in _LED_WHO.finditer(sentence):
        yield f"{match['office']}, {match['name']}, {match['clause']}."


def active(sentence: str) -> Iterator[str]:
    """A passive sentence in the active, by pattern; nothing for any other.

    >>> list(active("The talks were led by Dara Holm."))
    ['Dara Holm led The talks.']
    """
    bare = sentence.strip().rstrip(".")
    passive = _PASSIVE.match(bare)
    if passive and not _DENIED.search(bare):
        yield f"{passive['agent']} {passive['verb']} {passive['object']}{passive['rest'] or ''}."
