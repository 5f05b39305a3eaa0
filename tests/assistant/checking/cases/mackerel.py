# A case reads best on one line.
# ruff: noqa: E501
"""A second liar's test, on made-up talks that the checks were never tuned on: its cases were written, by hand and by the
same kinds of rules, before any of them was checked.
"""

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
    said,
    stripped,
    upper,
)

TEXT = """\
Three days of negotiations between Norway and Iceland over mackerel quotas, with Denmark as host, broke up in Copenhagen on Thursday evening without a common text, Danish Foreign Minister Karen Holst said.

“We are closer than we were in January, but a gap of 40,000 tonnes remains,” she told reporters.

Oslo and Reykjavik have agreed on “nearly every line” of a plan to inspect trawlers at sea, with Danish observers on board, Holst said, but two questions are still open: how the catch is shared, and who may fish around Jan Mayen.

Sigurd Aasen, the former navy captain who headed Norway’s team, left the building without speaking to the press. His deputy, Ingrid Moe, called the meeting “sober and necessary.” She named no date for another round.

Gudrun Einarsdottir, who leads Iceland’s fisheries ministry and spoke for Reykjavik in Copenhagen, said that “nobody walked out, and nobody gave in.”

The European Union’s envoy, Paul Renard, wrote on Bluesky that he saw “honest effort” and that “both delegations promised to report to their capitals within two weeks.” He did not mention the quotas. An earlier round, held in Bergen in January with Norwegian, Icelandic and Faroese skippers at the table, had ended with a promise to share catch data.

Aasen has a name for hard bargaining. Prime Minister Lars Tveit’s decision to send him alarmed some shipowners, after civil servants of both sides had nearly reached a compromise. Two people close to the talks told the Harbour Gazette that Wednesday’s session was “wasted” because of his demands.

Captain Jon Arnason, head of Iceland’s coast guard, sat next to Einarsdottir; he had been her main adviser in Bergen. About thirty experts came along, among them Helga Lind, a biologist and director of the Institute for Northern Seas, who is separately advising Denmark on cod.

Norway wants two thirds of the northern catch, including waters that its boats rarely visit. Iceland has twice turned this down, while Brussels urges both to settle before summer.

Tveit has warned that he will close Norwegian ports to Icelandic trawlers if Reykjavik raises its quota alone. He also says that Einarsdottir “plays to the gallery,” and calls her plan “arithmetic for children.”

The simplest way out of the dispute, Einarsdottir told Channel Nine, is a joint quota set by scientists, as Iceland will propose in May. She was willing to talk about giving up some of the eastern grounds, but asked Norway to give up as much.

Icelanders would not accept a smaller catch in any vote, Einarsdottir cautioned. “Fish is our bread. It always was,” she said.

On Wednesday, Holst told Channel Nine that Renard and Lind believe Norway “really wants a treaty.” She advised the two against hurrying Iceland into a deal that its towns would call “a bad bargain.”

The Faroe Islands are asking Copenhagen and Brussels for a seat at the table. They fear that, without rules, larger fleets could empty the sea by 2030.
"""
ARTICLE = Article(
    "mackerel", "Norway and Iceland fail to settle mackerel quotas in Copenhagen", TEXT.strip(), "/news/mackerel.txt",
    publisher="Harbour Gazette", published=date(2026, 3, 13),
)  # fmt: skip
#: The least shares that must pass: of inventions stopped, and of honest sentences that stand.
LEAST = {False: 0.95, True: 0.95}

