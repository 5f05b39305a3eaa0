"""Whether whom and what a sentence names, and where, stands in the material that it cites."""

import re
from collections.abc import Sequence

from assistant import names
from assistant.countries import country_of
from assistant.material import Source
from assistant.speakers import last_speaker
from assistant.subjects import subject_of
from assistant.wording import words_of

_THIRD = re.compile(r"\b(?:he|him|his|she|hers?|they|them|their|its?|both|pair|two)\b", re.IGNORECASE)
_PLACE = re.compile(r"\b(?:in|at|near|outside|inside) ([A-Z][\w-]+)")
#: Have several names as places: "in the U.S.", "in America".
_MANY_NAMES = frozenset({"america", "britain"})


def unnamed(sentence: str, cited: Sequence[Source]) -> list[str]:
    """The names and places of a sentence that the material it cites does not hold, as the sentence writes them."""
    return _unheld(sentence, cited) or _misplaced(sentence, cited)


def _unheld(sentence: str, cited: Sequence[Source]) -> list[str]:
    contexts: list[str] = []
    for source in cited:
        article = source.article
        contexts += [article.text[a:b] for a, b in source.led_by]
        contexts += [article.title, article.publisher or ""]
        if _THIRD.search(source.text):
            contexts += [" ".join(sorted(subject_of(text))) for text in source.texts_before]
            contexts.append(" ".join(sorted(last_speaker(source.texts_before))))
            nearest = names.names_in(source.texts_before[-1]) if source.texts_before else ()
            contexts += [word.text for name in nearest for word in name.words]
    return names.unsupported(
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
