"""Open questions made of written ones: "What did Holm say?" of "What did Holm say about the prisoners?".

Near misses often ask what somebody said of something that they never spoke of. A reader that sees many of them begins
to doubt every question for somebody's words; these, which are always answered, keep it from that.
"""

import random
import re
from collections import defaultdict
from dataclasses import replace

from assistant.models.training.written import Bundle, SentencePlace, WrittenQuestion

_ASKED = re.compile(r"^(?:and )?what (?:did|does|has|had) ([\w\s'’.-]+?) (?:say|said|tell|think|want)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:he|she|they|it|we|i)$", re.IGNORECASE)
_QUOTED = re.compile('["“”«»]')
#: The ways to ask; those for names alone come last.
_WAYS = (
    "What did {} say?",
    "what did {} say",
    "what does {} say",
    "What has {} said?",
    "what is {} saying",
    "statements by {}",
    "{} said what",
    "What did {} tell reporters?",
    "quotes from {}",
    "what were {}'s words",
)
#: How often the first way is taken, and the words of a name from which on only the first ways are.
_FIRST, _LONG = 0.3, 4


def open_questions(bundle: Bundle, rng: random.Random) -> Bundle:
    """The bundle with one open question for each speaker whom its answered questions ask about, and no others.

    What answers any of a speaker's questions answers the open one. Other sentences that may be the speaker's own words
    count neither way: those that name the speaker, stand beside such a one, or hold words in quotation marks.
    """
    asked: dict[str, list[WrittenQuestion]] = defaultdict(list)
    for question in bundle.questions:
        found = _ASKED.match(question.text)
        if found and question.answer and not question.history and not _PRONOUN.match(found[1]):
            asked[found[1].strip()].append(question)
    return replace(bundle, questions=tuple(_open(bundle, who, about, rng) for who, about in asked.items()))


def _open(bundle: Bundle, who: str, about: list[WrittenQuestion], rng: random.Random) -> WrittenQuestion:
    answer = tuple(sorted({place for question in about for place in question.answer}))
    fine = {place for question in about for place in question.fine} | _perhaps(bundle, who.split()[-1].lower())
    ways = _WAYS[:1] if rng.random() < _FIRST else _WAYS[:_LONG] if len(who.split()) >= _LONG else _WAYS
    text = rng.choice(ways).format(who)
    return WrittenQuestion(text, (), "said", answer, tuple(sorted(fine - set(answer))), "")


def _perhaps(bundle: Bundle, name: str) -> set[SentencePlace]:
    """The sentences that may be the words of whoever has this last name."""
    found = set()
    for number, article in enumerate(bundle.articles):
        named = name in article.text.lower()
        for place, sentence in enumerate(article.sentences):
            beside = " ".join(article.sentences[max(0, place - 1) : place + 2]).lower()
            if name in beside or (named and _QUOTED.search(sentence)):
                found.add((number, place))
    return found
