"""Generation with verification: each sentence of the model is checked before it is shown."""

import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from assistant.answer import Answer, CheckedSentence, Checks, Citation, Passage
from assistant.answering.generation.client import ModelError, streamed
from assistant.answering.generation.drafts import Draft, Drafted, says_nothing
from assistant.answering.generation.judge import DISAGREES, Judge
from assistant.answering.generation.openers import opens_rightly, without
from assistant.answering.generation.prompts import leaks, once_more, prompt
from assistant.answering.generation.shown import ShownText, Standing
from assistant.answering.generation.streaming import Stopped
from assistant.checking import Checker, Source, Verdict
from assistant.language.anaphora import leans_back
from assistant.language.annotation import annotated

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

#: Sentences that are written once more, sentences that are read, and sentences of an answer: a model that only errs,
#: recites or never ends must not keep the reader waiting.
MOST_AGAIN = 3
MOST_READ = 14
MOST_SHOWN = 6
#: So many of the last sentences say who a "he" is.
REMEMBERED = 3

IN_QUOTES = "{reason}, so the answer comes in quotes."
NO_ANSWER = "The model gave no answer"
NOT_FOUND = "The model found no answer where the articles have one"
NOTHING_HELD = "Nothing that the model wrote could be held to the articles"
NOT_ALONE = "it does not say who or what is meant"
BROKE_OFF = "{reason}, so its answer ends early; what is shown was checked."

Ready = Callable[[], Answer]
_UNCHECKED = Checks()


def write(
    question: str,
    sources: Sequence[Source],
    model: "BaseChatModel",
    checker: Checker,
    patience: float,
    *,
    quoted: Ready,
    answers: Callable[[str], bool] = lambda sentence: True,
    judge: Judge | None = None,
    passages: tuple[Passage, ...] = (),
    wait: Callable[[float], object] = time.sleep,
    stop: threading.Event | None = None,
    checks: Checks = _UNCHECKED,
) -> Generator[Answer, None, None]:
    """Write an answer: it comes as it grows, each time with all that is certain so far; the last is whole.

    The quotes are there from the first on. What was shown stays: each text begins with the one before it, and each
    marker keeps its number. The program finds for each sentence the sources that carry it; `answers` says whether a
    sentence answers the question, and `judge`, where there is one, can only take away. `quoted` gives the answer in
    quotes: the answer comes so, with a notice, where the model finds none, or fails before any of it stood.
    `patience` is in seconds, for all. Once `stop` is set the model is asked no more, and what is certain is the answer.
    `checks` counts what was asked of the model before.
    """
    return _Writer(
        question, sources, model, checker, patience, quoted, answers, judge, passages, wait, stop, checks
    ).run()


