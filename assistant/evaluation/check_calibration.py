"""Calibration of the checks: the weights of `checking.signs` fitted on written claims, and what each means gains.

`python -m assistant.evaluation.check_calibration` takes the claims on the written bundles that the entailment model was
not trained on, with `--data FOLDER` also those on the articles and bundles there. Each is checked against its own
sources, and searched for among twelve sentences of its articles. It prints what exact facts, safe edits and the model
each come to alone and together, the weights, and the thresholds that 5% of the unsupported claims reach.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from assistant.checking import Checker, Source, Verdict
from assistant.checking.checker import without_opener
from assistant.checking.edits import proven
from assistant.checking.evidence import ranked
from assistant.checking.exact import Facts, facts_lacking
from assistant.checking.signs import WEIGHTS, signs_of
from assistant.evaluation.calibration import fitted
from assistant.evaluation.claims import MAY_PASS
from assistant.models.entailment import EntailmentModel
from assistant.models.training.written import (
    Bundle,
    WrittenArticle,
    WrittenClaim,
    bundles_in,
    held_out,
    held_out_claims,
    own_bundles,
    own_claims,
)
from index.aliases import Doubles
from index.article import Article
from index.encoding import sentences

SIGNS = tuple(name for name in WEIGHTS if name != "bias")
#: Sentences among which a claim's sources are searched for.
CANDIDATES = 12


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """What a claim came to: the signs with its own sources, and with each group that the search tries.

    `facts` tells whether its sources hold all exact facts of it, `edit` whether it is a safe edit of one; `fell` are
    the facts that they do not hold.
    """

    claim: WrittenClaim
    given: Doubles
    searched: Doubles
    facts: bool
    edit: bool
    fell: tuple[str, ...]


class _Recorder(Checker):
    """A checker that takes no claim for carried, and remembers the signs of all that it looked at."""

    def __init__(self, model: EntailmentModel) -> None:
        super().__init__(model)
        self.signs: list[dict[str, float]] = []

    def _judged(self, claim: str, cited: Sequence[Source], facts: Facts) -> Verdict:
        read = self._read(claim, cited)
        self.signs.append(signs_of(read, facts))
        return Verdict(False, read.score)


def judged(bundles: Iterable[Bundle], model: EntailmentModel) -> list[Judged]:
    """Check the claims of bundles and articles."""
    found: list[Judged] = []
    for bundle in bundles:
        sources = _sources(bundle)
        for claim in bundle.claims:
            own = [source for source in sources if source.text in claim.source][:3]
            text, _ = without_opener(claim.claim)
            facts, recorder = facts_lacking(text, own), _Recorder(model)
            recorder._judged(text, own, facts)
            given = _row(recorder.signs.pop())
            others = [sources[i] for i in ranked(text, sources) if sources[i] not in own]
            near = sorted([*own, *others[: CANDIDATES - len(own)]], key=lambda source: source.number)
            recorder.find(claim.claim, near)
            edit = any(proven(text, source.text, source.texts_before) for source in own)
            searched = np.array([_row(each) for each in recorder.signs]).reshape(-1, len(SIGNS))
            found.append(Judged(claim, given, searched, not facts.missing, edit, facts.missing))
    return found


def by_themselves(claims: Iterable[WrittenClaim]) -> list[Bundle]:
    """Claims about sources of no bundle, as bundles of their own: each source an article, each writer's a bundle."""
    written: defaultdict[str, list[WrittenClaim]] = defaultdict(list)
    for claim in claims:
        written[claim.bundle.partition("-")[0]].append(claim)
    return [
        Bundle(
            name,
            tuple(
                WrittenArticle("", "", "", ((before,) * bool(before), tuple(source[a:b] for a, b in sentences(source))))
                for before, source in dict.fromkeys((claim.before, claim.source) for claim in own)
            ),
            (),
            tuple(own),
        )
        for name, own in written.items()
    ]


