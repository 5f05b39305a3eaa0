"""A question is read once, into one value; in another generation of the library it is read again."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant.answering import Pipeline
from assistant.engine import Engine
from assistant.models.question_types import QuestionTypes
from assistant.questions import QuestionReader
from assistant.request import Request
from index import Index
from index.encoding import Encoder

LED = Request.of("Who led the talks, according to the Lake Gazette?", ["Where did they meet?"])


@pytest.fixture
def engine(tmp_path: Path, encoder: Encoder) -> Iterator[Engine]:
    with Index(tmp_path, encoder=encoder) as index:
        index.add_text("The talks were led by Ida Moor. They ended on Monday.", title="Talks", publisher="Lake Gazette")
    with Engine(tmp_path, encoder=encoder) as found:
        found.load()
        yield found


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often what reads a question is called."""
    found: Counter[str] = Counter()
    for owner, name in ((Encoder, "encode"), (QuestionTypes, "read"), (QuestionReader, "read")):
        work = getattr(owner, name)

        def counted(*args: Any, work: Any = work, name: str = f"{owner.__name__}.{name}", **more: Any) -> Any:
            found[name] += 1
            return work(*args, **more)

        monkeypatch.setattr(owner, name, counted)
    return found


def test_an_answer_encodes_and_classifies_its_question_once(engine: Engine, calls: Counter[str]) -> None:
    assert "Ida Moor" in engine.ask(LED).text
    assert calls == {"Encoder.encode": 1, "QuestionTypes.read": 1, "QuestionReader.read": 1}


def test_the_question_holds_what_was_asked_and_what_is_looked_for(engine: Engine) -> None:
    question = QuestionReader(engine.reader).read(LED)
    assert (question.asked, question.paper) == (LED.question, "Lake Gazette")
    assert question.text == "Who led the talks?"
    assert question.where.publisher == "Lake Gazette"
    assert LED.where.publisher is None


def test_a_question_that_was_read_in_an_older_library_is_read_again(
    engine: Engine, encoder: Encoder, calls: Counter[str]
) -> None:
    pipeline = Pipeline(engine.reader)
    question = pipeline.read(LED)
    pipeline.look_up(LED, question)
    assert calls["QuestionReader.read"] == 1
    with Index(engine.home.folder, encoder=encoder) as index:
        index.add_text("The mill of Oldwick was sold to Jonas Reed.", title="Mill sold")
    engine.reader.refresh()
    pipeline.look_up(LED, question)
    assert calls["QuestionReader.read"] == 2
