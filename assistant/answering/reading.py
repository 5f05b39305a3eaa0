"""Reading: the likeliest candidate sentences, read by the reader in their surroundings.

At most 32 sentences of a question are read: those that rank best by the cheap score, each with the one before it, which
often says who is meant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant.answering.sentence_candidates import CandidateSentence
from assistant.models import ReadingModel, Row, header_of
from index.article import Article

Span = tuple[int, int]

#: Sentences that are read for one question, with those that only lead to others.
MOST_READ = 32
#: Of these, the best ones that the one before is read with.
LED = 12


@dataclass(frozen=True, slots=True, eq=False)
class ReadSentence:
    """A candidate sentence with what the reader made of it.

    `score` is a logit, above 0 where it more likely answers than not. `words` are the answer's words as characters of
    the article's text, None where the reader names none; `sure` (0 to 1) is how sure they are. `holds` is the logit
    that anything in the row that was read answers.
    """

    candidate: CandidateSentence
    score: float
    words: Span | None
    sure: float
    holds: float

    @property
    def article(self) -> Article:
        """The sentence's article."""
        return self.candidate.article

    @property
    def start(self) -> int:
        """Where the sentence begins, in characters of the article's text."""
        return self.candidate.start

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.candidate.end


def worth_reading(sentences: Sequence[CandidateSentence], most: int = MOST_READ) -> list[CandidateSentence]:
    """The sentences that can win, at most `most`, in the order of their articles' ranking and of each text."""
    ranked = sorted(range(len(sentences)), key=lambda i: -sentences[i].cheap)
    chosen: set[int] = set()
    for place, i in enumerate(ranked):
        if len(chosen) >= most:
            break
        chosen.add(i)
        before = i - 1
        if (
            place < LED
            and before >= 0
            and sentences[before].article is sentences[i].article
            and sentences[before].passage == sentences[i].passage
        ):
            chosen.add(before)
    articles = {id: place for place, id in reversed(list(enumerate(sentences[i].article.id for i in ranked)))}
    picked = [sentences[i] for i in chosen]
    return sorted(picked, key=lambda each: (articles[each.article.id], each.article.id, each.start))


def read(
    model: ReadingModel, question: str, history: Sequence[str], sentences: Sequence[CandidateSentence]
) -> list[ReadSentence]:
    """Read the sentences, which stand in their articles' order; best first.

    >>> read(model, "who led the talks", (), sentences)[0].score  # doctest: +SKIP
    3.2
    """
    rows, owners = _rows(model, sentences)
    found: list[ReadSentence] = []
    for owner, reading in zip(owners, model.read(question, history, rows), strict=True):
        for sentence, each in zip(owner, reading.sentences, strict=True):
            words = None if each.words is None else (sentence.start + each.words[0], sentence.start + each.words[1])
            found.append(ReadSentence(sentence, each.score, words, each.sure, reading.holds))
    return sorted(found, key=lambda each: -each.score)


def _rows(
    model: ReadingModel, sentences: Sequence[CandidateSentence]
) -> tuple[list[Row], list[list[CandidateSentence]]]:
    """The sentences in rows of one article each, none longer than what the reader reads."""
    rows: list[Row] = []
    owners: list[list[CandidateSentence]] = []
    for _, group in groupby(sentences, key=lambda each: each.article.id):
        mine = list(group)
        head = header_of(mine[0].article.title, mine[0].article.publisher, mine[0].article.published)
        for part in model.parts(head, [each.text for each in mine]):
            here = mine[part]
            follows = [
                bool(i) and not here[i].article.text[here[i - 1].end : here[i].start].strip() for i in range(len(here))
            ]
            rows.append(Row(head, tuple(each.text for each in here), tuple(follows)))
            owners.append(here)
    return rows, owners


def unread(sentences: Sequence[CandidateSentence]) -> list[ReadSentence]:
    """The sentences ranked by the cheap score alone, for where the reader's weights cannot be used."""
    ranked = sorted(sentences, key=lambda each: -each.cheap)
    return [ReadSentence(each, 0.0, None, 0.0, 0.0) for each in ranked]


def moved(sentence: ReadSentence, by: float) -> ReadSentence:
    """The sentence with its score moved by `by`."""
    return replace(sentence, score=sentence.score + by)
