"""Question classification: the kind of answer that a question asks for.

Rules over words, not a model: each is a rule that a reader can check. "When" wants a date or a time word,
"how many" a number, "what did X say" a sentence in which X speaks.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What a question asks for; OTHER is anything that no rule knows."""

    TIME = "time"
    DATE = "date"
    NUMBER = "number"
    DURATION = "duration"
    PERSON = "person"
    PLACE = "place"
    COUNTRY = "country"
    REASON = "reason"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: the kind of answer, what is counted, who is said to have spoken, and whether of several.

    `counted` is the words after "how many"; `speaker` those that name who said it, `verb` how ("warn"), `topic`
    those that name what it was about, `actor` those that name who is asked to have done something, `asks` the words
    that ask ("how many"): "" where there are none. `several`
    is True for questions that want more than one thing set side by side; `long` questions are read no further.
    """

    kind: Kind
    counted: str = ""
    speaker: str = ""
    verb: str = ""
    topic: str = ""
    asks: str = ""
    several: bool = False
    long: bool = False
    actor: str = ""


_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_UNITS = "(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|years?|decades?|centur(?:y|ies)|seasons?)"
_COUNT = (
    "(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mbtr]+illions?|"
    "dozens?|half|halves|thirds?|quarters?|both|single|once|twice|one|no|none|several|pairs?|couple|double|triple|"
    "many|few|most)"
)

_DATE = re.compile(
    rf"\b(?:{_MONTH}|{_WEEKDAY}|(?:1\d|20)\d\d|yesterday|today|tomorrow|tonight|\d{{1,4}} ?(?:BC|AD|BCE|CE)|"
    rf"\d{{1,2}}(?:st|nd|rd|th) century|\d{{3,4}}s)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"{_DATE.pattern}|\b(?:{_UNITS}|soon|recently|currently|now|mornings?|evenings?|nights?|afternoons?|noon|midnight|"
    r"later|earlier|ago|since|until|during|before|after|spring|summer|autumn|fall|winter|\d+(?:st|nd|rd|th)|next)\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(rf"\d|\b{_COUNT}\b", re.IGNORECASE)
_DURATION = re.compile(
    rf"\b(?:\d[\d.,]*|{_COUNT}|an?|the|last|past|entire|whole|for)[ -](?:\w+[ -])?{_UNITS}\b|"
    r"\b(?:since|until|lasted|lasting)\b|"
    r"\bfrom \d+|\d+[\u2013-]\d+|\b(?:first|last|final) \w+ (?:minutes|hours|days|weeks|months|years)\b",
    re.IGNORECASE,
)
#: A number that counts something: not a year, nor a day of a month.
_COUNTING = re.compile(
    r"(?<![\w.,-])(?!(?:1[0-9]|20)\d\d\b)[$€£]?\d[\d.,]*|"
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    r"nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|[mbtr]+illions?|dozens?|half|"
    r"third|quarter|both|once|twice|single|double|triple|no|none|one)\b",
    re.IGNORECASE,
)
_REASON = re.compile(
    r"\b(?:because|since|due|so that|so as|in order|owing|caus\w+|result\w*|reasons?|thus|therefore|hence|led to|"
    r"fear\w*|thanks|prompt\w*|prevent\w*|allow\w*|given|amid|concern\w*|worr\w+|in response|over|as|"
    r"to [a-z]+|was|were)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\b(?:in|at|near|from|to|on|of|around|between|across|through|into|outside|over|within|where)\b")
_NAME = re.compile(r"\b[A-Z][\w\u2019'-]*\w")

_ASKS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rule, re.IGNORECASE))
    for kind, rule in (
        (Kind.DURATION, r"\bhow long\b|\bhow many (?:seconds|minutes|hours|days|weeks|months|years|decades)\b"),
        (
            Kind.NUMBER,
            r"\bhow (?:many|much|few|old|tall|high|far|often|large|big)\b|"
            r"\bwhat (?:is |was |were )?(?:the )?(?:\w+ )?(?:percent\w*|number|share|proportion|fraction)\b",
        ),
        (Kind.DATE, r"\b(?:what|which)(?: \w+)? (?:date|day|month|year|century|decade)s?\b"),
        (Kind.TIME, r"\bwhen\b|\bhow soon\b|\b(?:what|which) time\b"),
        (Kind.PERSON, r"\bwho(?:m|se)?\b"),
        (Kind.COUNTRY, r"\b(?:what|which)(?: \w+)? (?:countr(?:y|ies)|nations?)\b"),
        (Kind.PLACE, r"\bwhere\b|\b(?:what|which)(?: \w+)? (?:city|town|place|location|region|country|state)\b"),
        (Kind.REASON, r"\bwhy\b|\b(?:what|which) (?:reason|cause)s?\b"),
    )
)
#: A question that opens with another of these asks for that: "What happens when ...".
_ASKS_OTHERWISE = re.compile(r"\b(?:what|which|how|whether|did|does|is|are|was)\b", re.IGNORECASE)
_HOLDS = {
    Kind.TIME: _TIME,
    Kind.DATE: _DATE,
    Kind.NUMBER: _NUMBER,
    Kind.DURATION: _DURATION,
    Kind.REASON: _REASON,
    Kind.PLACE: _PLACE,
}

#: Verbs of saying. The irregular forms are listed; the others are matched by their beginning.
SPEECH = re.compile(
    r"\b(?:say|says|said|saying|tell|tells|told|telling|write|writes|wrote|writing|written|speak|spoke|spoken|"
    r"announc|warn|claim|promis|stat(?:e|es|ed|ing)\b|argu|insist|report(?:s|ed|ing)?\b|demand|propos|suggest|accus|describ|"
    r"urg|add(?:s|ed|ing)\b|reject|den(?:y|ies|ied|ying)\b|threat|vow|pledg|comment|mention|stress|call(?:s|ed|ing)?\b|"
    r"declar|indicat|confirm|reveal|predict|remark|repl|respond|accept|admit|acknowledg|complain|criticis|criticiz|"
    r"prais|explain|express|according|signal|assur|caution|offer|ask|thank|believ|think|thinks|thought|want|hop(?:e|es|ed|ing)\b)",
    re.IGNORECASE,
)
_SAYS_WHAT = re.compile(
    r"\b(?i:what|how|which|whom)\b.*?\b(?:did|does|do|has|have|had|would|will)\s+"
    r"(?P<speaker>(?:(?! to )[^,?]){2,60}?)\s+"
    r"(?:also |again |once |just |recently |publicly |already |later |earlier )?"
    r"(?P<verb>say|said|tell|told|write|written|announced?|warn(?:ed)?|claim(?:ed)?|promised?|stated?|argued?|"
    r"insist(?:ed)?|report(?:ed)?|demand(?:ed)?|proposed?|suggest(?:ed)?|accused?|described?|urged?|reject(?:ed)?|"
    r"deny|denied|threaten(?:ed)?|vow(?:ed)?|pledged?|comment(?:ed)?|mention(?:ed)?|stress(?:ed)?|call(?:ed)?|declared?|"
    r"indicated?|confirm(?:ed)?|reveal(?:ed)?|predict(?:ed)?|complain(?:ed)?|explain(?:ed)?|ask(?:ed)?|offer(?:ed)?)\b"
    r"(?:.*?\b(?:about|on|regarding|concerning) (?P<topic>[^?]+))?"
)
#: "What does Kyiv want", "Did Senator Brandt resign": a name between the two parts of a verb; not "did Dutch settlers".
_ACTOR = re.compile(
    r"\b(?i:do|does|did|will|would|has|have|had|can|could|should)\s+(?:the\s+)?"
    r"(?P<actor>[A-Z][\w.'’-]*(?:\s+[A-Z][\w.'’-]*)*)\s+(?![a-z]+[^su\W]s\b)[a-z]\w+"
)
_ACCORDING = re.compile(
    r"\b(?:according to|in the (?:words|view|opinion) of)\s+(?P<speaker>[^,?]{2,40})", re.IGNORECASE
)
_COUNTED = re.compile(
    r"\bhow many (?:more |other |of the |of |different )*(?P<counted>[\w-]+(?: [\w-]+)?)", re.IGNORECASE
)
_SEVERAL = re.compile(
    r"\b(?:each|both|compar\w+|contrast\w*|differ\w*|summar\w+|respectively|versus|two sides|various|list|all the|"
    r"what are the)\b",
    re.IGNORECASE,
)

#: A number where what it counts goes by another name: "24" for interceptions asked for as "catches".
COUNTED_UNNAMED = 0.6

#: A number that stands far from the noun asked for.
COUNTED_ELSEWHERE = 0.2

#: Past this many words a question names several facts at once, and "who" or "when" in it says little.
LONG_QUESTION = 25


@lru_cache(maxsize=256)
def asked(question: str) -> Asked:
    """Read what `question` asks for.

    >>> asked("How many prisoners were exchanged?").kind
    <Kind.NUMBER: 'number'>
    >>> asked("What did the envoy say about the truce?").speaker
    'the envoy'
    """
    several = bool(_SEVERAL.search(question))
    if len(question.split()) > LONG_QUESTION:
        return Asked(Kind.OTHER, several=several, long=True)
    found = [(match.start(), match[0], kind) for kind, rule in _ASKS if (match := rule.search(question))]
    first, asks, kind = min(found, key=lambda each: each[0], default=(0, "", Kind.OTHER))
    plain = _ASKS_OTHERWISE.search(question)
    if plain and plain.start() < first:
        asks, kind = "", Kind.OTHER
    counted = _COUNTED.search(question)
    says, according = _SAYS_WHAT.search(question), _ACCORDING.search(question)
    speaker = says["speaker"] if says else according["speaker"] if according else ""
    topic = (says["topic"] or "") if says else ""
    verb = says["verb"] if says else ""
    acts = _ACTOR.search(question)
    actor = acts["actor"] if acts and not speaker else ""
    return Asked(kind, counted["counted"] if counted else "", speaker, verb, topic, asks, several, actor=actor)


def holds(kind: Kind, text: str, question_words: frozenset[str] = frozenset()) -> bool:
    """Does `text` hold an answer of this kind?  `question_words` (lower case) are no news, so no person's name.

    >>> holds(Kind.TIME, "The talks ended on Wednesday."), holds(Kind.NUMBER, "The talks ended.")
    (True, False)
    """
    if kind in (Kind.PERSON, Kind.COUNTRY):
        return any(name[0].lower() not in question_words for name in _NAME.finditer(text))
    rule = _HOLDS.get(kind)
    return rule is None or bool(rule.search(text))


def numbers_in(text: str) -> list[int]:
    """Where in `text` the numbers stand that count something; years do not.

    >>> numbers_in("In 2025 nearly two dozen officials came.")
    [15, 19]
    """
    return [number.start() for number in _COUNTING.finditer(text)]


#: Counted without a noun of their own, or with one that any noun of people may stand for.
_COUNTS_ANYTHING = frozenset(
    ("people", "persons", "men", "women", "members", "others", "were", "was", "did", "do", "does", "are", "is", "have")
)

#: A number counts a noun that stands no further away than this, in characters.
NEAR = 70


def holds_number(text: str, counted: str, around: str) -> float:
    """How likely a number in `text` counts the `counted` words: 1, 0, or in between where `around` lacks the word.

    >>> holds_number("They freed 50 prisoners.", "prisoners were", "They freed 50 prisoners.")
    1.0
    """
    numbers = numbers_in(text)
    nouns = [word[:5].lower() for word in counted.split() if word.lower() not in _COUNTS_ANYTHING]
    if not numbers:
        return 0.0
    if not nouns or counted.split()[0].lower() in _COUNTS_ANYTHING:
        return 1.0
    if not any(noun in around.lower() for noun in nouns):
        return COUNTED_UNNAMED
    lower = text.lower()
    places = [match.start() for noun in nouns for match in re.finditer(rf"\b{re.escape(noun)}", lower)]
    near = any(abs(place - number) < NEAR for place in places for number in numbers)
    return 1.0 if near else COUNTED_ELSEWHERE
