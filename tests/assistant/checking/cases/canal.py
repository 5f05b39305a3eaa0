# A case reads best on one line.
# ruff: noqa: E501
"""A third liar's test, on other made-up talks: written after the rules were mended on the second, before it was run."""

import re
from collections.abc import Iterator
from datetime import date

from index.article import Article
from tests.assistant.checking.cases.brief import (
    Case,
    Cites,
    Rule,
    changed_quotation,
    invented,
    negated,
    replaced,
    stripped,
)

TEXT = """\
Egypt and Ethiopia ended a second week of canal talks in Vienna on Friday with a short joint statement and no treaty, said Austria’s mediator, Lena Gruber.

“The map is agreed, the money is not,” Gruber told a news conference. She expects the delegations back before the end of June.

Hany Rashad, Egypt’s water minister, described the week as “slow, honest work.” Cairo had asked for a fund of 300 million dollars, he said, but would accept half of it.

Ethiopia’s chief delegate, Almaz Tesfaye, refused to discuss money in public. Her spokesman, Dawit Bekele, said that Addis Ababa “will not pay twice for one canal.”

Sudan, which has sent four observers, is worried about its farmers along the border. Its ambassador, Omar Khalil, warned on Thursday that a dry summer could ruin 90 villages.

The World Bank has offered to lend the money, on the condition that both countries publish their figures. Rashad welcomed the offer; Tesfaye has not answered it.

Gruber was a judge in Graz before she became a mediator. In 2019 she settled a quarrel between Hungary and Slovakia about a dam on the Danube.

President Kamal Fathy has promised Egyptians that the canal will open within three years. His opponents call that date “a fairy tale,” and demand that parliament be told what was signed.
"""
ARTICLE = Article(
    "canal", "Canal talks in Vienna end with a map and no money", TEXT.strip(), "/news/canal.txt",
    publisher="Danube Courier", published=date(2026, 4, 24),
)  # fmt: skip
#: The least shares that must pass: of inventions stopped, and of honest sentences that stand.
LEAST = {False: 0.95, True: 0.90}

HONEST: tuple[tuple[str, Cites], ...] = (
    ("Gruber said that the canal talks between Egypt and Ethiopia ended on Friday without a treaty.", ("second week",)),
    ("The second week of talks in Vienna closed with a joint statement, according to Gruber.", ("second week",)),
    ("Lena Gruber is Austria's mediator.", ("second week",)),
    ("Gruber told a news conference: “The map is agreed, the money is not.”", ("The map is agreed",)),
    ("Gruber expects that the delegations will return before the end of June.", ("She expects",)),
    ("Rashad called the week “slow, honest work.”", ("slow, honest",)),
    ("Hany Rashad is the water minister of Egypt.", ("slow, honest",)),
    ("Rashad said that Cairo had asked for 300 million dollars but would accept half.", ("fund of 300",)),
    ("Egypt would accept half of the fund that it asked for, Rashad said.", ("fund of 300",)),
    ("Tesfaye, the chief delegate of Ethiopia, did not want to discuss money in public.", ("refused to discuss",)),
    ("Bekele said that Addis Ababa “will not pay twice for one canal.”", ("pay twice",)),
    ("Dawit Bekele is the spokesman of Tesfaye.", ("pay twice",)),
    ("Sudan has sent four observers and fears for its farmers along the border.", ("four observers",)),
    ("Khalil warned that 90 villages could be ruined by a dry summer.", ("dry summer",)),
    ("According to Khalil, the ambassador of Sudan, a dry summer could ruin 90 villages.", ("dry summer",)),
    ("The World Bank has offered a loan if both countries publish their figures.", ("World Bank",)),
    ("Rashad welcomed the offer of the World Bank, but Tesfaye has not answered.", ("Rashad welcomed",)),
    ("Before she became a mediator, Gruber was a judge in Graz.", ("a judge in Graz",)),
    ("Gruber settled a quarrel about a dam on the Danube between Hungary and Slovakia in 2019.", ("In 2019 she",)),
    ("Fathy has promised that the canal will open in three years.", ("within three years",)),
    ("Opponents of Fathy call that date “a fairy tale.”", ("fairy tale",)),
    ("His opponents demand that parliament be told what was signed.", ("fairy tale",)),
    ("The week was described as “slow, honest work” by Rashad.", ("slow, honest",)),
    ("Four observers were sent by Sudan.", ("four observers",)),
)  # fmt: skip

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
