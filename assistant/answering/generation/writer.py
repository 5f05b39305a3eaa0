"""Generation with verification: each sentence of the model is checked before it is shown."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, Checks, Citation, Passage
from assistant.answering.generation.client import ModelError, streamed
from assistant.answering.generation.drafts import MARKER, Draft, Drafted, numbers_in, says_nothing
from assistant.answering.generation.prompts import leaks, once_more, prompt
from assistant.answering.generation.streaming import Stopped
from assistant.checking.checker import Checker
from assistant.checking.source import Source
from assistant.language.annotation import annotated

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
_UNCHECKED = Checks()


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

    def put(self, text: str, *, apart: bool) -> None:
        """Show a text whose markers are already the reader's."""
        self.shown.append(("" if not self.shown else "\n\n" if apart else " ") + text)

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
    stop: threading.Event | None = None,
    checks: Checks = _UNCHECKED,
) -> Generator[Answer, None, None]:
    """Write an answer: it comes as it grows, each time with all that is certain so far; the last is whole.

    What was shown stays: each text begins with the one before it, and each marker keeps its number. `quoted` and
    `refused` give the answer in quotes, and the one that says that the articles do not say. The answer comes in quotes,
    with a notice, where the model fails before any of it stood. `patience` is in seconds, for all. Once `stop` is set
    the model is asked no more, and what is certain is the answer. `checks` counts what was asked of the model before.
    """
    return _Writer(question, sources, model, checker, patience, quoted, refused, passages, wait, stop, checks).run()


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
    stop: threading.Event | None
    checks: Checks

    def run(self) -> Generator[Answer, None, None]:
        self.page = _Page(checks=self.checks)
        self.known = {source.number: source for source in self.sources}
        self.messages = prompt(self.question, self.sources)
        self.ends = time.monotonic() + self.patience
        held: list[Source] = []  # stand-ins for what failed, not shown before anything of the model's own stood
        failure = ""
        self.drafts = self._drafts()
        self.later: deque[Drafted] = deque()
        self.broken: ModelError | Stopped | None = None
        self.gave_up = False
        silent = False
        yield self._so_far()
        with closing(self.drafts):
            while True:
                try:
                    drafted = self._next()
                except Stopped:
                    yield self._so_far()
                    return
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
                    self._show(held, drafted.apart)
                    held = []
                    for each in standing:
                        self.page.sentences.append(each.words)
                        self.page.put(self.page.marked(each, self.known), apart=drafted.apart)
                elif self.page.shown:
                    self._show(instead, drafted.apart)
                else:
                    held += instead
                if self.page.shown:
                    yield self._so_far()
        yield self._ended(failure, silent)

    def _next(self) -> Drafted | None:
        if self.stop is not None and self.stop.is_set():
            raise Stopped
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
        except (ModelError, Stopped) as error:
            self.broken = error
        self.drafts.close()

    def _drafts(self) -> Generator[Drafted, None, None]:
        draft = Draft()
        with closing(self._streamed(self.messages, self.patience)) as texts:
            for text in texts:
                yield from draft.more(text)
        yield from draft.rest()

    def _streamed(self, messages: Sequence[tuple[str, str]], patience: float) -> Generator[str, None, None]:
        yield from streamed(self.model, messages, patience, usage=self._used, wait=self.wait, stop=self.stop)

    def _used(self, read: int, written: int) -> None:
        self.page.count(tokens_read=read, tokens_written=written)

    def _checked(self, drafted: Drafted) -> tuple[list[Drafted], list[Source]]:
        """The sentences that stand for one that was drafted; and where none does, those to show instead."""
        reasons = self._wrong(drafted)
        if not reasons:
            self.page.count(kept=1)
            return [drafted], []
        cited = [self.known[number] for number in drafted.numbers if number in self.known]
        again = (
            not self.gave_up
            and self.page.checks.again < MOST_AGAIN
            and not leaks(drafted.words)
            and reasons != [REPEATED]
        )
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
            text = "".join(self._streamed(messages, left))
        except Stopped:
            return None  # and the next look at the model ends it
        except ModelError:
            self.gave_up = True  # it is not asked another time; what it wrote before is still read
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

    def _show(self, instead: Sequence[Source], apart: bool) -> None:
        """Show sentences of the articles, each led by those without which it does not say who is meant."""
        for source in instead:
            if source.number in self.page.numbered:
                continue
            led = [each for each in self.sources if (each.start, each.end) in source.led_by]
            for each in (*(e for e in led if e.article is source.article), source):
                if each.number not in self.page.numbered:
                    quote = " ".join(each.text.split())
                    self.page.put(f"{quote} [{self.page.number(each.number)}]", apart=apart)

    def _ended(self, failure: str, silent: bool) -> Answer:
        if self.page.shown:
            return replace(self._so_far(), notices=(BROKE_OFF.format(reason=failure),) if failure else ())
        checks = self.page.checks
        if silent and not failure and not checks.sentences:
            return replace(self.refused(), mode="written", checks=checks)
        reason = failure or (NOTHING_HELD if checks.sentences else NO_ANSWER)
        quoted = self.quoted()
        return replace(quoted, notices=(*quoted.notices, IN_QUOTES.format(reason=reason)), checks=checks)

    def _so_far(self) -> Answer:
        citations = tuple(
            annotated(Citation(number, source.text, source.start, source.end, source.article))
            for source, number in ((self.known[own], number) for own, number in self.page.numbered.items())
        )
        return Answer("".join(self.page.shown), True, citations, self.passages, mode="written", checks=self.page.checks)


REPEATED = "it was said before"
