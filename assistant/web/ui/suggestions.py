"""Suggested questions, made by rule from names and statements in the passages at hand."""

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.answer import Answer
from index.article import Article

_CAPITAL = r"[A-Z\u00c0-\u00de\u0410-\u042f][\w\u2019'-]*[a-z\u00df-\u00ff\u0430-\u044f]"
_NAME = rf"{_CAPITAL}(?: (?:[a-z]{{2,3}} )?{_CAPITAL}){{0,2}}"
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
    "Agency Bank Committee Council Fund Group House Institute Ministry Party Plant Service Union".split()
)
_MOST = 3


def follow_ups(answer: Answer, asked: Iterable[str]) -> list[str]:
    """Up to three questions about those who speak and act in the passages found, none of them asked before."""
    texts = [passage.text for passage in answer.passages]
    return _chosen(texts, list(asked))


def examples(articles: Sequence[Article]) -> list[str]:
    """Up to three questions that the newest articles bring up, and one for an overview."""
    if not articles:
        return []
    overview = "Summarize the article" if len(articles) == 1 else "What’s new?"
    return [*_chosen([article.text[:8_000] for article in articles[:5]], []), overview]


def _chosen(texts: Sequence[str], asked: Sequence[str]) -> list[str]:
    before = {word for question in asked for word in re.findall(r"\w+", question.lower())}
    chosen: list[str] = []
    people: set[str] = set()
    for question, name in _questions(texts):
        last = name.split()[-1]
        if last in people or last.lower() in before:
            continue
        people.add(last)
        chosen.append(question)
        if len(chosen) == _MOST:
            break
    return chosen


def _questions(texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Questions with whom they are about, those about statements and those about roles by turns."""
    said = [("What did {} say?", name) for text in texts for name in _names(text, _STATEMENT, _AFTERWARDS)]
    roles = [("Who is {}?", name) for text in texts for name in _names(text, _ROLE, _TITLED) if " " in name]
    for place in range(max(len(said), len(roles))):
        for form, name in (*said[2 * place : 2 * place + 2], *roles[place : place + 1]):
            yield form.format(name), name


def _names(text: str, *forms: re.Pattern[str]) -> Iterator[str]:
    found = [(match.start(), match[1]) for form in forms for match in form.finditer(text)]
    for _, name in sorted(found):
        words = name.replace("’s", "").split()
        while words and words[0] in _NO_NAMES | _TITLES:
            words.pop(0)
        if words and len(words[-1]) > 2 and words[-1] not in _NO_NAMES | _BODIES:
            yield " ".join(words)
