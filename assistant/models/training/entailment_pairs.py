"""Entailment pairs: a source with a sentence about it, labelled, and the words of the sentence that are not supported.

Written claims come as they are. To these come sentences of the written articles themselves: as they stand and shortened
(supported), or with one thing changed (not supported): a name, a number, a day, a direction, a modal verb, a negation;
or with words cut out of its middle, so that one's deed becomes another's, or nothing is said at all.
Public sets (VitaminC, FoolMeTwice, counterfactual SNLI, WiCE, MNLI, SQuAD statements) are added by `public_pairs`.
"""

import gzip
import itertools
import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.models.training.written import Bundle, WrittenClaim

#: Word pieces of a pair: of the header, the sentence before, the whole premise, the hypothesis; as when it works.
HEADER, BEFORE, PREMISE, HYPOTHESIS = 30, 50, 200, 80
#: What is known of a pair; OTHER where it is not entailed, and no more is known.
CONTRADICTION, NEUTRAL, ENTAILMENT, OTHER = range(4)

_LABELS = {"contradiction": CONTRADICTION, "neutral": NEUTRAL, "entailment": ENTAILMENT}
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?: (?:de |al-|van )?[A-Z][\w’'-]+)*")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April May June July August September October November December".split()
_NUMBERS = "two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty".split()
_OPENERS = frozenset(
    "The A An In On At It He She They We I But And Under After Before Both Each This That These Those His Her Their "
    "Its For As By From When While If No Not One Asked Nobody Neither Some Most All Officials".split()
) | frozenset((*_DAYS, *_MONTHS, *(number.capitalize() for number in _NUMBERS)))
#: Words and what makes another thing of the sentence when it stands in their place.
_TURNS = [
    pair.strip().split(" / ")
    for pair in (
        "before / after; after / before; more than / fewer than; at least / at most; at most / at least; up "
        "to / more than; some / all; several / all; most / all; all / some; may / will; might / will; could / "
        "will; would / will; plans to / has begun to; hopes to / will; rejected / accepted; accepted / "
        "rejected; refused / agreed; agreed / refused; denied / confirmed; confirmed / denied; rose / fell; "
        "fell / rose; won / lost; lost / won; opened / closed; closed / opened; first / second; second / "
        "third; north / south; south / north; east / west; west / east; eastern / western; western / eastern; "
        "northern / southern; southern / northern; former / current; nearly / more than; almost / more than; "
        "if / because; unless / because; without / with; with / without; supported / opposed; opposed / "
        "supported; welcomed / criticised; praised / condemned; began / ended; ended / began; arrived / left; "
        "left / arrived; because / although; killed / wounded; wounded / killed; injured / killed; bought / "
        "sold; sold / bought; higher / lower; lower / higher; early / late; never / once; still / no longer "
    ).split(";")
]
_AUXILIARY = re.compile(r"\b(?:will|would|can|could|has|have|had|is|are|was|were|does|did|should|must)\b(?! not\b)")
#: Words that a phrase begins with: where the last word that is cut out is one, what is left does not fit together.
_JOINS = frozenset(
    "in on at for of to with by from into over under against between about as than the a an his her their its has have "
    "had is are was were will would that who which whom whose and or but not be been".split()
)
_ASIDE = re.compile(r", (?:who|which|a |an |the )[^,]{5,80},(?= )")
_TAIL = re.compile(r", (?:which|after|as|where|with|including|while) [^,]{8,90}(?=[.]$)")


@dataclass(frozen=True, slots=True)
class Pair:
    """A premise (with its article's header and the sentence before it) and a hypothesis.

    `label` is one of CONTRADICTION, NEUTRAL, ENTAILMENT and OTHER; `wrong` are the hypothesis' words that are not
    supported, "" where that is not known. `weight` is how much the pair counts.
    """

    premise: str
    hypothesis: str
    label: int
    before: str = ""
    header: str = ""
    wrong: str = ""
    weight: float = 1.0


def claim_pairs(claims: Iterable[WrittenClaim], times: int, seed: int) -> list[Pair]:
    """Written claims, each so many times, with and without what stands around the source."""
    rng = random.Random(seed)
    return [
        Pair(
            claim.source,
            claim.claim,
            ENTAILMENT if claim.supported else OTHER,
            claim.before if rng.random() < 0.8 else "",
            claim.header if rng.random() < 0.6 else "",
            claim.wrong,
        )
        for claim in claims
        for _ in range(times)
    ]


def sentence_pairs(bundles: Iterable[Bundle], seed: int, share: float = 0.55) -> list[Pair]:
    """Sentences of the bundles' articles as they stand, shortened, and with one thing changed."""
    rng = random.Random(seed)
    found: list[Pair] = []
    for bundle in bundles:
        for article in bundle.articles:
            texts = article.sentences
            names = sorted({name.group() for text in texts for name in names_of(text)})
            for i, text in enumerate(texts):
                if len(text.split()) >= 6 and rng.random() < share:
                    found += _about(texts, i, names, article.header if rng.random() < 0.7 else "", rng)
    return found


def _about(texts: Sequence[str], i: int, names: Sequence[str], header: str, rng: random.Random) -> Iterator[Pair]:
    chance = rng.random()
    first, last = max(0, i - (chance > 0.75)), min(len(texts), i + 1 + (chance < 0.35))
    premise = " ".join(texts[first:last])
    before = texts[first - 1] if first and rng.random() < 0.8 else ""
    turned = list(changed(texts[i], names, rng))
    for text, wrong in rng.sample(turned, min(len(turned), rng.choice([1, 2]))):
        yield Pair(premise, text, OTHER, before, header, wrong, 0.8)
    if rng.random() < 0.45:
        yield Pair(premise, texts[i], ENTAILMENT, before, header, weight=0.7)
    shorter = list(shortened(texts[i]))
    if shorter:
        short = rng.choice(shorter)
        yield Pair(premise, short, ENTAILMENT, before, header)
        for text, wrong in list(changed(short, names, rng))[:1]:
            yield Pair(premise, text, OTHER, before, header, wrong, 0.8)
    cut = list(torn(texts[i], rng))
    if cut and rng.random() < 0.4:
        yield Pair(premise, rng.choice(cut), OTHER, before, header, weight=0.7)
    others = [j for j in range(len(texts)) if abs(j - i) > 2]
    if others and rng.random() < 0.25:
        words = set(texts[i].lower().split())
        other = max(others, key=lambda j: len(words & set(texts[j].lower().split())) + rng.random())
        yield Pair(premise, texts[other], OTHER, before, header, weight=0.6)


def names_of(text: str) -> list[re.Match[str]]:
    """The names in a text, those that merely open a sentence left out."""
    return [each for each in _NAME.finditer(text) if each.group().split()[0] not in _OPENERS and len(each.group()) > 2]


def changed(text: str, names: Sequence[str], rng: random.Random) -> Iterator[tuple[str, str]]:
    """The sentence with one thing changed, and the words that are now wrong."""
    here = names_of(text)
    others = [name for name in names if name not in text]
    if here and others:
        at, other = rng.choice(here), rng.choice(others)
        yield _put(text, at.start(), at.end(), other), other
    if len(here) >= 2:
        one, two = sorted(rng.sample(here, 2), key=lambda each: each.start())
        if one.group() not in two.group() and two.group() not in one.group():
            yield (
                _put(_put(text, two.start(), two.end(), one.group()), one.start(), one.end(), two.group()),
                two.group(),
            )
    digits = list(re.finditer(r"\b\d[\d,.]*\d\b|\b\d+\b", text))
    if digits:
        number = rng.choice(digits)
        at_digit = rng.choice([i for i, each in enumerate(number.group()) if each.isdigit()])
        old = number.group()[at_digit]
        new = _put(number.group(), at_digit, at_digit + 1, rng.choice([each for each in "123456789" if each != old]))
        yield _put(text, number.start(), number.end(), new), new
    for words in (_DAYS, _MONTHS, _NUMBERS):
        for at in list(re.finditer(rf"\b(?:{'|'.join(words)})\b", text))[:1]:
            other = rng.choice([word for word in words if word != at.group()])
            yield _put(text, at.start(), at.end(), other), other
    turns = [(at, new) for old, new in _TURNS for at in re.finditer(rf"(?<![\w'-]){old}(?![\w'-])", text)]
    for at, new in rng.sample(turns, min(2, len(turns))):
        yield _put(text, at.start(), at.end(), new), new
    verbs = list(_AUXILIARY.finditer(text))
    if verbs and rng.random() < 0.6:
        verb = rng.choice(verbs)
        yield _put(text, verb.end(), verb.end(), " not"), f"{verb.group()} not"


def shortened(text: str) -> Iterator[str]:
    """The sentence without an aside, and without its last clause."""
    for pattern in (_ASIDE, _TAIL):
        for at in list(pattern.finditer(text))[-1:]:
            yield text[: at.start()] + text[at.end() :]


def torn(text: str, rng: random.Random) -> Iterator[str]:
    """The sentence without some words of its middle: from one name to what another does, and from word to word."""
    names = names_of(text)
    for one, two in itertools.pairwise(names):
        between = text[one.end() : two.start()].split()
        if len(between) >= 2 and between[0] not in _JOINS and len(text[two.end() :].split()) >= 3:
            yield text[: one.end()] + text[two.end() :]
    words = text.split()
    places = [
        (first, last)
        for first in range(2, len(words) - 4)
        for last in range(first + 2, min(first + 12, len(words) - 2))
        if words[last - 1] in _JOINS and words[first] not in _JOINS and words[first - 1][-1].isalpha()
    ]
    if places:
        first, last = rng.choice(places)
        yield " ".join([*words[:first], *words[last:]])


def _put(text: str, start: int, end: int, new: str) -> str:
    return text[:start] + new + text[end:]


def public_pairs(folder: Path, count: int, statements: int, seed: int) -> list[Pair]:
    """Pairs of the public sets in `folder`: up to `count`, and up to `statements` made of SQuAD's questions.

    LingNLI is left out, as it states no terms.
    """
    rng = random.Random(seed)
    found: list[Pair] = []
    for name, most, weight in (
        ("entailment.jsonl.gz", count, 1.0),
        ("entailment-made-from-squad.jsonl.gz", statements, 0.6),
    ):
        with gzip.open(folder / name, "rt", encoding="utf-8") as file:
            rows = [row for row in map(json.loads, file) if not row["source"].startswith("lingnli")]
        rng.shuffle(rows)
        found += [
            Pair(row["premise"], row["hypothesis"], _LABELS.get(row["label"], OTHER), weight=weight)
            for row in rows[:most]
        ]
    return found
