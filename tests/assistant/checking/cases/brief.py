# A case reads best on one line.
# ruff: noqa: E501
"""The liar's test: what honest and lying models write about the brief, made by rules from a list of honest sentences.

A case is a sentence and the sentences of the brief that it cites. Honest sentences are written by hand, and rewritten
by rules that change no meaning; inventions are made from them by rules that each change one thing. The cases are split
by their place in the list: on one half the checks were tuned, on the other they were only measured.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.assistant.checking.cases.files import Cites, sentences

#: Makes other sentences of a sentence and its place in the list.
Rule = Callable[[str, int], Iterator[str]]

#: Honest sentences, each with words of the sentences that it cites.
HONEST = sentences("brief")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence that a model might write, the rule it was made by, and words of the sentences it cites."""

    rule: str
    sentence: str
    cites: Cites


_LIARS = ("Medinsky", "Umerov", "Witkoff", "Zelensky", "Peskov", "Kushner", "Putin", "Trump", "Kostyukov", "Dmitriev")
_STRANGERS = ("Sergei Lavrov", "Emmanuel Macron", "Marco Rubio", "Andriy Yermak", "Keith Kellogg", "Olaf Brenner")
_DAYS = ("Monday", "Thursday", "Saturday", "Sunday", "Friday")
_COUNTRIES = (
    ("Russia", "Ukraine"),
    ("Russian", "Ukrainian"),
    ("Moscow", "Kyiv"),
    ("Washington", "Moscow"),
    ("Kremlin", "Kyiv"),
)
_SPEECH = r"(?:said|told \w+|warned|called|described|reported|cautioned|signals|believe|calls)"
_FRAMES = (
    r"^(?P<who>[A-Z]\w+(?: [A-Z]\w+)?) (?:said|told (?:journalists|reporters|Axios)|warned)(?: this week| on Tuesday)?(?: that)? (?P<what>[^“”]+\.)$",
    r"^(?P<what>[^“”]+), (?P<who>[A-Z]\w+) (?:said|warned)\.$",
    r"^According to (?P<who>[A-Z]\w+), (?P<what>[^“”]+\.)$",
)


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def said(text: str) -> tuple[str, str] | None:
    """Who says what in a sentence of the plainest forms."""
    for frame in _FRAMES:
        match = re.match(frame, text)
        if match:
            return match["who"], match["what"].rstrip(".")
    return None


def honest() -> list[Case]:
    """Sentences that stand: those written by hand, and what rules make of them that change no meaning."""
    cases = [Case("by hand", text, cites) for text, cites in HONEST]
    for rule, rewritten in _HONEST_RULES.items():
        for place, (text, cites) in enumerate(HONEST):
            cases += [Case(rule, each, cites) for each in rewritten(text, place) if each != text]
    for place in range(0, len(HONEST) - 1, 2):
        (one, cites), (two, more) = HONEST[place], HONEST[(place * 7 + 5) % len(HONEST)]
        if cites != more and not re.match("[“]", one + two) and "Before" not in two:
            start = (
                two if re.match(r"[A-Z]\w+(?:'s)? ", two) and two.split()[0] in _NAMES else two[:1].lower() + two[1:]
            )
            cases.append(Case("merged", f"{one.rstrip('.')}, and {start}" if one[-1] == "." else one, (*cites, *more)))
    return list(dict.fromkeys(cases))


_NAMES = frozenset(
    "Zelensky Witkoff Medinsky Umerov Putin Trump Kyiv Moscow Ukraine Russia Peskov Kostyukov Dmitriev Americans Russian "
    "Russian, Ukrainian Ukrainians Washington Axios Vladimir Rustem Jared Admiral Kremlin Iranian Russia's Putin's Trump's "
    "Ukraine's".split()
)
_SYNONYMS = (
    ("negotiations", "talks"), ("talks", "discussions"), ("accord", "agreement"), ("agreement", "deal"), ("ended", "concluded"),
    ("land", "territory"), ("reporters", "journalists"), ("war", "conflict"), ("Admiral Igor", "Igor"), ("round", "round of talks"),
    ("wants", "is seeking"), ("said that", "stated that"), ("delegates", "negotiators"), ("main issues regarding", "main questions about"),
    ("held", "staged"), ("warned", "cautioned"), ("chief negotiator", "lead negotiator"), ("closed", "finished"),
)  # fmt: skip
_ABBREVIATIONS = (
    ("United States", "U.S."), ("Washington", "the United States"), ("U.S.", "American"), ("two-day", "2-day"), ("two ", "2 "),
    ("Wednesday", "Wed."), ("Kyiv is", "Ukraine is"), ("Moscow wants", "Russia wants"), ("Russia's delegation", "the Russian delegation"),
    ("Ukraine's", "the Ukrainian"), ("Americans", "U.S. officials"), ("The Kremlin", "Moscow"), ("Kyiv ", "Ukraine "), ("two ", "Two "),
)  # fmt: skip
_FULL = {
    "Zelensky": ("Volodymyr Zelensky", "President Zelensky", "Ukrainian President Volodymyr Zelensky"),
    "Medinsky": ("Vladimir Medinsky",), "Umerov": ("Rustem Umerov",), "Witkoff": ("Steve Witkoff", "U.S. Special Envoy Steve Witkoff"),
    "Putin": ("Vladimir Putin", "President Putin"), "Kostyukov": ("Admiral Kostyukov",), "Dmitriev": ("Kirill Dmitriev",),
}  # fmt: skip


