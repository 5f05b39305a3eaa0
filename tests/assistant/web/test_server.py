"""What the server promises: it is up before the model, closed to all others, and stops when told."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from assistant.settings import Settings
from assistant.web.access.exposure import is_loopback
from assistant.web.server import listen
from index.encoding.encoder import Encoder
from index.errors import SettingError
from tests.assistant.web.conftest import Served, wait_for_health

SECONDS = 90


def test_health_is_200_once_model_and_library_are_ready(served: Served) -> None:
    answer = httpx.get(f"{served.url}/health")
    assert (answer.status_code, answer.json()) == (200, {"ready": True})


def test_the_page_is_there_while_the_model_still_loads(
    start: Callable[..., Served], tmp_path: Path, encoder: Encoder
) -> None:
    gate = threading.Event()

    class Slow(Encoder):
        def load(self) -> None:
            gate.wait(SECONDS)
            encoder.load()

    slow = start(tmp_path, Slow())
    try:
        assert httpx.get(slow.url).status_code == 200
        answer = httpx.get(f"{slow.url}/health")
        assert (answer.status_code, answer.json()) == (503, {"ready": False})
    finally:
        gate.set()
    assert wait_for_health(slow.url, SECONDS).status_code == 200


def test_health_says_in_one_sentence_why_loading_failed(start: Callable[..., Served], tmp_path: Path) -> None:
    broken = start(tmp_path, Encoder(str(tmp_path / "no-such-model")))
    broken.service.wait(SECONDS)
    answer = httpx.get(f"{broken.url}/health")
    assert answer.status_code == 503
    assert answer.json()["ready"] is False
    assert "TALKS_EMBEDDING_MODEL" in answer.json()["failure"]
    assert "Traceback" not in answer.text


def test_every_answer_carries_the_headers_that_keep_the_page_to_itself(served: Served) -> None:
    for path in ("/", "/health", "/config", "/no-such-page"):
        headers = httpx.get(served.url + path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "default-src 'self'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"


def test_the_pages_own_scripts_carry_a_nonce_that_nobody_can_know_before(served: Served) -> None:
    nonces = []
    for _ in range(2):
        answer = httpx.get(served.url)
        nonce = re.search(r"script-src 'self' 'nonce-([\w-]+)'", answer.headers["content-security-policy"])
        assert nonce is not None
        scripts = re.findall(r"<script[^>]*>", answer.text)
        assert scripts
        assert all(f'nonce="{nonce[1]}"' in each for each in scripts)
        nonces.append(nonce[1])
    assert nonces[0] != nonces[1]


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "http://[", ""])
def test_pages_of_other_origins_are_refused(served: Served, origin: str) -> None:
    answer = httpx.post(f"{served.url}/gradio_api/run/ask", json={"data": ["Who?"]}, headers={"Origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_the_page_itself_may_ask(served: Served) -> None:
    answer = httpx.get(f"{served.url}/config", headers={"Origin": served.url})
    assert answer.status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "", "["])
def test_a_foreign_host_name_is_refused(served: Served, host: str) -> None:
    address = urlsplit(served.url)
    connection = HTTPConnection(str(address.hostname), address.port, timeout=SECONDS)
    connection.putrequest("GET", "/", skip_host=True)
    connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    answer.read()
    connection.close()
    assert answer.status == 403


def test_the_page_arrives_packed(served: Served) -> None:
    packed = httpx.get(served.url, headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.7", "talks.example", "127.0.0.1.example"])
def test_only_loopback_is_served_on(host: str) -> None:
    with pytest.raises(SettingError, match="as it has no authentication"):
        listen(Settings.read(host=host, port=0))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.10", "::1", "localhost"])
def test_loopback_addresses_are_known(host: str) -> None:
    assert is_loopback(host)


def test_sharing_is_refused_without_authentication() -> None:
    with pytest.raises(SettingError, match="--share"):
        listen(Settings.read(share=True))


def test_a_port_in_use_is_one_sentence(taken_port: int) -> None:
    with pytest.raises(SettingError, match=f"port {taken_port} of 127.0.0.1 .*--port") as caught:
        listen(Settings.read(port=taken_port))
    assert "\n" not in str(caught.value)


def test_ctrl_c_stops_the_server_cleanly_also_where_a_page_is_open(tmp_path: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "assistant", "serve", "--port", str(port), "--home", str(tmp_path)]
    environment = {name: value for name, value in os.environ.items() if name != "TALKS_HOME"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert wait_for_health(f"http://127.0.0.1:{port}", SECONDS).status_code == 200
        with httpx.stream("GET", f"http://127.0.0.1:{port}/gradio_api/heartbeat/a1page", timeout=SECONDS) as page:
            heard = page.iter_lines()
            assert "ALIVE" in next(heard)
            server.send_signal(signal.SIGINT)
            assert "".join(heard) == ""  # it ends, and is not broken off
        told, complained = server.communicate(timeout=SECONDS)
    finally:
        server.kill()
        server.wait()
    assert server.returncode == 0
    assert told == f"Talks is at http://127.0.0.1:{port} (Ctrl-C stops it).\n"
    assert complained == ""


def test_a_wrong_setting_ends_the_command_with_one_sentence() -> None:
    command = [sys.executable, "-m", "assistant", "serve", "--host", "0.0.0.0"]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert ended.stderr.count("\n") == 1
    assert "no authentication" in ended.stderr
