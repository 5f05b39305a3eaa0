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

Cites = tuple[str, ...]
#: Makes other sentences of a sentence and its place in the list.
Rule = Callable[[str, int], Iterator[str]]

#: Honest sentences, each with words of the sentences that it cites.
HONEST: tuple[tuple[str, Cites], ...] = (
    ("The Geneva negotiations ended on Wednesday without an accord, Zelensky said.", ("Two days of",)),
    ("According to Zelensky, two days of talks between Ukraine and Russia closed without agreement.", ("Two days of",)),
    ("Zelensky said that the Trump administration acted as broker in the two-day negotiations.", ("Two days of",)),
    ("Zelensky told journalists that some groundwork had been done but that the positions still differ.", ("some groundwork",)),
    ("Zelensky said the positions differ “because the negotiations were not easy.”", ("some groundwork",)),
    ("Zelensky said that Kyiv and Moscow agree on almost all issues of a mechanism to monitor a ceasefire.", ("see eye to eye",)),
    ("Two delicate subjects stayed open, Zelensky said: occupied land and the status of the Zaporizhzhia plant.", ("see eye to eye",)),
    ("Americans would be involved in monitoring a ceasefire, according to Zelensky.", ("see eye to eye",)),
    ("Vladimir Medinsky, a Kremlin adviser, led the Russian delegation as chief negotiator.", ("addressed reporters",)),
    ("Medinsky spoke to reporters on Wednesday after two hours of talks.", ("addressed reporters",)),
    ("Medinsky called the exchanges “difficult but businesslike.”", ("difficult but",)),
    ("Medinsky described the talks as difficult but businesslike.", ("difficult but",)),
    ("Medinsky said that further rounds would follow soon.", ("Further rounds",)),
    ("Medinsky named neither a date nor a venue for further rounds.", ("Further rounds",)),
    ("Rustem Umerov, head of Ukraine's national security and defense council, led for Kyiv in Geneva.", ("Rustem Umerov",)),
    ("Umerov said that there is progress, but that no details can be disclosed at this stage.", ("Rustem Umerov",)),
    ("“There is progress,” said Umerov.", ("Rustem Umerov",)),
    ("Witkoff reported “meaningful progress” on X.", ("On X,",)),
    ("Both parties agreed to update their respective leaders, Witkoff said.", ("On X,",)),
    ("Witkoff said both parties would continue working toward a deal.", ("On X,",)),
    ("Witkoff did not say what was settled.", ("He did not say",)),
    ("The previous round was held in Abu Dhabi this month.", ("The previous round",)),
    ("The Abu Dhabi round closed with an agreement to exchange prisoners.", ("The previous round",)),
    ("Russian, Ukrainian and American delegates took part in the round in Abu Dhabi.", ("The previous round",)),
    ("Medinsky is an ultra-conservative who has a hardline reputation.", ("ultra-conservative",)),
    ("Putin's choice of Medinsky prompted worries of a stall.", ("choice of him",)),
    ("Senior military officers of both countries had made headway before.", ("choice of him",)),
    ("Sources told Axios that the political group's session on Tuesday was “stuck” over Medinsky's positions.", ("Sources told",)),
    ("According to Axios, sources said that Tuesday's session of the political group was “stuck.”", ("Sources told",)),
    ("Medinsky often voices maximalist opinions that Putin has held since the full-scale invasion began.", ("He often voices",)),
    ("Admiral Igor Kostyukov heads Russia's military intelligence agency, the GRU.", ("Igor Kostyukov",)),
    ("Kostyukov had been the main representative of Moscow in Abu Dhabi.", ("Igor Kostyukov",)),
    ("Nearly two dozen others came, among them Kirill Dmitriev.", ("Nearly two dozen",)),
    ("Dmitriev is a Kremlin envoy and the CEO of the Russian Direct Investment Fund.", ("Nearly two dozen",)),
    ("Dmitriev is discussing U.S.-Russian economic ties with the Trump administration.", ("Nearly two dozen",)),
    ("Jared Kushner, the son-in-law of President Donald Trump, joined Witkoff.", ("joined by Jared",)),
    ("Witkoff and Kushner are now regulars in White House efforts to stop the war.", ("Both are now",)),
    ("Witkoff and Kushner met Iranian officials in Geneva about Tehran's nuclear program.", ("In Geneva the pair",)),
    ("The Kremlin shows no sign of dropping its maximalist demands.", ("Hopes were slim",)),
    ("The Kremlin demands that Ukraine give up more territory.", ("Hopes were slim",)),
    ("Moscow wants the whole eastern Donbas, including parts that its troops do not hold.", ("Moscow wants",)),
    ("Zelensky has repeatedly refused, while Trump presses him to settle quickly.", ("repeatedly refused",)),
    ("Putin has threatened to seize more land by force if Kyiv rejects a compromise.", ("Putin has threatened",)),
    ("Putin calls Zelensky “illegitimate” and a “neo-Nazi.”", ("He also signals",)),
    ("Putin signals that he wants a different government in Kyiv.", ("He also signals",)),
    ("Kremlin spokesman Dmitry Peskov said that Russia's delegates would concentrate on the “main issues.”", ("Dmitry Peskov",)),
    ("Peskov told reporters this week that the Russian delegates would focus on the main issues regarding territories.", ("Dmitry Peskov",)),
    ("Zelensky told Axios that sitting down with Putin in person is the best route past the territorial dispute.", ("The best route",)),
    ("Zelensky was ready to talk about pulling troops back from some of the Donbas.", ("He was ready",)),
    ("Zelensky called on Putin to move his forces back equally far.", ("He was ready",)),
    ("Trump's administration proposes a demilitarized “free economic zone.”", ("That would make",)),
    ("Zelensky warned that Ukrainians would never approve ceding more land in a referendum.", ("never approve",)),
    ("“Emotionally, people will never forgive this,” Zelensky said.", ("Emotionally, people",)),
    ("Zelensky told Axios on Tuesday that Witkoff and Kushner believe Russia “genuinely wants to end the war.”", ("On Tuesday, Zelensky",)),
    ("Zelensky cautioned Witkoff and Kushner against pushing Ukraine into an accord its people would see as an “unsuccessful story.”", ("He cautioned",)),
    ("Before his return Trump pledged to end the conflict by his first day as president.", ("Trump, who before",)),
    ("Trump is pressing hard for peace after over a year in office.", ("Trump, who before",)),
    ("“It’s going to be very easy,” Trump said this week before the round.", ("They’re big talks",)),
    ("Trump said that Ukraine had better come to the table, fast.", ("better come",)),
    ("Kyiv is asking Washington and European allies for security guarantees.", ("Kyiv is asking",)),
    ("Kyiv fears that Russia might invade again without military deterrence after the war.", ("It fears",)),
    ("Ukraine wants security guarantees from the United States and European allies in any settlement.", ("Kyiv is asking",)),
    # Further from the words: passives, other orders, other words for the same.
    ("Russia's delegation was led by Vladimir Medinsky.", ("addressed reporters",)),
    ("Reporters were addressed by Medinsky on Wednesday.", ("addressed reporters",)),
    ("The exchanges were called “difficult but businesslike” by Medinsky.", ("difficult but",)),
    ("Security guarantees are being sought by Kyiv from Washington and its European allies.", ("Kyiv is asking",)),
    ("In Abu Dhabi, Moscow had mainly been represented by Kostyukov.", ("Igor Kostyukov",)),
    ("Iranian officials were met by Witkoff and Kushner in Geneva.", ("In Geneva the pair",)),
    ("Zelensky has been called “illegitimate” by Putin.", ("He also signals",)),
    ("Witkoff was accompanied by Kushner, who is Trump's son-in-law.", ("joined by Jared",)),
    ("In Geneva, Ukraine was led by Umerov, who heads the national security and defense council.", ("Rustem Umerov",)),
    ("An agreement to swap prisoners came out of the previous round in Abu Dhabi.", ("The previous round",)),
    ("No accord was reached on the questions that matter most, Zelensky said.", ("Two days of",)),
    ("Hopes were low from the start.", ("Hopes were slim",)),
    ("A compromise rejected by Kyiv would lead Putin to take more land by force, he has threatened.", ("Putin has threatened",)),
    ("Ceding more land would never be approved by Ukrainians in a referendum, Zelensky warned.", ("never approve",)),
)  # fmt: skip


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
