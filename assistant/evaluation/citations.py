"""Citation recall and precision of written answers, after ALCE."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Checks
from assistant.answering.generation.drafts import Draft
from assistant.checking import Checker, Source


@dataclass(frozen=True, slots=True)
class Prices:
    """Prices of a million tokens, read and written by the model, in any currency.

    >>> Prices(3, 15).of(Checks(tokens_read=1_000_000, tokens_written=200_000))
    6.0
    >>> Prices().of(Checks(tokens_read=100)) is None
    True
    """

    read: float = 0.0
    written: float = 0.0

    def of(self, checks: Checks) -> float | None:
        """The cost of an answer; None where no price is known."""
        if not self.read and not self.written:
            return None
        return (checks.tokens_read * self.read + checks.tokens_written * self.written) / 1_000_000


FREE = Prices()


@dataclass(frozen=True, slots=True)
class Grounding:
    """The figures over all answers that a model was asked for.

    `supported`: of the sentences shown, the share that all their citations together hold. `precise`: of the citations,
    the share that hold their sentence alone, or without which it would not stand. `written`: the share of the answers
    that came as the model wrote them, `refused` of those in which it said that the articles do not say. `removed` and
    `replaced` are the shares of its sentences. `tokens` and `cost` are per answer; None where the server counts none,
    or no price is set.
    """

    answers: int
    written: float
    refused: float
    supported: float | None
    precise: float | None
    removed: float | None
    replaced: float | None
    rewritten: float | None
    tokens: float | None
    cost: float | None


def grounded(answer: Answer, checker: Checker) -> tuple[int, int, int, int]:
    """Sentences shown, those of them supported, citations, those of them precise, of one written answer."""
    sources = {c.number: Source(c.number, c.article, c.start, c.end) for c in answer.citations}
    draft = Draft()
    sentences = supported = citations = precise = 0
    before: list[str] = []
    for each in (*draft.more(answer.text), *draft.rest()):
        cited = [sources[number] for number in each.numbers if number in sources]
        sentences += 1
        holds = each.words in {" ".join(source.text.split()) for source in cited}
        holds = holds or checker.check(each.words, cited, before[-3:]).supported
        supported += holds
        for source in cited:
            citations += 1
            others = [other for other in cited if other is not source]
            alone = len(cited) == 1 or checker.check(each.words, [source], before[-3:]).supported
            precise += holds and (alone or not checker.check(each.words, others, before[-3:]).supported)
        before.append(each.words)
    return sentences, supported, citations, precise


def grounding(answers: Sequence[Answer], checker: Checker, prices: Prices = FREE) -> Grounding | None:
    """The figures over the answers that a model was asked for; None where it was asked for none."""
    asked = [answer for answer in answers if answer.checks is not None]
    if not asked:
        return None
    counts = [grounded(answer, checker) for answer in asked if answer.mode == "written" and answer.answered]
    sentences, supported, citations, precise = (sum(each) for each in zip(*counts, strict=True)) if counts else (0,) * 4
    checks = [answer.checks for answer in asked if answer.checks is not None]
    wrote = sum(each.sentences for each in checks)
    tokens = sum(each.tokens for each in checks)
    costs = [cost for each in checks if (cost := prices.of(each)) is not None]

    def share(part: int, whole: int) -> float | None:
        return part / whole if whole else None

    return Grounding(
        answers=len(asked),
        written=sum(answer.mode == "written" and answer.answered for answer in asked) / len(asked),
        refused=sum(not answer.answered for answer in asked) / len(asked),
        supported=share(supported, sentences),
        precise=share(precise, citations),
        removed=share(sum(each.removed for each in checks), wrote),
        replaced=share(sum(each.replaced for each in checks), wrote),
        rewritten=share(sum(each.rewritten for each in checks), wrote),
        tokens=tokens / len(asked) if tokens else None,
        cost=sum(costs) / len(asked) if costs and tokens else None,
    )
