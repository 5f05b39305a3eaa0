"""`talks models` over real HTTP: whether a model answers, how quick it is, and how many of its sentences stand."""

import json
import socket
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from assistant.cli.models import app
from assistant.evaluation import models
from assistant.evaluation.models import Trial, table, try_model
from assistant.settings import Settings
from index import SettingError
from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.servers import Script, Scripted, serving

pytestmark = pytest.mark.providers

DAYS = "Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday."


@pytest.fixture(autouse=True)
def few_questions(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(models, "QUESTIONS", ("Who led the delegation of Kyiv?", "Who headed the Russian team?"))
    monkeypatch.setattr("assistant.answering.generation.client.WAITS", (0.0, 0.0))
    yield


def on(prompt: str) -> str:
    """Names the days, then copies what answers from the material, with an invention behind it."""
    if "seven days" in prompt:
        return DAYS
    said = [line.split("] ", 1)[1] for line in prompt.splitlines() if line.startswith("[") and "Umerov" in line]
    return f"{said[0]} Umerov signed 40 contracts in Oslo." if said else "I cannot tell."


def settings(server: Scripted, **more: object) -> Settings:
    return Settings.read(model=f"{server.protocol}:m", model_url=server.url, model_timeout=30, **more)


def test_a_model_that_serves(encoder: Encoder) -> None:
    with serving("openai", on) as server:
        trial = try_model(settings(server), encoder)
    assert (trial.failure, trial.questions) == ("", 2)
    assert trial.first >= 0
    assert trial.pace > 0
    assert trial.sentences > trial.stand >= 1
    assert trial.written >= 1
    assert trial.judges is None


@pytest.mark.parametrize(("said", "serves"), [("Yes.", True), ("I cannot say.", False), (401, False)])
def test_a_second_judge_is_tried_too(encoder: Encoder, said: Script, serves: bool) -> None:
    with serving("ollama", on) as server, serving("openai", said) as judge:
        trial = try_model(settings(server, checker="openai:j", checker_url=judge.url), encoder)
    assert trial.judges is serves
    assert trial.checker == "openai:j"


def test_a_model_that_does_not_answer_is_one_sentence_and_exit_code_1() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
    result = CliRunner().invoke(app, ["--model", "openai:m", "--model-url", address, "--json"])
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert found["failure"].startswith("The model cannot be used (its server cannot be reached")


def test_without_a_model_one_sentence_says_how_to_name_one() -> None:
    with pytest.raises(SettingError, match="name one in TALKS_MODEL"):
        try_model(Settings.read())


def test_the_table_tells_the_share_that_stands() -> None:
    trial = Trial("ollama:m", first=0.4, pace=35, questions=8, written=6, seconds=40, sentences=20, stand=15)
    cells = [list(column.cells) for column in table(trial).columns]
    assert dict(zip(*cells, strict=True))["of these, stand"] == "15 (75%)"
