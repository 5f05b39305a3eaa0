"""Reading a question: follow-up, spelling, paper, time, stems, vectors and type, each found once."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from assistant.language.times.expressions import expressions
from assistant.language.times.questions import AskedTime, asked_events, asked_time
from assistant.language.tokens import STOP_WORDS, stems_of
from assistant.models import PLAIN
from assistant.models.question_types import QuestionTypes
from assistant.questions.asked_outright import outright
from assistant.questions.courtesy import is_courtesy
from assistant.questions.events import days_of_event
from assistant.questions.follow_ups import leaned_on
from assistant.questions.hints import PublisherNames, hints, publisher_names
from assistant.questions.papers import asked_paper, paper_names
from assistant.questions.question import Question
from assistant.questions.speller import Spelled, Speller
from assistant.request import Request
from index.aliases import Floats
from index.reader import Reader

_WORD = re.compile(r"\w+")

#: The passages that an empty library is taken to hold, how many of them hold a stem, and the size of the library from
#: which on only its own count. With them, 6 and not 8 of the brief's questions that it does not answer are answered; on
#: XQuAD's 223 passages they would cost .002 of MRR.
PRIOR_PASSAGES = 30
PRIOR_FREQUENCY = 0.9
PRIOR_UNTIL = 200


@dataclass(frozen=True, slots=True)
class _Names:
    """The names of one library's publishers, in the forms in which questions are searched for them."""

    publishers: tuple[str, ...]
    hinted: PublisherNames
    papers: Mapping[str, str]


class QuestionReader:
    """Reads questions to one library. Safe to share among threads."""

    def __init__(self, reader: Reader, types: Callable[[], QuestionTypes | None] = lambda: None) -> None:
        """`types` gives the classifier, or None where it cannot be used: every question is then one of fact."""
        self._reader = reader
        self._types = types
        self._speller = Speller(reader)
        self._names = _Names((), publisher_names(()), {})

    def read(self, request: Request, earlier: Sequence[str] | None = None) -> Question:
        """Read a question in the library's present generation.

        Args:
            request: what was asked.
            earlier: the earlier questions that it leans on, oldest first; found by rule where None.

        >>> QuestionReader(reader).read(Request("What did Zelenskiy say?")).text  # doctest: +SKIP
        'What did Zelensky say?'
        """
        generation = self._reader.generation
        asked, names = request.question, self._library_names()
        earlier = leaned_on(asked, request.earlier) if earlier is None else tuple(earlier)
        spelled = [self._speller.spelled(each) for each in (*earlier, asked)]
        paper = None if request.where.publisher else asked_paper(spelled[-1].text, names.papers)
        if paper is not None:
            spelled[-1] = replace(spelled[-1], text=paper.question)
        *history, text = (each.text for each in spelled)
        searched = " ".join((*history, text))
        encoded = self._reader.encoder.encode([searched], question=True)[0]
        rarities, types = self._rarities(searched), self._types()
        publishers = hints(asked, names.hinted).publishers
        return Question(
            request=request,
            text=text,
            vector=self._reader.project(encoded.vector),
            tokens=self._reader.project(encoded.tokens),
            weights=_weights(searched, encoded.spans, rarities),
            stems={stem: weight for stems in rarities.values() for stem, weight in stems.items()},
            earlier=earlier,
            history=tuple(history),
            own=stems_of(text),
            variants=self._variants(spelled),
            respelled=tuple(each for question in spelled for each in question.read),
            meaning=encoded.vector,
            type=PLAIN if types is None else outright(text, types.read(text, encoded.vector)),
            courtesy=not publishers and is_courtesy(asked),
            publishers=publishers,
            paper=None if paper is None else paper.publisher,
            hints=hints(searched, names.hinted, self._asked_time(text)),
            generation=generation,
        )

    def _library_names(self) -> _Names:
        names, publishers = self._names, self._reader.publishers
        if names.publishers is not publishers:
            names = self._names = _Names(publishers, publisher_names(publishers), paper_names(publishers))
        return names

    def _asked_time(self, text: str) -> AskedTime | None:
        """The time that a question asks about, seen from the day of the newest article, or from today."""
        asked = [(each, days_of_event(self._reader, each)) for each in asked_events(text)]
        events = [(each, days) for each, days in asked if days is not None]
        if not events and not expressions(text):
            return None
        newest = self._reader.holdings().last
        return None if newest is None else asked_time(text, min(newest, date.today()), events)

    def _variants(self, spelled: Sequence[Spelled]) -> dict[str, str]:
        """The stems of further spellings of the questions' names, each with the stem of the name as it is asked."""
        named = [
            (self._reader.stems(name), other) for each in spelled for name, others in each.also for other in others
        ]
        return {stem: asked[0] for asked, other in named for stem in self._reader.stems(other) if [stem] != asked}

    def _rarities(self, text: str) -> dict[str, dict[str, float]]:
        """For each word of the text that says something: its stems in the word index, and how rare each is there."""
        total = self._reader.passages
        found: dict[str, dict[str, float]] = {}
        for word in dict.fromkeys(match.group().lower() for match in _WORD.finditer(text)):
            if word not in STOP_WORDS:
                found[word] = {}
                for stem in self._reader.stems(word):
                    found[word][stem] = idf(self._reader.document_frequency(stem), total)
        return found


def idf(frequency: int, passages: int) -> float:
    """How rare a stem is that `frequency` of the library's `passages` hold; above 0.

    A library of a few passages knows little about that, so it counts as if it had some more, in which each stem is
    about as rare as most are; the more it has itself, the fewer are added.
    """
    share = max(0.0, 1 - passages / PRIOR_UNTIL)
    known, total = frequency + share * PRIOR_FREQUENCY, passages + share * PRIOR_PASSAGES
    return math.log(1 + (max(0.0, total - known) + 0.5) / (known + 0.5))


def _weights(text: str, spans: Sequence[tuple[int, int]], rarities: dict[str, dict[str, float]]) -> Floats:
    """The weight of each word piece: how rare its word is in the library, 0 for words that say nothing."""
    weights = np.zeros(len(spans), dtype=np.float32)
    begins = [start for start, _ in spans]
    for match in _WORD.finditer(text):
        rarity = max(rarities.get(match.group().lower(), {}).values(), default=0.0)
        first, last = np.searchsorted(begins, match.span())
        weights[first:last] = rarity
    return weights
