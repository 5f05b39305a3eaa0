"""Plain HTTP: JSON in, JSON out, errors of one sentence with their status, and a description that programs can read."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from pydantic import TypeAdapter

from assistant.schemas import AnswerInfo, CitationInfo, PassageInfo, PersonInfo
from assistant.service import Service
from assistant.web.api import http_api
from index.encoding.cpu import processors
from tests.assistant.web.conftest import Served
from tests.index.encoding.test_scheduling import until

ASKED = "Who led Russia's delegation in Geneva?"


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=60) as found:
        yield found


def test_ask_answers_with_citations_as_gradios_endpoint_does(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": ASKED})
    assert answer.status_code == 200
    TypeAdapter(AnswerInfo).validate_python(answer.json(), strict=True)
    assert answer.json()["answered"] is True
    by_gradio = client.post("/gradio_api/run/ask", json={"data": [ASKED, [], None, None, None]})
    assert answer.json() == by_gradio.json()["data"][0]


def test_history_and_filters_are_those_of_ask(client: httpx.Client) -> None:
    answer = client.post("/ask", json={"question": "What did he call the talks?", "history": [ASKED]})
    assert answer.json()["read_as"] == f"{ASKED} What did he call the talks?"
    answer = client.post("/ask", json={"question": ASKED, "after": "2031-01-01"})
    assert answer.json()["answered"] is False


def test_retrieve_gives_as_many_passages_as_asked_for(client: httpx.Client) -> None:
    passages = client.post("/retrieve", json={"question": ASKED, "k": 2}).json()
    TypeAdapter(list[PassageInfo]).validate_python(passages, strict=True)
    assert len(passages) == 2


def test_people_and_what_they_say_come_as_lists(client: httpx.Client) -> None:
    people = client.post("/people", json={}).json()
    TypeAdapter(list[PersonInfo]).validate_python(people, strict=True)
    assert people
    said = client.post("/statements", json={"person": people[0]["name"]}).json()
    TypeAdapter(list[CitationInfo]).validate_python(said, strict=True)
    assert said
    assert {each["speaker"]["name"] for each in said} == {people[0]["name"]}


def test_articles_are_listed_in_part_and_read_in_part(client: httpx.Client) -> None:
    (entry,) = client.post("/list_articles", json={"query": "geneva", "limit": 1}).json()
    assert client.post("/list_articles", json={"after": "2031-01-01"}).json() == []
    part = client.post("/read_article", json={"id": entry["article"]["id"], "start": 5, "end": 25}).json()
    assert (part["start"], part["end"], len(part["text"])) == (5, 25, 20)
    assert client.post("/read_article", json={"id": "nothing"}).status_code == 503


@pytest.mark.parametrize(
    ("path", "values", "status", "sentence"),
    [
        ("/ask", {"question": ""}, 422, "The question is empty"),
        ("/ask", {"question": 17}, 422, "The value of “question” must be text, and is a number."),
        ("/ask", {}, 422, "The question is missing"),
        ("/statements", {"about": "talks"}, 422, "The person is missing: send it as “person”."),
        ("/people", {"person": "Medinsky"}, 422, "“person” is nothing that /people takes"),
        ("/ask", [ASKED], 422, "Send a JSON object"),
        ("/ask", {"question": ASKED, "history": "one text"}, 422, "must be a list of texts"),
        ("/ask", {"question": ASKED, "author": "x"}, 422, "“author” is nothing that /ask takes: it takes question"),
        ("/ask", {"question": ASKED, "k": 3}, 422, "“k” is nothing that /ask takes"),
        ("/ask", {"question": ASKED, "after": "soon"}, 422, "The date “soon”"),
        ("/ask", {"question": "x" * 4_001}, 422, "The question has 4,001 characters"),
        ("/ask", {"question": ASKED, "history": ["x" * 1_000_000]}, 413, "too large"),
        ("/retrieve", {"question": ASKED, "k": 0}, 422, "must lie between 1 and 1,000"),
        ("/retrieve", {"question": ASKED, "k": "five"}, 422, "must lie between 1 and 1,000"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_in_one_sentence(
    client: httpx.Client, path: str, values: Any, status: int, sentence: str
) -> None:
    answer = client.post(path, json=values)
    assert answer.status_code == status
    said = answer.json()["detail"]
    assert sentence in said
    assert "\n" not in said


@pytest.mark.parametrize("sent", [b"", b"{", b"[" * 100_000, b"\xff", b"null"])
def test_what_is_no_json_is_told_in_one_sentence(client: httpx.Client, sent: bytes) -> None:
    answer = client.post("/ask", content=sent, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (422, {"detail": http_api.NO_OBJECT})


def test_a_form_of_another_page_cannot_ask(client: httpx.Client) -> None:
    sent = json.dumps({"question": ASKED})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert client.post("/ask", content=sent, headers={"Content-Type": kind}).status_code == 422
    foreign = client.post("/ask", json={"question": ASKED}, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403


def test_the_description_names_both_with_examples_that_hold(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert {"/ask", "/retrieve", "/health"} <= described["paths"].keys()
    for path, kind in (("/ask", AnswerInfo), ("/retrieve", list[PassageInfo])):
        about = described["paths"][path]["post"]
        answer = about["responses"]["200"]["content"]["application/json"]
        TypeAdapter(kind).validate_python(answer["example"], strict=True)
        assert answer["schema"]
        takes = about["requestBody"]["content"]["application/json"]["schema"]
        assert takes["required"] == ["question"]
        example = {name: each["examples"][0] for name, each in takes["properties"].items() if "examples" in each}
        assert client.post(path, json=example).status_code == 200


def test_fifty_at_once_are_all_answered(served: Served, client: httpx.Client) -> None:
    def ask(number: int) -> dict[str, Any]:
        return dict(client.post("/ask", json={"question": f"{ASKED} ({number})"}).json())

    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(ask, range(50)))
    assert all(answer["text"] for answer in answers)
    assert not served.service.encoder.turns.asked


def test_when_too_many_wait_the_next_is_told_so_and_when_to_come_again(
    client: httpx.Client, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http_api, "MOST_WAITING", 0)
    answer = client.post("/ask", json={"question": ASKED})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert answer.json()["detail"] == "Too many questions wait already: ask again in 5 s."


def test_whoever_went_away_while_waiting_is_not_answered(
    served: Served, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    ask = Service.ask
    monkeypatch.setattr(
        Service, "ask", lambda self, question, *rest: (asked.append(question), ask(self, question, *rest))[1]
    )
    turns = served.service.encoder.turns
    with ThreadPoolExecutor(processors()) as places, ThreadPoolExecutor(4 * processors()) as pool:
        leave = [turns.question() for _ in range(processors())]
        for each in leave:
            each.__enter__()
        there = [pool.submit(client.post, "/ask", json={"question": ASKED}) for _ in range(2 * processors())]
        until(lambda: turns.waiting == 2 * processors())
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{served.url}/ask", json={"question": "Who went away?"}, timeout=0.5)
        for each in leave:
            places.submit(each.__exit__, None, None, None)
        assert all(each.result().status_code == 200 for each in there)
    assert client.post("/ask", json={"question": ASKED}).status_code == 200
    assert "Who went away?" not in asked
