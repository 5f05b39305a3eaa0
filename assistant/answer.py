"""The result types: passages, answers, citations and the counts of the checks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from index.article import Article, day_in_words


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """Somebody whom the articles let speak: the fullest name, the office where one is given, and counts of
    what they say and of the articles where they do.
    """

    name: str
    office: str | None
    statements: int
    articles: int


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that was found, characters `start` to `end` of its article: `article.text[start:end] == text`.

    `score`, 0 to 1, ranks it among the passages of one question; it is no measure across questions.
    """

    text: str
    start: int
    end: int
    score: float
    article: Article


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says the words of a citation, as the library knows them.

    `name` is the person's fullest name in the library, `office` what the article calls them, if anything. `kind` is
    "direct" for their own words in quotation marks, "reported" for what the article says they said, and "spokesman"
    where somebody speaks for them.
    """

    name: str
    office: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class EventDate:
    """When what a citation tells happened: the day, or the first day of the week or month that `precision` names.

    `words` are those of the article that say so: "on Tuesday". `precision` is "day", "week" or "month".
    """

    day: date
    precision: str
    words: str

    @property
    def in_words(self) -> str:
        """The day, week or month as a newspaper writes it.

        >>> EventDate(date(2026, 2, 1), "month", "in February").in_words
        'February 2026'
        """
        if self.precision == "month":
            return f"{self.day:%B} {self.day.year}"
        return f"{'the week of ' if self.precision == 'week' else ''}{day_in_words(self.day)}"


@dataclass(frozen=True, slots=True)
class SameWords:
    """Another article that prints the words of a citation, perhaps but for spellings: a wire story, for one.

    Always `article.text[start:end] == quote`.
    """

    quote: str
    start: int
    end: int
    article: Article


@dataclass(frozen=True, slots=True)
class Citation:
    """The words that carry a part of an answer: `article.text[start:end] == quote`, always.

    `number` is that of the marker in the answer: 1 for `[1]`. `speaker` says whose words they are, None where it is
    the article's own voice or not sure; `date` says when it happened, None where the words do not tell. `also` are
    further articles that print the same words.
    """

    number: int
    quote: str
    start: int
    end: int
    article: Article
    speaker: Speaker | None = None
    date: EventDate | None = None
    also: tuple[SameWords, ...] = ()


@dataclass(frozen=True, slots=True)
class ShortSpan:
    """The exact words that answer: characters `start` to `end` of the article that citation `citation` quotes.

    Always `article.text[start:end] == text`, and the words stand inside that citation's quote.
    """

    text: str
    start: int
    end: int
    citation: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an answer that compares or tells in order: a side, a paper or a day, and its citations' numbers."""

    title: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """What papers that are set side by side give for one thing.

    `kind` is "figure", "date" or "words", `about` what it is about in the words of one of them ("lorries"), "" where
    that is not plain. `spans` are each paper's own words for it, of at least two papers; `same` where these agree.
    """

    kind: str
    about: str
    same: bool
    spans: tuple[ShortSpan, ...]


@dataclass(frozen=True, slots=True)
class Checks:
    """Counts of the sentences that a language model wrote, by what became of them.

    Of its `sentences`, `kept` stood as written, `rewritten` when written once more (tried `again` times), `replaced`
    gave way to the words they cite, and `removed` were left out. `tokens_read` and `tokens_written` are the word pieces
    that the model read and wrote for the answer, as its server counts them; 0 where it does not.
    """

    sentences: int = 0
    kept: int = 0
    rewritten: int = 0
    replaced: int = 0
    removed: int = 0
    again: int = 0
    tokens_read: int = 0
    tokens_written: int = 0

    @property
    def tokens(self) -> int:
        """All word pieces."""
        return self.tokens_read + self.tokens_written


