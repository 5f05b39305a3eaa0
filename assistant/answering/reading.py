"""Reading: the likeliest candidate sentences, read by the reader in their surroundings.

At most 48 sentences of a question are read, and so many word pieces as take a tenth of a second: those that rank best
by the cheap score, each with the one before it, which often says who is meant. The best are then read once more,
together, whatever articles they come from: a reader tells better which of two answers when it sees both.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answering.sentence_candidates import CandidateSentence
from assistant.answering.speakers import KeptStatements, nothing_kept, speaker_signs
from assistant.models import ReadingModel, RowSentence, header_of
from assistant.questions import Question
from index.aliases import Span
from index.article import Article

#: Sentences that are read for one question, with those that only lead to others.
MOST_READ = 48
#: Word pieces that are read for one question, what costs time; and of these, what an article's header takes.
MOST_PIECES = 1250
HEADED = 25
#: The best ones are read with the sentence before them.
LED = 4
#: So many of the best are read a second time, side by side.
TOGETHER = 5
#: Below this logit a sentence that is read alone does not answer: 2 of 100 that answer a written question stay below
#: it, and 50 of 100 others of the same articles.
ANSWERS = -1.5
#: Characters of an article that belong to its opening.
OPENING = 400
#: What each sign of a sentence weighs: the reader's score of it and of its row, the cheap score, the question's stems,
#: whether it is said by whom the question asks about, whether it opens its article where an overview is asked for.
#: A logistic regression on written articles that the reader was not trained on; together they rank better than each.
#: The cheap score counts more than it comes to there (1.56), for questions in an article's own words.
WEIGHTS = {
    "reader": 0.452,
    "holds": 0.088,
    "cheap": 1.79,
    "cover": 0.078,
    "speaker": 1.1,
    "opening": 0.797,
    "bias": -3.27,
}


@dataclass(frozen=True, slots=True, eq=False)
class ReadSentence:
    """A candidate sentence with what the reader made of it.

    `score` is a logit, above 0 where it more likely answers than not: the reader's own score (`reader`) together with
    what ranked it before. `words` are the answer's words as characters of the article's text, None where the reader
    names none; `sure` (0 to 1) is how sure they are. `holds` is the logit that anything in the row that was read
    answers, `speaker` (-1 to 1) whether it is said by whom was asked about, `opening` (0 to 1) whether it opens its
    article where an overview is asked for.
    """

    candidate: CandidateSentence
    score: float
    reader: float
    words: Span | None
    sure: float
    holds: float
    speaker: float
    opening: float = 0.0

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


def worth_reading(
    sentences: Sequence[CandidateSentence], most: int = MOST_READ, pieces: int = MOST_PIECES
) -> list[CandidateSentence]:
    """The sentences that can win, at most `most` and `pieces` word pieces, in the order of their articles' ranking."""
    ranked = _each_once(sentences, sorted(range(len(sentences)), key=lambda i: -sentences[i].worth))
    chosen: set[int] = set()
    for place, i in enumerate(ranked):
        cost = sum(sentences[each].pieces for each in chosen)
        cost += HEADED * len({sentences[each].article.id for each in chosen})
        if len(chosen) >= most or cost >= pieces:
            break
        chosen.add(i)
        if place < LED and i and _neighbours(sentences[i - 1], sentences[i]):
            chosen.add(i - 1)
    articles: dict[str, int] = {}
    for place, i in enumerate(ranked):
        articles.setdefault(sentences[i].article.id, place)
    picked = [sentences[i] for i in chosen]
    return sorted(picked, key=lambda each: (articles[each.article.id], each.article.id, each.start))


def _each_once(sentences: Sequence[CandidateSentence], ranked: Sequence[int]) -> list[int]:
    """The places of sentences without those that another article prints word for word, as it does with wire copy."""
    first: dict[str, int] = {}
    for i in ranked:
        first.setdefault(" ".join(sentences[i].text.split()), i)
    return list(first.values())


def _neighbours(first: CandidateSentence, second: CandidateSentence) -> bool:
    return first.article.id == second.article.id and first.passage == second.passage


def read_sentences(
    model: ReadingModel,
    question: Question,
    sentences: Sequence[CandidateSentence],
    kept: KeptStatements = nothing_kept,
) -> list[ReadSentence]:
    """Read the sentences, which stand in their articles' order; best first. `kept` tells who says them, if it can.

    >>> read_sentences(model, question, sentences)[0].score  # doctest: +SKIP
    3.2
    """
    once = read_once(model, question, sentences, kept)
    best = best_of(once)
    again = dict(zip(best, _read(model, question, [sentences[i] for i in best]), strict=True))
    twice = [_read_twice(each, again[i]) if i in again else each for i, each in enumerate(once)]
    return sorted(twice, key=lambda each: -each.score)


