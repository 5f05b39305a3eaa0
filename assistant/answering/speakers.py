"""Speakers as a feature: whether a sentence is said by whom the question asks about."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.answer import Speaker
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.language.quotations import speech_of
from assistant.language.tokens import STOP_WORDS
from assistant.questions import Question
from assistant.retrieval import StatementSpan, speaker_in
from index.article import Article

_WORD = re.compile(r"[^\W\d_]+")
#: How likely a question asks for somebody's words before it matters whose a sentence's are.
LIKELY = 0.1
#: What the article's own voice counts where somebody's words are asked for.
NOBODY = -0.5


#: Gives what is said in articles, by their ids, for those that have been read for it before.
KeptStatements = Callable[[Sequence[Article]], Mapping[str, Sequence[StatementSpan]]]


def nothing_kept(articles: Sequence[Article]) -> dict[str, Sequence[StatementSpan]]:
    """For where nothing is kept: the articles are read for it now, some milliseconds each."""
    return {}


def speaker_signs(
    question: Question, sentences: Sequence[CandidateSentence], kept: KeptStatements = nothing_kept
) -> list[float]:
    """For each sentence, how much its speaker is the one asked for, -1 to 1; 0 where nobody is asked for.

    Somebody is asked for where the question, or else the one before it, names a speaker of the sentences by surname or
    by office.
    """
    said = question.type.kinds["said"]
    if said < LIKELY:
        return [0.0] * len(sentences)
    articles = {each.article.id: each.article for each in sentences}
    said_in = kept(list(articles.values()))
    speakers = [_speaker(each, said_in.get(each.article.id)) for each in sentences]
    for words in (_words(question.text), *(_words(each) for each in question.history[-1:])):
        asked = {speaker.name for speaker in speakers if speaker is not None and _named(speaker, words)}
        if asked:
            return [said * (NOBODY if each is None else 1.0 if each.name in asked else -1.0) for each in speakers]
    return [0.0] * len(sentences)


def _speaker(sentence: CandidateSentence, said: Sequence[StatementSpan] | None) -> Speaker | None:
    """Who says a sentence, by what is kept of its article, or else by reading the article."""
    if said is None:
        return speech_of(sentence.article).speaker(sentence.start, sentence.end)
    return speaker_in(said, sentence.start, sentence.end)


def _named(speaker: Speaker, words: frozenset[str]) -> bool:
    """Does a question with these words name the speaker, by surname or by the whole office?"""
    names = _WORD.findall(speaker.name.lower())
    office = {word for word in _WORD.findall((speaker.office or "").lower()) if word not in STOP_WORDS}
    return bool(names and names[-1] in words) or bool(len(office) > 1 and office <= words)


def _words(text: str) -> frozenset[str]:
    found = {word.lower() for word in _WORD.findall(text)}
    return frozenset(found | {word.removesuffix("s") for word in found})
