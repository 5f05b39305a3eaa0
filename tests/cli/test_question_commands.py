"""The commands that ask the library: ask and retrieve."""

import json
from pathlib import Path

import pytest

from assistant.cli.main import app as asking
from assistant.settings import Settings
from index import Index
from tests.assistant.answering.generation.servers import citing, serving
from tests.cli.commands import run, the_error


def test_ask_shows_the_answer_and_each_quote_in_its_surroundings(library: Path) -> None:
    result = run(asking, "ask", "Who led the Russian delegation in Geneva?")
    assert result.exit_code == 0, result.output
    answer, _, below = result.stdout.partition("\n\n[1] ")
    assert "Vladimir Medinsky led the Russian delegation." in answer
    assert below.startswith("Talks in Geneva end (Morning Post, 18 February 2026)")
    assert "**" in below


def test_ask_with_json_gives_citations_that_are_exact(library: Path) -> None:
    value = json.loads(run(asking, "ask", "Who led the Russian delegation in Geneva?", "--json").stdout)
    with Index(library) as index:
        texts = {article.id: article.text for article in index.articles()}
    assert value["answered"] is True
    assert value["citations"]
    for each in value["citations"]:
        assert texts[each["article"]["id"]][each["start"] : each["end"]] == each["quote"]


@pytest.mark.providers
def test_the_flags_for_a_model_reach_it_and_its_checks_are_told(library: Path) -> None:
    writes = citing("Vladimir Medinsky led the Russian delegation. {Medinsky led} It cost 500 crowns. {Medinsky led}")
    with serving("openai", writes, "It cost 600 crowns. [1]") as server:
        flags = ("--model", "openai:small", "--model-url", server.url, "--model-timeout", "20")
        value = json.loads(run(asking, "ask", "Who led the Russian delegation?", *flags, "--json").stdout)
        server.answers.appendleft(writes)
        told = run(asking, "ask", "Who led the Russian delegation?", *flags).stdout
    assert {each["model"] for each in server.asked} == {"small"}
    assert (value["mode"], value["read_as"]) == ("written", None)
    assert (value["checks"]["sentences"], value["checks"]["kept"], value["checks"]["removed"]) == (2, 1, 1)
    assert "Checked. The model wrote 2 sentences: 1 stands as written, 1 was left out." in told


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_the_flags_for_a_model_reach_what_serves(command: str, monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Settings] = []
    monkeypatch.setattr("assistant.web.server.serve", served.append)
    monkeypatch.setattr("assistant.web.api.mcp_server.run_mcp", served.append)
    flags = ("--model", "ollama:m", "--model-url", "http://127.0.0.1:1", "--model-timeout", "9")
    assert run(asking, command, *flags).exit_code == 0
    assert [(each.model, each.model_url, each.model_timeout) for each in served] == [
        ("ollama:m", "http://127.0.0.1:1", 9.0)
    ]


def test_what_the_articles_do_not_say_ends_with_3_and_offers_reading(library: Path) -> None:
    result = run(asking, "ask", "Which vitamins are in broccoli?")
    assert result.exit_code == 3
    assert result.stdout.startswith("The articles do not say")
    assert "To read:" in result.stdout


def test_a_library_that_never_held_anything_takes_in_the_brief_and_says_so() -> None:
    result = run(asking, "ask", "Who heads Ukraine's national security and defense council?", "--json")
    assert result.exit_code == 0
    assert "Umerov" in json.loads(result.stdout)["text"]
    assert "the brief that ships with Talks was put in" in result.stderr


def test_earlier_questions_tell_who_is_meant(library: Path) -> None:
    earlier = ("--history", "Who led the Russian delegation in Geneva?")
    result = run(asking, "ask", "What did he tell reporters?", *earlier)
    assert result.exit_code == 0
    assert "difficult but businesslike" in result.stdout


def test_retrieve_gives_as_many_passages_as_asked_for(library: Path) -> None:
    value = json.loads(run(asking, "retrieve", "Who led the delegation?", "-k", "1", "--json").stdout)
    assert [each["article"]["title"] for each in value] == ["Talks in Geneva end"]
    assert "characters 0–" in run(asking, "retrieve", "Who led the delegation?").stdout


def test_filters_leave_out_other_articles(library: Path) -> None:
    def found(*filters: str) -> list[str]:
        result = run(asking, "retrieve", "What happened?", "--json", *filters)
        return [each["article"]["publisher"] for each in json.loads(result.stdout)]

    assert found("--publisher", "evening news") == ["Evening News"]
    assert found("--before", "2026-02-20") == ["Morning Post"]
    assert found("--after", "2026-02-20") == ["Evening News"]
    assert found("--publisher", "Nobody") == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ask", "  "], "The question is empty"),
        (["ask", "x" * 100_000], "The question has 100,000 characters"),
        (["ask", "Who led?", "--after", "2026-02-30"], "cannot be read: write it like 2026-02-18"),
        (["ask", "Who led?", "--after", "2026-03-01", "--before", "2026-02-01"], "exchange the two dates"),
        (["retrieve", "Who led?", "-k", "0"], "must lie between 1 and 1,000"),
    ],
)
def test_a_question_that_cannot_be_used_is_one_sentence(arguments: list[str], said: str, library: Path) -> None:
    assert said in the_error(run(asking, *arguments))
