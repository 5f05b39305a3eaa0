"""Evaluation of the checks: claims about sources, judged by hand, against what the checks say of them."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from assistant.checking import Checker, Verdict, sources_of
from index.encoding import sentences
from index.errors import QuestionError

#: Of the unsupported claims, the share that may pass.
MAY_PASS = 0.05
_FIELDS = {"source": str, "claim": str, "supported": bool}


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence about a source, and whether the source supports it; `how` it was made, for the table."""

    source: str
    before: str
    claim: str
    supported: bool
    how: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What the checks come to on claims.

    `balanced` is the mean of the shares of supported claims that stand and of unsupported ones that do not; `stand` and
    `stopped` are these two. `auc` is the area under the curve of the scores, `strict` the share of the supported that
    stand by the score where at most 5% of the unsupported pass.
    """

    claims: int
    balanced: float
    stand: float
    stopped: float
    auc: float
    strict: float


def read_claims(path: Path) -> list[Claim]:
    """The claims of a JSON-lines file: `source`, `claim`, `supported`, and perhaps `before` and `how`.

    Raises QuestionError where a line cannot be used.
    """
    found: list[Claim] = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionError(f"The file of claims {path} cannot be read: {error}.") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError:
            row = None
        if not isinstance(row, dict) or any(not isinstance(row.get(name), kind) for name, kind in _FIELDS.items()):
            raise QuestionError(
                f"Line {number} of {path} is no claim: write an object with “source”, “claim” and “supported” (true or "
                "false)."
            )
        found.append(
            Claim(
                row["source"], str(row.get("before") or ""), row["claim"], row["supported"], str(row.get("how") or "")
            )
        )
    if not found:
        raise QuestionError(f"The file {path} holds no claims: write one object a line.")
    return found


def verdict_on(claim: Claim, checker: Checker) -> Verdict:
    """What the checks say of a claim: its source is taken as a whole, and by sentences where it is long."""
    [whole] = sources_of([claim.source], claim.before)
    spans = [(whole.start + a, whole.start + b) for a, b in sentences(whole.text)]
    if len(spans) < 2:
        return checker.check(claim.claim, [whole])
    parts = [type(whole)(n, whole.article, a, b) for n, (a, b) in enumerate(spans, start=1)]
    if len(spans) <= 3:
        return checker.check(claim.claim, parts)
    return checker.find(claim.claim, parts)


def figures(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> Figures:
    """The figures over claims with their verdicts.

    >>> claims = [Claim("", "", "", True), Claim("", "", "", False)]
    >>> figures(claims, [Verdict(True, 0.9), Verdict(False, 0.2)]).auc
    1.0
    """
    good = [verdict for claim, verdict in zip(claims, verdicts, strict=True) if claim.supported]
    bad = [verdict for claim, verdict in zip(claims, verdicts, strict=True) if not claim.supported]
    stand = sum(verdict.supported for verdict in good) / len(good) if good else 0.0
    stopped = sum(not verdict.supported for verdict in bad) / len(bad) if bad else 0.0
    pairs = [(one.score > other.score) + 0.5 * (one.score == other.score) for one in good for other in bad]
    ranked = sorted((verdict.score for verdict in bad), reverse=True)
    bar = ranked[int(MAY_PASS * len(ranked))] if ranked else 0.0
    return Figures(
        claims=len(claims),
        balanced=(stand + stopped) / 2,
        stand=stand,
        stopped=stopped,
        auc=sum(pairs) / len(pairs) if pairs else 0.0,
        strict=sum(verdict.score > bar for verdict in good) / len(good) if good else 0.0,
    )


def judge(claims: Sequence[Claim], checker: Checker, seen: Callable[[], object] = lambda: None) -> list[Verdict]:
    """The verdicts on claims; `seen` is told of each."""
    found: list[Verdict] = []
    for claim in claims:
        found.append(verdict_on(claim, checker))
        seen()
    return found


def tables(claims: Sequence[Claim], verdicts: Sequence[Verdict]) -> Iterator[Table]:
    """The figures as tables: of all claims, then by `how` they were made, where the file says so."""
    all_of = figures(claims, verdicts)
    table = Table("Claims", str(all_of.claims))
    table.add_row("balanced accuracy", f"{all_of.balanced:.3f}")
    table.add_row("supported that stand", f"{all_of.stand:.3f}")
    table.add_row("unsupported that are stopped", f"{all_of.stopped:.3f}")
    table.add_row("area under the curve of the scores", f"{all_of.auc:.3f}")
    table.add_row("supported that stand where 5% of the unsupported pass", f"{all_of.strict:.3f}")
    yield table
    kinds = sorted({(not claim.supported, claim.how) for claim in claims if claim.how})
    if kinds:
        by = Table("How", "supported", "claims", "judged right")
        for unsupported, how in kinds:
            mine = [
                verdict.supported is claim.supported
                for claim, verdict in zip(claims, verdicts, strict=True)
                if claim.how == how and claim.supported is not unsupported
            ]
            by.add_row(how, "no" if unsupported else "yes", str(len(mine)), f"{sum(mine) / len(mine):.2f}")
        yield by
