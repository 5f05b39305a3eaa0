"""The paper that a question asks: "What did The Warden report?" is put to that paper, without its name's words."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_REPORTS = "report|write|say|tell|publish|print|claim|have|reveal|find|state"
_REPORTED = "reports?|reported|writes?|wrote|says?|said|published|printed|claims?|claimed"
_PIECE = "report|article|story|piece|coverage|editorial|interview|account|version|transcript|correspondent|reporters?"
#: Where a name stands, and what is left of the question. {paper} is any way to write the names.
_ASKED = (
    (
        r"^(?P<what>what|whom?|how many|how much|where|when|why) (?:did|does|do|has) {paper} (?:{reports})(?:ed)?\b",
        r"\g<what>",
    ),
    (r"^(?P<how>how) (?:did|does|has|have) {paper} (?P<verb>\w+)", r"\g<how> \g<verb>"),
    (r"^(?:did|does) {paper} (?:{reports}) (?:that )?", ""),
    (r",?\s*\baccording to (?:(?:an?|the) (?:{piece}) (?:in|by|from|of) )?{paper}(?:[’']s? (?:{piece})s?)?,?", " "),
    (r",?\s*\b(?:in|by|from|of|per) (?:an?|the|one)?\s*(?:{piece}) (?:in|by|from|of) {paper}", " "),
    (r",?\s*\b(?:in|by|from|per) {paper}(?:[’'](?:s)?)?(?: (?:{piece})s?)?(?=[\s,.?!]|$),?", " "),
    (r"^{paper} (?:on|about|:)\s+", ""),
    (r"^{paper}(?:[’']s?)? (?:{piece})s? (?:on|about|of)\s+", ""),
    (r"\b{paper} (?:{reported}) (?:that )?", ""),
    (r"^(?P<all>everything|all|what) (?:in |from )?{paper} (?:{reported})\b", r"\g<all>"),
)
#: Left alone, they ask for all that the paper has.
_NOTHING = re.compile(r"^(?:what|how|who|all|everything|why|when|where|the|new|news)*\W*$", re.IGNORECASE)
#: A longer question tells of several reports, and asks what they come to together.
_LONGEST = 25
_DOMAIN = re.compile(r"^(?:www\.)|\.(?:com|org|net|co\.uk|info|news|eu|ua|ru|example)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class AskedPaper:
    """A question to one paper: its name as the library has it, and what is asked of it."""

    publisher: str
    question: str


def asked_paper(question: str, names: Mapping[str, str]) -> AskedPaper | None:
    """The one paper that a question is put to; None where it is put to none, or to several.

    `names` are those of `paper_names`.

    >>> asked_paper("According to the Warden, how many came?", paper_names(["The Warden"]))
    AskedPaper(publisher='The Warden', question='how many came?')
    """
    there = {name for name in names if name.lower() in question.lower()}
    if not there or len(question.split()) > _LONGEST:
        return None
    for pattern, left in _ASKED:
        for name in sorted(there, key=len, reverse=True):
            found = _filled(pattern, name).search(question)
            if found is None:
                continue
            rest = question[: found.start()] + found.expand(left) + question[found.end() :]
            rest = re.sub(r"\s+(?=[?!.,])", "", re.sub(r"\s+", " ", rest)).strip(" ,:")
            others = {names[other] for other in there if re.search(_written(other), rest)}
            if others - {names[name]} or _NOTHING.match(rest):
                return None
            return AskedPaper(names[name], rest)
    return None


def _filled(pattern: str, name: str) -> re.Pattern[str]:
    """A pattern for one name, in any case; one word, such as Time, is only a name when it is written like one."""
    written = _written(name) if " " in name else f"(?-i:{_written(name)})"
    for mark, value in (
        ("{paper}", f"(?:the )?{written}"),
        ("{reports}", _REPORTS),
        ("{reported}", _REPORTED),
        ("{piece}", _PIECE),
    ):
        pattern = pattern.replace(mark, value)
    return re.compile(pattern, re.IGNORECASE)


def _written(name: str) -> str:
    return rf"(?<!\w){re.escape(name)}(?!\w)"


def paper_names(publishers: Iterable[str]) -> dict[str, str]:
    """Every way to write a publisher's name, with that name; what two share is left out.

    Made once for a library, not for each question.
    """
    found: dict[str, str] = {}
    shared: set[str] = set()
    for publisher in publishers:
        for name in _ways(publisher):
            if found.setdefault(name, publisher) != publisher:
                shared.add(name)
    return {name: publisher for name, publisher in found.items() if name not in shared}


def _ways(publisher: str) -> Iterable[str]:
    """The name, without what is behind a dash or a domain's ending, without "The", and by its initials."""
    short = _DOMAIN.sub("", re.split(r"\s[|–—-]\s|:", publisher)[0].strip())
    names = {publisher.strip(), short}
    names |= {re.sub(r"^the\s*", "", name, flags=re.IGNORECASE) for name in names}
    capitals = [word for word in re.sub(r"^The\s", "", short).split() if word[:1].isupper()]
    if len(capitals) > 1:
        names.add("".join(word[0] for word in capitals))
    if capitals and capitals[0].isupper() and len(capitals[0]) > 1:
        names.add(capitals[0])
    names |= {name.capitalize() for name in names if name.islower()}
    return sorted(name for name in names if len(name) > 1)
