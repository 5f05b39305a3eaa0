"""An answer written by a language model, checked sentence by sentence before any of it is shown."""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Checks, Citation, Passage
from assistant.checking import Checker
from assistant.material import Source
from assistant.models import ModelError, streamed
from assistant.writing import MARKER, Draft, Drafted, leaks, numbers_in, once_more, prompt, says_nothing

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: Sentences that are written once more, and sentences of an answer altogether: a model that only errs, or never ends,
#: must not keep the reader waiting.
MOST_AGAIN = 4
MOST_SENTENCES = 14
#: So many of the last sentences say who a "he" is.
REMEMBERED = 3

IN_QUOTES = "{reason}, so the answer comes in quotes."
NO_ANSWER = "The model gave no answer"
NOTHING_HELD = "Nothing that the model wrote could be held to the articles"
BROKE_OFF = "{reason}, so its answer ends early; what is shown was checked."

Ready = Callable[[], Answer]


@dataclass
class _Page:
    """What the reader sees so far, and the counts behind it."""

    shown: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    numbered: dict[int, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    checks: Checks = field(default_factory=Checks)

    def count(self, **more: int) -> None:
        self.checks = replace(self.checks, **{name: getattr(self.checks, name) + by for name, by in more.items()})

    def put(self, text: str, *, apart: bool) -> str:
        """Show a text whose markers are already the reader's."""
        piece = ("" if not self.shown else "\n\n" if apart else " ") + text
        self.shown.append(piece)
        return piece

    def marked(self, drafted: Drafted, known: dict[int, Source]) -> str:
        """The sentence with the reader's numbers for the model's; those that name no sentence are left out."""
        text, at, done = "", 0, set[int]()
        for match in MARKER.finditer(drafted.text):
            text += drafted.text[at : match.start()]
            at = match.end()
            for number in numbers_in(match[0]):
                if number in known and number not in done:
                    done.add(number)
                    text += f" [{self.number(number)}]"
        return " ".join((text + drafted.text[at:]).split())

    def number(self, source: int) -> int:
        return self.numbered.setdefault(source, len(self.numbered) + 1)


def write(
    question: str,
    sources: Sequence[Source],
    model: "BaseChatModel",
    checker: Checker,
    patience: float,
    *,
    quoted: Ready,
    refused: Ready,
    passages: tuple[Passage, ...] = (),
    wait: Callable[[float], object] = time.sleep,
) -> Iterator[str | Answer]:
    """Write an answer: its text piece by piece, as it is certain, and last the Answer, whose text the pieces make up.

    `quoted` and `refused` give the answer in quotes, and the one that says that the articles do not say. The answer
    comes in quotes, with a notice, where the model fails before any of it stood. `patience` is in seconds, for all.
    """
    return _Writer(question, sources, model, checker, patience, quoted, refused, passages, wait).run()


@dataclass
class _Writer:
    question: str
    sources: Sequence[Source]
    model: "BaseChatModel"
    checker: Checker
    patience: float
    quoted: Ready
    refused: Ready
    passages: tuple[Passage, ...]
    wait: Callable[[float], object]

    def run(self) -> Iterator[str | Answer]:
        self.page = _Page()
        self.known = {source.number: source for source in self.sources}
        self.messages = prompt(self.question, self.sources)
        self.ends = time.monotonic() + self.patience
        held: list[Source] = []  # stand-ins for what failed, not shown before anything of the model's own stood
        failure = ""
        self.drafts = self._drafts()
        self.later: deque[Drafted] = deque()
        self.broken: ModelError | None = None
        silent = False
        with closing(self.drafts):
            while True:
                try:
                    drafted = self._next()
                except ModelError as error:
                    failure = str(error)
                    break
                if drafted is None or self.page.checks.sentences >= MOST_SENTENCES:
                    break
                if not drafted.numbers and says_nothing(drafted.text):
                    silent = True
                    continue
                self.page.count(sentences=1)
                standing, instead = self._checked(drafted)
                if standing:
                    yield from self._show(held, drafted.apart)
                    held = []
                    for each in standing:
                        self.page.sentences.append(each.words)
                        yield self.page.put(self.page.marked(each, self.known), apart=drafted.apart)
                elif self.page.shown:
                    yield from self._show(instead, drafted.apart)
                else:
                    held += instead
        yield from self._ended(failure, silent)

    def _next(self) -> Drafted | None:
        if self.later:
            return self.later.popleft()
        if self.broken is not None:
            raise self.broken
        return next(self.drafts, None)

    def _drain(self) -> None:
        """Hear the model out before it is asked again: a server that does one thing at a time would wait for itself."""
        try:
            while len(self.later) < MOST_SENTENCES and (drafted := next(self.drafts, None)) is not None:
                self.later.append(drafted)
        except ModelError as error:
            self.broken = error
        self.drafts.close()

    def _drafts(self) -> Generator[Drafted, None, None]:
        draft = Draft()
        for text in streamed(self.model, self.messages, self.patience, usage=self._used, wait=self.wait):
            yield from draft.more(text)
        yield from draft.rest()

    def _used(self, tokens: int) -> None:
        self.page.count(tokens=tokens)

    def _checked(self, drafted: Drafted) -> tuple[list[Drafted], list[Source]]:
        """The sentences that stand for one that was drafted; and where none does, those to show instead."""
        reasons = self._wrong(drafted)
        if not reasons:
            self.page.count(kept=1)
            return [drafted], []
        cited = [self.known[number] for number in drafted.numbers if number in self.known]
        again = self.page.checks.again < MOST_AGAIN and not leaks(drafted.words) and reasons != [REPEATED]
        if again:
            rewritten = self._again(drafted, reasons)
            if rewritten is not None:
                self.page.count(rewritten=1)
                return [rewritten], []
        fresh = [source for source in cited if source.number not in self.page.numbered]
        self.page.count(**({"replaced": 1} if fresh and reasons != [REPEATED] else {"removed": 1}))
        return [], fresh[:1] if reasons != [REPEATED] else []

    def _again(self, drafted: Drafted, reasons: Sequence[str]) -> Drafted | None:
        """The sentence as the model writes it once more, if that stands."""
        self.page.count(again=1)
        self._drain()
        messages = once_more(self.messages, drafted.words, reasons)
        left = max(self.ends - time.monotonic(), 0.1)
        draft = Draft()
        try:
            text = "".join(streamed(self.model, messages, left, usage=self._used, wait=self.wait))
        except ModelError:
            self.page.count(again=MOST_AGAIN)  # it is not asked another time; what it wrote before is still read
            return None
        return next((each for each in (*draft.more(text), *draft.rest()) if not self._wrong(each)), None)

    def _wrong(self, drafted: Drafted) -> list[str]:
        """Why a sentence may not be shown; nothing where it may."""
        words = drafted.words
        if words in self.page.seen:
            return [REPEATED]
        self.page.seen.add(words)
        if leaks(words):
            return ["it repeats instructions"]
        cited = [self.known[number] for number in drafted.numbers if number in self.known]
        return list(self.checker.check(words, cited, self.page.sentences[-REMEMBERED:]).reasons)

    def _show(self, instead: Sequence[Source], apart: bool) -> Iterator[str]:
        """Show sentences of the articles, each led by those without which it does not say who is meant."""
        for source in instead:
            if source.number in self.page.numbered:
                continue
            led = [each for each in self.sources if (each.start, each.end) in source.led_by]
            for each in (*(e for e in led if e.article is source.article), source):
                if each.number not in self.page.numbered:
                    quote = " ".join(each.text.split())
                    yield self.page.put(f"{quote} [{self.page.number(each.number)}]", apart=apart)

    def _ended(self, failure: str, silent: bool) -> Iterator[str | Answer]:
        page = self.page
        if not page.shown:
            if silent and not failure and not page.checks.sentences:
                answer = replace(self.refused(), mode="written", checks=page.checks)
            else:
                reason = failure or (NOTHING_HELD if page.checks.sentences else NO_ANSWER)
                answer = self.quoted()
                notice = IN_QUOTES.format(reason=reason)
                answer = replace(answer, notices=(*answer.notices, notice), checks=page.checks)
            yield answer.text
            yield answer
            return
        citations = tuple(
            Citation(number, source.text, source.start, source.end, source.article)
            for source, number in ((self.known[own], number) for own, number in page.numbered.items())
        )
        notices = (BROKE_OFF.format(reason=failure),) if failure else ()
        yield Answer(
            "".join(page.shown), True, citations, self.passages, mode="written", notices=notices, checks=page.checks
        )


REPEATED = "it was said before"
