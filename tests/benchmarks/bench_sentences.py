"""Rankings of answer sentences: mean average precision of BM25, the encoder's cosine and the reader.

usage: python tests/benchmarks/bench_sentences.py FILE.jsonl.gz ...

Each line of a file is a candidate sentence: `question`, `sentence`, `label` (1 where it answers), `qid`. Questions
without an answering sentence, or with nothing but such, are left out, as is the custom for WikiQA and TREC-QA.
"""

import gzip
import json
import math
import sys
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from assistant.answering.extraction import reading_models
from assistant.language.tokens import stems_of
from assistant.models import RowSentence
from index.encoding import Encoder

#: BM25's usual constants.
K1, B = 1.2, 0.75


def average_precision(labels: list[int], scores: list[float]) -> float:
    """The mean of the precision at each answering sentence, best score first.

    >>> average_precision([0, 1], [2.0, 1.0])
    0.5
    """
    hits, total = 0, 0.0
    for rank, place in enumerate(sorted(range(len(scores)), key=lambda i: -scores[i]), start=1):
        if labels[place]:
            hits += 1
            total += hits / rank
    return total / max(1, hits)


def main(paths: list[Path]) -> None:
    encoder, models = Encoder(), reading_models()
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        asked: dict[str, list[dict[str, object]]] = defaultdict(list)
        for line in lines:
            asked[str(line["qid"])].append(line)
        held = Counter(stem for line in lines for stem in stems_of(str(line["sentence"])))
        length = sum(len(str(line["sentence"]).split()) for line in lines) / len(lines)
        found: dict[str, list[float]] = defaultdict(list)
        for candidates in asked.values():
            labels = [int(str(each["label"])) for each in candidates]
            if not 0 < sum(labels) < len(labels):
                continue
            question, texts = str(candidates[0]["question"]), [str(each["sentence"]) for each in candidates]
            wanted = stems_of(question)
            bm25 = []
            for text in texts:
                norm = K1 * (1 - B + B * len(text.split()) / length)
                stems = stems_of(text)
                bm25.append(
                    sum(math.log(1 + len(lines) / (0.5 + held[s])) * (K1 + 1) / (1 + norm) for s in wanted & stems)
                )
            vector = encoder.encode([question], question=True)[0].vector
            cosine = [float(vector @ each.vector) for each in encoder.encode(texts)]
            rows = models.reader.rows([RowSentence(text, header=None if n else "") for n, text in enumerate(texts)])
            read = [each.score for row in models.reader.read(question, (), rows) for each in row.sentences]
            both = list(np.array(read) + 4 * np.array(cosine))
            for name, scores in (("BM25", bm25), ("cosine", cosine), ("reader", read), ("reader + 4 cosine", both)):
                found[name].append(average_precision(labels, scores))
        print(path.name, len(found["BM25"]), {name: round(float(np.mean(each)), 4) for name, each in found.items()})


if __name__ == "__main__":
    main([Path(each) for each in sys.argv[1:]])
