"""How often an account may ask, add and log in; by a clock that goes only when told."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import limits.storage.memory
import limits.strategies
import pytest

import assistant.web.access.rate_limits
from assistant.settings import Settings
from assistant.web.access.rate_limits import AT_ONE_ADDRESS, RateLimits
from index.encoding.encoder import Encoder
from tests.assistant.web.access.conftest import Clock, Closed, people

HERE = "192.0.2.7"


class Time:
    """Stands in for the module `time` where limits are counted."""

    def __init__(self, clock: Clock) -> None:
        self.time = clock


@pytest.fixture
def counted(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> RateLimits:
    """Limits of two questions a minute, four additions an hour and three logins a minute."""
    for module in (limits.storage.memory, limits.strategies, assistant.web.access.rate_limits):
        monkeypatch.setattr(module, "time", Time(clock), raising=False)
    return RateLimits(Settings.read(questions_per_minute=2, additions_per_hour=4, logins_per_minute=3))


def test_an_account_asks_so_often_and_then_waits_until_its_first_question_is_a_minute_old(
    counted: RateLimits, clock: Clock
) -> None:
    assert counted.count("questions", HERE, "anna") == 0
    clock.now += 20
    assert counted.count("questions", HERE, "anna") == 0
    clock.now += 10
    assert counted.count("questions", HERE, "anna") == 30
    clock.now += 31
    assert counted.count("questions", HERE, "anna") == 0


def test_one_account_does_not_use_up_anothers_questions_nor_its_own_additions(counted: RateLimits) -> None:
    for _ in range(3):
        counted.count("questions", HERE, "anna")
    assert counted.count("questions", HERE, "anna") > 0
    assert counted.count("questions", HERE, "bob") == 0
    assert counted.count("additions", HERE, "anna") == 0


def test_an_address_is_limited_over_all_its_accounts_and_no_other_is(counted: RateLimits) -> None:
    for number in range(2 * AT_ONE_ADDRESS):
        assert counted.count("questions", HERE, f"account {number}") == 0
    assert counted.count("questions", HERE, "one more") > 0
    assert counted.count("questions", "198.51.100.9", "one more") == 0


def test_what_the_address_refuses_does_not_use_up_the_accounts_own(counted: RateLimits) -> None:
    for number in range(2 * AT_ONE_ADDRESS):
        counted.count("questions", HERE, f"account {number}")
    for _ in range(5):
        assert counted.count("questions", HERE, "late") > 0
    assert counted.count("questions", "198.51.100.9", "late") == 0


def test_strangers_are_counted_by_address_and_an_ipv6_network_is_one(counted: RateLimits) -> None:
    for number in range(3):
        assert counted.count("logins", f"2001:db8::{number + 1:x}") == 0
    assert counted.count("logins", "2001:db8::ffff") > 0


def test_many_files_at_once_count_as_many(counted: RateLimits) -> None:
    assert counted.count("additions", HERE, "anna", 3) == 0
    assert counted.count("additions", HERE, "anna", 3) > 0
    assert counted.count("additions", HERE, "anna", 1) == 0
    assert counted.count("additions", HERE, "bob", 100) == 0  # one drop of files may be all of an hour


@pytest.fixture(scope="module")
def strict(encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Closed]:
    """A page where an account may ask, add and log in twice."""
    home = tmp_path_factory.mktemp("strict")
    people(home)
    settings = Settings.read(home=home, port=0, questions_per_minute=2, additions_per_hour=2, logins_per_minute=2)
    found = Closed(home, encoder, settings).start()
    yield found
    found.stop()


def too_soon(answer: httpx.Response, sentence: str) -> None:
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 3_600
    assert sentence in answer.text


def test_a_program_that_asks_too_fast_gets_429_and_when_to_come_back(strict: Closed) -> None:
    asked: dict[str, Any] = {"data": ["Who led Russia's delegation?", [], None, None, None]}
    with strict.logged_in("anna") as client:
        for _ in range(2):
            assert client.post("/gradio_api/run/ask", json=asked).status_code == 200
        too_soon(client.post("/gradio_api/run/ask", json=asked), "You ask faster than this page allows")
        again = {"data": ["Who led Russia's delegation?", 3, [], None, None, None]}
        too_soon(client.post("/gradio_api/run/retrieve", json=again), "You ask faster")
        for path in ("/ask", "/retrieve"):
            too_soon(client.post(path, json={"question": "Who?"}), "You ask faster")
        named = {"data": ["Who?", {}, -1, "", "", ""], "session_hash": "w1"}
        too_soon(client.post("/gradio_api/run/ask_1", json=named), "You ask faster")


def test_articles_added_too_fast_are_refused_by_every_way_in(strict: Closed) -> None:
    with strict.logged_in("anna") as client:
        for number in range(2):
            text = f"The lighthouse number {number} of Vesterby is lit again, its keeper said."
            added = client.post("/gradio_api/run/add_article", json={"data": [None, text, f"Lit {number}", None, None]})
            assert added.status_code == 200
        for name, data in (
            ("add_article", [None, "Words.", "Title", None, None]),
            ("add_text", ["Title", "", "", "Words.", ""]),
            ("add_addresses", ["https://news.example/", ""]),
        ):
            too_soon(client.post(f"/gradio_api/run/{name}", json={"data": data}), "You add articles faster")


def test_files_sent_too_fast_are_refused_before_they_are_kept(strict: Closed) -> None:
    with strict.logged_in("anna") as client:
        sent = [client.post("/gradio_api/upload", files={"files": ("a.txt", b"Words.")}) for _ in range(3)]
    assert [each.status_code for each in sent[:2]] == [200, 200]
    too_soon(sent[2], "You send files faster")


def test_logins_are_counted_by_address_whatever_the_names(strict: Closed) -> None:
    with strict.browser() as client:
        assert strict.log_in(client, "nobody1").status_code == 401
        assert strict.log_in(client, "nobody2").status_code == 401
        too_soon(strict.log_in(client, "anna"), "too many attempts to log in from this address")


def test_without_accounts_nothing_is_limited(encoder: Encoder, tmp_path: Path) -> None:
    open_to_all = Closed(tmp_path, encoder, Settings.read(home=tmp_path, port=0, questions_per_minute=1)).start()
    try:
        with open_to_all.browser() as client:
            for _ in range(3):
                answer = client.post("/gradio_api/run/retrieve", json={"data": ["Who met?", 1, [], None, None, None]})
                assert answer.status_code == 200
            assert client.get("/login").headers["location"] == "/"
    finally:
        open_to_all.stop()
