# A case reads best on one line.
# ruff: noqa: E501
"""A second liar's test, on made-up talks that the checks were never tuned on: its cases were written, by hand and by the
same kinds of rules, before any of them was checked.
"""

import re
from collections.abc import Iterator

from tests.assistant.checking.cases.brief import (
    Case,
    Rule,
    changed_quotation,
    invented,
    negated,
    replaced,
    said,
    stripped,
    upper,
)
from tests.assistant.checking.cases.files import article, sentences

ARTICLE = article("mackerel")
HONEST = sentences("mackerel")

_CAST = ("Holst", "Aasen", "Moe", "Einarsdottir", "Renard", "Tveit", "Arnason", "Lind")
_STRANGERS = ("Erna Solberg", "Mette Frederiksen", "Ole Gunnar Berg", "Katrin Jakobsdottir", "Ursula von der Leyen")
_COUNTRIES = (("Norway", "Iceland"), ("Norwegian", "Icelandic"), ("Oslo", "Reykjavik"), ("Denmark", "Norway"), ("Copenhagen", "Reykjavik"))  # fmt: skip
_PROPER = frozenset(
    "Holst Aasen Moe Einarsdottir Renard Tveit Arnason Lind Norway Iceland Denmark Oslo Reykjavik Copenhagen Brussels "
    "Danish Norwegian Icelandic Icelanders Sigurd Ingrid Gudrun Captain Norway's Iceland's Norwegian,".split()
)
_SYNONYMS = (
    ("talks", "negotiations"), ("negotiations", "talks"), ("ended", "concluded"), ("reporters", "journalists"), ("deal", "agreement"),
    ("led", "headed"), ("heads", "leads"), ("round", "round of talks"), ("wants", "demands"), ("remains", "is left"),
    ("promise", "pledge"), ("said that", "stated that"), ("cautioned", "warned"), ("boats", "vessels"), ("took part", "participated"),
)  # fmt: skip
_ABBREVIATIONS = (
    ("three-day", "3-day"), ("Three days", "3 days"), ("Thursday", "Thurs."), ("Wednesday", "Wed."), ("two weeks", "2 weeks"),
    ("thirty", "30"), ("Norway's", "the Norwegian"), ("Two questions", "2 questions"), ("January", "Jan."), ("Denmark", "Copenhagen"),
)  # fmt: skip
_FULL = {"Holst": "Karen Holst", "Aasen": "Sigurd Aasen", "Moe": "Ingrid Moe", "Einarsdottir": "Gudrun Einarsdottir", "Renard": "Paul Renard", "Tveit": "Prime Minister Lars Tveit", "Arnason": "Jon Arnason", "Lind": "Helga Lind"}  # fmt: skip


def _lower(text: str) -> str:
    return text if text.split()[0].rstrip(",") in _PROPER else text[:1].lower() + text[1:]


def _reframed(text: str, place: int) -> Iterator[str]:
    found = said(text)
    if found:
        who, what = found
        yield f"According to {who}, {_lower(what)}."
        yield f"{upper(what)}, {who} said."
        yield f"{who} said that {_lower(what)}."


def _in_full(text: str, place: int) -> Iterator[str]:
    for short, longer in _FULL.items():
        match = re.search(rf"^{short}\b(?!['’])|(?<=by ){short}\b|(?<=of ){short}\b", text)
        if match:
            yield text[: match.start()] + longer + text[match.end() :]
            return


def honest() -> list[Case]:
    """Sentences that stand."""
    cases = [Case("by hand", text, cites) for text, cites in HONEST]
    rules: dict[str, Rule] = {
        "synonym": replaced(_SYNONYMS), "abbreviation": replaced(_ABBREVIATIONS), "full name": _in_full, "reported otherwise": _reframed,
    }  # fmt: skip
    for rule, rewritten in rules.items():
        for place, (text, cites) in enumerate(HONEST):
            cases += [Case(rule, each, cites) for each in rewritten(text, place) if each != text]
    return list(dict.fromkeys(cases))


def _number(text: str, place: int) -> Iterator[str]:
    match = re.search(r"\b(Three|three|40,000|[Tt]wo|thirty|twice|2030)\b", text)
    if match:
        other = {"40,000": "14,000", "2030": "2040", "twice": "four times", "thirty": "eighty"}.get(match[0], "Five")
        yield text[: match.start()] + (other if match.start() == 0 else other.lower()) + text[match.end() :]
    elif place % 3 == 0 and text[-2] != "”":
        yield f"{text[:-1]}, for the {('sixth', '12th')[place % 2]} time."


def _name(text: str, place: int) -> Iterator[str]:
    for name in _CAST:
        match = re.search(rf"(?:[A-Z]\w+ )?\b{name}\b(?!['’])", text)
        if match:
            yield text[: match.start()] + _STRANGERS[place % len(_STRANGERS)] + text[match.end() :]
            return


def _date(text: str, place: int) -> Iterator[str]:
    match = re.search(r"Thursday|Wednesday|January|May\b", text)
    if match:
        other = {"Thursday": "Monday", "Wednesday": "Friday", "January": "November", "May": "August"}[match[0]]
        yield text[: match.start()] + other + text[match.end() :]
    elif place % 2 == 0 and text[-2] != "”":
        yield text[:-1] + (" on 2 April.", " in 2021.", " last Sunday.")[place // 2 % 3]


def _speaker(text: str, place: int) -> Iterator[str]:
    match = re.search(
        rf"\b({'|'.join(_CAST)})\b(?= (?:said|told|wrote|called|cautioned|calls|says|has warned|advised))", text
    )
    if match:
        for step in (1, 3):
            other = _CAST[(_CAST.index(match[1]) + step) % len(_CAST)]
            yield text[: match.start()] + other + text[match.end() :]


def _country(text: str, place: int) -> Iterator[str]:
    for one, two in _COUNTRIES:
        if re.search(rf"\b(?:{one}|{two})\b", text) and not re.search(
            rf"{one} and {two}|{two} and {one}|Norwegian, ", text
        ):
            yield re.sub(rf"\b(?:{one}|{two})\b", lambda match, swap={one: two, two: one}: swap[match[0]], text)
            return


_LIES: dict[str, Rule] = {
    "number": _number, "name": _name, "date": _date, "quotation": changed_quotation, "speaker": _speaker, "country": _country,
    "negation": negated, "attribution stripped": stripped,
}  # fmt: skip


def inventions() -> list[Case]:
    """Sentences that must not be shown, each made from an honest one by changing one thing."""
    return invented(HONEST, _LIES, shift=11, every=2)
