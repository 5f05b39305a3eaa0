"""Hard negatives: the rows that the reader reads for the questions of written bundles, to train it on.

`python -m assistant.evaluation.mining OUT.jsonl.gz` asks every question of the bundles that the reader is trained on,
and the open ones made of them, each bundle in a library of its own, and writes what would be read, and what would be
read a second time, labelled. What retrieval takes for an answer and is none teaches more than sentences drawn at random
(Karpukhin et al., Dense Passage Retrieval, 2020).
"""

import gzip
import json
import random
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from assistant.answering.extraction import reading_models, to_read
from assistant.answering.reading import best_of, lines_of, read_once
from assistant.answering.sentence_candidates import CandidateSentence
from assistant.evaluation.bundle_library import Finder, labels_of, library_of
from assistant.models.reader import behind
from assistant.models.training.mined import MinedQuestion, MinedRow, as_json
from assistant.models.training.open_questions import open_questions
from assistant.models.training.reading_rows import ANSWERS
from assistant.models.training.written import Bundle, WrittenQuestion, bundles_in, held_out, own_bundles
from index.encoding import Encoder


def mined(bundles: Iterable[Bundle], encoder: Encoder) -> Iterator[MinedQuestion]:
    """The rows of all questions of the bundles, in their order.

    >>> next(mined(own_bundles(), Encoder())).rows[0].labels  # doctest: +SKIP
    (0, 1, 0, 0)
    """
    for bundle in bundles:
        texts = [article.sentences for article in bundle.articles]
        with library_of(bundle, encoder) as found_in:
            for question in bundle.questions:
                yield _mined(question, texts, found_in)


def _mined(question: WrittenQuestion, texts: list[list[str]], found_in: Finder) -> MinedQuestion:
    asked, passages = found_in(question)
    sentences = to_read(asked, passages)
    once = read_once(reading_models().reader, asked, sentences)
    best = [sentences[i] for i in best_of(once)]
    rows, again = (_rows(question, texts, each) for each in (sentences, best))
    return MinedQuestion(behind(asked.text, asked.history), rows, again)


def _rows(
    question: WrittenQuestion, texts: list[list[str]], sentences: Sequence[CandidateSentence]
) -> tuple[MinedRow, ...]:
    """The rows in which the sentences are read, labelled."""
    labels = labels_of(question, texts, [each.text for each in sentences])
    first = texts[question.answer[0][0]][question.answer[0][1]] if question.span else ""
    rows, place = [], 0
    for lines in reading_models().reader.rows(lines_of(sentences)):
        own = tuple(labels[place : place + len(lines)])
        span = next(
            (
                (number, line.text.find(question.span), line.text.find(question.span) + len(question.span))
                for number, (line, label) in enumerate(zip(lines, own, strict=True))
                if first and label == ANSWERS and line.text.strip() in first and question.span in line.text
            ),
            None,
        )
        rows.append(MinedRow(lines, own, span))
        place += len(lines)
    return tuple(rows)


def main(
    out: Annotated[Path, typer.Argument(help="The file that the rows are written to.")],
    data: Annotated[list[Path] | None, typer.Option(help="Folders with further written articles.")] = None,
) -> None:
    """Write the rows of all questions that the reader is trained on."""
    bundles = own_bundles() + [each for folder in data or [] for each in bundles_in(folder)]
    kept, _ = held_out(bundles)
    rng = random.Random(1)
    asked = [*kept, *(open_questions(bundle, rng) for bundle in kept)]
    with gzip.open(out, "wt", encoding="utf-8") as file:
        for number, question in enumerate(mined(asked, Encoder()), start=1):
            file.write(json.dumps(as_json(question), ensure_ascii=False) + "\n")
            if number % 500 == 0:
                print(f"{number} questions")


if __name__ == "__main__":
    typer.run(main)
