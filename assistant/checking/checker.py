"""The checker: decides by exact facts, safe edits and the entailment model whether sources carry a sentence.

What exact facts contradict falls. What is proven to be a safe edit of a source stands. All else is the entailment
model's: it stands where the signs are so good that of unsupported sentences at most one in twenty passes.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from threading import Lock
from typing import Final

from assistant.checking.edits import proven
from assistant.checking.evidence import MOST_SOURCES, joint, premise_of, ranked, says_who
from assistant.checking.exact import Facts, facts_lacking, places
from assistant.checking.signs import PROVEN, STANDS, likely, mean_score, signs_of
from assistant.checking.source import Source
from assistant.checking.verdict import Verdict
from assistant.language import words_of
from assistant.models.entailment import Entailment, EntailmentModel, Premise
from assistant.models.weights import WeightsError

#: Sources that are looked at for a sentence, and groups of them that the model reads: what costs time.
NEAR: Final = 8
READ: Final = 4
#: From this score on a second look is worth its time.
WORTH: Final = 0.4
WITHOUT: Final = "{error} Until then, written sentences stand only where they keep to the articles' own words."
NOTHING: Final = Verdict(False, 0.0, "nothing says this")

_OPENER = re.compile(
    r"^(?:yes|no)\b(?:\s*[,.:;–—-]+\s+|\s+(?=(?:he|she|it|they|there|the|this|that)\b))(?=\S)", re.IGNORECASE
)
_JOINED = re.compile(r"(?:,|;) (?:and|but|while|whereas) ")

Group = tuple[int, ...]


class Checker:
    """Checks written sentences; the model loads when first used. Safe among threads.

    >>> from assistant.checking.source import sources_of
    >>> bool(Checker().find("Holm left Rome.", sources_of(["On Friday Holm, tired, left Rome."])))
    True
    """

    def __init__(self, model: EntailmentModel | None = None) -> None:
        self._given = model
        self._opening = Lock()

    @cached_property
    def _opened(self) -> EntailmentModel | WeightsError:
        try:
            return self._given or EntailmentModel()
        except WeightsError as error:
            return error

    @property
    def _model(self) -> EntailmentModel | None:
        with self._opening:
            opened = self._opened
        return None if isinstance(opened, WeightsError) else opened

    @property
    def notice(self) -> str:
        """One sentence where the model cannot be used; "" where it can."""
        with self._opening:
            opened = self._opened
        return WITHOUT.format(error=opened) if isinstance(opened, WeightsError) else ""

    def load(self) -> None:
        """Load the model now, so that the first sentence does not wait for it."""
        model = self._model
        if model is not None:
            model.load()

    def check(self, sentence: str, cited: Sequence[Source], before: Sequence[str] = ()) -> Verdict:
        """Whether the sources together carry a sentence, which comes without markers.

        `before` are the sentences before it in the answer, oldest first: they say who its "he" is.
        """
        if not cited:
            return Verdict(False, 0.0, "it cites nothing")
        claim, shift = without_opener(sentence)
        if len(words_of(claim)) < 2:
            return Verdict(False, 0.0, "it says too little to be checked")
        if not says_who(claim, cited, before):
            return Verdict(False, 0.0, "it does not say who or what is meant")
        if _proven(claim, cited, before) is not None:
            return Verdict(True, PROVEN, "", tuple(range(len(cited))))
        return _shifted(self._judged(claim, cited, facts_lacking(claim, cited)), shift)

    def find(
        self, sentence: str, sources: Sequence[Source], before: Sequence[str] = (), cited: Sequence[int] = ()
    ) -> Verdict:
        """The one to three of the sources that carry a sentence, if any do.

        `cited` are the places of those that the writer names: they are tried first.
        """
        claim, shift = without_opener(sentence)
        if len(words_of(claim)) < 2:
            return Verdict(False, 0.0, "it says too little to be checked")
        named = [i for i in dict.fromkeys(cited) if 0 <= i < len(sources)][:MOST_SOURCES]
        near = [*named, *(i for i in ranked(claim, sources) if i not in named)][:NEAR]
        told = [i for i in near if says_who(claim, [sources[i]], before)]
        if not told:
            return replace(NOTHING, reason="it does not say who or what is meant") if near else NOTHING
        found = _proven(claim, [sources[i] for i in told], before)
        if found is not None:
            return Verdict(True, PROVEN, "", tuple(told[i] for i in found))
        return _shifted(self._best(claim, sources, told, tuple(named)), shift)

    def _best(self, claim: str, sources: Sequence[Source], near: Sequence[int], named: Group) -> Verdict:
        """The verdict on the first group of sources that surely carries a claim, else on the likeliest."""
        groups: list[Group] = [named] if len(named) > 1 else []
        groups += [(i,) for i in near[: READ - len(groups)]]
        best, tried = NOTHING, groups[0]
        for group, facts in _whole(claim, sources, groups):
            verdict = self._judged(claim, [sources[i] for i in group], facts)
            if verdict:
                return replace(verdict, sources=group)
            if verdict.score > best.score:
                best, tried = verdict, group
        for group, facts in _whole(claim, sources, [g for g in joint(claim, sources, near, tried[0]) if g != named]):
            verdict = self._judged(claim, [sources[i] for i in group], facts)
            if verdict:
                return replace(verdict, sources=group)
            best = max(best, verdict, key=lambda each: each.score)
        if best is NOTHING:  # facts are missing whatever is taken together
            cited = [sources[i] for i in groups[0]]
            best = self._judged(claim, cited, facts_lacking(claim, cited))
        return best

    def _judged(self, claim: str, cited: Sequence[Source], facts: Facts) -> Verdict:
        """What the model and the facts say of a claim that is no safe edit."""
        read = self._read(claim, cited)
        score = likely(signs_of(read, facts))
        if facts.missing:
            return Verdict(False, score, "; ".join(facts.missing), (), places(claim, facts.missing))
        if score >= STANDS:
            return Verdict(True, score, "", tuple(range(len(cited))))
        words = ", ".join(f"“{claim[a:b]}”" for a, b in read.unsupported[:3])
        reason = "; ".join(facts.loose) or f"what it cites does not say {words or 'this'}"
        return Verdict(False, score, reason, (), read.unsupported or places(claim, facts.loose))

    def _read(self, claim: str, cited: Sequence[Source]) -> Entailment:
        """What the model says of a claim: the mean of reading its sources with what stands around them, and alone."""
        model = self._model
        if model is None:
            return Entailment(0.0, ())
        premise = premise_of(cited)
        around = model.read(premise, claim)
        if around.score < WORTH or not (premise.before or premise.header):
            return around
        alone = model.read(Premise(premise.text), claim)
        return replace(around, score=mean_score(around.score, alone.score))


def _whole(claim: str, sources: Sequence[Source], groups: Iterable[Group]) -> Iterable[tuple[Group, Facts]]:
    """The groups of sources that hold all exact facts of a claim: only these are worth reading."""
    for group in groups:
        facts = facts_lacking(claim, [sources[i] for i in group])
        if not facts.missing:
            yield group, facts


def _proven(claim: str, cited: Sequence[Source], before: Sequence[str]) -> Group | None:
    """The source that a claim is a safe edit of, or those that its clauses are, by their places; None if it is none."""
    for i, source in enumerate(cited):
        if proven(claim, source.text, source.texts_before, tuple(before)):
            return (i,)
    parts = _JOINED.split(claim)
    if not 1 < len(parts) <= min(MOST_SOURCES, len(cited)) or any(len(part.split()) < 4 for part in parts):
        return None
    found: list[int] = []
    for part in parts:
        written = f"{part[0].upper()}{part[1:].rstrip('. ')}."
        holds = (i for i, each in enumerate(cited) if proven(written, each.text, each.texts_before, tuple(before)))
        if (place := next(holds, None)) is None:
            return None
        found.append(place)
    return tuple(dict.fromkeys(found))


def without_opener(sentence: str) -> tuple[str, int]:
    """What a sentence claims: without "Yes," or "No,"; and how many characters were taken from its beginning.

    >>> without_opener("No, it ended."), without_opener("No ship came.")
    (('It ended.', 4), ('No ship came.', 0))
    """
    text = " ".join(sentence.split())
    opener = _OPENER.match(text)
    if opener is None:
        return text, 0
    rest = text[opener.end() :]
    return rest[0].upper() + rest[1:], opener.end()


def _shifted(verdict: Verdict, by: int) -> Verdict:
    return replace(verdict, unsupported=tuple((a + by, b + by) for a, b in verdict.unsupported)) if by else verdict
