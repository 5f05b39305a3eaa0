"""Conversations belong to who had them: another account reaches them by no id, no window and no word of its browser."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from assistant.answer import Answer
from assistant.conversations.store import Conversations
from assistant.web.access.middleware import SOMEBODY_ELSES
from tests.assistant.web.access.conftest import Closed

SECRET = "Did the ferry captain Odd Sivertsen talk to the paper?"


@pytest.fixture
def kept(closed: Closed) -> Iterator[Conversations]:
    found = Conversations(closed.home)
    yield found
    found.close()


@pytest.fixture
def ritas(closed: Closed, kept: Conversations) -> Iterator[tuple[str, str]]:
    """A conversation of Rita's: its owner and its id."""
    with closed.accounts as accounts:
        owner = accounts.find("rita").owner
    conversation = kept.create(owner)
    kept.add_turn(conversation, owner, SECRET, Answer("The articles do not say.", answered=False))
    yield owner, conversation
    kept.delete(conversation, owner)


@pytest.fixture
def call(closed: Closed) -> Callable[..., httpx.Response]:
    """Calls a function of the page by its number, as the page does but with any values."""

    def run(
        client: httpx.Client, function: str, data: list[Any], event: dict[str, Any] | None = None
    ) -> httpx.Response:
        number, name = next(
            (number, each.api_name)
            for number, each in closed.page.fns.items()
            if each.fn is not None and each.fn.__name__ == function and each.api_visibility == "private"
        )
        sent = {"fn_index": number, "data": data, "event_data": event, "session_hash": f"{client.headers['x-window']}"}
        return client.post(f"/gradio_api/run/{name}", json=sent)

    return run


@pytest.fixture
def rita(closed: Closed) -> Iterator[httpx.Client]:
    with closed.logged_in("rita") as client:
        client.headers["x-window"] = "rita1"
        yield client


@pytest.fixture
def bob(closed: Closed) -> Iterator[httpx.Client]:
    with closed.logged_in("bob") as client:
        client.headers["x-window"] = "bob1"
        yield client


def test_its_owner_sees_it_whatever_the_browser_says_of_itself(
    rita: httpx.Client, ritas: tuple[str, str], call: Callable[..., httpx.Response]
) -> None:
    for owner in ("", "somebody", ritas[0]):
        answer = call(rita, "arrive", [{"owner": owner, "conversation": ritas[1]}])
        assert "Sivertsen" in answer.text


def test_nobody_else_opens_lists_or_exports_it_by_its_id_and_its_owners_name(
    bob: httpx.Client, ritas: tuple[str, str], call: Callable[..., httpx.Response]
) -> None:
    memory = {"owner": ritas[0], "conversation": ritas[1]}
    for function, data, event in (
        ("arrive", [memory], None),
        ("reopen", [memory, -1], {"conversation": ritas[1]}),
        ("begin", [memory, -1], None),
        ("export", [memory], None),
        ("act", [memory, "", "", ""], {"name": "edit", "place": 0}),
        ("act", [memory, "", "", ""], {"name": "undo", "place": 0}),
        ("act", [memory, "", "", ""], {"name": "retry", "place": 0}),
    ):
        answer = call(bob, function, data, event)
        assert answer.status_code == 200
        assert "Sivertsen" not in answer.text, function


def test_nobody_else_rates_deletes_or_adds_to_it(
    bob: httpx.Client, ritas: tuple[str, str], kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    owner, conversation = ritas
    memory = {"owner": owner, "conversation": conversation}
    call(bob, "act", [memory, "", "", ""], {"name": "like", "place": 0})
    call(bob, "delete", [memory, -1])
    call(bob, "ask", ["What did Rustem Umerov say?", memory, -1, "", "", ""])
    call(bob, "ask", ["What did Rustem Umerov say?", memory, 0, "", "", ""])
    (turn,) = kept.turns(conversation, owner)
    assert (turn.question, turn.liked) == (SECRET, None)


def test_a_browser_without_accounts_cannot_name_an_account(bob: httpx.Client, ritas: tuple[str, str]) -> None:
    from assistant.web.ui.browser_state import Memory

    assert Memory.read({"owner": ritas[0], "conversation": ritas[1]}) == Memory()
    assert Memory.read({"owner": "b1", "conversation": ritas[1]}, "account:x") == Memory("account:x", ritas[1])


def test_what_a_browser_asked_before_there_were_accounts_comes_under_the_first_account_that_logs_in_there(
    rita: httpx.Client, bob: httpx.Client, kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    conversation = kept.create("browser-before-accounts")
    kept.add_turn(conversation, "browser-before-accounts", SECRET, Answer("They do not say.", answered=False))
    memory = {"owner": "browser-before-accounts", "conversation": conversation}
    assert "Sivertsen" in call(rita, "arrive", [memory]).text
    assert "Sivertsen" not in call(bob, "arrive", [memory]).text
    assert "Sivertsen" in call(rita, "arrive", [{}]).text


def test_no_browser_takes_over_what_is_an_accounts(
    bob: httpx.Client, ritas: tuple[str, str], kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    call(bob, "arrive", [{"owner": ritas[0], "conversation": ritas[1]}])
    assert ritas[1] in [each.id for each in kept.list(ritas[0])]


def test_the_answers_of_somebody_elses_window_are_not_to_be_had(rita: httpx.Client, bob: httpx.Client) -> None:
    sent = {"fn_index": 0, "data": ["Who led Russia's delegation?", [], None, None, None], "session_hash": "window7"}
    assert rita.post("/gradio_api/queue/join", json=sent).status_code == 200
    cancelling = {"session_hash": "window7", "fn_index": 0, "event_id": "x"}
    for method, path, values in (
        ("GET", "queue/data?session_hash=window7", None),
        ("GET", "queue/data?session_hash=bob1&session_hash=window7", None),
        ("GET", "heartbeat/window7", None),
        ("POST", "queue/join", sent),
        ("POST", "cancel", cancelling),
        ("POST", "component_server", {"session_hash": "window7", "component_id": 1, "fn_name": "x"}),
    ):
        with bob.stream(method, f"/gradio_api/{path}", json=values) as refused:  # what is let in may never end
            assert refused.status_code == 403, path
            assert SOMEBODY_ELSES in refused.read().decode()
    with rita.stream("GET", "/gradio_api/queue/data", params={"session_hash": "window7"}) as events:
        for line in events.iter_lines():
            if "process_completed" in line:
                break
    assert json.loads(line.removeprefix("data:"))["success"] is True


def test_values_that_are_no_json_are_refused_before_they_reach_the_page(bob: httpx.Client) -> None:
    for body in (b"{", b"[" * 100_000, b"\xff"):
        answer = bob.post("/gradio_api/component_server", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 422
