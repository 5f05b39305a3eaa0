# A case reads best on one line.
# ruff: noqa: E501
"""A third liar's test, on other made-up talks: written after the rules were mended on the second, before it was run."""

import re
from collections.abc import Iterator

from tests.assistant.checking.cases.brief import (
    Case,
    Rule,
    changed_quotation,
    invented,
    negated,
    replaced,
    stripped,
)
from tests.assistant.checking.cases.files import article, sentences

ARTICLE = article("canal")
HONEST = sentences("canal")

_CAST = ("Gruber", "Rashad", "Tesfaye", "Bekele", "Khalil", "Fathy")
_STRANGERS = ("Antonio Guterres", "Maria Steiner", "Abiy Ahmed", "Peter Novak")
_COUNTRIES = (("Egypt", "Ethiopia"), ("Cairo", "Addis Ababa"), ("Sudan", "Egypt"), ("Austria", "Hungary"), ("Slovakia", "Austria"))  # fmt: skip
_WORDS = (
    ("talks", "negotiations"), ("ended", "concluded"), ("closed", "ended"), ("said that", "stated that"), ("return", "be back"),
    ("warned", "cautioned"), ("settled", "resolved"), ("quarrel", "dispute"), ("fears", "is worried"), ("promised", "pledged"),
    ("demand", "insist"), ("offered", "proposed"), ("is the", "serves as the"), ("dollars", "U.S. dollars"), ("three years", "3 years"),
    ("Four", "4"), ("four", "4"), ("second", "2nd"), ("Egypt", "Cairo"),
)  # fmt: skip


def honest() -> list[Case]:
    """Sentences that stand."""
    cases = [Case("by hand", text, cites) for text, cites in HONEST]
    rewritten = replaced(_WORDS)
    for place, (text, cites) in enumerate(HONEST):
        cases += [Case("other words", each, cites) for each in rewritten(text, place) if each != text]
    return list(dict.fromkeys(cases))


def _number(text: str, place: int) -> Iterator[str]:
    match = re.search(r"\b(300|90|four|Four|three|second|2019|half)\b", text)
    if match:
        other = {"300": "500", "90": "19", "second": "fourth", "2019": "2016", "half": "a third", "Four": "Nine"}.get(
            match[0], "nine"
        )
        yield text[: match.start()] + other + text[match.end() :]
    else:
        yield text[:-1].rstrip(".”") + ("”" if "“" in text else "") + f", after {place + 11} calls."


def _name(text: str, place: int) -> Iterator[str]:
    for name in _CAST:
        match = re.search(rf"(?:(?:Lena|Hany|Dawit) )?\b{name}\b", text)
        if match:
            yield text[: match.start()] + _STRANGERS[place % len(_STRANGERS)] + text[match.end() :]
            return


def _date(text: str, place: int) -> Iterator[str]:
    match = re.search(r"Friday|June|2019|summer", text)
    if match:
        other = {"Friday": "Tuesday", "June": "August", "2019": "2023", "summer": "winter"}[match[0]]
        yield text[: match.start()] + other + text[match.end() :]
    elif text[-2] != "”":
        yield text[:-1] + (" last Monday.", " in May.", " on 9 April.")[place % 3]


def _speaker(text: str, place: int) -> Iterator[str]:
    match = re.search(
        rf"\b({'|'.join(_CAST)})\b(?= (?:said|told|called|warned|expects|has promised))|(?<=[Aa]ccording to )\w+|(?<=by )Rashad",
        text,
    )
    if match and match[0] in _CAST:
        for step in (1, 2, 4):
            yield text[: match.start()] + _CAST[(_CAST.index(match[0]) + step) % len(_CAST)] + text[match.end() :]


def _country(text: str, place: int) -> Iterator[str]:
    for one, two in _COUNTRIES:
        if re.search(rf"\b(?:{one}|{two})\b", text) and not (one in text and two in text):
            yield re.sub(rf"\b(?:{one}|{two})\b", lambda match, swap={one: two, two: one}: swap[match[0]], text)


_LIES: dict[str, Rule] = {
    "number": _number, "name": _name, "date": _date, "quotation": changed_quotation, "speaker": _speaker, "country": _country,
    "negation": negated, "attribution stripped": stripped,
}  # fmt: skip


def inventions() -> list[Case]:
    """Sentences that must not be shown, each made from an honest one by changing one thing."""
    return invented(HONEST, _LIES, shift=7, every=1)
