"""A model in this process, by llama.cpp itself: it loads beside, answers, stops at once, and opens no door."""

import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from assistant import Assistant
from assistant.answering.generation.client import ModelError, close_model, open_model, streamed
from assistant.answering.generation.local import LocalModel
from assistant.answering.generation.streaming import Stopped
from assistant.settings import Settings
from index import SettingError
from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.tiny import write_tiny

MESSAGES = [("system", "You are brief."), ("human", "Who led?")]


@pytest.fixture(autouse=True, scope="module")
def one_thread() -> Iterator[None]:
    """Its threads wait for each other at every step, which takes long beside other tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.answering.generation.local.processors", lambda: 1)
        yield


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny(tmp_path_factory.mktemp("models") / "tiny model.gguf")


@pytest.fixture(scope="module")
def model(file: Path) -> Iterator[LocalModel]:
    model = LocalModel(path=str(file), longest=40)
    yield model
    model.close()


def test_it_is_opened_by_its_file(file: Path) -> None:
    model = open_model(Settings.read(model=f"gguf:{file}"))
    assert isinstance(model, LocalModel)
    close_model(model)


def test_it_streams_and_counts(model: LocalModel) -> None:
    counted: list[tuple[int, int]] = []
    pieces = list(streamed(model, MESSAGES, 60, usage=lambda *two: counted.append(two)))
    assert "".join(pieces) == "A" * 40
    assert len(pieces) > 5
    [(read, written)] = counted
    assert read > 10
    assert written == 40


def test_it_serves_as_any_chat_model_does(model: LocalModel) -> None:
    assert str(model.invoke(MESSAGES).content) == "A" * 40


def test_stop_is_heard_within_half_a_second(file: Path) -> None:
    model = LocalModel(path=str(file), longest=4_000)
    stop = threading.Event()
    answer = streamed(model, MESSAGES, 60, stop=stop)
    next(answer)
    began = time.monotonic()
    answer.close()
    again = streamed(model, [("human", "And then?")], 60)
    assert next(again) == "A", "the next question does not wait for what was stopped"
    assert time.monotonic() - began < 2, "llama.cpp itself ended; alone on the machine it takes some milliseconds"
    again.close()
    model.close()


def test_a_long_question_can_be_stopped_while_it_is_read(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.answering.generation.local.BATCH", 2)  # so that reading takes much longer
    model = LocalModel(path=str(file))
    pieces: list[str] = []
    try:
        list(streamed(model, MESSAGES, 60))  # it has loaded
        stop = threading.Event()
        threading.Timer(0.05, stop.set).start()
        with pytest.raises(Stopped):
            pieces.extend(streamed(model, [("human", "word " * 450)], 60, stop=stop))
    finally:
        model.close()
    assert pieces == [], "it had not begun to write"


def test_nobody_else_gets_in(model: LocalModel) -> None:
    if model.address.startswith("unix:"):
        folder = Path(model.address.removeprefix("unix://")).parent
        assert folder.stat().st_mode & 0o077 == 0
        transport = httpx.HTTPTransport(uds=model.address.removeprefix("unix://"))
        client = httpx.Client(transport=transport, base_url="http://model")
    else:
        client = httpx.Client(base_url=model.address)
    with client:
        for path in ("/v1/chat/completions", "/completion"):
            assert client.post(path, json={"messages": [], "prompt": ""}).status_code == 401
        assert client.get("/slots").status_code in {401, 404, 501}
        assert client.get("/").status_code in {401, 404}


def test_a_closed_model_leaves_nothing_behind(file: Path) -> None:
    model = LocalModel(path=str(file))
    place = Path(model.address.removeprefix("unix://"))
    model.close()
    assert not place.parent.exists() or model.address.startswith("http")


def test_what_is_too_long_for_it_is_one_sentence(model: LocalModel) -> None:
    with pytest.raises(ModelError, match="The model cannot be used"):
        list(streamed(model, [("human", "word " * 3_000)], 60))


@pytest.mark.parametrize("data", [b"", b"<html>Not found</html>"])
def test_a_file_that_is_no_model_is_one_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(data)
    with pytest.raises(SettingError, match="is no GGUF file"):
        open_model(Settings.read(model=f"gguf:{path}"))
    with pytest.raises(SettingError, match="cannot be read"):
        open_model(Settings.read(model=f"gguf:{tmp_path / 'none.gguf'}"))


def test_a_damaged_model_leads_to_quotes(tmp_path: Path, file: Path, encoder: Encoder) -> None:
    path = tmp_path / "cut.gguf"
    path.write_bytes(file.read_bytes()[:20_000])
    settings = Settings.read(home=tmp_path / "home", model=f"gguf:{path}")
    with Assistant(tmp_path / "home", encoder=encoder, settings=settings) as talks:
        answer = talks.ask("Who led Russia's delegation?")
    assert (answer.mode, answer.answered) == ("quotes", True)
    assert f"{path} cannot be used" in answer.notices[-1]


def test_without_the_extra_one_sentence_says_what_to_install(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xllamacpp", None)
    with pytest.raises(SettingError, match=r"pip install 'talks-assistant\[local\]'"):
        open_model(Settings.read(model=f"gguf:{file}"))
