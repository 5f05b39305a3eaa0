"""Named entities: the names and titles in a sentence."""

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.language.quantities import NAMED_TIMES
from assistant.language.quantities import WORDS as NUMBER_WORDS
from assistant.language.tokens import Word, opens, words_of

#: Written with a capital before a name, or for a name; who holds the office is looked for in the article.
TITLES = frozenset(
    "president vice prime minister foreign defense defence chancellor secretary state admiral general colonel senator "
    "representative ambassador envoy special chief mr mrs ms dr sir king queen prince pope premier governor mayor "
    "spokesman spokeswoman spokesperson speaker adviser advisor negotiator director ceo chairman chairwoman leader "
    "former deputy officials official delegation administration government".split()
)
_NOT_NAMES = TITLES | frozenset(NAMED_TIMES) | frozenset({"i"})
#: A name's first mention says who it is up to so many words further.
_INTRODUCED = 14
#: Open a sentence before a comma, and are no names.
_OPENING = frozenset(
    "meanwhile however still instead therefore yesterday today tomorrow later earlier afterwards nevertheless moreover "
    "nonetheless besides overall otherwise thus hence elsewhere first second third next also then again".split()
)
_JOINED = re.compile(r"[\s\u00a0]*(?:\.\s)?")


@dataclass(frozen=True, slots=True)
class Name:
    """A run of capitalised words, with the titles and countries before it: "U.S. Special Envoy Steve Witkoff"."""

    words: tuple[Word, ...]
    before: tuple[Word, ...]

    @property
    def last(self) -> str:
        """The word by which it is known: "witkoff"."""
        return self.words[-1].lower


@lru_cache(maxsize=4_000)
def names_in(text: str) -> tuple[Name, ...]:
    """The names of a text that are no countries.

    >>> [name.last for name in names_in("On Tuesday, President Vladimir Putin met Steve Witkoff of Norland.")]
    ['putin', 'witkoff', 'norland']
    """
    words = words_of(text)
    found: list[Name] = []
    run: list[Word] = []
    before: list[Word] = []

    def done() -> None:
        if run:
            found.append(Name(tuple(run), tuple(before)))
        run.clear()
        before.clear()

    for at, word in enumerate(words):
        follows = at > 0 and _JOINED.fullmatch(text[words[at - 1].end : word.start]) is not None
        if run and (not follows or words[at - 1].possessive):
            done()
        if word.country or (word.capital and word.lower in TITLES) or (before and word.lower in TITLES):
            if run:
                done()
            if before and not follows:
                before.clear()
            before.append(word)
        elif _is_name(text, words, at):
            run.append(word)
        else:
            done()
            before.clear()
    done()
    return tuple(found)


def _is_name(text: str, words: tuple[Word, ...], at: int) -> bool:
    word = words[at]
    if not word.capital or word.lower in _NOT_NAMES or word.text.lower() in _NOT_NAMES:
        return False
    if not opens(text, word):
        return True
    if word.plain or len(word.lower) < 2 or word.lower in NUMBER_WORDS:
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    # A sentence begins with a capital letter in any case: it is a name where another follows it, or a verb.
    if following is None or text[word.end : following.start].strip() not in {"", ","}:
        return following is None
    verb = following.lower in AFTER_NAMES or (not word.lower.endswith("s") and following.lower.endswith(("s", "ed")))
    # "Kallas, Estonia’s prime minister", "Kallas, a lawyer,"; not "Meanwhile, a spokesman".
    described = following.possessive or following.lower in {"a", "an", "the", "who", "whose"}
    adverb = word.lower.endswith("ly") or word.lower in _OPENING
    introduced = described and not adverb and text[word.end : following.start].strip() == ","
    beside = following.capital and (introduced or not following.country)
    return word.possessive or beside or (verb and not word.plain)


AFTER_NAMES = frozenset(
    "said says told tells was is has had did does will would and who called calls warned warns wants want added "
    "asked met led leads heads headed reported believes thinks described wrote denied rejected refused insisted "
    "claimed spoke announced cautioned threatened pledged promised argued stated declared confirmed agreed fears "
    "sat joined came represented represents accused accuses urged urges sees suggested stressed noted also".split()
)


@lru_cache(maxsize=64)
def known_as(article: str) -> frozenset[tuple[str, ...]]:
    """All names of an article's text, in small letters, each also by every run of its last words."""
    found: set[tuple[str, ...]] = set()
    for name in names_in(article):
        lower = tuple(word.lower for word in name.words)
        found |= {lower[i:] for i in range(len(lower))}
    return frozenset(found)


@lru_cache(maxsize=256)
def said_of(article: str, last: str) -> frozenset[str]:
    """The keys of the words that stand beside a name in an article: titles, offices and countries among them."""
    words = words_of(article)
    found: set[str] = set()
    for name in names_in(article):
        if name.last != last:
            continue
        at = next(i for i, word in enumerate(words) if word.start == name.words[0].start)
        end = at + len(name.words)
        found |= {word.key for word in name.before}
        if article[name.words[-1].end : name.words[-1].end + 1] == ",":  # "Medinsky, the Kremlin adviser who …,"
            for i in range(end, min(len(words), end + _INTRODUCED)):
                found.update((words[i].key, words[i].lower))
                if article[words[i].end : words[i].end + 1] in {",", "."}:
                    break
    return frozenset(found)