HONEST: tuple[tuple[str, Cites], ...] = (
    ("Three days of talks in Copenhagen between Norway and Iceland ended without a common text, Holst said.", ("Three days",)),
    ("According to Holst, the mackerel negotiations broke up on Thursday evening.", ("Three days",)),
    ("Denmark hosted the three-day negotiations over mackerel quotas, Holst said.", ("Three days",)),
    ("Holst told reporters that a gap of 40,000 tonnes remains.", ("We are closer",)),
    ("Holst said the sides are “closer than we were in January.”", ("We are closer",)),
    ("Holst said that Oslo and Reykjavik agree on nearly all of a plan to inspect trawlers at sea.", ("nearly every line",)),
    ("Danish observers would be on board the inspected trawlers, according to Holst.", ("nearly every line",)),
    ("Two questions remain open, Holst said: the sharing of the catch and fishing around Jan Mayen.", ("nearly every line",)),
    ("Sigurd Aasen, a former navy captain, led the Norwegian team.", ("Sigurd Aasen",)),
    ("Aasen left without talking to the press.", ("Sigurd Aasen",)),
    ("Moe called the meeting “sober and necessary.”", ("His deputy",)),
    ("Ingrid Moe, the deputy of Aasen, described the meeting as sober and necessary.", ("His deputy",)),
    ("Moe gave no date for another round.", ("She named no",)),
    ("Gudrun Einarsdottir, who heads Iceland's fisheries ministry, spoke for Reykjavik.", ("Gudrun Einarsdottir",)),
    ("Einarsdottir said that “nobody walked out, and nobody gave in.”", ("Gudrun Einarsdottir",)),
    ("“Nobody walked out,” said Einarsdottir.", ("Gudrun Einarsdottir",)),
    ("Renard wrote on Bluesky that he saw “honest effort.”", ("European Union",)),
    ("Both delegations promised to report to their capitals within two weeks, Renard wrote.", ("European Union",)),
    ("Renard did not mention the quotas.", ("He did not mention",)),
    ("The earlier round was held in Bergen in January.", ("An earlier round",)),
    ("The Bergen round ended with a promise to share catch data.", ("An earlier round",)),
    ("Norwegian, Icelandic and Faroese skippers took part in the round in Bergen.", ("An earlier round",)),
    ("Aasen is known for hard bargaining.", ("hard bargaining",)),
    ("The choice of Aasen by Prime Minister Lars Tveit alarmed some shipowners.", ("decision to send",)),
    ("Civil servants of the two sides had almost reached a compromise before.", ("decision to send",)),
    ("Two people close to the talks told the Harbour Gazette that Wednesday's session was “wasted.”", ("Two people close",)),
    ("Captain Jon Arnason heads Iceland's coast guard.", ("Jon Arnason",)),
    ("Arnason had been the main adviser of Einarsdottir in Bergen.", ("Jon Arnason",)),
    ("About thirty experts came, among them the biologist Helga Lind.", ("About thirty",)),
    ("Lind is the director of the Institute for Northern Seas.", ("About thirty",)),
    ("Lind is advising Denmark on cod.", ("About thirty",)),
    ("Norway demands two thirds of the northern catch.", ("two thirds",)),
    ("Norway wants even waters that its boats rarely visit.", ("two thirds",)),
    ("Iceland has turned this down twice, while Brussels presses both to settle before summer.", ("twice turned",)),
    ("Tveit has warned that he will shut Norwegian ports to Icelandic trawlers if Reykjavik raises its quota alone.", ("close Norwegian ports",)),
    ("Tveit calls the plan “arithmetic for children.”", ("plays to the gallery",)),
    ("Tveit says that Einarsdottir “plays to the gallery.”", ("plays to the gallery",)),
    ("Einarsdottir told Channel Nine that a joint quota set by scientists is the simplest way out of the dispute.", ("simplest way",)),
    ("Iceland will propose a joint quota in May.", ("simplest way",)),
    ("Einarsdottir was willing to talk about giving up some eastern grounds.", ("She was willing",)),
    ("Einarsdottir asked Norway to give up as much.", ("She was willing",)),
    ("Einarsdottir cautioned that Icelanders would not accept a smaller catch in any vote.", ("smaller catch",)),
    ("“Fish is our bread,” Einarsdottir said.", ("Fish is our bread",)),
    ("Holst told Channel Nine on Wednesday that Renard and Lind believe Norway “really wants a treaty.”", ("On Wednesday, Holst",)),
    ("Holst advised Renard and Lind against hurrying Iceland into a deal its towns would call “a bad bargain.”", ("She advised",)),
    ("The Faroe Islands want a seat at the table from Copenhagen and Brussels.", ("Faroe Islands are",)),
    ("The Faroe Islands fear that larger fleets could empty the sea by 2030 without rules.", ("They fear",)),
    # Further from the words.
    ("Norway's team was headed by Sigurd Aasen.", ("Sigurd Aasen",)),
    ("The meeting was called “sober and necessary” by Moe.", ("His deputy",)),
    ("A promise to share catch data came out of the earlier round in Bergen.", ("An earlier round",)),
    ("Reykjavik was represented in Copenhagen by Einarsdottir.", ("Gudrun Einarsdottir",)),
    ("Norwegian ports will be closed to Icelandic trawlers if Reykjavik alone raises its quota, Tveit has warned.", ("close Norwegian ports",)),
    ("A smaller catch would not be accepted by Icelanders in any vote, Einarsdottir cautioned.", ("smaller catch",)),
    ("No common text was reached in Copenhagen, Holst said.", ("Three days",)),
)  # fmt: skip

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
