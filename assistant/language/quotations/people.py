"""Person resolution: the people of an article, and which of them a name, an office or a pronoun stands for."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from assistant.language.countries import country_of
from assistant.language.quotations.offices import BODIES, FEMALE, MALE, NOT_PEOPLE, OFFICES, TITLES
from assistant.language.quotations.persons import ENDING, Person, bare, gender_of, one_of
from index.aliases import Span

_ABBREVIATED = "Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|Lt|Capt|Maj|Sgt|Adm|Prof|Brig|St|Jr|Sr"
_CAPITAL = rf"(?:(?:al|bin|ibn|Mc|O[’'])-?)?(?:(?:{_ABBREVIATED})\.|(?:[A-Z]\.)+|[^\W\d_a-z][\w’'-]*)"
_SMALL = r"(?:(?:de|da|von|van|der|al|bin|ibn|el|la|ben)[ -])?"
_RUN = re.compile(rf"(?<![\w’'])(?:[^\W\d_a-z]\.\s?)*{_CAPITAL}(?:[ \u00a0]{_SMALL}{_CAPITAL})*")
_PRONOUN = re.compile(r"\b(?:He|She|he|she)\b")
_PLACED = re.compile(r"\b(?:in|at|near|across|outside|from|to)\s$", re.IGNORECASE)
_BEHIND = re.compile(
    r"(?:\s\([^)]{1,12}\))?,\s(?:\d{2},\s|now\s|then\s)?"
    r"((?:the|a|an|his|her|its|who (?:is|was|leads|led|heads|runs|chairs)|[A-Z]\w+[’']s|"
    r"(?!(?:who|which|whose|where|when|while|after|before)\b)[a-z]+)\s[^,.;:“”\"\n]{3,80}?)"
    r"(?=[,.;]|\s(?:said|says|told|called|was|is|has|had|who)\b)"
)
_IS = re.compile(r"(?:,\s\d{2},)?\s(?:is|was)\s((?:the|an?)\s[^,.;:“”\"\n]{3,60})")
_AHEAD = re.compile(r"\b((?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Aa]n?|[A-Z]\w+[’']s)\s[^,.;:“”\"\n]{3,60}),\s$")
_WORD_AFTER = re.compile(r"\s([a-z]+)\b")
_SPOKES = re.compile(r"\bspokes(?:man|woman|person|people|men)\b", re.IGNORECASE)


class People:
    """The people of one article."""

    def __init__(self, text: str, quoted: Sequence[Span] = ()) -> None:
        """`quoted` are the parts of the text in quotation marks: who is only named there is not spoken about."""
        self._text = text
        self._quoted = [start for start, _ in quoted], [end for _, end in quoted]
        self._persons: dict[str, list[Person]] = {}
        self._at: list[tuple[int, Person]] = []
        first = _headline(text)
        names = [found for found in map(self._named, _RUN.finditer(text, first)) if found]
        for start, words, before in names:  # full names first, so that a last name alone finds its own
            if len(words) > 1:
                self._take(start, words, before)
        for start, words, before in names:
            if len(words) == 1:
                self._take(start, words, before)
        self._at.sort(key=lambda each: each[0])
        self._appositions()
        self._genders()

    def _named(self, run: re.Match[str]) -> tuple[int, list[str], list[str]] | None:
        """A run of capitalised words as where its name begins, its words, and the titles before them."""
        words = [(found.group(), run.start() + found.start()) for found in re.finditer(r"\S+", run.group())]
        while words and bare(words[0][0]).lower() in NOT_PEOPLE:
            words = words[1:]
        before = []
        while words and bare(words[0][0]).lower() in TITLES:
            before.append(words[0][0])
            words = words[1:]
        for i, (word, _) in enumerate(words):
            if ENDING.search(word) and word[-2:].lower() in {"’s", "'s"}:
                words = words[: i + 1]
                break
        if len(words) > 1 and country_of(bare(words[0][0])) and not country_of(bare(words[1][0])):
            before.append(words[0][0])  # "Ukrainian President": a title with its country
            words = words[1:]
            while words and bare(words[0][0]).lower() in TITLES:
                before.append(words[0][0])
                words = words[1:]
        if len(words) > 4:
            return None
        if not words or (len(words) == 1 and bare(words[0][0]).isupper() and len(words[0][0]) < 6):
            return None
        if not words or not bare(words[-1][0]) or bare(words[-1][0]).lower() in BODIES | NOT_PEOPLE:
            return None
        plain = [bare(word) for word, _ in words]
        if len(plain) == 1 and plain[0].endswith("ly"):
            return None
        if len(plain) == 1 and (country_of(plain[0]) or len(plain[0]) < 3 or "." in plain[0]):
            return None
        return words[0][1], plain, before

    def _take(self, start: int, words: list[str], before: list[str]) -> None:
        name = " ".join(words)
        if name.isupper():
            name = name.title()
        namesakes = self._persons.setdefault(name.split()[-1].lower(), [])
        person = one_of(namesakes, words, before)
        if person is None:
            person = Person(name)
            namesakes.append(person)
        elif len(words) > len(person.name.split()) and len(words) <= 4:
            person.name = name
        if before:
            self._office(person, " ".join(before))
        person.places.append(start)
        after = _WORD_AFTER.match(self._text, start + len(" ".join(words)))
        stands_for_a_body = after is not None and after[1] in BODIES  # "the Trump administration" is not Trump
        if not self.in_quotes(start) and not stands_for_a_body:
            person.evidence += 2 * bool(before) + self._seems(start, words)
            self._at.append((start, person))

    def in_quotes(self, place: int) -> bool:
        """Does a place of the text stand in quotation marks?"""
        starts, ends = self._quoted
        at = bisect_right(starts, place) - 1
        return at >= 0 and place < ends[at]

    def _seems(self, start: int, words: list[str]) -> int:
        """Does a name stand where those of people do (1), of places and things (-1), or anywhere (0)?"""
        before = self._text[max(0, start - 16) : start]
        if re.search(r"(?:^|[\s(—])(?:in|at|near|across|outside|the|a|an|into|this)\s$", before, re.IGNORECASE):
            return -2
        opens = not before.strip() or before.rstrip()[-1:] in '.?!”"“\n' or "\n" in before
        after = self._text[start + len(" ".join(words)) :][:12]
        if len(words) == 1 and opens and not after.lstrip().startswith(("said", "’s", "'s")):
            return 0
        return 1 if 1 < len(words) <= 3 or re.match(r"\s(?:said|told|says|who)\b", after) else 0

    def _office(self, person: Person, office: str) -> None:
        person.gender = gender_of(office.split()) or person.gender
        plain = " ".join(word for word in office.split() if word.lower().strip(".") not in {"mr", "mrs", "ms", "miss"})
        if plain.lower().strip(".") in {"dr", "prof"}:
            return
        if plain and plain.lower() not in {each.lower() for each in person.offices}:
            person.offices.append(plain)

    def _appositions(self) -> None:
        """Offices that stand beside a name: "Dmitry Peskov, the Kremlin spokesman," and "Kremlin spokesman Dmitry"."""
        for start, person in self._at:
            end = start + len(person.name) if self._text.startswith(person.name, start) else start + len(person.last)
            before = self._text[max(0, start - 70) : start]
            if _PLACED.search(before):
                continue
            after = _BEHIND.match(self._text, end, end + 140) or _IS.match(self._text, end, end + 90)
            if after and not person.gender:
                person.gender = gender_of(_described(after[1]).split())
            if after and _holds_office(after[1]):
                self._office(person, _described(after[1]))
            ahead = _AHEAD.search(before)
            if ahead and _holds_office(ahead[1]):
                self._office(person, _described(ahead[1]))
            lead = before.split(",")[-1].split("\n")[-1].split()
            if lead and before[-1:].isspace() and lead[-1].lower() in OFFICES:
                first = len(lead) - 1
                while first and (lead[first - 1].lower() in TITLES - {"the"} or _leads(lead[first - 1])):
                    first -= 1
                self._office(person, " ".join(lead[first:]))

    def _genders(self) -> None:
        """Tell men and women by the pronouns that follow their names most often."""
        for i, (start, person) in enumerate(self._at):
            until = self._at[i + 1][0] if i + 1 < len(self._at) else len(self._text)
            for pronoun in _PRONOUN.findall(self._text, start, min(until, start + 200))[:1]:
                person.she += 1 if pronoun.lower() in FEMALE else -1
        for person in self._everybody():
            if not person.gender and abs(person.she) >= 2:
                person.gender = "f" if person.she > 0 else "m"

    def all(self) -> list[Person]:
        """Everybody that the article names, in the order of their first mention."""
        return sorted(self._everybody(), key=lambda person: min(person.places))

    def _everybody(self) -> list[Person]:
        return [person for namesakes in self._persons.values() for person in namesakes]

    def named(self, phrase: str) -> Person | None:
        """Whoever a phrase names: "the Kremlin spokesman, Dmitry Peskov" names Peskov, "Peskov’s office" nobody."""
        parts = re.split(r",\s|\s(?=(?:of|for|in|at|from|who|with)\s)", phrase)
        for i, part in enumerate(parts):
            words = part.split()
            if not words or (i and not all(word[:1].isupper() for word in words)):
                continue
            if words[-1][:1].isupper() and words[-1][-2:].lower() not in {"’s", "'s"}:
                plain = [bare(word) for word in words]
                namesakes = self._persons.get(plain[-1].lower(), [])
                first = len(plain) - 1  # the name begins behind titles and countries: "Ukrainian President"
                while first and plain[first - 1].lower() not in TITLES and not country_of(plain[first - 1]):
                    first -= 1
                alone = namesakes[0] if len(namesakes) == 1 else None
                person = alone or one_of(namesakes, plain[first:], plain[:first])
                if person is not None and (person.known or len(words) > 1 or len(parts) == 1):
                    return person
        return None

    def in_office(self, phrase: str, before: int) -> Person | None:
        """Whoever holds the office that a phrase names: "the Ukrainian president"; the last named of several."""
        words = [bare(word).lower() for word in phrase.split() if bare(word)]
        if not words or (words[0] not in {"the", "his", "her"} | OFFICES | TITLES and not country_of(words[0])):
            return None
        stop = next((i for i, word in enumerate(words) if word in {"of", "for", "in", "at", "from"} and i), len(words))
        head = next((word for word in reversed(words[:stop]) if word in OFFICES), "")
        if not head or len(words[:stop]) > 5:
            return None
        countries = {country for word in words if (country := country_of(word))}
        best: tuple[int, Person] | None = None
        for person in self._everybody():
            for office in person.offices:
                held = {bare(word).lower() for word in office.split()}
                there = {country for word in held if (country := country_of(word))}
                fits = head in held and (not countries or not there or bool(countries & there))
                near = max((place for place in person.places if place < before), default=-person.places[0])
                if fits and (best is None or near > best[0]):
                    best = (near, person)
        return None if best is None else best[1]

    def meant(self, pronoun: str, before: int, recent: Sequence[Person]) -> Person | None:
        """Whoever "he" or "she" stands for at a place: of those spoken of last, the first whom it fits.

        `recent` are those who spoke or acted last, latest first.
        """
        gender = "m" if pronoun in MALE else "f" if pronoun in FEMALE else ""
        for person in recent:
            if not person.known:
                continue
            if not gender or person.gender in {"", gender}:
                if gender:
                    person.gender = gender
                return person
        for start, person in reversed(self._at):
            if (
                start < before
                and before - start < 900
                and person.known
                and (not gender or person.gender in {"", gender})
            ):
                return person
        return None

    def between(self, start: int, end: int) -> list[tuple[int, Person]]:
        """Those named in a part of the text, in order, each with the place."""
        low = bisect_left(self._at, start, key=lambda each: each[0])
        return self._at[low : bisect_left(self._at, end, lo=low, key=lambda each: each[0])]


def _leads(word: str) -> bool:
    """May a word stand before the name of an office: "Kremlin spokesman", "Vostrand’s spokesman"?"""
    return word[:1].isupper() and word.lower() not in NOT_PEOPLE


def _holds_office(phrase: str) -> bool:
    return any(word.lower().strip(".") in OFFICES for word in phrase.split())


def _described(phrase: str) -> str:
    """An office without what only introduces it."""
    return re.sub(
        r"^(?:(?:is|was|who is|who was)\s)?(?:the\s|a\s|an\s|its\s|his\s|her\s)?", "", phrase, flags=re.IGNORECASE
    )


def _headline(text: str) -> int:
    """Where a text begins behind a first line that is written in capitals, as headlines are."""
    line, _, rest = text.partition("\n")
    words = [word for word in line.split() if len(word) > 3]
    capitals = sum(word[:1].isupper() for word in words)
    return len(line) if rest and len(line) < 200 and capitals >= 0.8 * len(words) else 0


def speaks_for_others(phrase: str) -> bool:
    """Does a phrase name somebody who speaks for others?

    >>> speaks_for_others("a spokesman for the ministry"), speaks_for_others("the minister")
    (True, False)
    """
    return bool(_SPOKES.search(phrase))
