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
        answer = call(rita, "arrive", [{}], {"reader": owner, "conversation": ritas[1]})
        assert "Sivertsen" in answer.text


def test_nobody_else_opens_lists_or_exports_it_by_its_id_and_its_owners_name(
    bob: httpx.Client, ritas: tuple[str, str], call: Callable[..., httpx.Response]
) -> None:
    sent = {"reader": ritas[0], "conversation": ritas[1]}
    for function, data, event in (
        ("arrive", [{"owner": ritas[0], "conversation": ritas[1]}], sent),
        ("ask", [], sent | {"question": "What did Rustem Umerov say?"}),
        ("ask", [], sent | {"question": "What did Rustem Umerov say?", "replacing": 0}),
        ("halt", [], sent),
    ):
        answer = call(bob, function, data, event)
        assert answer.status_code == 200
        assert "Sivertsen" not in answer.text, function
    headers = {"X-Talks-Reader": ritas[0]}
    assert "Sivertsen" not in bob.get("/page/conversations", headers=headers).text
    assert "Sivertsen" not in bob.get("/page/conversations", params={"words": "Sivertsen"}, headers=headers).text
    exported = bob.get("/page/conversations/export", params={"conversation": ritas[1]}, headers=headers)
    assert exported.status_code == 422
    assert "Sivertsen" not in exported.text


def test_nobody_else_rates_renames_deletes_or_adds_to_it(
    bob: httpx.Client, ritas: tuple[str, str], kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    owner, conversation = ritas
    for path, values in (
        ("rate", {"place": 0, "liked": True}),
        ("restore", {"place": 0}),
        ("conversations/rename", {"title": "Mine"}),
        ("conversations/pin", {"pinned": True}),
        ("conversations/delete", {}),
        ("conversations/restore", {}),
    ):
        sent = {"conversation": conversation, **values}
        assert bob.post(f"/page/{path}", json=sent, headers={"X-Talks-Reader": owner}).status_code == 422, path
    sent = {"reader": owner, "conversation": conversation, "question": "What did Rustem Umerov say?"}
    call(bob, "ask", [], sent)
    call(bob, "ask", [], sent | {"replacing": 0})
    (turn,) = kept.turns(conversation, owner)
    assert (turn.question, turn.liked) == (SECRET, None)
    (summary,) = [each for each in kept.list(owner) if each.id == conversation]
    assert (summary.title, summary.pinned) == (SECRET, False)


def test_a_browser_without_accounts_cannot_name_an_account(bob: httpx.Client, ritas: tuple[str, str]) -> None:
    from assistant.web.ui.browser_state import Memory

    assert Memory.read({"owner": ritas[0], "conversation": ritas[1]}) == Memory()
    assert Memory.read({"owner": "b1", "conversation": ritas[1]}, "account:x") == Memory("account:x", ritas[1])


def test_what_a_browser_asked_before_there_were_accounts_comes_under_the_first_account_that_logs_in_there(
    rita: httpx.Client, bob: httpx.Client, kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    conversation = kept.create("browser-before-accounts")
    kept.add_turn(conversation, "browser-before-accounts", SECRET, Answer("They do not say.", answered=False))
    sent = {"reader": "browser-before-accounts", "conversation": conversation}
    assert "Sivertsen" in call(rita, "arrive", [{}], sent).text
    assert "Sivertsen" not in call(bob, "arrive", [{}], sent).text
    assert "Sivertsen" in call(rita, "arrive", [{}], sent | {"reader": "another"}).text


def test_what_browsers_of_before_kept_comes_under_the_name_that_they_have_now(
    rita: httpx.Client, kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    conversation = kept.create("name-of-before")
    kept.add_turn(conversation, "name-of-before", SECRET, Answer("They do not say.", answered=False))
    before = {"owner": "name-of-before", "conversation": conversation}
    answer = call(rita, "arrive", [before], {"reader": "name-of-now", "conversation": conversation})
    assert "Sivertsen" in answer.text


def test_no_browser_takes_over_what_is_an_accounts(
    bob: httpx.Client, ritas: tuple[str, str], kept: Conversations, call: Callable[..., httpx.Response]
) -> None:
    call(bob, "arrive", [{"owner": ritas[0]}], {"reader": ritas[0], "conversation": ritas[1]})
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
