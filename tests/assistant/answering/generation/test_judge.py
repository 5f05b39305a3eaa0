"""A second judge, asked over real HTTP: it is asked of each sentence that the checks let stand, and only takes away."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answering.generation.judge import says_yes
from assistant.settings import Settings
from index import SettingError
from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.servers import GOOD, Accident, Script, Scripted, citing, serving

pytestmark = pytest.mark.providers

QUESTION = "Who led Russia's delegation?"
INVENTED = citing("Medinsky promised 600 tanks. {addressed reporters}")
Ask = Callable[..., tuple[Answer, Scripted]]


@pytest.fixture
def ask(brief: Path, encoder: Encoder) -> Ask:
    def put(wrote: Script, *judged: Script, protocol: str = "openai") -> tuple[Answer, Scripted]:
        with serving("openai", wrote) as writer, serving(protocol, *judged) as judge:
            settings = Settings.read(
                home=brief,
                model="openai:m",
                model_url=writer.url,
                checker=f"{protocol}:j",
                checker_url=judge.url,
                model_timeout=30,
            )
            with Assistant(brief, encoder=encoder, settings=settings) as talks:
                return talks.ask(QUESTION), judge

    return put


@pytest.mark.parametrize("protocol", ["openai", "ollama"])
def test_what_the_judge_agrees_with_stands(ask: Ask, protocol: str) -> None:
    answer, judge = ask(GOOD, "Yes.", protocol=protocol)
    assert answer.mode == "written"
    assert answer.checks is not None
    assert (answer.checks.sentences, answer.checks.kept) == (2, 2)
    assert len(judge.asked) == 2
    assert answer.checks.tokens == 300, "its word pieces are counted, too"


def test_what_the_judge_does_not_find_is_not_shown(ask: Ask) -> None:
    answer, judge = ask(GOOD, lambda prompt: "No." if "The sentence: “He" in prompt else "yes")
    assert answer.text.startswith("Vladimir Medinsky led Russia’s delegation as chief negotiator")
    assert "He called" not in answer.text.replace(answer.citations[-1].quote, "")
    assert any("The sentence: “He called" in judge.prompt(at) for at in range(len(judge.asked)))


def test_where_the_judge_finds_nothing_the_quotes_answer(ask: Ask) -> None:
    answer, _ = ask(GOOD, "No")
    assert (answer.mode, answer.answered) == ("quotes", True)
    assert answer.checks is not None
    assert answer.checks.kept == answer.checks.rewritten == 0


def test_the_judge_cannot_save_what_the_checks_stop(ask: Ask) -> None:
    answer, judge = ask(INVENTED, "Yes.")
    assert "600" not in answer.text
    assert judge.asked == []


def test_it_sees_the_sentence_and_the_words_that_carry_it(ask: Ask) -> None:
    _, judge = ask(GOOD, "Yes.")
    assert "Geneva round on Ukraine ends without a deal | Talks brief" in judge.prompt(0)
    assert "addressed reporters" in judge.prompt(0)
    assert "The sentence: “Vladimir Medinsky led Russia’s delegation as chief negotiator.”" in judge.prompt(0)


@pytest.mark.parametrize("fails", [401, Accident("cut")])
def test_where_it_is_away_the_answer_comes_in_quotes_and_says_so(ask: Ask, fails: Script) -> None:
    answer, _ = ask(GOOD, fails)
    assert (answer.mode, answer.answered) == ("quotes", True)
    notice = answer.notices[-1]
    assert len(answer.notices) == 1, answer.notices
    assert notice.startswith("The second judge cannot be used (")
    assert notice.endswith("so the answer comes in quotes.")


def test_stop_reaches_it(brief: Path, encoder: Encoder) -> None:
    stop = threading.Event()

    def when_asked() -> None:
        while not judge.asked:
            time.sleep(0.02)
        stop.set()

    with serving("openai", GOOD) as writer, serving("openai", Accident("stall")) as judge:
        settings = Settings.read(
            home=brief, model="openai:m", model_url=writer.url, checker="openai:j", checker_url=judge.url
        )
        with Assistant(brief, encoder=encoder, settings=settings) as talks:
            threading.Thread(target=when_asked, daemon=True).start()
            *_, answer = talks.stream(QUESTION, stop=stop)
        assert judge.left.wait(5)
    assert answer.text == ""


def test_only_a_plain_yes_is_one() -> None:
    assert all(map(says_yes, ("Yes", "yes.", "**Yes**, it does.", "<think>no?</think>Yes")))
    assert not any(map(says_yes, ("", "No", "Not really, yes", "Yes and no", "Perhaps", "<think>yes")))


def test_a_judge_that_cannot_be_named_so_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SettingError, match="provider:name"):
        Settings.read(home=tmp_path, checker="llama")
