"""Entity check: names and places of a sentence that its sources do not hold."""

import re
from collections.abc import Iterable, Sequence

from assistant.checking.facts import Lacking
from assistant.checking.source import Source
from assistant.language import names_in, words_of
from assistant.language.attribution import last_speaker
from assistant.language.countries import country_of
from assistant.language.names import AFTER_NAMES, TITLES, known_as, said_of
from assistant.language.subjects import subject_of
from assistant.language.tokens import bare

_THIRD = re.compile(r"\b(?:he|him|his|she|hers?|they|them|their|its?|both|pair|two)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|near|outside|inside) ([A-Z][\w-]+)")
#: Have several names as places: "in the U.S.", "in America".
_MANY_NAMES = frozenset({"america", "britain"})
#: Open a sentence before a verb as names do.
_NOBODY = frozenset("anyone anybody everyone everybody someone somebody nobody those within".split())
_ADDRESSES = frozenset("mr mrs ms miss dr sir".split())
#: A name of several words: "International Monetary Fund", "Ministry of Defence".
_RUN = re.compile(r"(?!The )[A-Z]\w+(?:[ -](?:(?:of|for|and|the|on|in) ){0,2}[A-Z]\w+)+")
#: Who or what belongs to a place: the root of "Jorvanian", "Sarnese", "Kursan"; and what the place's name has more.
_DEMONYM = re.compile(r"(\w{3,}?)(?:i?ans?|ese|i|ish|ers?|ites?)$")
_ENDING = re.compile(r"(?:ia|a|e|o|y)$")


def names_lacking(sentence: str, cited: Sequence[Source]) -> Lacking:
    """The names and places of a sentence that the material it cites does not hold, as the sentence writes them.

    Loose are those that may be another word for what stands there: an opening word that need be no name, initials, a
    form of address.
    """
    found = _unheld(sentence, cited)
    if not found:
        return Lacking(tuple(_misplaced(sentence, cited)))
    held = [text for source in cited for text in (source.text, *source.texts_before[-1:])]
    loose = {each for each in found if _may_mean(each, sentence, held)}
    return Lacking(tuple(each for each in found if each not in loose), tuple(each for each in found if each in loose))


def _may_mean(name: str, sentence: str, held: Sequence[str]) -> bool:
    """May a name be no name, or another form of one that is held?"""
    words = name.split()
    if name.lower() in _NOBODY:
        return True
    if len(words) == 1 and sentence.startswith(name):
        following = sentence[len(name) :].split()
        return bool(following) and following[0].lower() not in AFTER_NAMES and following[0][:1].islower()
    if len(words) == 1 and name.isupper() and len(name) == 2:  # "MP"
        return True
    if words[0].lower().rstrip(".") in _ADDRESSES:
        return any(word.lower == words[-1].lower() for text in held for word in words_of(text))
    return False


def _initials(texts: Iterable[str]) -> frozenset[str]:
    """The initials of the names of several words in texts: "imf"."""
    runs = (match[0] for text in texts for match in _RUN.finditer(text))
    return frozenset("".join(word[0] for word in re.findall(r"[A-Z]\w+", run)).lower() for run in runs)


def _same_root(word: str, held: Iterable[str]) -> bool:
    """Is a word a form of one that is held: "Jorvanian" of "Jorvania"?"""
    form = _DEMONYM.match(word.lower())
    return form is not None and any(other == form[1] or _ENDING.sub("", other) == form[1] for other in held)


def _unheld(sentence: str, cited: Sequence[Source]) -> list[str]:
    contexts: list[str] = []
    for source in cited:
        article = source.article
        contexts += [article.text[a:b] for a, b in source.led_by]
        contexts += [article.title, article.publisher or ""]
        if _THIRD.search(source.text):
            contexts += [" ".join(sorted(subject_of(text))) for text in source.texts_before]
            contexts.append(" ".join(sorted(last_speaker(source.texts_before))))
            nearest = names_in(source.texts_before[-1]) if source.texts_before else ()
            contexts += [word.text for name in nearest for word in name.words]
    return unsupported(
        sentence, [source.text for source in cited], contexts, dict.fromkeys(s.article.text for s in cited)
    )


def _misplaced(sentence: str, cited: Sequence[Source]) -> list[str]:
    """The capitals and countries that the sentence names as a place, and what it cites, naming others, does not.

    "Kyiv" may stand for Ukraine elsewhere; but what happened in Lviv did not happen in Kyiv.
    """
    texts = [text for source in cited for text in (source.text, *(source.article.text[a:b] for a, b in source.led_by))]
    held = {match[1].lower() for text in texts for match in _PLACE.finditer(text)}
    words = {word.lower for text in texts for word in words_of(text)}
    places = [match[1] for match in _PLACE.finditer(sentence) if country_of(match[1]) not in {None, *_MANY_NAMES}]
    return [place for place in places if held and place.lower() not in words]


def unsupported(sentence: str, sources: Sequence[str], contexts: Iterable[str], articles: Iterable[str]) -> list[str]:
    """The names and countries of a sentence that neither what it cites nor what that leans on holds.

    A full name counts as held where the cited words hold its last word and the article the whole; so does a title
    or a country before a name where the article itself puts it there.
    """
    around = list(contexts)
    texts = [*sources, *around]
    held = frozenset(word.lower for text in texts for word in words_of(text))
    countries = frozenset(word.country for text in texts for word in words_of(text) if word.country)
    whole = list(articles)
    initials = _initials((*texts, *whole))
    lacking: list[str] = []
    claimed: set[int] = set()
    for name in names_in(sentence):
        lower = tuple(word.lower for word in name.words)
        known = all(each in held or each in initials or _same_root(each, held) for each in lower)
        full = name.last in held and any(lower in known_as(text) for text in whole)
        if not known and not full:
            lacking.append(" ".join(word.text for word in name.words))
            continue
        beside = frozenset[str]().union(*(said_of(text, name.last) for text in whole))
        for word in name.before:
            if word.country and word.country in beside:
                claimed.add(word.start)
            if word.lower in TITLES and word.key not in beside and word.lower not in held:
                lacking.append(f"{word.text} {name.words[-1].text}")
    lacking += [
        bare(word.text).title()
        for word in words_of(sentence)
        if word.country and word.country not in countries and word.start not in claimed
    ]
    return list(dict.fromkeys(lacking))