def read_once(
    model: ReadingModel,
    question: Question,
    sentences: Sequence[CandidateSentence],
    kept: KeptStatements = nothing_kept,
) -> list[ReadSentence]:
    """The first reading of the sentences, in the order in which they come."""
    signs = speaker_signs(question, sentences, kept)
    return [
        _scored(replace(each, speaker=speaker, opening=opening_sign(question, each.candidate)))
        for each, speaker in zip(_read(model, question, sentences), signs, strict=True)
    ]


def best_of(once: Sequence[ReadSentence]) -> list[int]:
    """The places of the best sentences, which are read a second time; none where that is all there are."""
    best = sorted(range(len(once)), key=lambda i: -once[i].score)[:TOGETHER]
    return sorted(best) if len(once) > len(best) else []


def _read(model: ReadingModel, question: Question, sentences: Sequence[CandidateSentence]) -> list[ReadSentence]:
    """What the reader alone makes of each sentence; the sentences that lie in one row are read together."""
    rows = model.read(question.text, question.history, model.rows(lines_of(sentences)))
    found = []
    for sentence, (each, holds) in zip(sentences, [(e, row.holds) for row in rows for e in row.sentences], strict=True):
        words = None if each.words is None else (sentence.start + each.words[0], sentence.start + each.words[1])
        found.append(ReadSentence(sentence, 0.0, each.score, words, each.sure, holds, 0.0))
    return found


def _read_twice(once: ReadSentence, again: ReadSentence) -> ReadSentence:
    """A sentence by the mean of both readings, with the answer's words of the surer one."""
    surer = max(once, again, key=lambda each: each.sure)
    reader, holds = (once.reader + again.reader) / 2, (once.holds + again.holds) / 2
    return _scored(replace(once, reader=reader, holds=holds, words=surer.words, sure=surer.sure))


def sentence_signs(sentence: ReadSentence) -> dict[str, float]:
    """All signs of a sentence, by the names in `WEIGHTS`."""
    return {
        "reader": sentence.reader,
        "holds": sentence.holds,
        "cheap": sentence.candidate.cheap,
        "cover": sentence.candidate.cover,
        "speaker": sentence.speaker,
        "opening": sentence.opening,
        "bias": 1.0,
    }


def _scored(sentence: ReadSentence) -> ReadSentence:
    """The sentence with the logit that it answers, from all signs of it."""
    return replace(sentence, score=sum(WEIGHTS[name] * value for name, value in sentence_signs(sentence).items()))


def opening_sign(question: Question, sentence: CandidateSentence) -> float:
    """How much (0 to 1) a sentence opens its article where an overview is asked for: news tells what matters first."""
    place = 1.0 if sentence.start == 0 else 0.5 if sentence.start < OPENING else 0.0
    return place * min(1.0, question.type.kinds["overview"] + question.type.kinds["timeline"])


def lines_of(sentences: Sequence[CandidateSentence]) -> list[RowSentence]:
    """The sentences as lines: each article's first with its header, each told whether it follows the one before it.

    >>> [line.follows for line in lines_of(sentences)]  # doctest: +SKIP
    [False, True, False]
    """
    found: list[RowSentence] = []
    for before, each in zip((None, *sentences), sentences, strict=False):
        article = each.article
        if before is None or before.article.id != article.id:
            found.append(RowSentence(each.text, header=header_of(article.title, article.publisher, article.published)))
        else:
            found.append(RowSentence(each.text, follows=not article.text[before.end : each.start].strip()))
    return found


def unread(sentences: Sequence[CandidateSentence]) -> list[ReadSentence]:
    """The sentences ranked by the cheap score alone, for where the reader's weights cannot be used."""
    ranked = sorted(sentences, key=lambda each: -each.cheap)
    return [ReadSentence(each, 0.0, 0.0, None, 0.0, 0.0, 0.0) for each in ranked]


def answers(model: ReadingModel, question: Question, sentence: str) -> bool:
    """Does a sentence that somebody wrote say something that the question asks for?

    >>> answers(reading_models().reader, question, "Dara Holm led the talks.")  # doctest: +SKIP
    True
    """
    [row] = model.read(question.text, question.history, [(RowSentence(sentence, header=""),)])
    return row.sentences[0].score >= ANSWERS
