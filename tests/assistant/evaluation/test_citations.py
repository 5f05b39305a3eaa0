"""Evaluating a model that writes, and comparing two evaluations."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.cli.main import app
from assistant.evaluation.comparison import compare
from index import QuestionError
from tests.assistant.answering.generation.servers import GOOD, serving

pytestmark = pytest.mark.providers

QUESTIONS = (
    {"id": "1", "question": "Who led Russia's delegation?", "answerable": True, "answers": ["Medinsky"],
     "evidence": [{"article": "geneva-round-ends-without-deal", "quote": "led Russia’s delegation"}]},
    {"id": "2", "question": "Who wrote Don Quixote?", "answerable": False, "evidence": []},
)  # fmt: skip


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    file = tmp_path / "questions.jsonl"
    file.write_text("\n".join(map(json.dumps, QUESTIONS)), encoding="utf-8")
    return file


def run(*arguments: object) -> str:
    result = CliRunner().invoke(app, [str(each) for each in arguments])
    assert result.exit_code == 0, result.output
    return result.output


def test_evaluating_with_a_model_tells_how_well_its_sentences_are_held(
    questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    quotes, written = tmp_path / "quotes.json", tmp_path / "written.json"
    assert "tokens per answer" not in run("evaluate", questions, "--json", quotes)
    with serving("openai", GOOD) as server:
        monkeypatch.setenv("TALKS_MODEL_URL", server.url)
        monkeypatch.setenv("TALKS_MODEL_PRICE_IN", "2")
        monkeypatch.setenv("TALKS_MODEL_PRICE_OUT", "8")
        table = run("evaluate", questions, "--model", "openai:m", "--json", written)
    assert "sentences shown that their citations hold" in table
    value = json.loads(written.read_text(encoding="utf-8"))
    assert value["written"] == {
        "answers": 1, "written": 1.0, "refused": 0.0, "supported": 1.0, "precise": 1.0,
        "removed": 0.0, "replaced": 0.0, "rewritten": 0.0, "tokens": 100.0,
        "cost": pytest.approx((90 * 2 + 10 * 8) / 1_000_000),
    }  # fmt: skip
    compared = {each.name: each for each in compare(quotes, written)}
    assert compared["contains what it should"].difference == 0
    assert "95% interval" in run("compare", quotes, written)
    assert "0.000260" in table
    assert "0.000260" in run("compare", written, written)


def test_without_prices_only_tokens_are_told(questions: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving("ollama", GOOD) as server:
        table = run("evaluate", questions, "--model", "ollama:m", "--model-url", server.url)
    assert re.search(r"tokens per answer +100\.0", table)
    assert re.search(r"cost per answer +-", table)


def outcomes(file: Path, ranks: list[float]) -> Path:
    rows = [{"id": str(i), "question": "?", "answered": True, "reciprocal_rank": rank} for i, rank in enumerate(ranks)]
    file.write_text(json.dumps({"outcomes": rows}), encoding="utf-8")
    return file


def test_a_difference_comes_with_its_interval(tmp_path: Path) -> None:
    one = outcomes(tmp_path / "a.json", [0.0, 0.5] * 50)
    two = outcomes(tmp_path / "b.json", [0.5, 0.5] * 50)
    (found,) = [each for each in compare(one, two) if each.name == "reciprocal rank"]
    assert (found.questions, found.first, found.second) == (100, 0.25, 0.5)
    # 50 of 100 differences are .5, so their mean has a standard error of .025.
    assert found.low == pytest.approx(0.25 - 1.96 * 0.025, abs=0.01)
    assert found.high == pytest.approx(0.25 + 1.96 * 0.025, abs=0.01)


def test_what_is_no_evaluation_is_named(tmp_path: Path) -> None:
    one = outcomes(tmp_path / "a.json", [1.0])
    (tmp_path / "b.json").write_text("[]", encoding="utf-8")
    with pytest.raises(QuestionError, match=r"b\.json is no evaluation"):
        compare(one, tmp_path / "b.json")
    with pytest.raises(QuestionError, match="cannot be read"):
        compare(one, tmp_path / "c.json")
    (tmp_path / "d.json").write_text('{"outcomes": []}', encoding="utf-8")
    with pytest.raises(QuestionError, match="share no question"):
        compare(one, tmp_path / "d.json")
