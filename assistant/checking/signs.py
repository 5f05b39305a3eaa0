"""Features (“signs”) of a sentence and its sources, and the logistic regression over them: how likely they carry it.

The weights and thresholds are a logistic regression on written claims that the entailment model was not trained on:
`python -m assistant.evaluation.check_calibration` fits them anew.
"""

from collections.abc import Mapping
from math import exp, log
from typing import Final

from assistant.checking.exact import Facts
from assistant.models.entailment import Entailment

#: What each sign weighs: the model's logit, facts that may follow from other words, facts that are missing (two of each
#: count at most). Facts that may follow weigh nothing: supported claims have more of them than others.
WEIGHTS: Final[Mapping[str, float]] = {"entails": 1.0, "loose": 0.0, "missing": -0.6, "bias": 0.0}
#: From this score on a sentence stands, whether its sources are given or searched for, of which several may be taken
#: wrongly: of unsupported written claims 2 and 5 of 100 reach it.
STANDS: Final = 0.75
#: What a safe edit scores, and below what a sentence stays whose facts are missing, however sure the model is.
PROVEN: Final = 0.99
MOST_WITHOUT: Final = 0.5
_MOST, _LEAST = 2, 1e-6


def signs_of(read: Entailment, facts: Facts) -> dict[str, float]:
    """The signs of a sentence."""
    return {
        "entails": _logit(read.score),
        "loose": float(min(len(facts.loose), _MOST)),
        "missing": float(min(len(facts.missing), _MOST)),
        "bias": 1.0,
    }


def likely(signs: Mapping[str, float]) -> float:
    """How likely, 0 to 1, sources carry all of a sentence with these signs; never likely where facts are missing.

    >>> likely({"entails": 4.0, "loose": 0, "missing": 1, "bias": 1}) < 0.5
    True
    """
    logit = sum(WEIGHTS[name] * value for name, value in signs.items())
    return _likelihood(logit) * (MOST_WITHOUT if signs["missing"] else 1.0)


def mean_score(*scores: float) -> float:
    """The mean of scores, each between 0 and 1, as odds multiply.

    >>> round(mean_score(0.9, 0.1), 2)
    0.5
    """
    return _likelihood(sum(map(_logit, scores)) / len(scores))


def _likelihood(logit: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, logit))))


def _logit(score: float) -> float:
    return log(max(score, _LEAST) / max(1 - score, _LEAST))
