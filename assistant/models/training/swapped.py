"""Swapped questions: what somebody said about a subject, asked of somebody else, who says nothing about it.

They are near misses that look like questions with an answer: the person speaks in the articles, and the articles speak
of the subject. One is made only where no sentence that the other one says or is named in holds a word of the subject,
and where no answer names them, so that the label is sure.
"""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.language.quotations import speech_of
from assistant.language.tokens import STOP_WORDS, stems_of
from assistant.models.training.written import Bundle, WrittenQuestion
from index.article import Article
from index.encoding import sentences

#: Others that a question is asked of, at most.
OTHERS = 2
#: Words by which a question asks for somebody's words; they are not its subject.
_ASKING = frozenset(
    "say said says tell told think thinks react warn call called describe claim deny promise want wants demand ask "
    "asked accuse explain".split()
)
_ABOUT_SPEECH = stems_of(
    "view comment reaction response respond answer statement word words press reporters " + " ".join(_ASKING)
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
#: A full name: two or three capitalised words, and what may stand between them.
_FULL_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:de|da|von|van|der|al|bin|el))?(?: [A-Z][\w’'.-]+){1,2}")


def swapped(bundle: Bundle, rng: random.Random) -> Iterator[WrittenQuestion]:
    """The bundle's questions for somebody's words, each asked of at most two others; nothing answers them.

    >>> from assistant.models.training.written import own_bundles
    >>> asked = [each for bundle in own_bundles()[:3] for each in swapped(bundle, random.Random(1))]
    >>> asked[0].answer
    ()
    """
    said = {name: texts for name, texts in _said(bundle).items() if _FULL_NAME.fullmatch(name)}
    texts = [article.sentences for article in bundle.articles]
    for question in bundle.questions:
        asked = _asked(question, said)
        if asked is None or not question.answer or question.history:
            continue
        subject = _subject(question, asked)
        others = [name for name in said if _says_nothing(name, asked, subject, question, said, texts)]
        rng.shuffle(others)
        for other in others[:OTHERS] if subject else ():
            new = rng.choice([other, other.split()[-1], other.split()[-1]])
            text = _asked_of(question.text, asked, new)
            if text is not None:
                fine = _named_with(other, subject, texts)
                yield replace(question, text=text, kind="near", answer=(), fine=fine, span="")


def _said(bundle: Bundle) -> dict[str, list[str]]:
    """What each speaker of the articles says, sentence by sentence."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for written in bundle.articles:
        article = Article(id="", title=written.title, text=written.text, source="")
        speech = speech_of(article)
        for start, end in sentences(article.text):
            speaker = speech.speaker(start, end)
            if speaker is not None:
                found[speaker.name].append(article.text[start:end])
    return found


def _asked(question: WrittenQuestion, said: Mapping[str, Sequence[str]]) -> str | None:
    """The one speaker whose words a question asks for, None where it names none, or several, or asks for no words."""
    words = _words(question.text)
    named = [name for name in said if _last(name) in words]
    asks = question.kind == "said" or not _ASKING.isdisjoint(words)
    return named[0] if asks and len(named) == 1 else None


def _subject(question: WrittenQuestion, asked: str) -> frozenset[str]:
    """The stems of what a question asks about, without whom it asks and that it asks for words."""
    names = {word.lower() for word in asked.split()}
    plain = " ".join(word for word in _words(question.text) if word not in STOP_WORDS and word not in names)
    return stems_of(plain) - _ABOUT_SPEECH


def _says_nothing(
    name: str,
    asked: str,
    subject: frozenset[str],
    question: WrittenQuestion,
    said: Mapping[str, Sequence[str]],
    texts: Sequence[Sequence[str]],
) -> bool:
    if _last(name) == _last(asked):
        return False
    answers = " ".join(texts[article][sentence] for article, sentence in (*question.answer, *question.fine))
    return not _names(answers, name) and not any(subject & stems_of(each) for each in said[name])


def _named_with(name: str, subject: frozenset[str], texts: Sequence[Sequence[str]]) -> tuple[tuple[int, int], ...]:
    """The sentences that name somebody together with the subject: whether these answer is not sure."""
    return tuple(
        (article, number)
        for article, lines in enumerate(texts)
        for number, line in enumerate(lines)
        if _names(line, name) and subject & stems_of(line)
    )


def _asked_of(text: str, asked: str, other: str) -> str | None:
    """The question with another name in place of the one asked, with the titles before it; None where that fails."""
    first, last = (re.escape(word) for word in (" ".join(asked.split()[:-1]), asked.split()[-1]))
    if text == text.lower():
        found = re.search(rf"(?:{first}\s)?\b{last}\b", text, re.IGNORECASE)
        other = other.lower()
    else:
        found = re.search(rf"(?:(?<=\s)(?:[A-Z][\w.’'-]*\s)+)?\b{last}\b", text)
    return None if found is None else text[: found.start()] + other + text[found.end() :]


def _names(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name.split()[-1])}\b", text) is not None


def _last(name: str) -> str:
    return name.split()[-1].lower()


def _words(text: str) -> list[str]:
    return [re.sub(r"[’']s$", "", word).lower() for word in _WORD.findall(text)]