#: How sure the check is of a written sentence, from which score on, in words.
_SURE = ((0.985, "a safe edit of the article’s own words"), (0.93, "very sure"), (0.86, "sure"), (0.0, "fairly sure"))


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence that a language model wrote, as the checks let it stand.

    `text` is without markers, `citations` are the numbers of what carries it. `score` (0 to 1) is how likely these
    carry all of it.

    >>> CheckedSentence("Talks ended.", (1,), 0.95).sure
    'very sure'
    """

    text: str
    citations: tuple[int, ...]
    score: float

    @property
    def sure(self) -> str:
        """How sure the check is, in words."""
        return next(words for least, words in _SURE if self.score >= least)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its citations.

    `text` holds a marker like `[1]` behind all that a citation carries. `answered` is False where the articles do not
    say; `text` then says so, and `passages` are the nearest there is to read. `mode` is "quotes" where the answer is
    made of the articles' own sentences, and "written" where a language model wrote it. `notices` are sentences for
    the reader about how the answer came about, such as that the library was empty before. `generation` is that of the
    library that was asked. `checks` tells what the checks of a model's sentences came to, None where no model was
    asked; `read_as` is the question that was looked for where the one asked leaned on an earlier one: as the model
    wrote it anew, or by rule, with the earlier one before it. `short` holds the answer's own words, where there is a
    short answer; `sections` group the citations where sides, papers or days stand apart, and `contrasts` tell where the
    papers cited differ, and what they share. Where a model writes, `sentences` are those of its own that stand, with
    how sure the checks are of each, and `quotes` the answer in quotes that comes at once and stays below it.
    """

    text: str
    answered: bool
    citations: tuple[Citation, ...] = ()
    passages: tuple[Passage, ...] = ()
    mode: str = "quotes"
    notices: tuple[str, ...] = ()
    generation: int = 0
    checks: Checks | None = None
    read_as: str | None = None
    short: tuple[ShortSpan, ...] = ()
    sections: tuple[Section, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    sentences: tuple[CheckedSentence, ...] = ()
    quotes: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation, and its answer where there is one."""

    question: str
    answer: Answer | str | None = None


History = Sequence[Turn | str]


@runtime_checkable
class Retrieves(Protocol):
    """Anything that retrieves passages, such as `Assistant`: what the LangChain retriever needs of it."""

    def retrieve(
        self,
        question: str,
        k: int = 5,
        history: History = (),
        *,
        publisher: str | Sequence[str] | None = None,
        after: date | str | None = None,
        before: date | str | None = None,
    ) -> list[Passage]:
        """The passages of the library that a question is about, best first; see `Assistant.retrieve`."""
        ...


def contrast_label(contrast: Contrast) -> str:
    """What a contrast is about, as a label: "lorries", "the figure", "the day".

    >>> contrast_label(Contrast("date", "", False, ()))
    'the day'
    """
    return contrast.about or {"figure": "the figure", "date": "the day"}.get(contrast.kind, "the wording")


CHECKED = "Checked"
QUOTED = "In the articles’ own words"


def mark(answer: Answer) -> str:
    """A label: checked sentences of a model, or quotes; empty where no model was asked.

    >>> mark(Answer("Talks ended. [1]", True, mode="written", checks=Checks(sentences=1, kept=1)))
    'Checked'
    """
    if answer.checks is None or not answer.answered:
        return ""
    return CHECKED if answer.mode == "written" else QUOTED


def outcome(checks: Checks) -> str:
    """The counts of the checks as one sentence.

    >>> outcome(Checks(sentences=4, kept=2, replaced=1, removed=1))
    'The model wrote 4 sentences: 2 stand as written, 1 gave way to the article’s own words, 1 was left out.'
    """
    wrote = _counted(checks.sentences, "sentence", "sentences")
    if checks.sentences and checks.kept == checks.sentences:
        return f"The model wrote {wrote}, and {'it stands' if checks.sentences == 1 else 'all stand'} as written."
    parts = [
        f"{_counted(checks.kept, 'stands', 'stand')} as written" * bool(checks.kept),
        f"{_counted(checks.rewritten, 'stands', 'stand')} after being written once more" * bool(checks.rewritten),
        f"{checks.replaced} gave way to the article’s own words" * bool(checks.replaced),
        f"{_counted(checks.removed, 'was', 'were')} left out" * bool(checks.removed),
    ]
    told = ", ".join(part for part in parts if part)
    return f"The model wrote {wrote}{': ' if told else ''}{told}."


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"
