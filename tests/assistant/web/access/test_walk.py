"""Every route of the app and every function of the page, by name and by number: as nobody, as reader, as editor."""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from assistant.service import Service
from assistant.web.access.middleware import LOG_IN
from assistant.web.access.routes import rule
from assistant.web.access.visits import FOR_EDITORS
from tests.assistant.web.access.conftest import Closed

#: Functions that only read, or change nothing but the asker's own conversations.
FOR_READERS = {
    "arrive", "ask", "halt", "retrieve", "articles", "list_articles", "read_article", "people", "statements",
}  # fmt: skip
#: Functions that change the library.
CHANGE_THE_LIBRARY = {"add_files", "add_addresses", "add_text", "rebuild", "add_article"}
SAMPLES = {"path": "x", "session_hash": "walk", "event_id": "x", "name": "x"}


def routes(app: FastAPI) -> Iterator[tuple[str, str]]:
    """Every method and path of the app, those that Gradio brings along included."""
    waiting: list[tuple[str, Any]] = [("", route) for route in app.routes]
    while waiting:
        before, route = waiting.pop()
        path = before + getattr(route, "path", "")
        if hasattr(route, "app") and hasattr(route.app, "routes"):
            waiting += [(path.rstrip("/"), each) for each in route.app.routes]
        if hasattr(route, "original_router"):  # a router that was included whole
            waiting += [(path, each) for each in route.original_router.routes]
        for method in getattr(route, "methods", None) or ():
            yield method, re.sub(r"\{(\w+)(:\w+)?\}", lambda found: SAMPLES.get(found[1], "x"), path)


def walked(closed: Closed) -> list[tuple[str, str]]:
    found = sorted(set(routes(closed.app)))
    assert len(found) > 80  # Gradio's are among them
    assert {("POST", "/gradio_api/run/x"), ("POST", "/gradio_api/queue/join"), ("POST", "/gradio_api/upload")} <= {
        *found
    }
    return found


def functions(closed: Closed) -> list[tuple[int, str, str, int]]:
    """Every function of the page: its number, the name it is called by, its own name, and how many values it takes."""
    return [
        (number, str(each.api_name), each.fn.__name__, len(each.inputs))
        for number, each in closed.page.fns.items()
        if each.fn is not None
    ]


def send(client: httpx.Client, method: str, path: str) -> httpx.Response:
    """The start of the answer; some never end."""
    with client.stream(method, path, json={} if method == "POST" else None) as answer:
        if "event-stream" not in answer.headers.get("content-type", ""):
            answer.read()
    return answer


def test_without_a_login_no_route_answers_but_the_login_its_style_and_health(
    closed: Closed, as_nobody: httpx.Client
) -> None:
    for method, path in walked(closed):
        answer = send(as_nobody, method, path)
        if rule(method, path) == "anybody":
            assert answer.status_code != 401, (method, path)
        elif path == "/":
            assert (answer.status_code, answer.headers["location"]) == (303, "/login")
        else:
            assert answer.status_code == 401, (method, path)
            assert method == "HEAD" or LOG_IN in answer.json()["detail"], (method, path)


def test_what_a_stranger_may_see_is_this_and_no_more(closed: Closed) -> None:
    free = {(method, path) for method, path in walked(closed) if rule(method, path) == "anybody"}
    assert free == {
        ("GET", "/health"), ("GET", "/login"), ("HEAD", "/login"), ("POST", "/login"), ("GET", "/login.css"),
        ("HEAD", "/login.css"),
    }  # fmt: skip


def test_health_tells_a_stranger_nothing_but_whether_it_is_ready(
    closed: Closed, as_nobody: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert as_nobody.get("/health").json() == {"ready": True}
    wrong = "The library in /home/anna/talks cannot be opened."
    monkeypatch.setattr(Service, "failure", property(lambda service: wrong))
    monkeypatch.setattr(Service, "ready", property(lambda service: False))
    answer = as_nobody.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"ready": False})


