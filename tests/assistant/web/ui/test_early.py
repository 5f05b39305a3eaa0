"""An answer that cannot be kept is not lost without a word."""

from pathlib import Path

from assistant.conversations.store import Conversations
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.ui.browser_state import Memory
from assistant.web.ui.chat import Asking, Chat
from index.encoding.encoder import Encoder


def test_an_answer_that_cannot_be_kept_gives_the_question_back_with_the_reason(
    home_of_its_own: Path, encoder: Encoder
) -> None:
    with Service(Settings.read(home=home_of_its_own), encoder=encoder) as service:
        conversations = Conversations(service.home.folder)
        chat = Chat(service, conversations)
        *_, last = chat.ask(Asking("What did Rustem Umerov say?"), Memory("x" * 201))
        assert (last.box, last.busy) == ("What did Rustem Umerov say?", False)
        assert "has no owner" in (last.notice or "")
        conversations.close()
