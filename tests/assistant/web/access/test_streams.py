"""A stream of events that is open ends soon after the session in which it was opened, and says why."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import httpx
import pytest

from assistant.web.access import open_streams
from assistant.web.access.open_streams import ENDED
from assistant.web.access.sessions import IDLE, Sessions
from tests.assistant.web.access.conftest import GOOD, Clock, Closed

#: Seconds without a word after which a stream counts as one that does not end: Gradio says something every 15.
SECONDS = 8
Ends = Callable[[Closed, httpx.Client], object]


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions are looked at every 20 ms, and what streams last for does not depend on it."""
    monkeypatch.setattr(open_streams, "EVERY", 0.02)


@pytest.fixture(autouse=True)
def restored(closed: Closed) -> Iterator[None]:
    yield
    with closed.accounts as accounts:
        if "rita" not in [each.name for each in accounts.list()]:
            accounts.add("rita", GOOD)
        accounts.set_password("rita", GOOD)


def password(closed: Closed, client: httpx.Client) -> None:
    with closed.accounts as accounts:
        accounts.set_password("rita", "granite spoon violet eleven")


def removal(closed: Closed, client: httpx.Client) -> None:
    with closed.accounts as accounts:
        accounts.remove("rita")


def logout(closed: Closed, client: httpx.Client) -> None:
    with closed.browser(cookies=dict(client.cookies)) as other:
        assert other.post("/logout").status_code == 303


def no_token(closed: Closed, client: httpx.Client) -> None:
    with closed.accounts as accounts:
        accounts.end_token("rita")


def heard(client: httpx.Client, path: str, end: Callable[[], object]) -> str:
    """All that a stream says of which the session ends after its first event."""
    said = []
    client.timeout = httpx.Timeout(SECONDS)
    with client.stream("GET", f"/gradio_api/{path}") as answer:
        assert answer.status_code == 200
        for line in answer.iter_lines():
            if not said:
                end()
            said.append(line)
    return "\n".join(said)


@pytest.mark.parametrize("end", [logout, password, removal])
def test_a_page_that_lies_open_is_told_when_its_session_ends(closed: Closed, end: Ends) -> None:
    with closed.logged_in("rita") as client:
        said = heard(client, "heartbeat/lies1open", lambda: end(closed, client))
    assert "ALIVE" in said
    assert ENDED in said


def test_an_answer_that_is_awaited_ends_with_the_session_and_is_not_told(closed: Closed) -> None:
    turns = closed.service.encoder.turns
    with ExitStack() as all_turns, closed.logged_in("rita") as client:
        for _ in range(turns.at_a_time):  # nobody else's turn comes
            all_turns.enter_context(turns.question())
        sent = {"data": ["Who led for Kyiv?", [], None, None, None]}
        event = client.post("/gradio_api/call/ask", json=sent).json()["event_id"]
        client.timeout = httpx.Timeout(SECONDS)
        with client.stream("GET", f"/gradio_api/call/ask/{event}") as answer:
            password(closed, client)
            said = "\n".join(answer.iter_lines())
    assert f'"{ENDED}"' in said
    assert "Umerov" not in said


def test_a_programs_stream_ends_with_its_token(closed: Closed) -> None:
    with closed.accounts as accounts:
        token = accounts.new_token("rita")
    with closed.browser(headers={"Authorization": f"Bearer {token}"}) as client:
        said = heard(client, "heartbeat/program1", lambda: no_token(closed, client))
    assert ENDED in said


def test_the_streams_of_others_go_on(closed: Closed, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = []
    look = Sessions.account
    with closed.logged_in("bob") as bob, bob.stream("GET", "/gradio_api/heartbeat/bobs1window"):
        with closed.logged_in("rita") as client:
            heard(client, "heartbeat/ritas1window", lambda: password(closed, client))

        def noting(self: Sessions, token: str, *, used: bool = True) -> str | None:
            looks.append(look(self, token, used=used))
            return looks[-1]

        monkeypatch.setattr(Sessions, "account", noting)
        while len(looks) < 5:
            threading.Event().wait(0.01)
        assert None not in looks  # bob's is looked at again and again, and nobody else's


def test_a_stream_that_stays_open_does_not_keep_a_session_that_nobody_uses(closed: Closed, clock: Clock) -> None:
    with closed.accounts as accounts:
        sessions = Sessions(accounts.database, clock)
        token = sessions.begin(accounts.find("bob").id)
        for _ in range(10):
            clock.now += IDLE / 8
            there = sessions.account(token, used=False)
        assert there is None