def replaced(pairs: tuple[tuple[str, str], ...]) -> Rule:
    def rule(text: str, place: int) -> Iterator[str]:
        outside = re.sub(r"“[^”]*”", lambda match: "\0" * len(match[0]), text)
        for old, new in pairs:
            match = re.search(rf"(?<![\w-]){re.escape(old)}(?![\w’'])" if old[-1] != " " else re.escape(old), outside)
            if match and (old[-1] != " " or new[0].islower() == old[0].islower() or new[0].isdigit()):
                made = text[: match.start()] + new + text[match.end() :]
                yield upper(re.sub(r"\b(a|an|the) the\b", r"the", made).replace("an deal", "a deal"))

    return rule


def _in_full(text: str, place: int) -> Iterator[str]:
    for short, longer in _FULL.items():
        match = re.search(rf"(?<![\w] )\b{short}\b(?!['’])|^{short}\b", text)
        if match and not re.search(rf"\w+ {short}\b", text[: match.end()]):
            yield text[: match.start()] + longer[place % len(longer)] + text[match.end() :]


def _reframed(text: str, place: int) -> Iterator[str]:
    found = said(text)
    if found:
        who, what = found
        start = what if what.split()[0].rstrip(",") in _NAMES else what[:1].lower() + what[1:]
        yield f"According to {who}, {start}."
        yield f"{upper(what)}, {who} said."
        yield f"{who} said that {start}."
        yield f"{upper(what)}, according to {who}."


def _by_the_paper(text: str, place: int) -> Iterator[str]:
    if place % 5 == 0 and "ccording" not in text and text[0] != "“":
        start = text if text.split()[0] in _NAMES else text[:1].lower() + text[1:]
        yield f"The article says that {start}"


def _moved(text: str, place: int) -> Iterator[str]:
    for phrase in (" on Wednesday", " in Geneva", " this week", " on Tuesday", " in Abu Dhabi", " this month"):
        match = re.fullmatch(rf"([^“”,:]+?){phrase}([^“”,:]*\.)", text)
        if match and not re.search(r"\bthat\b|\bround$|in$|for Kyiv$", match[1]) and "previous" not in text:
            start = match[1] if match[1].split()[0] in _NAMES else match[1][:1].lower() + match[1][1:]
            yield f"{upper(phrase.strip())}, {start}{match[2]}"


_HONEST_RULES = {
    "synonym": replaced(_SYNONYMS), "abbreviation": replaced(_ABBREVIATIONS), "full name": _in_full, "reported otherwise": _reframed,
    "by the paper": _by_the_paper, "clause moved": _moved,
}  # fmt: skip


def inventions() -> list[Case]:
    """Sentences that must not be shown, each made from an honest one by changing one thing."""
    return invented(HONEST, _LIES, shift=13, every=2)


def invented(honest: Sequence[tuple[str, Cites]], lies: Mapping[str, Rule], *, shift: int, every: int) -> list[Case]:
    """What the rules make of honest sentences; and, with sources of another, each `every`-th of them."""
    cases = [
        Case(rule, each, cites)
        for rule, lie in lies.items()
        for place, (text, cites) in enumerate(honest)
        for each in lie(text, place)
        if each != text
    ]
    for place in range(0, len(honest), every):
        text, cites = honest[place]
        wrong = honest[(place * 5 + shift) % len(honest)][1]
        if wrong != cites:
            cases.append(Case("wrong citation", text, wrong))
    return list(dict.fromkeys(cases))


def _other_number(text: str, place: int) -> Iterator[str]:
    numbers = ("three", "seven", "eleven", "40", "15")
    for match in list(re.finditer(r"\b(two|Two|first)\b", text))[:1]:
        new = "third" if match[0] == "first" else numbers[place % 5]
        yield text[: match.start()] + new + text[match.end() :]
    if place % 3 == 0 and text[-2] != "”":
        yield (
            text[:-1] + (f", after {numbers[place % 5]} meetings.", f", at a cost of ${place + 3} million.")[place % 2]
        )


