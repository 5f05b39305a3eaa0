"""Calibration: the weights by which the reader's scores and retrieval's signs are put together, fitted and measured.

`python -m assistant.evaluation.calibration` asks the questions of the written bundles that the reader was not trained
on, each bundle in a library of its own, and prints what `reading.WEIGHTS` and `abstention.WEIGHTS` come to, and what
they gain: mean average precision of the sentences, and near misses refused where so many answers are. With `--data
FOLDER`, abstention is fitted on the literal questions of the public sets there as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from assistant.answering.abstention import signs_of
from assistant.answering.extraction import extract, reading_models
from assistant.answering.reading import WEIGHTS, ReadSentence, sentence_signs
from assistant.evaluation.bundle_library import labels_of, library_of
from assistant.evaluation.literal_questions import literal_questions
from assistant.models.training.written import (
    Bundle,
    WrittenArticle,
    WrittenQuestion,
    bundles_in,
    held_out,
    own_bundles,
)
from index.aliases import Doubles
from index.encoding import Encoder

SIGNS = tuple(name for name in WEIGHTS if name != "bias")


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """What a question came to: the signs of its sentences, and its own.

    `labels` tell of each sentence: 1 answers, 0 does not, -1 does no harm. `needed` is how many it needs.
    """

    sentences: Doubles
    labels: NDArray[np.int64]
    signs: dict[str, float]
    needed: int


def asked(bundles: Sequence[Bundle], encoder: Encoder) -> list[Asked]:
    """Ask the questions of each bundle in a library of its own."""
    found: list[Asked] = []
    for bundle in bundles:
        texts = [article.sentences for article in bundle.articles]
        with library_of(bundle, encoder) as found_in:
            for question in bundle.questions:
                read, passages = found_in(question)
                extracted = extract(reading_models().reader, read, passages)
                if extracted.read:
                    signs = signs_of(extracted.read, read)
                    found.append(_outcome(question, texts, extracted.read, signs))
    return found


def asked_literally(folder: Path, encoder: Encoder) -> tuple[Doubles, Doubles]:
    """The signs of abstention of the literal questions in `folder`, a row each, and whether each is answered."""
    texts, questions = literal_questions(folder)
    articles = [WrittenArticle(f"Article {n}", "", "", ((text,),)) for n, text in enumerate(texts)]
    bundle = Bundle("literal", tuple(articles), (), ())
    rows, answered = [], []
    with library_of(bundle, encoder) as found_in:
        for question in questions:
            read, passages = found_in(WrittenQuestion(question.text, (), "fact", (), (), ""))
            extracted = extract(reading_models().reader, read, passages)
            if extracted.read:
                signs = signs_of(extracted.read, read)
                rows.append([value for name, value in signs.items() if name != "bias"])
                answered.append(float(question.answered))
    return np.array(rows), np.array(answered)


def _outcome(
    question: WrittenQuestion, texts: Sequence[Sequence[str]], read: Sequence[ReadSentence], signs: dict[str, float]
) -> Asked:
    labels = labels_of(question, texts, [each.candidate.text for each in read])
    rows = [[sentence_signs(each)[name] for name in SIGNS] for each in read]
    return Asked(np.array(rows), np.array(labels), signs, len(question.answer))


def fitted(features: Doubles, labels: Doubles, decay: float = 1e-3) -> Doubles:
    """Logistic regression by Newton's method: one weight a feature, and the bias last.

    >>> import numpy as np
    >>> bool(fitted(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]))[0] > 0)
    True
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    x = np.hstack([(features - mean) / spread, np.ones((len(features), 1))])
    weights = np.zeros(x.shape[1])
    for _ in range(30):
        likely = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        slope = x.T @ (likely - labels) / len(x) + decay * weights
        curve = (x * (likely * (1 - likely) + 1e-6)[:, None]).T @ x / len(x) + decay * np.eye(x.shape[1])
        weights = weights - np.linalg.solve(curve, slope)
    plain = weights[:-1] / spread
    return np.append(plain, weights[-1] - plain @ mean)


def average_precision(question: Asked, scores: Doubles) -> float:
    """The mean precision at each answering sentence; those that do no harm are left out."""
    hits, total = 0, 0.0
    kept = [i for i in np.argsort(-scores) if question.labels[i] >= 0]
    for rank, i in enumerate(kept, start=1):
        if question.labels[i] == 1:
            hits += 1
            total += hits / rank
    return total / max(1, question.needed)


def main(
    data: Annotated[list[Path] | None, typer.Option(help="Folders with further written articles.")] = None,
) -> None:
    """Fit the weights on held-out bundles and print what they gain."""
    bundles = [each for folder in data or [] for each in held_out(bundles_in(folder))[1]]
    questions = asked(held_out(own_bundles())[1] + bundles, Encoder())
    answered = [each for each in questions if each.needed]
    rows = np.vstack([each.sentences for each in answered])
    labels = np.concatenate([each.labels for each in answered])
    weights = fitted(rows[labels >= 0], (labels[labels >= 0] == 1).astype(float))
    print("reading.WEIGHTS", dict(zip((*SIGNS, "bias"), weights.round(3).tolist(), strict=True)))
    alone = dict(zip(SIGNS, np.eye(len(SIGNS)), strict=True))
    for name, by in (("reader", alone["reader"]), ("cheap", alone["cheap"]), ("together", weights[:-1])):
        mean = np.mean([average_precision(each, each.sentences @ by) for each in answered])
        print(f"  {name}: mean average precision {mean:.4f}")
    names = [name for name in questions[0].signs if name != "bias"]
    signs = np.array([[each.signs[name] for name in names] for each in questions])
    said = np.array([float(bool(each.needed)) for each in questions])
    public = [each for each in data or [] if (each / "reading-questions.jsonl.gz").is_file()]
    literal = [asked_literally(each, Encoder()) for each in public]
    more, known = [each for each, _ in literal], [each for _, each in literal]
    fold = np.arange(len(questions)) * 5 // len(questions)
    scores = np.zeros(len(questions))
    for part in range(5):
        rest = fold != part
        by = fitted(np.vstack([signs[rest], *more]), np.concatenate([said[rest], *known]), 1e-2)
        scores[fold == part] = signs[fold == part] @ by[:-1] + by[-1]
    whole = fitted(np.vstack([signs, *more]), np.concatenate([said, *known]), 1e-2)
    print("abstention.WEIGHTS", dict(zip((*names, "bias"), whole.round(3).tolist(), strict=True)))
    for refused in (0.02, 0.05, 0.1, 0.15):
        least = np.quantile(scores[said == 1], refused)
        near = (scores[said == 0] < least).mean()
        print(f"  {refused:.0%} of answers refused (logit {least:.2f}): {near:.1%} of near misses refused")


if __name__ == "__main__":
    typer.run(main)
