"""Reading rows: questions with sentences of an article, labelled, as the reader sees them when it works.

A row of training looks like one of `assistant.models.reader`: some sentences of an article in their order, with gaps,
the answering ones among those that are most like the question; also rows from which the answer was taken out, and rows
of other articles on the same affair. Half of them hold sentences of several articles, as papers and days are held
against each other.
"""

import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.models.reader import RowSentence, behind, laid_out
from assistant.models.training.written import Bundle, WrittenArticle, WrittenQuestion

#: Labels of a sentence: it answers, it does not, it does no harm (not learned from).
ANSWERS, NOT, FINE = 1, 0, -1

_WORD = re.compile(r"\w{4,}")


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """Word pieces of a row; `sentence_of[i]` is the sentence of piece i, -1 for none.

    `labels` has one of ANSWERS, NOT and FINE a sentence. `span` is (first piece, last piece, sentence) of the answer's
    words. `weight` is how much the row counts.
    """

    ids: tuple[int, ...]
    sentence_of: tuple[int, ...]
    labels: tuple[int, ...]
    span: tuple[int, int, int] | None
    weight: float

    @property
    def holds(self) -> int:
        """Does anything in the row answer? FINE where that is not known."""
        return ANSWERS if ANSWERS in self.labels else FINE if FINE in self.labels else NOT


class RowMaker:
    """Makes labelled rows with the default encoder's word pieces."""

    def __init__(self, tokenizer_file: str) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(tokenizer_file)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._opening = int(self._tokenizer.token_to_id("[CLS]") or 0)
        self._separator = int(self._tokenizer.token_to_id("[SEP]") or 0)

    def row(
        self,
        question: str,
        lines: Sequence[RowSentence],
        labels: Sequence[int],
        span: tuple[int, int, int] | None = None,
        weight: float = 1.0,
    ) -> LabelledRow | None:
        """A row of lines with their labels; `span` is (line, start, end) in characters of the line's text.

        None where not even one line fits.
        """
        asked = self._pieces(question)[0]
        ids, places = laid_out(asked, tuple(lines), self._pieces, self._opening, self._separator)
        if not places:
            return None
        owners = [-1] * len(ids)
        for number, (first, last, _, _) in enumerate(places):
            owners[first:last] = [number] * (last - first)
        found = None
        if span and span[0] < len(places):
            number, begin, end = span
            first, _, offsets, lead = places[number]
            inside = [i for i, (low, high) in enumerate(offsets) if high > begin + lead and low < end + lead]
            found = (first + inside[0], first + inside[-1], number) if inside else None
        return LabelledRow(tuple(ids), tuple(owners), tuple(labels[: len(places)]), found, weight)

    def _pieces(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        return found.ids, found.offsets


def rows_of(maker: RowMaker, bundles: Iterable[Bundle], each: int, seed: int) -> list[LabelledRow]:
    """Rows of all questions of the bundles; `each` of every article that answers, drawn by `seed`."""
    rng = random.Random(seed)
    found = []
    for bundle in bundles:
        for question in bundle.questions:
            for article in _articles_for(question, len(bundle.articles), rng):
                answers = any(place[0] == article for place in question.answer)
                for _ in range(each if answers or not question.answer else 1):
                    row = _drawn(maker, question, article, bundle.articles, rng)
                    if row is not None:
                        found.append(row)
    return found


def _articles_for(question: WrittenQuestion, count: int, rng: random.Random) -> list[int]:
    """The articles that answer and one that does not; of a question without an answer, two."""
    answering = sorted({article for article, _ in question.answer})
    others = [article for article in range(count) if article not in answering]
    if not answering:
        return rng.sample(others, min(2, len(others)))
    return answering + ([rng.choice(others)] if others else [])


def _drawn(
    maker: RowMaker, question: WrittenQuestion, number: int, articles: Sequence[WrittenArticle], rng: random.Random
) -> LabelledRow | None:
    """A row of the article, half of the time with sentences of others before or behind its own."""
    others = [i for i in range(len(articles)) if i != number]
    beside = rng.sample(others, min(len(others), rng.choice([1, 1, 2]))) if rng.random() < 0.5 else []
    blocks = [number, *beside]
    rng.shuffle(blocks)
    lines: list[RowSentence] = []
    labels: list[int] = []
    span = None
    for block in blocks:
        texts = articles[block].sentences
        gold = [sentence for place, sentence in question.answer if place == block]
        fine = {sentence for place, sentence in question.fine if place == block} - set(gold)
        kept = _kept(question.text, texts, gold, rng, len(blocks))
        first = question.answer[0] if question.span and question.answer else None
        if first is not None and first[0] == block and first[1] in kept:
            start = texts[first[1]].find(question.span)
            if start >= 0:
                span = (len(lines) + kept.index(first[1]), start, start + len(question.span))
        for place, i in enumerate(kept):
            follows = bool(place) and kept[place - 1] == i - 1
            lines.append(RowSentence(texts[i], follows, None if place else articles[block].header))
            labels.append(ANSWERS if i in gold else FINE if i in fine else NOT)
    if not lines:
        return None
    return maker.row(typed(behind(question.text, question.history), rng), lines, labels, span)


def _kept(question: str, texts: Sequence[str], gold: Sequence[int], rng: random.Random, blocks: int = 1) -> list[int]:
    """The sentences of a row: the answering ones (sometimes taken out) and those most like the question, with gaps.

    Of several `blocks` in a row, each is shorter.
    """
    taken_out = bool(gold) and rng.random() < 0.12
    wanted = [] if taken_out else list(gold)
    if blocks == 1 and rng.random() < 0.25:  # a passage as it stands
        middle = rng.choice(wanted) if wanted else rng.randrange(len(texts))
        first = max(0, middle - rng.randrange(6))
        chosen = set(range(first, min(len(texts), first + 8)))
    else:
        size = rng.choice([4, 6, 8, 8, 10] if blocks == 1 else [2, 3, 4, 5])
        chosen = set(wanted) | {i - 1 for i in wanted if i and rng.random() < (0.8 if blocks == 1 else 0.4)}
        words = set(_WORD.findall(question.lower()))
        alike = [sum(word[:5] in text.lower() for word in words) + 1.5 * rng.random() for text in texts]
        for i in sorted(range(len(texts)), key=lambda each: -alike[each]):
            if len(chosen) >= size:
                break
            chosen.add(i)
            if i and rng.random() < 0.4:
                chosen.add(i - 1)
    return sorted(chosen - set(gold) if taken_out else chosen)


def typed(question: str, rng: random.Random) -> str:
    """A question as somebody might type it: without its mark, in small letters, two letters exchanged."""
    chance = rng.random()
    if chance < 0.15:
        return question.rstrip("?")
    if chance < 0.25:
        return question.lower()
    if chance < 0.30 and len(question) > 12:
        at = rng.randrange(3, len(question) - 2)
        return question[:at] + question[at + 1] + question[at] + question[at + 2 :]
    return question
