"""Handlers of the chat: each takes what the page sent, and yields what the page shall show."""

import logging
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Turn
from assistant.conversations.store import ConversationError, Conversations, SavedTurn, Summary
from assistant.service import Service
from assistant.web.ui import rendering
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.rendering import STOPPED, Message
from index.errors import TalksError

#: Words told at a time when nobody else is being told anything (with more readers, more words at a time, as each step
#: costs the server the same), and seconds between.
STRIDE = 4
PAUSE = 0.03

LOADING = "Loading the model…"
SEARCHING = "Searching the articles…"
WORKING = "Writing…"
WRITING = "Writing: each sentence is shown once it is checked…"
READY = "Ready for questions."
EMPTY = "Write a question first."
ANSWERED = "Answer ready."
REFUSED = "Answer ready: the articles do not say."
CANCELLED = "Stopped."
FAILED = "Something went wrong while answering. Your question is back in the box: ask it again."

log = logging.getLogger("talks")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the search is narrowed to; None for no narrowing."""

    publisher: str | None = None
    after: str | None = None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What shall be on the page now; None leaves a part as it is.

    `box` is the text in the question box, `notice` the one sentence about what went wrong (empty: nothing did),
    `replacing` the place of the question that the next one replaces (-1: none).
    """

    messages: list[Message] | None = None
    box: str | None = None
    busy: bool | None = None
    status: str | None = None
    notice: str | None = None
    memory: Memory | None = None
    replacing: int | None = None
    past: bool = False