@pytest.mark.parametrize("name", ["rita", "anna"])
def test_a_route_that_is_not_one_of_the_pages_is_not_there_for_anybody(closed: Closed, name: str) -> None:
    gone = [(method, path) for method, path in walked(closed) if rule(method, path) is None]
    assert ("GET", "/gradio_api/file=x") in gone
    with closed.logged_in(name) as client:
        for method, path in gone:
            assert send(client, method, path).status_code == 404, (method, path)


def test_a_reader_uploads_nothing_and_an_editor_may(as_reader: httpx.Client, as_editor: httpx.Client) -> None:
    for client, status in ((as_reader, 403), (as_editor, 200)):
        answer = client.post("/gradio_api/upload", files={"files": ("one.txt", b"Words.")})
        assert answer.status_code == status


def test_every_function_says_here_whether_it_changes_the_library(closed: Closed) -> None:
    assert {name for _, _, name, _ in functions(closed)} == FOR_READERS | CHANGE_THE_LIBRARY


def test_without_a_login_no_function_runs_by_name_or_by_number(closed: Closed, as_nobody: httpx.Client) -> None:
    for number, called, _, _ in functions(closed):
        for path in (
            f"run/{called}",
            f"api/{called}",
            "run/predict",
            f"call/{called}",
            f"call/v2/{called}",
            "queue/join",
        ):
            sent = {"fn_index": number, "data": [], "session_hash": "walk"}
            assert as_nobody.post(f"/gradio_api/{path}", json=sent).status_code == 401, (path, called)


def test_a_reader_changes_the_library_by_no_function_by_name_or_by_number(
    closed: Closed, as_reader: httpx.Client
) -> None:
    before = [each.article.id for each in closed.service.entries()]
    for number, called, name, values in functions(closed):
        if name not in CHANGE_THE_LIBRARY:
            continue
        first = [] if name == "add_files" else before[0]
        data = [first, "Words.", "Title", "P", "2026-02-18", "", ""][:values]
        sent = {"fn_index": number, "data": data, "event_data": {"article": before[0]}}
        for path in (f"run/{called}", f"api/{called}", "run/predict"):
            answer = as_reader.post(f"/gradio_api/{path}", json={**sent, "session_hash": "walk-reader"})
            assert answer.status_code == 403, (path, called)
            assert FOR_EDITORS in html.unescape(answer.text)
        assert FOR_EDITORS in queued(as_reader, sent, f"reader{number}")
    assert [each.article.id for each in closed.service.entries()] == before


@pytest.mark.parametrize(("name", "allowed"), [("rita", FOR_READERS), ("anna", FOR_READERS | CHANGE_THE_LIBRARY)])
def test_whoever_may_use_a_function_is_not_refused(closed: Closed, name: str, allowed: set[str]) -> None:
    with closed.logged_in(name) as client:
        for number, called, function, values in functions(closed):
            if function not in allowed:
                continue
            sent = {"fn_index": number, "data": [None] * values, "event_data": {}, "session_hash": f"walk-{name}"}
            answer = client.post(f"/gradio_api/run/{called}", json=sent)
            assert answer.status_code in (200, 500), called  # 500: None is nothing that it can use
            assert FOR_EDITORS not in answer.text, called


def queued(client: httpx.Client, sent: dict[str, Any], window: str) -> str:
    """All that a function says that was called through the queue, as the page does."""
    joined = client.post("/gradio_api/queue/join", json={**sent, "session_hash": window})
    assert joined.status_code == 200
    told = []
    with client.stream("GET", "/gradio_api/queue/data", params={"session_hash": window}) as events:
        for line in events.iter_lines():
            if line.startswith("data:"):
                message = json.loads(line.removeprefix("data:"))
                told.append(json.dumps(message, ensure_ascii=False))
                if message["msg"] == "process_completed":
                    break
    return html.unescape("\n".join(told))
