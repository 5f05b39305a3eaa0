"""Questions to ask next, made by rule from names and statements in what was cited."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer, Citation
from index.article import Article

_CAPITAL = r"[A-Z\u00c0-\u00de\u0410-\u042f][\w\u2019'-]*[a-z\u00df-\u00ff\u0430-\u044f]"
#: Particles between the parts of a name: Ursula von der Leyen.
_BETWEEN = r"(?:(?:van|von|de|der|den|la|al|el|bin|ben|du|da|di|dos) ){0,2}"
_NAME = rf"{_CAPITAL}(?: {_BETWEEN}{_CAPITAL}){{0,2}}"
_SAYING = "said|told|warned|reported|added|called|announced|wrote|argued|insisted|stressed|denied|promised"
_STATEMENT = re.compile(rf"\b({_NAME})(?:, [^.;“”]{{3,110}},)? (?:{_SAYING})\b")
_AFTERWARDS = re.compile(rf"[,”] ({_NAME}) (?:{_SAYING})\b")
_ROLE = re.compile(rf"\b({_NAME}), (?:the|an?|who|head|chief|leader)\b")
_TITLED = re.compile(
    r"\b(?:President|Prime Minister|Minister|Secretary|Chancellor|Envoy|Admiral|General|Ambassador|Senator|spokesman"
    rf"|spokeswoman|envoy|adviser|negotiator|chief) ({_CAPITAL} {_CAPITAL})"
)
#: Capitalised at the start of a sentence, or no person: no name to ask about.
_NO_NAMES = frozenset(
    """
    A After All An And As At Before Both But By During Earlier Everyone For From He Her His However I If In It Its Last
    Many No None Now Officials On One Others Our People Reporters She Since So Some Sources That The Their Then There
    They This Those Today Two Under Until We What When While Who With Yesterday You
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September
    October November December Moscow Kyiv Washington Russia Ukraine Europe Kremlin Axios Reuters
    """.split()
)
_TITLES = frozenset(
    "President Prime Minister Secretary Chancellor Special Envoy Admiral General Ambassador Senator Foreign".split()
)
_BODIES = frozenset(
    """
    Agency Association Authority Bank Committee Council Court Department Fund Group House Institute Ministry News Office
    Party Plant Police Post Service Times Tribune Union University
    """.split()
)
_MOST = 3
#: Articles whose names the first screen's questions are drawn from, and characters of each.
_EXAMPLES, _BEGINNING = 30, 8_000


def follow_ups(answer: Answer, asked: Iterable[str]) -> list[str]:
    """Up to three questions about people who speak or act near the answer's quotes, none asked before."""
    texts = [_around(each) for each in answer.citations]
    whole = {each.article.id: each.article.text for each in answer.citations}
    return _chosen(texts, list(asked), "\n\n".join(whole.values()))


def examples(articles: Sequence[Article]) -> list[str]:
    """Up to three questions that the newest articles bring up, and one for an overview."""
    if not articles:
        return []
    overview = "Summarize the article" if len(articles) == 1 else "What’s new?"
    texts = [article.text[:_BEGINNING] for article in articles[:_EXAMPLES]]
    return [*_chosen(texts, [], "\n\n".join(texts)), overview]


def _around(citation: Citation) -> str:
    """The paragraphs that a quote stands in, and the one before and after."""
    text = citation.article.text
    first = text.rfind("\n\n", 0, max(0, text.rfind("\n\n", 0, citation.start)))
    last = text.find("\n\n", citation.end)
    end = text.find("\n\n", last + 2) if last >= 0 else -1
    return text[max(0, first) : end if end >= 0 else len(text)]


def _chosen(texts: Sequence[str], asked: Sequence[str], whole: str) -> list[str]:
    before = {word for question in asked for word in re.findall(r"\w+", question.lower())}
    chosen: list[str] = []
    people: set[str] = set()
    for question, name in _questions(texts, whole):
        last = name.split()[-1]
        if last in people or last.lower() in before:
            continue
        people.add(last)
        chosen.append(question)
        if len(chosen) == _MOST:
            break
    return chosen


def _questions(texts: Sequence[str], whole: str) -> Iterator[tuple[str, str]]:
    """Questions with the person that each is about, alternately about statements and about roles."""
    said = [("What did {} say?", name) for text in texts for name in _names(text, whole, _STATEMENT, _AFTERWARDS)]
    titled = {name for text in texts for name in _names(text, whole, _TITLED)}
    called = [name for text in texts for name in _names(text, whole, _ROLE, _TITLED)]
    roles = [("Who is {}?", name) for name in called if name in titled or _speaks(name, whole)]
    for place in range(max(len(said), len(roles))):
        for form, name in (*said[2 * place : 2 * place + 2], *roles[place : place + 1]):
            yield form.format(name), name


def _names(text: str, whole: str, *forms: re.Pattern[str]) -> Iterator[str]:
    """The people named in `text`, in full: a surname alone takes the name that it has in the `whole`."""
    found = [(match.start(), match[1]) for form in forms for match in form.finditer(text)]
    for _, name in sorted(found):
        words = name.split()
        while words and words[0] in _NO_NAMES | _TITLES:
            words.pop(0)
        if len(words) == 1:
            words = _in_full(words[0], whole)
        if len(words) > 1 and not _no_person(words):
            yield " ".join(words)


def _speaks(name: str, whole: str) -> bool:
    """Whether somebody of that name says something, as no place does: “Braunau am Inn, the town …”."""
    return re.search(rf"\b{re.escape(name.split()[-1])} (?:{_SAYING})\b", whole) is not None


def _in_full(surname: str, whole: str) -> list[str]:
    """A surname with the name that stands before it somewhere; nothing where it never does."""
    if not re.fullmatch(_CAPITAL, surname):
        return []
    for match in re.finditer(rf"\b({_CAPITAL}) {_BETWEEN}{re.escape(surname)}\b", whole):
        if match[1] not in _NO_NAMES | _TITLES:
            return match[0].split()
    return []


def _no_person(words: Sequence[str]) -> bool:
    """Whether a name is not a person's: a body, a day, or a possessive."""
    owned = any(word.endswith(("’s", "'s", "s’")) for word in words)
    return owned or len(words[-1]) < 3 or any(word in _NO_NAMES | _BODIES for word in words)