def _row(signs: dict[str, float]) -> Doubles:
    return np.array([signs[name] for name in SIGNS])


def _sources(bundle: Bundle) -> list[Source]:
    """The sentences of a bundle's articles."""
    found: list[Source] = []
    for number, written in enumerate(bundle.articles):
        text = written.text
        article = Article(
            f"{bundle.name}-{number}", written.title, text, "", written.publisher or None, None, written.day
        )
        at = 0
        for sentence in written.sentences:
            start = text.index(sentence, at)
            at = start + len(sentence)
            found.append(Source(len(found) + 1, article, start, at))
    return found


def area(scores: Doubles, labels: NDArray[np.bool_]) -> float:
    """The area under the curve of scores.

    >>> import numpy as np
    >>> area(np.array([2.0, 1.0]), np.array([True, False]))
    1.0
    """
    good, bad = scores[labels][:, None], scores[~labels]
    return float((good > bad).mean() + (good == bad).mean() / 2)


def bar(scores: Doubles, labels: NDArray[np.bool_]) -> float:
    """The score that at most 5% of the unsupported claims pass."""
    return float(np.sort(scores[~labels])[::-1][int(MAY_PASS * (~labels).sum())])


def main(
    data: Annotated[list[Path] | None, typer.Option(help="Folders with further written articles and bundles.")] = None,
) -> None:
    """Fit the weights on held-out claims, and print what each means comes to."""
    claims = held_out_claims(own_claims())[1]
    bundles = [
        replace(bundle, claims=tuple(claim for claim in claims if claim.bundle == bundle.name))
        for bundle in held_out(own_bundles())[1]
    ]
    known = {bundle.name for bundle in bundles}
    bundles += by_themselves(claim for claim in claims if claim.bundle not in known)
    bundles += [each for folder in data or [] for each in held_out(bundles_in(folder))[1]]
    found = judged(bundles, EntailmentModel())
    labels = np.array([each.claim.supported for each in found])
    print(f"{len(found)} claims, {labels.sum()} of them supported")
    for name, stands in (
        ("exact facts", np.array([each.facts for each in found])),
        ("safe edits", np.array([each.edit for each in found])),
    ):
        print(f"{name}: {stands[labels].mean():.3f} of the supported stand, {stands[~labels].mean():.3f} of the others")
    given = np.array([each.given for each in found])
    folds = np.arange(len(found)) * 5 // len(found)
    scores = np.zeros(len(found))
    for fold in range(5):
        by = fitted(given[folds != fold], labels[folds != fold].astype(float), 1e-2)
        scores[folds == fold] = given[folds == fold] @ by[:-1] + by[-1]
    weights = fitted(given, labels.astype(float), 1e-2)
    print("signs.WEIGHTS", dict(zip((*SIGNS, "bias"), weights.round(3).tolist(), strict=True)))
    missing = SIGNS.index("missing")
    firm = np.where(given[:, missing] > 0, -20 + scores, scores)
    searched = np.array([_best(each.searched, weights) for each in found])
    edits = np.where([each.edit for each in found], 20.0, 0.0)
    for name, each in (
        ("model alone", given[:, 0]),
        ("all signs (five folds)", scores),
        ("facts first, then the signs", firm),
        ("with safe edits", firm + edits),
        ("searched among twelve", searched + edits),
    ):
        at = bar(each, labels)
        print(
            f"{name}: AUC {area(each, labels):.3f}; {(each[labels] > at).mean():.3f} of the supported stand where 5% "
            f"of the others do, above {1 / (1 + np.exp(-at)):.3f}"
        )


def _best(rows: Doubles, weights: Doubles) -> float:
    """The logit of the likeliest group that holds all exact facts."""
    missing = SIGNS.index("missing")
    return float(max((row @ weights[:-1] + weights[-1] - 20 * (row[missing] > 0) for row in rows), default=-30.0))


if __name__ == "__main__":
    typer.run(main)
