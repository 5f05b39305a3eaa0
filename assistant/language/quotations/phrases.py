"""Shallow parsing: the noun phrase that stands before or after a verb, by word order and closed classes of words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.language.quotations.cues import AUXILIARIES, BE, LEMMA, NOUNS
from assistant.language.times.tense import PAST

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}|\b[A-Z]\.(?=\s*[A-Z])|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Sen|Rep|Gov|Lt|Capt|Maj|Sgt|Adm|Prof|St|Del|Jr|Sr)\."
    r"|[’'](?:s|ve|d|ll|re|t|m)\b|[^\W_]+(?:[-&–][^\W_]+)*(?:[’'](?!(?:s|ve|d|ll|re|m)\b)[^\W_]+)*|\$?\d[\d,.]*\d|--+|[^\s\w]"
)
PRONOUNS = frozenset("he she they i we it you who".split())
DETERMINERS = frozenset(
    "the a an this that these those his her its their our my your some several many few two three four five six seven "
    "eight nine ten one another other both all most no any each every".split()
)
PREPOSITIONS = frozenset(
    "in on at by from after before during with without for of to since until under over amid among about against "
    "despite through between near within via into outside inside following like unlike beyond according upon "
    "throughout alongside across around towards toward".split()
)
_CLAUSES = frozenset(
    "that but because while when if although though whereas whether where what how why which so than unless yet "
    "as or nor then once until".split()
)
_ENDS = frozenset('. ? ! ; : — – … ( ) “ ” „ " ‘ [ ] | • ―'.split()) | {"--", "-"}
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january february march "
    "april may june july august september october november december week month year morning afternoon evening night "
    "weekend earlier later ago".split()
)
_STEPS = frozenset(
    "went goes going gone on able likely had has have wants wanted tried trying tries used continued continues "
    "declined declines refused refuses appeared appears seemed seems began begins came quick chose failed fails moved "
    "rushed paused returned sought seeks took takes unwilling willing ready eager".split()
)
#: Nouns of office that stand right before a name in small letters: "spokesman Dmitry Peskov".
_FARTHEST = 40
_VERBS = BE | frozenset("had has have to not will would can could may might must should did does do".split())
#: Nouns of several that do not end in "s".
_SEVERAL = frozenset("police people men women children media".split())


@dataclass(frozen=True, slots=True, eq=False)
class Clause:
    """A sentence in tokens: their words, small letters, characters in the text, and whether each stands in a quote."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    quoted: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.words)

    def capital(self, at: int) -> bool:
        """Does a token begin with a capital letter?"""
        return self.words[at][:1].isupper()


def clause(text: str, start: int, end: int, quoted: Sequence[tuple[int, int]]) -> Clause:
    """The sentence at characters `start` to `end` of a text, some of which are `quoted`."""
    found = list(_TOKEN.finditer(text, start, end))
    words = tuple(each.group() for each in found)
    near = [span for span in quoted if span[0] < end and start < span[1]]
    return Clause(
        words,
        tuple(word.lower().replace("’", "'") for word in words),
        tuple(each.span() for each in found),
        tuple(any(low <= each.start() < high for low, high in near) for each in found),
    )


def is_cue(sentence: Clause, at: int) -> bool:
    """Does the token tell of speech or thought, as a verb?"""
    lower = sentence.lower
    if lower[at] not in LEMMA or sentence.quoted[at] or (sentence.capital(at) and at > 0):
        return False
    if at > 1 and lower[at].endswith("ing") and lower[at - 1] in {"'s", "'re", "'m"} and lower[at - 2] in PRONOUNS:
        return True  # "He's claiming that"
    before = lower[at - 1] if at else ""
    if before in DETERMINERS | {"'s", "of", "in", "for", "with", "on", "from", "against"}:
        return before in {"this", "that", "all", "both", "most", "some", "many", "few", "one", "another", "other"} and (
            lower[at] not in NOUNS
        )
    if lower[at] in NOUNS and before not in PRONOUNS | AUXILIARIES | {"to", "n't", "not"}:
        after = lower[at + 1] if at + 1 < len(lower) else ""
        if lower[at].endswith("s") and after in DETERMINERS | {"that", "him", "her", "them", "how", "it", "himself"}:
            return True  # "A poll shows that"
        plural = before.endswith("s") or (at > 0 and sentence.capital(at - 1)) or before in {",", "police", "people"}
        return plural and after not in {"of", "from", "by", "between"} and not (after in _ENDS and after != ":")
    return True


