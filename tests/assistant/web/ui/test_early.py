"""Whoever asks before the page has arrived, when the browser has no name yet, is answered, and the answer kept."""

from pathlib import Path

from assistant.conversations.store import Conversations
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.chat import Chat, Filters
from index.encoding.encoder import Encoder


def test_a_browser_without_a_name_gets_one_with_its_first_answer(home_of_its_own: Path, encoder: Encoder) -> None:
    with Service(Settings.read(home=home_of_its_own), encoder=encoder) as service:
        conversations = Conversations(service.home.folder)
        chat = Chat(service, conversations)
        *_, last = chat.ask("What did Rustem Umerov say?", Memory(), -1, Filters(), "window")
        assert last.memory is not None
        [turn] = chat.exchanges(last.memory)
        assert turn.question == "What did Rustem Umerov say?"
        assert last.memory.owner
        conversations.close()


def test_an_answer_that_cannot_be_kept_gives_the_question_back_with_the_reason(
    home_of_its_own: Path, encoder: Encoder
) -> None:
    with Service(Settings.read(home=home_of_its_own), encoder=encoder) as service:
        conversations = Conversations(service.home.folder)
        chat = Chat(service, conversations)
        *_, last = chat.ask("What did Rustem Umerov say?", Memory("x" * 201), -1, Filters(), "window")
        assert (last.box, last.busy) == ("What did Rustem Umerov say?", False)
        assert "has no owner" in (last.notice or "")
        conversations.close()