@dataclass
class _Writer:
    question: str
    sources: Sequence[Source]
    model: "BaseChatModel"
    checker: Checker
    patience: float
    quoted: Ready
    answers: Callable[[str], bool]
    judge: Judge | None
    passages: tuple[Passage, ...]
    wait: Callable[[float], object]
    stop: threading.Event | None
    checks: Checks

    def run(self) -> Generator[Answer, None, None]:
        self.page = ShownText(checks=self.checks)
        self.beside = self.quoted().citations
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
                full = len(self.page.sentences) >= MOST_SHOWN or self.page.checks.sentences >= MOST_READ
                if drafted is None or full:
                    break
                if not drafted.numbers and says_nothing(drafted.text):
                    silent = True
                    continue
                self.page.count(sentences=1)
                standing, instead = self._checked(drafted)
                if standing is not None:
                    self._show(held, drafted.apart)
                    held = []
                    self.page.put(standing.words, self.page.marked(standing), apart=drafted.apart)
                    numbers = tuple(self.page.number(source.number) for source in standing.sources)
                    self.page.sentences.append(CheckedSentence(standing.words, numbers, standing.score))
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
            while len(self.later) < MOST_READ and (drafted := next(self.drafts, None)) is not None:
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

    def _checked(self, drafted: Drafted) -> tuple[Standing | None, list[Source]]:
        """The sentence that stands for one that was drafted; and where none does, what to show instead."""
        standing, verdict = self._judged(drafted)
        if standing is not None:
            self.page.count(kept=1)
            return standing, []
        fresh = drafted.words not in self.page.failed
        self.page.failed.add(drafted.words)
        if verdict is None or not fresh:
            self.page.count(removed=1)
            return None, []
        if not self.gave_up and self.page.checks.again < MOST_AGAIN:
            rewritten = self._again(drafted, verdict)
            if rewritten is not None:
                self.page.count(rewritten=1)
                return rewritten, []
        cited = [self.known[number] for number in drafted.numbers if number in self.known]
        instead = [source for source in cited if source.number not in self.page.numbered][:1]
        self.page.count(**({"replaced": 1} if instead else {"removed": 1}))
        return None, instead

    def _again(self, drafted: Drafted, verdict: Verdict) -> Standing | None:
        """The sentence as the model writes it once more, if that stands."""
        self.page.count(again=1)
        self._drain()
        unsupported = [drafted.words[a:b] for a, b in verdict.unsupported]
        messages = once_more(self.messages, drafted.words, verdict.reason, unsupported)
        left = max(self.ends - time.monotonic(), 0.1)
        draft = Draft()
        try:
            text = "".join(self._streamed(messages, left))
        except Stopped:
            return None  # and the next look at the model ends it
        except ModelError:
            self.gave_up = True  # it is not asked another time; what it wrote before is still read
            return None
        written = (each for each in (*draft.more(text), *draft.rest()) if each.words not in self.page.failed)
        return next((standing for each in written if (standing := self._judged(each)[0]) is not None), None)

    def _judged(self, drafted: Drafted) -> tuple[Standing | None, Verdict | None]:
        """The sentence with what carries it; or why it may not be shown, None where writing it anew cannot help."""
        words = drafted.words if opens_rightly(drafted.words, self.question) else without(drafted.words)
        if not words or words in self.page.said or words in self.page.failed or leaks(words):
            return None, None
        before = self.page.said[-REMEMBERED:]
        if not before and leans_back(without(words)):
            return None, Verdict(False, 0.0, NOT_ALONE)
        places = {source.number: place for place, source in enumerate(self.sources)}
        cited = [places[number] for number in drafted.numbers if number in places]
        verdict = self.checker.find(words, self.sources, before, cited)
        if not verdict:
            return None, verdict
        if not (before and leans_back(without(words))) and not self.answers(without(words)):
            return None, None  # written anew it would say something else
        sources = tuple(self.sources[place] for place in verdict.sources)
        if self.judge is not None and not self._agreed(self.judge, words, sources):
            return None, None if self.judge.failure or self.broken else Verdict(False, 0.0, DISAGREES)
        return Standing(words, sources, verdict.score), verdict

    def _agreed(self, judge: Judge, words: str, sources: Sequence[Source]) -> bool:
        try:
            return judge.agrees(words, sources, self._used, self.stop)
        except Stopped as stopped:
            self.broken = stopped
            return False

    def _show(self, instead: Sequence[Source], apart: bool) -> None:
        """Show sentences of the articles, each led by those without which it does not say who is meant."""
        for source in instead:
            if source.number in self.page.numbered:
                continue
            led = [each for each in self.sources if (each.start, each.end) in source.led_by]
            for each in (*(e for e in led if e.article is source.article), source):
                if each.number not in self.page.numbered:
                    quote = " ".join(each.text.split())
                    self.page.put(quote, f"{quote} [{self.page.number(each.number)}]", apart=apart)

    def _ended(self, failure: str, silent: bool) -> Answer:
        failure = failure or (self.judge.failure if self.judge is not None else "")
        if self.page.shown:
            return replace(self._so_far(), notices=(BROKE_OFF.format(reason=failure),) if failure else ())
        checks = self.page.checks
        checks = replace(checks, replaced=0, removed=checks.removed + checks.replaced)  # the quotes stand for them all
        said_none = silent and not checks.sentences
        reason = failure or (NOTHING_HELD if checks.sentences else NOT_FOUND if said_none else NO_ANSWER)
        quoted = self.quoted()
        return replace(quoted, notices=(*quoted.notices, IN_QUOTES.format(reason=reason)), checks=checks)

    def _so_far(self) -> Answer:
        citations = tuple(
            annotated(Citation(number, source.text, source.start, source.end, source.article))
            for source, number in ((self.known[own], number) for own, number in self.page.numbered.items())
        )
        return Answer(
            "".join(self.page.shown),
            True,
            citations,
            self.passages,
            mode="written",
            checks=self.page.checks,
            sentences=tuple(self.page.sentences),
            quotes=self.beside,
        )