def _other_name(text: str, place: int) -> Iterator[str]:
    found = [name for name in _LIARS if re.search(rf"\b{name}\b", text)]
    if found and place % 2:
        name = re.search(rf"(?:[A-Z]\w+ )?\b{found[0]}\b", text)
        assert name is not None
        yield text[: name.start()] + _STRANGERS[place % len(_STRANGERS)] + text[name.end() :]
    elif place % 4 == 0:
        yield (
            text[:-1].rstrip("”.") + f", together with {_STRANGERS[place % len(_STRANGERS)]}."
            if "“" not in text
            else text
        )


def _other_date(text: str, place: int) -> Iterator[str]:
    match = re.search(r"Wednesday|Tuesday", text)
    if match:
        yield text[: match.start()] + _DAYS[place % 5] + text[match.end() :]
    elif place % 2 == 0 and text[-2] != "”":
        yield text[:-1] + (" on 3 March.", " in 2019.", f" last {_DAYS[place % 5]}.", " next month.")[place // 2 % 4]


def changed_quotation(text: str, place: int) -> Iterator[str]:
    invented = ("we will sign next week", "a historic breakthrough", "nothing will change", "a disaster for Europe")
    match = re.search(r"“([^”]+)”", text)
    if match:
        yield text[: match.start(1)] + invented[place % 4] + text[match.end(1) :]
        words = match[1].split()
        if len(words) > 2:
            yield text.replace(words[-1], "terrible" + words[-1][-1:] * (not words[-1][-1].isalpha()))
    elif (found := said(text)) and place % 2:
        yield f"{found[0]} said: “{upper(invented[place % 4])}.”"


def _other_speaker(text: str, place: int) -> Iterator[str]:
    found = said(text)
    match = re.search(rf"\b({'|'.join(_LIARS)})\b(?= {_SPEECH})", text)
    for step in (1, 4):
        other = _LIARS[(place + step) % len(_LIARS)]
        if match and match[0] != other:
            yield re.sub(rf"(?:Kremlin spokesman )?(?:[A-Z]\w+ )?\b{match[0]}\b", other, text, count=1)
    if found and found[0] != "Witkoff" and place % 2:
        yield f"According to Witkoff, {found[1]}."


def _other_country(text: str, place: int) -> Iterator[str]:
    for one, two in _COUNTRIES:
        if re.search(rf"\b(?:{one}|{two})\b", text) and not re.search(
            rf"{one} and {two}|{two} and {one}|between|Russian, Ukrainian", text
        ):
            swap = {one: two, two: one}
            made = re.sub(rf"\b(?:{one}|{two})\b", lambda match, swap=swap: swap[match[0]], text)
            # A name that goes with the country would be wrong in another way, which is another rule's matter.
            if made != text:
                yield made
                break


def negated(text: str, place: int) -> Iterator[str]:
    outside = re.sub(r"“[^”]*”", lambda match: "\0" * len(match[0]), text)
    for old, new in (
        (" did not say", " said"), (" without an accord", " with an accord"), (" without agreement", " with agreement"),
        (" would never ", " would gladly "), ("neither a date nor a venue", "a date and a venue"), (" shows no sign of", " shows signs of"),
        (" do not hold", " hold"), ("No accord was", "An accord was"), (" no details can", " details can"), (" never be ", " soon be "),
        (" is ", " is not "), (" was ", " was not "), (" has ", " has never "), (" would ", " would not "), (" had ", " had never "),
        (" wants ", " does not want "), (" are ", " are not "), (" led ", " did not lead "), (" agree on", " do not agree on"),
        (" agreed to", " did not agree to"), (" stayed open", " did not stay open"), (" met ", " did not meet "), (" pledged to", " never pledged to"),
        (" were ", " were not "), (" differ", " do not differ"), (" demands that", " does not demand that"), (" ended ", " did not end "),
        (" heads ", " does not head "), (" proposes ", " does not propose "), (" prompted ", " did not prompt "), (" fears ", " does not fear "),
    ):  # fmt: skip
        at = outside.find(old)
        if at >= 0:
            yield text[:at] + new + text[at + len(old) :]
            break


def stripped(text: str, place: int) -> Iterator[str]:
    found = said(text)
    if found:
        yield upper(found[1]) + "."
    match = re.fullmatch(r"(“[^”]+),” (?:said \w+|\w+ said.*)\.", text)
    if match:
        yield match[1].strip("“") + "."
    match = re.fullmatch(
        r"(?:\w+ )?(?:called|described|calls) (?:the )?(\w+)(?: as)? (.+)", text.removeprefix("Medinsky ")
    )
    if match:
        yield f"The {match[1]} were {match[2].replace('“', '').replace('”', '')}"


_LIES: dict[str, Rule] = {
    "number": _other_number, "name": _other_name, "date": _other_date, "quotation": changed_quotation, "speaker": _other_speaker,
    "country": _other_country, "negation": negated, "attribution stripped": stripped,
}  # fmt: skip
