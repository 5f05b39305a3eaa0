"""Handlers of the chat: each takes what the page sent, and yields what the page shall show."""

import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace

from assistant.answer import Answer, Turn
from assistant.conversations import ConversationError, Conversations, SavedTurn
from assistant.request import Request
from assistant.service import Service
from assistant.validation import TURNS_KEPT
from assistant.web.ui import rendering
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.runs import Runs
from assistant.web.ui.screen import Filters, Screen
from index.errors import TalksError

LOADING = "Loading the model…"
SEARCHING = "Searching the articles…"
WORKING = "Writing…"
WRITING = "Writing: each sentence is shown once it is checked…"
READY = "Ready for questions."
EMPTY = "Write a question first."
ANSWERED = "Answer ready."
REFUSED = "Answer ready: the articles do not say."
CANCELLED = "Stopped."
STOPPED = "Stopped before the end."
FAILED = "Something went wrong while answering. Your question is back in the box: ask it again."
GONE = "This conversation is no longer there: it was deleted, perhaps in another window."
GONE_MEANWHILE = f"{GONE} Your question is back in the box; asking it begins a new conversation."

log = logging.getLogger("talks")


@dataclass(frozen=True, slots=True)
class Asking:
    """A question as the page sent it; from place `replacing` on (-1: none) it replaces what was asked before.

    `alone` asks it by itself, whatever was asked before it.
    """

    question: str
    filters: Filters = field(default_factory=Filters)
    replacing: int = -1
    alone: bool = False


