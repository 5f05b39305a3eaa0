"""Any model by its name, over real HTTP: it streams, and whatever goes wrong ends in quotes and one sentence."""

import json
import socket
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from assistant import Answer, Assistant
from assistant.answering.generation.client import TRIES, ModelError, close_model, open_model, scrubbed, streamed
from assistant.conversations.store import Conversations
from assistant.request import Request
from assistant.schemas import answer_info
from assistant.service import Service
from assistant.settings import Settings
from assistant.web.ui import rendering
from index import SettingError
from index.encoding.encoder import Encoder
from tests.assistant.answering.generation.servers import GOOD, KEY, Accident, Script, Scripted, citing, grown, serving

pytestmark = pytest.mark.providers

QUESTION = "Who led Russia's delegation?"
PROTOCOLS = ("openai", "ollama")
Ask = Callable[..., tuple[Answer, list[str], Scripted]]


@pytest.fixture
def ask(brief: Path, encoder: Encoder) -> Ask:
    def put(
        protocol: str, *answers: Script, question: str = QUESTION, timeout: float = 30, history: Sequence[str] = ()
    ) -> tuple[Answer, list[str], Scripted]:
        with serving(protocol, *answers) as server:
            settings = Settings.read(home=brief, model=f"{protocol}:m", model_url=server.url, model_timeout=timeout)
            with Assistant(brief, encoder=encoder, settings=settings) as talks:
                answer, pieces = grown(talks.stream(question, history))
        for citation in answer.citations:
            assert citation.article.text[citation.start : citation.end] == citation.quote
        return answer, pieces, server

    return put


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_answer_streams_with_its_markers_in_place(ask: Ask, protocol: str) -> None:
    answer, pieces, server = ask(protocol, GOOD)
    assert (answer.mode, answer.answered, answer.notices) == ("written", True, ())
    assert pieces == [
        "Vladimir Medinsky led Russia’s delegation as chief negotiator [1].",
        " He called the exchanges “difficult but businesslike.” [2]",
    ]
    assert [citation.number for citation in answer.citations] == [1, 2]
    assert not server.asked[0].get("tools")  # models without tools serve as well
    assert answer.checks is not None
    assert (answer.checks.sentences, answer.checks.kept, answer.checks.tokens) == (2, 2, 100)


def test_the_model_sees_numbered_sentences_with_title_publisher_and_date(ask: Ask) -> None:
    _, _, server = ask("openai", GOOD)
    assert "Article: Geneva round on Ukraine ends without a deal | Talks brief | 18 February 2026" in server.prompt()


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_recovers_is_asked_again(ask: Ask, protocol: str, status: int) -> None:
    answer, _, server = ask(protocol, status, GOOD)
    assert answer.mode == "written"
    assert len(server.asked) == 2


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    ("script", "says"),
    [
        (429, "asked too often"),
        (500, "answers with status 500"),
        (Accident("cut"), "broke off"),
        ("", "gave no answer"),
        ("I am sorry, but I cannot help with that.", "could be held to the articles"),
        ("Глава российской делегации — Владимир Мединский. [3]", "could be held to the articles"),
        ("La délégation russe était menée par un certain Dupont. [3]", "could be held to the articles"),
        ("%%% 0x11 }{ [3] ]] lorem ipsum dolor", "could be held to the articles"),
    ],
)  # fmt: skip
def test_where_the_model_fails_the_answer_comes_in_quotes_and_says_so(
    ask: Ask, protocol: str, script: Script, says: str
) -> None:
    answer, _, _ = ask(protocol, script)
    assert answer.mode == "quotes"
    assert answer.answered
    assert "Medinsky" in answer.text
    (notice,) = answer.notices
    assert says in notice
    assert notice.endswith("so the answer comes in quotes.")


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_malformed_output_comes_to_quotes(ask: Ask, protocol: str) -> None:
    answer, _, _ = ask(protocol, Accident("garbage"))
    assert answer.mode == "quotes"
    assert len(answer.notices) == 1


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_a_server_that_stalls_is_given_up(ask: Ask, protocol: str) -> None:
    answer, _, server = ask(protocol, Accident("stall"), timeout=0.5)
    assert answer.mode == "quotes"
    assert "in time" in answer.notices[0]
    assert len(server.asked) == 1


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_what_was_shown_before_a_cut_stays_and_the_reader_is_told(ask: Ask, protocol: str) -> None:
    shown, _, _ = ask(protocol, GOOD)
    first = shown.text.split(" He ")[0]
    answer, _, _ = ask(protocol, _cut_after_first)
    assert answer.mode == "written"
    assert answer.text == first
    assert "ends early" in answer.notices[0]


