"""Real HTTP servers on loopback that speak the protocols of OpenAI and of Ollama, with scripted answers."""

import json
import re
import select
import socket
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant import Answer


@dataclass(frozen=True)
class Accident:
    """What happens after the text `before` was sent: "cut", "stall", "garbage", or "pause" until it may go on."""

    kind: str
    before: str = ""
    after: str = ""


#: A scripted answer: text to stream, a status to fail with, an accident, or what makes one of them from the prompt.
Script = str | int | Accident | Callable[[str], "str | Accident"]


@dataclass
class Scripted:
    """A server, the answers it still has to give, and the requests it got. With no answers left it repeats the last."""

    url: str = ""
    protocol: str = "openai"
    answers: deque[Script] = field(default_factory=deque)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)
    gone: threading.Event = field(default_factory=threading.Event)
    left: threading.Event = field(default_factory=threading.Event)

    def next(self) -> Script:
        return self.answers.popleft() if len(self.answers) > 1 else self.answers[0]

    def prompt(self, at: int = -1) -> str:
        """All that the model was told in a request."""
        return "\n".join(message["content"] for message in self.asked[at]["messages"])


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    script: Scripted

    def log_message(self, *args: object) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.script.asked.append(body)
        self.script.headers.append(dict(self.headers))
        answer = self.script.next()
        if callable(answer):
            answer = answer("\n".join(str(message["content"]) for message in body["messages"]))
        if isinstance(answer, int):
            self._fail(answer)
            return
        self.send_response(200)
        self.send_header("Content-Type", self.kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self._stream(answer)
        except OSError:
            self.script.gone.set()
        self.close_connection = True

    kind = "text/event-stream"

    def _fail(self, status: int) -> None:
        body = json.dumps({"error": {"message": f"failed with key {KEY}", "type": "scripted"}}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self, answer: "str | Accident") -> None:
        text = answer if isinstance(answer, str) else answer.before
        for start in range(0, len(text), 7):
            self._piece(text[start : start + 7])
        if isinstance(answer, str):
            self._last()
            self._send(b"")
        elif answer.kind in {"stall", "pause"}:
            while not self.script.released.wait(0.02):
                if self._left():
                    self.script.left.set()
                    return
            if answer.kind == "pause":
                self._stream(answer.after)
        elif answer.kind == "garbage":
            self._send(b'data: {"choices": [{"delta"\n\n{]]]\n')
            self._send(b"")
        elif answer.kind == "cut":
            self.wfile.flush()
            self.connection.shutdown(socket.SHUT_RDWR)

    def _left(self) -> bool:
        """Has the client closed the connection?"""
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and self.connection.recv(1, socket.MSG_PEEK) == b""

    def _send(self, data: bytes) -> None:
        """One chunk; an empty one ends the answer, and without it the client knows that it was cut."""
        self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")
        self.wfile.flush()

    def _piece(self, text: str) -> None:
        raise NotImplementedError

    def _last(self) -> None:
        raise NotImplementedError


KEY = "sk-test-0123456789abcdef"


class _OpenAI(_Handler):
    def _piece(self, text: str) -> None:
        self._event({"delta": {"role": "assistant", "content": text}, "index": 0, "finish_reason": None})

    def _last(self) -> None:
        self._event({"delta": {}, "index": 0, "finish_reason": "stop"})
        usage = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
        self._write(
            {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [], "usage": usage}
        )
        self._send(b"data: [DONE]\n\n")

    def _event(self, choice: dict[str, Any]) -> None:
        self._write({"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})

    def _write(self, value: dict[str, Any]) -> None:
        self._send(f"data: {json.dumps(value)}\n\n".encode())


class _Ollama(_Handler):
    kind = "application/x-ndjson"

    def _piece(self, text: str) -> None:
        self._write({"message": {"role": "assistant", "content": text}, "done": False})

    def _last(self) -> None:
        self._write(
            {
                "message": {"role": "assistant", "content": ""},
                "done": True,
                "done_reason": "stop",
                "prompt_eval_count": 90,
                "eval_count": 10,
            }
        )

    def _write(self, value: dict[str, Any]) -> None:
        value = {"model": "m", "created_at": "2026-02-18T12:00:00Z", **value}
        self._send(json.dumps(value).encode() + b"\n")


def number_of(prompt: str, words: str) -> int:
    """What the prompt numbers the sentence that holds these words."""
    found = re.search(rf"^\[(\d+)\] .*{re.escape(words)}", prompt, re.MULTILINE)
    assert found is not None
    return int(found[1])


def citing(text: str) -> Callable[[str], str]:
    """An answer in which {words} stands for the marker of the sentence that holds the words."""
    return lambda prompt: re.sub(r"\{([^}]+)\}", lambda match: f"[{number_of(prompt, match[1])}]", text)


GOOD = citing(
    "Vladimir Medinsky led Russia’s delegation as chief negotiator. {addressed reporters} "
    "He called the exchanges “difficult but businesslike.” {difficult but}"
)


def grown(answers: Iterable[Answer]) -> tuple[Answer, list[str]]:
    """The last of the answers that came while it was written, and what each of them added to its text.

    What was shown is never taken back or renumbered, unless all of it comes in quotes before any of it was shown.
    """
    pieces: list[str] = []
    last: Answer | None = None
    for answer in answers:
        before = last.text if last is not None else ""
        assert answer.text.startswith(before)
        if last is not None and last.text:
            assert answer.citations[: len(last.citations)] == last.citations
        if len(answer.text) > len(before):
            pieces.append(answer.text[len(before) :])
        last = answer
    assert last is not None
    return last, pieces


@contextmanager
def serving(protocol: str, *answers: Script) -> Iterator[Scripted]:
    """A server that speaks "openai" or "ollama" and gives these answers in turn."""
    script = Scripted(protocol=protocol, answers=deque(answers))
    handler = type("Handler", (_OpenAI if protocol == "openai" else _Ollama,), {"script": script})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    script.url = f"http://127.0.0.1:{server.server_address[1]}" + ("/v1" if protocol == "openai" else "")
    try:
        yield script
    finally:
        script.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