def subject(sentence: Clause, verb: int) -> tuple[int, int] | None:
    """The tokens of the noun phrase that a verb's subject is, where it stands before the verb."""
    at = _over_auxiliaries(sentence, verb - 1)
    if at >= 0 and sentence.lower[at] == "to":
        step = next((i for i in range(at - 1, max(-1, at - 4), -1) if sentence.lower[i] in _STEPS | LEMMA.keys()), None)
        if step is None:
            return None
        at = _over_auxiliaries(sentence, step - 1)
    return _ending_at(sentence, at)


def _over_auxiliaries(sentence: Clause, at: int) -> int:
    while at >= 0 and not sentence.quoted[at]:
        lower = sentence.lower[at]
        if lower in AUXILIARIES or (lower.endswith("ly") and not sentence.capital(at)) or lower in {"'", "’"}:
            at -= 1
        else:
            break
    return at


def _ending_at(sentence: Clause, at: int) -> tuple[int, int] | None:
    lower = sentence.lower
    while at > 0 and lower[at] in _TIMES:  # "Peskov on Tuesday said"
        at -= 1
        while at > 0 and (lower[at] in PREPOSITIONS | {"last", "this", "late", "early", "the"} or lower[at].isdigit()):
            at -= 1
    if at < 0 or sentence.quoted[at]:
        return None
    if lower[at] in {",", ")", "—", "–", "--"}:
        return _before_insertion(sentence, at)
    if lower[at] in _ENDS | _CLAUSES | {"and"}:
        return None
    if lower[at] in PRONOUNS - {"who"}:
        return at, at + 1
    first = at
    while first > 0 and at - first < _FARTHEST and not _bounds(sentence, first - 1):
        first -= 1
    if first > 1 and lower[first - 1] == "who" and not sentence.quoted[first - 1]:
        return _ending_at(sentence, first - 3 if lower[first - 2] == "," else first - 2)
    return _trimmed(sentence, first, at + 1)


def _bounds(sentence: Clause, at: int) -> bool:
    """Does a noun phrase begin behind this token?"""
    word = sentence.lower[at]
    if sentence.quoted[at] or word in _ENDS | _CLAUSES | PRONOUNS | _VERBS - {"'s"} or word == ",":
        return True
    if word == "and":
        return not _joins(sentence, at)
    return at > 0 and word in LEMMA and not sentence.capital(at) and is_cue(sentence, at)


def _joins(sentence: Clause, at: int) -> bool:
    """Does an "and" join two names or nouns, as in "Witkoff and Kushner", and not two clauses?"""
    lower = sentence.lower
    if at == 0 or at + 1 >= len(sentence) or lower[at - 1] == "," or lower[at + 1] in PRONOUNS:
        return False
    for before in range(at - 1, -1, -1):
        word = lower[before]
        if word in _ENDS | _CLAUSES | {","} or sentence.quoted[before]:
            return True
        if word in BE | {"had", "has", "have", "to"} or (word.endswith("ed") and not sentence.capital(before)):
            return False
        if word in LEMMA and is_cue(sentence, before):
            return False
    return True


def _before_insertion(sentence: Clause, at: int) -> tuple[int, int] | None:
    """The phrase before what stands between two commas: "Peskov, the Kremlin spokesman, said"."""
    opening = {")": "("}.get(sentence.lower[at], sentence.lower[at])
    for before in range(at - 1, max(-1, at - _FARTHEST), -1):
        if sentence.lower[before] == "." and sentence.lower[before + 1] == ",":
            continue  # "McConnell, R-Ky., said"
        if opening != "(" and (sentence.quoted[before] or sentence.lower[before] in {".", ";", ":", "?", "!"}):
            return None
        if sentence.lower[before] == opening and before:
            inside = sentence.lower[before + 1]
            earlier = _ending_at(sentence, before - 1)
            if inside in {"and", "but", "or"} or earlier is None:
                continue
            lead = sentence.lower[earlier[0]]
            name = all(sentence.capital(i) for i in range(before + 1, at))
            # "On Tuesday, Peskov, ..." and "In Geneva, Witkoff said": what is left is no noun phrase of its own.
            if lead in PREPOSITIONS or (lead in _TIMES and not name):
                return (before + 1, at) if name else None
            if lead in DETERMINERS and earlier[0] > 1 and sentence.lower[earlier[0] - 1] == ",":
                named = _ending_at(sentence, earlier[0] - 2)  # "Ayrault, the minister of France, a member, said"
                if named and sentence.capital(named[1] - 1):
                    return named
            return earlier[0], (at if name else earlier[1])
    return None


