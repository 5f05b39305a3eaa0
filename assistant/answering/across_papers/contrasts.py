"""Contrasts: where the papers that an answer cites differ, and what they share.

Figures are held against each other where they count the same thing, or both answer the question; dates and wordings
where two sentences tell of the same. A paper is taken by its newest article that gives a figure: an older one of its
own is what has changed since, and no disagreement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.answer import Citation, Contrast, ShortSpan
from assistant.language import words_of
from assistant.language.quantities import WORDS, counts
from assistant.language.spelling import same_name
from assistant.language.times import event_day
from assistant.language.tokens import Word
from index.aliases import Span
from index.encoding import sentences

#: Where the answer's own words stand in each citation, by its number: characters of the article.
AnswerSpans = Mapping[int, Sequence[Span]]

#: What two sentences must share, as a share of the shorter one's words and in words, to tell of the same.
ALIKE, FEWEST = 0.55, 3
#: What two sentences must share for their wordings to be held against each other; and the words that may differ.
CLOSE, MOST_DIFFERING = 0.6, 8
#: Where nobody asks for differences, figures of papers that are this many days apart are none: time has passed.
NEAR_DAYS = 4
#: Words that two figures share where they count the same, of those that stand so near to each, in characters.
ABOUT_THE_SAME, NEAR_BY = 2, 45
#: An answer's own words are a figure where they are no more words than these: "31 bodies".
FIGURE_WORDS = 5
#: Contrasts of one answer at most.
MOST = 6


@dataclass(frozen=True, slots=True)
class _Given:
    """What a citation gives for one thing: a value to compare by, the words, and those that stand near by."""

    paper: str
    value: str
    span: ShortSpan
    day: date | None
    keys: frozenset[str]


@dataclass(frozen=True, slots=True)
class _ComparedSentence:
    """A sentence of a citation, at characters of the article, with what its words are compared by."""

    citation: Citation
    start: int
    end: int
    content: tuple[Word, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(word.key for word in self.content)

    def near(self, start: int, end: int) -> frozenset[str]:
        """What stands near to some of its characters."""
        return frozenset(word.key for word in self.content if start - NEAR_BY < word.start and word.end < end + NEAR_BY)


def contrasts_of(citations: Sequence[Citation], answers: AnswerSpans, *, asked: bool) -> tuple[Contrast, ...]:
    """Where the cited papers differ, then what they share; `asked` where the question asks for either.

    >>> contrasts_of([], {}, asked=True)
    ()
    """
    papers = {each.article.publisher for each in citations}
    if len(papers) < 2 or None in papers:
        return ()
    found = [*_figures(citations, answers, asked=asked)]
    lines = [line for each in citations for line in _lines(each)]
    told = {(span.citation, span.start) for each in found for span in each.spans}
    for one, other in combinations(lines, 2):
        if not asked or one.citation.article.publisher == other.citation.article.publisher:
            continue
        shared = _shared(one, other)
        fewer = min(len(one.keys), len(other.keys))
        if shared < max(FEWEST, ALIKE * fewer):
            continue
        found += _dates(one, other)
        if shared >= CLOSE * fewer:
            found += _wordings(one, other, told)
    found = [each for at, each in enumerate(found) if each not in found[:at]]
    return tuple(sorted(found, key=lambda each: each.same)[:MOST])


def _span(citation: Citation, start: int, end: int) -> ShortSpan:
    return ShortSpan(citation.article.text[start:end], start, end, citation.number)


def _figures(citations: Sequence[Citation], answers: AnswerSpans, *, asked: bool) -> Iterator[Contrast]:
    """Figures that count the same thing, or that each answer the question."""
    by_thing: dict[str, list[_Given]] = {}
    names: dict[str, str] = {}
    for line in (line for each in citations for line in _lines(each)):
        citation = line.citation
        own = [span for span in answers.get(citation.number, ()) if _is_figure(citation, span)] if asked else []
        for count in counts(citation.article.text[line.start : line.end]):
            span = _span(citation, line.start + count.start, line.start + count.end)
            given = _Given(
                citation.article.publisher or "",
                count.value,
                span,
                citation.article.day,
                line.near(count.start, count.end),
            )
            for word in count.of:
                by_thing.setdefault(word.key, []).append(given)
                names.setdefault(word.key, word.lower)
            if any(low <= span.start and span.end <= high for low, high in own):
                by_thing.setdefault("", []).append(given)
    by_thing = {key: _on_the_same(every) if key else every for key, every in by_thing.items()}
    told: set[tuple[int, int]] = set()
    for key, every in sorted(by_thing.items(), key=lambda each: each[0] == ""):
        newest = _newest(every)
        values = {paper: {each.value for each in own} for paper, own in newest.items()}
        spans = tuple(own[0].span for own in newest.values())
        if len(values) < 2 or all((span.citation, span.start) in told for span in spans):
            continue
        same = all(each == next(iter(values.values())) for each in values.values())
        apart = any(not one & other for one, other in combinations(values.values(), 2))
        if same or (apart and (asked or _at_one_time(newest))):
            told |= {(span.citation, span.start) for span in spans}
            yield Contrast("figure", names.get(key, ""), same, spans)


def _is_figure(citation: Citation, span: Span) -> bool:
    return len(citation.article.text[slice(*span)].split()) <= FIGURE_WORDS


def _on_the_same(given: Sequence[_Given]) -> list[_Given]:
    """Those that stand among words that one of another paper does, too."""
    return [
        each
        for each in given
        if any(other.paper != each.paper and len(each.keys & other.keys) >= ABOUT_THE_SAME for other in given)
    ]


def _newest(given: Sequence[_Given]) -> dict[str, list[_Given]]:
    """What each paper gives, in its newest article."""
    by_paper: dict[str, list[_Given]] = {}
    for each in given:
        by_paper.setdefault(each.paper, []).append(each)
    for paper, own in by_paper.items():
        last = max(each.day or date.min for each in own)
        by_paper[paper] = [each for each in own if (each.day or date.min) == last]
    return by_paper


def _at_one_time(by_paper: Mapping[str, Sequence[_Given]]) -> bool:
    days = [own[0].day for own in by_paper.values()]
    known = [day for day in days if day is not None]
    return len(known) < len(days) or (max(known) - min(known)).days <= NEAR_DAYS


def _lines(citation: Citation) -> Iterator[_ComparedSentence]:
    for low, high in sentences(citation.quote):
        content = tuple(word for word in words_of(citation.quote[low:high]) if not word.plain)
        yield _ComparedSentence(citation, citation.start + low, citation.start + high, content)


def _shared(one: _ComparedSentence, other: _ComparedSentence) -> int:
    """How many words two sentences share, names in other spellings among them."""
    return len(one.keys) - len(_apart(one, other))


def _apart(one: _ComparedSentence, other: _ComparedSentence) -> list[Word]:
    """The words of a sentence that another does not hold."""
    capitals = [word.lower for word in other.content if word.capital]
    found: dict[str, Word] = {}
    for word in one.content:
        spelled = word.capital and any(same_name(word.lower, each) for each in capitals)
        if word.key not in other.keys and not spelled:
            found.setdefault(word.key, word)
    return list(found.values())


def _dates(one: _ComparedSentence, other: _ComparedSentence) -> Iterator[Contrast]:
    """The days on which two papers say that the same happened."""
    days = [(line, event_day(line.citation.article, line.start, line.end)) for line in (one, other)]
    known = [(line, day) for line, day in days if day is not None and day.precision == "day" and not day.saying]
    if len(known) == 2:
        spans = tuple(_span(line.citation, day.start, day.end) for line, day in known)
        yield Contrast("date", "", known[0][1].day == known[1][1].day, spans)


def _wordings(one: _ComparedSentence, other: _ComparedSentence, told: set[tuple[int, int]]) -> Iterator[Contrast]:
    """The words in which two sentences on the same differ, where these are few and no figures."""
    spans: list[ShortSpan] = []
    for line, against in ((one, other), (other, one)):
        differing = [word for word in _apart(line, against) if word.lower not in WORDS and not word.lower[:1].isdigit()]
        if not 0 < len(differing) <= MOST_DIFFERING:
            return
        for start, end in _joined(line, differing):
            span = _span(line.citation, line.start + start, line.start + end)
            if (span.citation, span.start) not in told:
                spans.append(span)
    if len({span.citation for span in spans}) == 2:
        yield Contrast("words", "", False, tuple(spans))


def _joined(line: _ComparedSentence, differing: Sequence[Word]) -> list[Span]:
    """Words that stand side by side as one span."""
    text = line.citation.article.text[line.start : line.end]
    found: list[Span] = []
    for word in sorted(differing, key=lambda each: each.start):
        if found and not text[found[-1][1] : word.start].strip():
            found[-1] = (found[-1][0], word.end)
        else:
            found.append((word.start, word.end))
    return found