@dataclass(slots=True)
class _Runs:
    """The answers that are being told, by session: asking a second time stops the first."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    stops: dict[str, threading.Event] = field(default_factory=dict)

    def begin(self, session: str) -> threading.Event:
        stop = threading.Event()
        with self.lock:
            if session in self.stops:
                self.stops[session].set()
            self.stops[session] = stop
        return stop

    def end(self, session: str, stop: threading.Event) -> None:
        with self.lock:
            if self.stops.get(session) is stop:
                del self.stops[session]

    def count(self) -> int:
        with self.lock:
            return len(self.stops)

    def stop(self, session: str) -> None:
        with self.lock:
            if session in self.stops:
                self.stops[session].set()


class Chat:
    """The chat of one library. What a visitor sees is read from the conversations kept, never from the page."""

    def __init__(self, service: Service, conversations: Conversations) -> None:
        self._service = service
        self._conversations = conversations
        self._runs = _Runs()

    def exchanges(self, memory: Memory) -> list[SavedTurn]:
        """The conversation that is open, if it is this visitor's."""
        if memory.conversation is None:
            return []
        try:
            return self._conversations.turns(memory.conversation, memory.owner)
        except ConversationError:  # deleted in another window
            return []

    def arrive(self, memory: Memory, before: str = "") -> Iterator[Screen]:
        """The page opens: the conversation as it was, and word on the model until it is loaded.

        `before` is the random name that the browser had before its reader had an account: nobody else knows it, so what
        is kept under it is theirs.
        """
        known = memory if memory.owner else Memory.fresh()
        if before and before != known.owner:
            self._conversations.hand_over(before, known.owner)
        if known.conversation and not self._owns(known):
            known = known.opened(None)
        shown = rendering.messages(self.exchanges(known))
        status = READY if self._service.ready else LOADING
        yield Screen(shown, status=status, memory=known, replacing=-1, past=True)
        if not self._service.ready:
            while not self._service.wait(0.5) and self._service.failure is None:
                pass
            failure = self._service.failure
            yield Screen(status="" if failure else READY, notice=failure, past=True)

    def ask(self, question: str, memory: Memory, replacing: int, filters: Filters, session: str) -> Iterator[Screen]:
        """Answer a question in the open conversation; from place `replacing` on (-1: none) it replaces what was."""
        if not question.strip():
            yield Screen(status=EMPTY)
            return
        stop = self._runs.begin(session)
        try:
            # Whoever is quick asks before the page has arrived, and before its browser has a name.
            known = memory if memory.owner else Memory.fresh()
            yield from self._asked(question.strip(), known, replacing, filters, stop)
        finally:
            self._runs.end(session, stop)

    def _asked(
        self, question: str, memory: Memory, replacing: int, filters: Filters, stop: threading.Event
    ) -> Iterator[Screen]:
        everything = self.exchanges(memory)
        earlier = everything[:replacing] if replacing >= 0 else everything
        before = [*rendering.messages(earlier), rendering.question(question)]
        back = Screen(
            rendering.messages(everything), box=question, busy=False, status="", memory=memory, replacing=replacing
        )
        step = SEARCHING if self._service.ready else LOADING
        place = len(earlier) if replacing >= 0 else None
        shown: Answer | None = None
        yield Screen([*before, rendering.working(step)], box="", busy=True, status=step, notice="")
        try:
            while not self._service.wait(0.2) and self._service.failure is None and not stop.is_set():
                pass
            if stop.is_set():
                yield replace(back, status=CANCELLED)
                return
            if step == LOADING:
                yield Screen([*before, rendering.working(SEARCHING)], status=SEARCHING)
            history = [Turn(each.question, each.answer) for each in earlier]
            answers = self._service.stream(question, history, filters.publisher, filters.after, filters.before, stop)
            with closing(answers):
                for answer in answers:
                    if answer.mode == "written" and answer.answered and (shown is None or answer.text != shown.text):
                        yield Screen([*before, rendering.so_far(answer, WORKING)], status=WRITING)
                        shown = answer
            if not answer.text:
                yield replace(back, status=CANCELLED)
                return
            written = answer.mode == "written" and answer.answered
            if written and stop.is_set():
                answer = _with_notice(answer, STOPPED)
            kept = self._keep(question, answer, memory, place)
        except GeneratorExit:  # the reader has gone: what was shown stays in the conversation
            if shown is not None and shown.text:
                self._keep(question, _with_notice(shown, STOPPED), memory, place)
            raise
        except TalksError as error:
            yield replace(back, notice=str(error))
            return
        except Exception:
            log.exception("A question could not be answered")
            yield replace(back, notice=FAILED)
            return
        told, stride = 0, STRIDE * self._runs.count()
        for told in () if written else range(stride, rendering.length(answer), stride):
            if stop.is_set():
                break
            yield Screen([*before, rendering.partly(answer, told)])
            time.sleep(PAUSE)
        if stop.is_set() and answer.answered and not written:
            cut = rendering.shortened(answer, told)
            self._keep(question, _with_notice(cut, STOPPED), kept, self.exchanges(kept)[-1].position)
        status = CANCELLED if stop.is_set() else ANSWERED if answer.answered else REFUSED
        yield Screen(
            rendering.messages(self.exchanges(kept)), busy=False, status=status, memory=kept, replacing=-1, past=True
        )

    def stop(self, session: str) -> None:
        """Stop the answer that is being told to this session."""
        self._runs.stop(session)

    def retry(self, place: int, memory: Memory, filters: Filters, session: str) -> Iterator[Screen]:
        """Ask the question at this place once more."""
        found = [each for each in self.exchanges(memory) if each.position == place]
        if not found:
            yield Screen()
        else:
            yield from self.ask(found[0].question, memory, place, filters, session)

    def undo(self, place: int, memory: Memory) -> Screen:
        """Take a question back: it returns to the box, and what is asked next takes its place."""
        exchanges = self.exchanges(memory)
        if not 0 <= place < len(exchanges):
            return Screen()
        return Screen(
            rendering.messages(exchanges[:place]),
            box=exchanges[place].question,
            status="Question taken back into the box.",
            notice="",
            replacing=place,
        )

    def edit(self, place: int, memory: Memory) -> Screen:
        """Put a question into the box to change it; asking replaces it and all that came after."""
        exchanges = self.exchanges(memory)
        if not 0 <= place < len(exchanges):
            return Screen()
        later = len(exchanges) - place - 1
        also = f" and the {later} after it" if later else ""
        return Screen(
            box=exchanges[place].question,
            status=f"Editing question {place + 1}. Asking replaces its answer{also}.",
            notice="",
            replacing=place,
        )

    def rate(self, place: int, liked: bool, memory: Memory) -> Screen:
        """Keep what the reader thinks of an answer; the same thumb again takes it back."""
        found = [each for each in self.exchanges(memory) if each.position == place]
        if not found or memory.conversation is None:
            return Screen()
        value = None if found[0].liked is liked else liked
        self._conversations.rate(memory.conversation, memory.owner, place, value)
        said = "Taken back." if value is None else "Thank you."
        return Screen(rendering.messages(self.exchanges(memory)), status=said)

    def open(self, conversation: str | None, memory: Memory, replacing: int, session: str) -> Screen:
        """Show another conversation, or an empty one for None.

        What stands in the box stays, perhaps half a question; but not one that was to be edited.
        """
        self._runs.stop(session)
        opened = memory.opened(conversation)
        if conversation is not None and not self._owns(opened):
            return Screen(notice="This conversation is no longer there.", past=True)
        status = "Conversation opened." if conversation else READY
        shown = rendering.messages(self.exchanges(opened))
        box = "" if replacing >= 0 else None
        return Screen(shown, box=box, busy=False, status=status, notice="", memory=opened, replacing=-1, past=True)

    def delete(self, memory: Memory, replacing: int, session: str) -> Screen:
        """Delete the conversation that is open."""
        if memory.conversation is None or not self._owns(memory):
            return Screen()
        self._conversations.delete(memory.conversation, memory.owner)
        return replace(self.open(None, memory, replacing, session), status="Conversation deleted.")

    def export(self, memory: Memory) -> str:
        """The open conversation as Markdown; empty where there is none."""
        if memory.conversation is None or not self._owns(memory):
            return ""
        return self._conversations.markdown(memory.conversation, memory.owner)

    def past(self, memory: Memory) -> Sequence[Summary]:
        """The visitor's conversations."""
        return self._conversations.list(memory.owner) if memory.owner else ()

    def _owns(self, memory: Memory) -> bool:
        return any(each.id == memory.conversation for each in self.past(memory))

    def _keep(self, question: str, answer: Answer, memory: Memory, replacing: int | None) -> Memory:
        conversation = memory.conversation if self._owns(memory) else None
        if conversation is None:
            conversation, replacing = self._conversations.create(memory.owner), None
        self._conversations.add_turn(conversation, memory.owner, question, answer, replace_from=replacing)
        return memory.opened(conversation)


def _with_notice(answer: Answer, notice: str) -> Answer:
    return replace(answer, notices=(*answer.notices, notice))
