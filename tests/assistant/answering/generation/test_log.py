"""Whoever logs everything finds no key, question or article in what the clients of language models say."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.answering.generation.client import open_model
from assistant.logs import CLIENTS, set_up_logging
from assistant.request import Request
from assistant.service import Service
from assistant.settings import Settings
from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.servers import GOOD, KEY, Accident, Script, serving

pytestmark = pytest.mark.providers

QUESTION = "Who led the delegation of Russia in Geneva, and what did he call it?"
#: The question, and words of the article that the prompt and the answer hold.
TOLD = (QUESTION, "Medinsky", "chief negotiator", "businesslike")


class Heard(logging.Handler):
    """All that is logged, as it would be written, with the messages and traces of errors."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {logging.Formatter().format(record)} {record.args!r}")


@pytest.fixture
def heard() -> Iterator[Heard]:
    """What the whole program logs at DEBUG; the levels of all loggers are put back after it."""
    loggers = [logging.getLogger(name) for name in (*CLIENTS, "talks")]
    levels = [each.level for each in loggers]
    root, handler = logging.getLogger(), Heard()
    before, handlers = root.level, list(root.handlers)
    for each in loggers:
        each.setLevel(logging.NOTSET)
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.handlers[:] = handlers
    root.setLevel(before)
    for each, level in zip(loggers, levels, strict=True):
        each.setLevel(level)


@pytest.mark.parametrize("protocol", ["openai", "ollama"])
@pytest.mark.parametrize("script", [GOOD, 401, 500, Accident("cut", "Medinsky led"), Accident("garbage")])
@pytest.mark.parametrize("own", [False, True], ids=["the whole program logs", "Talks logs"])
def test_neither_key_nor_question_nor_article_is_logged(
    protocol: str,
    script: Script,
    own: bool,
    heard: Heard,
    tmp_path: Path,
    encoder: Encoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    if own:
        logging.getLogger().setLevel(logging.WARNING)
        set_up_logging("debug")
    with serving(protocol, script) as server:
        settings = Settings.read(home=tmp_path, model=f"{protocol}:m", model_url=server.url, model_timeout=20)
        with Service(settings, encoder=encoder) as service:
            assert service.ask(Request.of(QUESTION)).text
        assert server.asked
    log = "\n".join(heard.lines)
    assert "Asked a question" in log  # it was talkative
    for secret in (KEY, *TOLD):
        assert secret not in log


def test_the_clients_are_kept_from_saying_all_they_send_unless_somebody_wants_to_hear_it(
    heard: Heard, tmp_path: Path
) -> None:
    def speak() -> list[str]:
        heard.lines.clear()
        for name in CLIENTS:
            logging.getLogger(name).debug("Request options: %s", {"Authorization": f"Bearer {KEY}"})
        return [line.partition(":")[0] for line in heard.lines]

    assert speak() == list(CLIENTS)
    settings = {"home": tmp_path, "model": "ollama:m", "model_url": "http://127.0.0.1:9"}
    open_model(Settings.read(**settings, log_questions=True))
    assert speak() == list(CLIENTS)
    logging.getLogger("openai").setLevel(logging.DEBUG)
    open_model(Settings.read(**settings))
    assert speak() == ["openai"]
