"""Extractive answer: the candidate sentences are read, it is decided whether they answer, and the best are selected."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answering.abstention import Verdict, judge
from assistant.answering.asked_outright import outright
from assistant.answering.quotes import Quote, quotes_of
from assistant.answering.reading import ReadSentence, read_sentences, unread, worth_reading
from assistant.answering.selection import select, wanted_by
from assistant.answering.sentence_candidates import candidate_sentences
from assistant.answering.speakers import without_reporters
from assistant.models import PLAIN, QuestionType, ReadingModel
from assistant.models.question_types import QuestionTypes
from assistant.retrieval.candidates import Candidate, Query


@dataclass(frozen=True, slots=True)
class ReadingModels:
    """The two models that an answer in quotes needs."""

    reader: ReadingModel
    types: QuestionTypes


@cache
def reading_models(folder: Path | None = None) -> ReadingModels:
    """The models with the weights of `folder`, or those that ship with Talks; loaded once a process.

    Raises WeightsError where they are missing or damaged.
    """
    return ReadingModels(ReadingModel(folder=folder), QuestionTypes(folder))


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """What a question comes to: the quotes (empty without passages), whether they answer, and what they come from."""

    quotes: list[Quote]
    verdict: Verdict
    read: list[ReadSentence]
    question: QuestionType


def extract(models: ReadingModels, query: Query, candidates: Sequence[Candidate]) -> Extraction:
    """Read the candidates' sentences and select those that answer, best first.

    >>> extract(reading_models(), query, candidates).quotes[0].text  # doctest: +SKIP
    'The talks ended on Wednesday.'
    """
    sentences = without_reporters(worth_reading(candidate_sentences(query, candidates)))
    kind = outright(query.text, models.types.read(query.text, query.meaning))
    read = read_sentences(models.reader, kind, query.text, query.history, sentences)
    return Extraction(quotes_of(select(read, wanted_by(kind))), judge(read, kind), read, kind)


def nearest(query: Query, candidates: Sequence[Candidate]) -> Extraction:
    """The sentence most like the question, for where the models cannot be used."""
    read = unread(candidate_sentences(query, candidates))
    return Extraction(quotes_of(read[:1]), Verdict(bool(read), 0.5), read, PLAIN)