def test_no_server_at_all_comes_to_quotes(brief: Path, encoder: Encoder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/v1"
        settings = Settings.read(home=brief, model="openai:m", model_url=url, model_timeout=10)
        with Assistant(brief, encoder=encoder, settings=settings) as talks:
            answer = talks.ask(QUESTION)
    assert answer.mode == "quotes"
    assert "cannot be reached" in answer.notices[0]


def test_an_off_topic_question_costs_no_call(ask: Ask) -> None:
    answer, _, server = ask("openai", GOOD, question="How do I bake sourdough bread?")
    assert not answer.answered
    assert server.asked == []


def test_where_the_model_says_that_the_articles_do_not_say_and_they_do_quotes_answer(ask: Ask) -> None:
    answer, _, _ = ask("ollama", "The articles do not say.")
    assert (answer.answered, answer.mode) == (True, "quotes")
    assert answer.notices == ("The model found no answer where the articles have one, so the answer comes in quotes.",)
    assert "Medinsky" in answer.text


def test_a_follow_up_is_asked_as_a_question_of_its_own(ask: Ask) -> None:
    answer, _, server = ask(
        "openai", "What did Vladimir Medinsky say about the exchanges?", GOOD,
        question="What did he say about them?", history=["Who led Russia's delegation, Vladimir Medinsky?"],
    )  # fmt: skip
    assert answer.read_as == "What did Vladimir Medinsky say about the exchanges?"
    assert "The reader’s question: What did Vladimir Medinsky say" in server.prompt()


def test_a_rewritten_question_may_not_bring_in_names(ask: Ask) -> None:
    answer, _, _ = ask("openai", "What did Sergei Lavrov say?", GOOD, question="What did he say?", history=[QUESTION])
    assert answer.read_as == f"{QUESTION} What did he say?"  # by rule, then


def test_closing_the_stream_ends_the_call(brief: Path, encoder: Encoder) -> None:
    with serving("openai", lambda prompt: GOOD(prompt) + " More." * 200_000) as server:
        settings = Settings.read(home=brief, model="openai:m", model_url=server.url)
        with Assistant(brief, encoder=encoder, settings=settings) as talks:
            answer = talks.stream(QUESTION)
            assert next(answer).text == ""  # the model is asked
            assert next(answer).text.endswith("[1].")
            answer.close()
            assert server.gone.wait(20)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize(
    "before", ["", "Vladimir Medinsky led Russia’s delegation as chief negotiator. {addressed} And"]
)
def test_stopping_closes_the_request_even_where_nothing_comes(
    brief: Path, encoder: Encoder, protocol: str, before: str
) -> None:
    stop = threading.Event()
    with serving(protocol, lambda prompt: Accident("stall", citing(before)(prompt))) as server:
        settings = Settings.read(home=brief, model=f"{protocol}:m", model_url=server.url)
        with Assistant(brief, encoder=encoder, settings=settings) as talks:
            answers = talks.stream(QUESTION, stop=stop)
            shown = [next(answers) for _ in range(2 if before else 1)]
            threading.Timer(0.3, stop.set).start()
            *_, last = answers
            assert server.left.wait(20)
    assert last == shown[-1]
    assert len(server.asked) == 1


def test_a_missing_package_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "langchain_openai", None)
    with pytest.raises(SettingError, match=r"pip install 'talks-assistant\[openai\]'"):
        open_model(Settings.read(model="openai:m"))


def test_without_a_model_there_is_a_sentence_about_it() -> None:
    with pytest.raises(SettingError, match="TALKS_MODEL"):
        open_model(Settings.read())


def test_keys_stay_out_of_errors(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    answer, _, server = ask("openai", 400)
    assert any(KEY in value for value in server.headers[0].values())  # it was used
    assert KEY not in str(answer)
    assert KEY not in scrubbed(ValueError(f"Incorrect API key provided: {KEY}"))


def test_a_key_is_nowhere_on_disk_in_the_log_or_in_what_is_shown(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    caplog.set_level("DEBUG")  # of every library that has a say
    with serving("openai", 401, GOOD) as server:  # the server repeats the key in its complaint
        settings = Settings.read(home=tmp_path, model="openai:m", model_url=server.url, log_questions=True)
        with Service(settings, encoder=encoder) as service:
            talks = Conversations(tmp_path)
            conversation = talks.create("ann")
            shown = []
            for mode in ("quotes", "written"):
                answer = service.ask(Request.of(QUESTION))
                assert answer.mode == mode
                talks.add_turn(conversation, "ann", QUESTION, answer)
                shown.append(json.dumps(answer_info(answer)))
            shown += [talks.markdown(conversation, "ann"), str(rendering.turns(talks.turns(conversation, "ann")))]
            talks.close()
    assert all(any(KEY in value for value in headers.values()) for headers in server.headers)  # it was used
    assert "Asked" in caplog.text
    assert KEY not in caplog.text
    assert all(KEY not in each for each in shown)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 3
    assert all(KEY.encode() not in path.read_bytes() for path in files)


def test_of_a_long_conversation_the_model_is_shown_what_fits(ask: Ask) -> None:
    history = [
        f"Question {number}: " + "Who said what about Medinsky and his delegation? " * 70 for number in range(60)
    ]
    _, _, server = ask("openai", "What did Vladimir Medinsky say?", GOOD, question="What did he say?", history=history)
    shown = server.prompt(0)
    assert len(shown) < 4_000
    assert "Question 59:" in shown
    assert "Question 50:" not in shown


def test_thanks_cost_no_call(ask: Ask) -> None:
    answer, _, server = ask("openai", GOOD, question="Thank you!", history=[QUESTION])
    assert (answer.answered, answer.read_as) == (False, None)
    assert server.asked == []


def test_what_a_follow_up_takes_is_counted_with_its_answer(ask: Ask) -> None:
    answer, _, server = ask(
        "ollama", "Who led Russia's delegation?", GOOD,
        question="Who led its delegation?", history=["Did Russia send a delegation?"],
    )  # fmt: skip
    assert len(server.asked) == 2
    assert answer.checks is not None
    assert (answer.checks.tokens_read, answer.checks.tokens_written) == (180, 20)


def test_tries_are_spaced_out_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.answering.generation.client.WAITS", (0.5, 1.5))
    waited: list[float] = []
    with serving("openai", 503) as server:
        model = open_model(Settings.read(model="openai:m", model_url=server.url))
        with pytest.raises(ModelError, match="status 503"):
            list(streamed(model, [("human", "Hello")], 60, wait=waited.append))
        close_model(model)
    assert len(server.asked) == TRIES
    assert waited == [0.5, 1.5]


def _cut_after_first(prompt: str) -> Accident:  # a script may also be an accident made from the prompt
    first = GOOD(prompt).split(" He ")[0]
    return Accident("cut", first + " And then ")