class Chat:
    """The chat of one library. What a visitor sees is read from the conversations kept, never from the page."""

    def __init__(self, service: Service, conversations: Conversations) -> None:
        self._service = service
        self._conversations = conversations
        self._runs = Runs()

    def hand_over(self, before: str, memory: Memory) -> None:
        """Move the conversations of the browser's former random name `before`, which nobody else knows, to the
        account."""
        name = Memory.read({"owner": before}).owner
        if name and memory.owner and name != memory.owner:
            self._conversations.hand_over(name, memory.owner)

    def arrive(self, memory: Memory, said: str = "") -> Iterator[Screen]:
        """Show a conversation, or an empty page, with an answer under way in it, and the state of the model."""
        run = self._runs.of(memory.conversation) if memory.conversation else None
        turns = self._turns(memory)
        if turns is None:
            yield Screen([], status=READY, notice=GONE, conversation="", busy=False)
        else:
            status = (said or READY) if self._service.ready else LOADING
            yield Screen(rendering.turns(turns), status=status, conversation=memory.conversation or "", busy=False)
            if run is not None:
                yield from run.watch()
                return
        if not self._service.ready:
            while not self._service.wait(0.5) and self._service.failure is None:
                pass
            failure = self._service.failure
            yield Screen(status="" if failure else READY, notice=failure)

    def ask(self, asking: Asking, memory: Memory) -> Iterator[Screen]:
        """Answer a question in the conversation that is open, or in a new one."""
        question = asking.question.strip()
        if not question:
            yield Screen(status=EMPTY, busy=False)
            return
        asking = replace(asking, question=question)
        back = Screen(box=question, busy=False, status="")
        try:
            if memory.conversation and not self._conversations.has(memory.conversation, memory.owner):
                yield replace(back, turns=[], notice=GONE_MEANWHILE, conversation="")
                return
            conversation = memory.conversation or self._conversations.create(memory.owner)
        except TalksError as error:
            yield replace(back, notice=str(error))
            return
        here = memory.opened(conversation)
        yield from self._runs.begin(conversation, lambda stop: self._asked(asking, here, stop)).watch()

    def _is_ready(self, stop: threading.Event) -> bool:
        """Wait until the library is ready, or cannot be loaded; False where the question was stopped meanwhile."""
        while not self._service.wait(0.2) and self._service.failure is None and not stop.is_set():
            pass
        return not stop.is_set()

    def _asked(self, asking: Asking, memory: Memory, stop: threading.Event) -> Iterator[Screen]:
        kept_in, owner = memory.conversation or "", memory.owner
        place = self._conversations.count(kept_in, owner)
        if 0 <= asking.replacing < place:
            place = asking.replacing
        later = asking.replacing >= 0 and self._conversations.count(kept_in, owner) - place - 1

        def pending(step: str) -> list[str]:
            return [rendering.pending(asking.question, step)]

        def back(notice: str = "", status: str = "") -> Screen:
            """The question returns to the box, and what stood here before stands again."""
            self._conversations.discard_if_empty(kept_in, owner)
            turns = self._turns(memory) or []
            there = kept_in if turns else ""
            return Screen(
                rendering.turns(turns),
                box=asking.question,
                busy=False,
                status=status,
                notice=notice,
                conversation=there,
            )

        step = SEARCHING if self._service.ready else LOADING
        yield Screen(pending(step), place, busy=True, status=step, notice="", conversation=kept_in)
        shown: Answer | None = None
        try:
            if not self._is_ready(stop):
                yield back(status=CANCELLED)
                return
            if step == LOADING:
                yield Screen(pending(SEARCHING), place, status=SEARCHING, conversation=kept_in)
            history = [] if asking.alone else self._history(memory, place)
            filters = asking.filters
            request = Request.of(
                asking.question,
                history,
                publisher=filters.only,
                after=filters.after,
                before=filters.before,
                hidden=filters.hide,
            )
            with closing(self._service.stream(request, stop)) as answers:
                for answer in answers:
                    if answer.mode == "written" and answer.answered and (shown is None or answer.text != shown.text):
                        told = rendering.so_far(asking.question, answer, WORKING)
                        yield Screen([told], place, busy=True, status=WRITING, conversation=kept_in)
                        shown = answer
            if not answer.text:
                yield back(status=CANCELLED)
                return
            if answer.mode == "written" and answer.answered and stop.is_set():
                answer = replace(answer, notices=(*answer.notices, STOPPED))
            self._conversations.add_turn(
                kept_in,
                owner,
                asking.question,
                answer,
                replace_from=place,
                searched=filters.written() if filters else None,
            )
        except TalksError as error:
            yield back(str(error))
            return
        except Exception:
            log.exception("A question could not be answered")
            yield back(FAILED)
            return
        status = CANCELLED if stop.is_set() else ANSWERED if answer.answered else REFUSED
        turn = self._conversations.turns(kept_in, owner, first=place)[-1]
        yield Screen(
            [rendering.turn(turn, self._asked_before(memory, place))],
            place,
            busy=False,
            status=status,
            conversation=kept_in,
            restorable=place if later else None,
            done=True,
        )

    def refused(self, question: str, memory: Memory, reason: str) -> Screen:
        """The screen where nothing may be asked now: the question returns to the box, and the conversation stays."""
        shown = rendering.turns(self._turns(memory) or [])
        return Screen(shown, box=question, busy=False, status="", notice=reason)

    def stop(self, memory: Memory) -> None:
        """Stop the answer that is under way in the conversation."""
        if memory.conversation and self._conversations.has(memory.conversation, memory.owner):
            self._runs.stop(memory.conversation)

    def _turns(self, memory: Memory) -> list[SavedTurn] | None:
        """The turns of the open conversation; None where it belongs to another visitor, or has gone."""
        if memory.conversation is None:
            return []
        try:
            return self._conversations.turns(memory.conversation, memory.owner)
        except ConversationError:
            return None

    def _history(self, memory: Memory, place: int) -> list[Turn]:
        """The latest turns before a place, which a follow-up may refer to."""
        first = max(0, place - TURNS_KEPT)
        turns = self._conversations.turns(memory.conversation or "", memory.owner, first=first)
        return [Turn(each.question, each.answer) for each in turns if each.position < place]

    def _asked_before(self, memory: Memory, place: int) -> list[str]:
        questions = self._conversations.questions(memory.conversation or "", memory.owner)
        return questions[: place + 1]
