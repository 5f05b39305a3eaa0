"""The log, at its most talkative, holds no question, answer, password, token or session."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant.web.access.accounts import Accounts
from tests.assistant.web.access.conftest import GOOD, people
from tests.assistant.web.conftest import wait_for_health

ASKED = "What did Rustem Umerov say to the reporters from Vesterby?"
WRONG, TYPED_AS_NAME = "granite spoon violet eleven", "oyster-lantern-gravel-ninety"
KEY = "sk-thiskeyisnotreal0123456789"


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A server of its own that logs all it can, with a key in its environment; and what it says."""
    people(tmp_path)
    command = [sys.executable, "-m", "assistant", "serve", "--port", "0", "--home", str(tmp_path)]
    environment = {
        **os.environ, "TALKS_LOG_LEVEL": "debug", "OPENAI_API_KEY": KEY, "TALKS_HOME": str(tmp_path),
        "PYTHONUNBUFFERED": "1",
    }  # fmt: skip
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    assert server.stdout is not None
    url = re.search(r"http://\S+", server.stdout.readline())
    assert url is not None
    assert wait_for_health(url[0]).status_code == 200
    yield url[0], server
    server.kill()
    server.wait()


def test_what_is_asked_and_how_one_comes_in_stays_out_of_the_log(
    heard: tuple[str, "subprocess.Popen[str]"], tmp_path: Path
) -> None:
    url, server = heard
    secrets = [ASKED, "Umerov", "Vesterby", GOOD, WRONG, TYPED_AS_NAME, KEY]
    with Accounts(tmp_path) as accounts:
        token = accounts.new_token("rita")
    secrets.append(token)
    with httpx.Client(base_url=url, timeout=60) as client:
        for name, password in ((TYPED_AS_NAME, WRONG), ("anna", WRONG), ("anna", GOOD)):
            form = re.search(r'name="form" value="(\w+)"', client.get("/login").text)
            assert form is not None
            client.post("/login", data={"form": form[1], "name": name, "password": password})
            secrets += [form[1], *client.cookies.values()]
        assert client.get("/config").status_code == 200
        window = {"session_hash": "window-of-anna"}
        answered = client.post("/gradio_api/run/ask", json={"data": [ASKED, [], None, None, None], **window})
        secrets += [each["quote"][:30] for each in answered.json()["data"][0]["citations"]]
        client.post("/gradio_api/queue/join", json={"data": [ASKED, {}, -1, "", "", ""], "fn_index": 6, **window})
        with client.stream("GET", "/gradio_api/queue/data", params=window) as events:
            assert any("process_completed" in line for line in events.iter_lines())
        # What Gradio cannot use, and prints in full where it is left to itself: too few values, and of another kind.
        for data in ([ASKED], [{"x": ASKED}] * 6):
            client.post("/gradio_api/run/ask_1", json={"data": data, **window})
            client.post("/gradio_api/queue/join", json={"data": data, "fn_index": 6, **window})
            with client.stream("GET", "/gradio_api/queue/data", params=window) as events:
                assert any("process_completed" in line for line in events.iter_lines())
        assert client.post("/ask", json={"question": ASKED}).status_code == 200
        assert client.post("/ask", json={"question": ASKED, "k": WRONG}).status_code == 422
        client.get("/gradio_api/info", params={"q": ASKED}, headers={"Authorization": f"Bearer {token}"})
        client.post("/logout")
    server.send_signal(signal.SIGINT)
    told, complained = server.communicate(timeout=60)
    log = told + complained
    assert "DEBUG" in log or "INFO" in log  # it was talkative
    assert "anna logged in from 127.0.0.1" in log
    assert "A login from 127.0.0.1 failed" in log
    assert "A request failed" in log
    assert len(set(secrets)) > 10
    for secret in secrets:
        assert secret not in log
        assert json.dumps(secret)[1:-1] not in log