def _trimmed(sentence: Clause, first: int, end: int) -> tuple[int, int] | None:
    """A phrase without what opens the sentence: "On Tuesday the ministry" is "the ministry"."""
    lower = sentence.lower
    while first < end - 1 and (
        (lower[first].endswith("ly") and first + 1 < end)
        or lower[first]
        in {"still", "meanwhile", "yet", "even", "and", "but", "now", "then", "also", "instead", "today"}
        or lower[first] in {"yesterday", "later", "earlier", "again", "just", "once", "so", "however", "indeed"}
    ):
        first += 1
    if lower[first] in PREPOSITIONS or (lower[first] in _TIMES | {"last", "this"} and first + 1 < end):
        starts = [
            i
            for i in range(first + 1, end)
            if lower[i - 1] not in PREPOSITIONS | DETERMINERS
            and (
                lower[i] in DETERMINERS | PRONOUNS
                or (sentence.capital(i) and not sentence.capital(i - 1))
                or (lower[i - 1] in _TIMES or lower[i - 1].isdigit())
            )
        ]
        if starts:
            first = starts[0] if lower[starts[0]] in DETERMINERS else starts[-1]
        elif lower[first] in PREPOSITIONS:
            last = end - 1
            if last == first:
                return None
            return (last, end) if sentence.capital(last) or lower[last] in PRONOUNS else None
    return (first, end) if first < end and _is_noun_phrase(sentence, first, end) else None


def _is_noun_phrase(sentence: Clause, first: int, end: int) -> bool:
    """May these tokens be somebody: a name, a pronoun, "the ministry", "officials in the capital"?"""
    lower = sentence.lower
    if not sentence.words[first][0].isalnum() or any(lower[i] in _VERBS - {"'s"} for i in range(first, end)):
        return False
    if lower[first] in DETERMINERS | PRONOUNS:
        return True
    if sentence.capital(first) and (first > 0 or end - first > 1):
        return not (first == 0 and lower[0].endswith(("ed", "ing")) and end - first < 3)
    stop = next((i for i in range(first + 1, end) if lower[i] in PREPOSITIONS), end)
    return sentence.capital(first) or any(
        lower[i] in _SEVERAL or (lower[i].endswith("s") and len(lower[i]) > 3) or sentence.capital(i)
        for i in range(first, stop)
    )


def following(sentence: Clause, at: int, *, whole: bool = False) -> tuple[int, int] | None:
    """The tokens of the noun phrase that begins at a token: "said Rubio", "according to the ministry in Kyiv"."""
    lower = sentence.lower
    stops = (
        frozenset() if whole else {"in", "on", "at", "during", "to", "after", "before", "by", "with", "from", "about"}
    )
    if at < len(sentence) and lower[at] in PRONOUNS and not sentence.quoted[at]:
        return at, at + 1
    end = at
    while end < len(sentence) and end - at < _FARTHEST:
        word = lower[end]
        if sentence.quoted[end] or word in _ENDS | _CLAUSES | {",", "who", "adding", "saying"} or word in stops:
            break
        if end > at and (word in BE | {"had", "has", "have", "will", "would", "not"} or word in PRONOUNS):
            break
        if end > at and word == "and" and not _joins(sentence, end):
            break
        if end > at and word in _TIMES:
            break
        if end > at + 1 and word in LEMMA and word not in NOUNS and not sentence.capital(end):
            break
        end += 1
    if end == at or lower[at] in _TIMES:
        return None
    opens = (
        sentence.capital(at)
        or lower[at] in DETERMINERS | PRONOUNS
        or lower[at].endswith("s")
        or lower[at] == "police"
        or lower[at][0].isdigit()
    )
    return (at, end) if opens or (whole and lower[at] not in PREPOSITIONS) else None


def agent(sentence: Clause, verb: int) -> tuple[int, int] | None:
    """The phrase after "by" that a passive verb's doer is."""
    for at in range(verb + 1, min(len(sentence) - 1, verb + 8)):
        if sentence.lower[at] == "by":
            return following(sentence, at + 1)
        if sentence.lower[at] in _ENDS | {","}:
            break
    return None


def first_subject(sentence: Clause, start: int = 0, *, whole: bool = False) -> tuple[int, int] | None:
    """The first noun phrase of a sentence, from a token on, that may be its subject.

    `whole` where the sentence is a short one whose main verb may be any: "Holt made the following remark:".
    """
    for at in range(start, len(sentence)):
        lower = sentence.lower[at]
        if sentence.quoted[at]:
            continue
        if lower in PRONOUNS:
            return at, at + 1
        verb = lower in BE | {"had", "has", "have", "will", "would", "could", "did", "does", "can", "may"}
        past = (lower.endswith("ed") or (whole and lower in PAST)) and not sentence.capital(at)
        if at and (verb or is_cue(sentence, at) or past):
            found = _ending_at(sentence, _over_auxiliaries(sentence, at - 1))
            if found and found[0] >= start:
                return found
    return None
