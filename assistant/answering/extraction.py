"""Extractive answer: the candidate sentences are read, it is decided whether they answer, and the best are selected."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.answering.abstention import Answerability, judge
from assistant.answering.event_times import by_time
from assistant.answering.interviews import (
    behind_questions,
    ranked_by_question,
    with_questions,
    without_questions,
)
from assistant.answering.quotes import Quote, quotes_of
from assistant.answering.reading import ReadSentence, read_sentences, unread, worth_reading
from assistant.answering.selection import select, wanted_by
from assistant.answering.sentence_candidates import CandidateSentence, candidate_sentences
from assistant.answering.speakers import KeptStatements, nothing_kept
from assistant.models import ReadingModel
from assistant.models.question_types import QuestionTypes
from assistant.questions import Question
from assistant.retrieval import Candidate


@dataclass(frozen=True, slots=True)
class ReadingModels:
    """The two models that an answer in quotes needs."""

    reader: ReadingModel
    types: QuestionTypes


@cache
def question_types(folder: Path | None = None) -> QuestionTypes:
    """The classifier of questions with the weights of `folder`, or those that ship with Talks; loaded once a process.

    Raises WeightsError where they are missing or damaged.
    """
    return QuestionTypes(folder)


@cache
def reading_models(folder: Path | None = None) -> ReadingModels:
    """Both models, from where `question_types` takes its weights; loaded once a process.

    Raises WeightsError where weights are missing or damaged.
    """
    return ReadingModels(ReadingModel(folder=folder), question_types(folder))


@dataclass(frozen=True, slots=True, eq=False)
class Extraction:
    """What a question comes to: the quotes (empty without passages), whether they answer, and what they come from."""

    quotes: list[Quote]
    verdict: Answerability
    read: list[ReadSentence]


def to_read(question: Question, candidates: Sequence[Candidate]) -> list[CandidateSentence]:
    """The sentences of the candidates that the reader reads, in the order in which it reads them.

    >>> to_read(question, candidates)[0].text  # doctest: +SKIP
    'The talks ended on Wednesday.'
    """
    every = ranked_by_question(candidate_sentences(question, candidates))
    return with_questions(worth_reading(every), every)


def extract(
    model: ReadingModel, question: Question, candidates: Sequence[Candidate], kept: KeptStatements = nothing_kept
) -> Extraction:
    """Read the candidates' sentences and select those that answer, best first; `kept` tells who says them, if it can.

    >>> extract(reading_models().reader, question, candidates).quotes[0].text  # doctest: +SKIP
    'The talks ended on Wednesday.'
    """
    read = without_questions(read_sentences(model, question, to_read(question, candidates), kept))
    read = by_time(read, question.hints.time)
    return Extraction(behind_questions(quotes_of(select(read, wanted_by(question)))), judge(read, question), read)


def nearest(question: Question, candidates: Sequence[Candidate]) -> Extraction:
    """The sentence most like the question, for where the models cannot be used."""
    read = unread(candidate_sentences(question, candidates))
    return Extraction(quotes_of(read[:1]), Answerability(bool(read), 0.5), read)
