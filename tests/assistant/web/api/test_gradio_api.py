"""What programs can rely on: four named endpoints with nested types, one-sentence errors, and no path to the disk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

ASKED = "Who led Russia's delegation in Geneva?"


@pytest.fixture(scope="module")
def client(served: Any) -> Iterator[Client]:
    found = Client(served.url, verbose=False, analytics_enabled=False)
    yield found
    found.close()


def test_the_endpoints_are_named_and_their_schemas_nested(client: Client) -> None:
    described = client.view_api(return_format="dict", print_info=False)["named_endpoints"]
    assert {"/ask", "/retrieve", "/people", "/statements", "/add_article", "/articles"} <= described.keys()
    asked = [each["parameter_name"] for each in described["/ask"]["parameters"]]
    assert asked == ["question", "history", "publisher", "after", "before"]
    answer = described["/ask"]["returns"][0]["type"]["properties"]
    assert answer["answered"]["type"] == "boolean"
    assert {"checks", "read_as", "mode", "notices", "short", "sections", "contrasts"} <= answer.keys()
    citation = answer["citations"]["items"]["properties"]
    assert {"number", "quote", "start", "end", "article", "speaker", "date", "also", "opinion"} == citation.keys()
    assert "publisher" in citation["article"]["properties"]


def test_ask_answers_with_citations(client: Client) -> None:
    answer = client.predict(ASKED, api_name="/ask")
    assert answer["answered"] is True
    assert answer["citations"]
    for citation in answer["citations"]:
        assert f"[{citation['number']}]" in answer["text"]
        assert citation["end"] - citation["start"] == len(citation["quote"])
        assert citation["article"]["title"]


def test_ask_says_where_the_articles_do_not_say(client: Client) -> None:
    answer = client.predict("How many goals did Brazil score in the final?", api_name="/ask")
    assert answer["answered"] is False
    assert answer["citations"] == []


def test_retrieve_gives_as_many_passages_as_asked_for(client: Client) -> None:
    passages = client.predict(ASKED, 2, api_name="/retrieve")
    assert len(passages) == 2
    assert all(each["text"] for each in passages)
    assert passages[0]["score"] >= passages[1]["score"]


def test_how_a_follow_up_was_read_is_told(client: Client) -> None:
    answer = client.predict("What did he call the talks?", [ASKED], api_name="/ask")
    assert (answer["read_as"], answer["checks"]) == (f"{ASKED} What did he call the talks?", None)


def test_a_history_carries_a_follow_up(client: Client) -> None:
    passages = client.predict("And who led the other one?", 3, [ASKED], api_name="/retrieve")
    assert len(passages) == 3


def test_an_article_added_as_text_is_found_by_the_next_question(client: Client) -> None:
    text = (
        "The lighthouse of Vesterby will be lit again in June, the keeper Astrid Holm said on Tuesday. "
        "It went dark eleven years ago when its lens cracked in a storm."
    )
    added = client.predict(None, text, "Lighthouse lit again", "Coast Courier", "2026-02-20", api_name="/add_article")
    assert (added["publisher"], added["published"]) == ("Coast Courier", "2026-02-20")
    answer = client.predict("Who is the keeper of the lighthouse of Vesterby?", api_name="/ask")
    assert answer["answered"] is True
    assert "Astrid Holm" in answer["text"]
    held = client.predict(api_name="/articles")
    assert added["id"] in [each["article"]["id"] for each in held]
    assert all(each["passages"] > 0 for each in held)


def test_an_article_added_by_address_is_found_by_the_next_question(client: Client) -> None:
    added = client.predict("https://news.example/harbour", api_name="/add_article")
    assert added["title"] == "Harbour opens again"
    answer = client.predict("Which ship was the first to enter the harbour of Porto Sereno?", api_name="/ask")
    assert "Albatros" in answer["text"]


def test_a_path_is_no_address_and_no_file_of_the_server_is_read(client: Client, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Nobody may read this over the web.", encoding="utf-8")
    for path in (str(secret), secret.as_uri()):
        with pytest.raises(AppError, match="is not a web address"):
            client.predict(path, api_name="/add_article")


@pytest.mark.parametrize(
    ("endpoint", "values", "sentence"),
    [
        ("/ask", [""], "The question is empty"),
        ("/ask", [17], "The value of “question” must be text, and is a number."),
        ("/ask", ["Who?", "one text"], "The value of “history” must be a list of texts"),
        ("/ask", ["Who?", [{"role": "user"}]], "The value of “history” must be text, and is an object."),
        ("/ask", ["Who?", [], None, "soon"], "The date “soon”"),
        ("/ask", ["Who?", [], None, "2026-03-01", "2026-02-01"], "exchange the two dates"),
        ("/ask", ["x" * 4_001], "The question has 4,001 characters"),
        ("/retrieve", ["Who?", 0], "must lie between 1 and 1,000"),
        ("/retrieve", ["Who?", "five"], "must lie between 1 and 1,000"),
        ("/add_article", [], "There is nothing to add"),
        ("/add_article", [None, "Words.", None], "The pasted article has no title"),
        ("/add_article", [None, "Words.", "Title", None, "yesterday"], "The date “yesterday” (published)"),
        ("/add_article", ["https://news.example/gone"], "answers with status 404"),
    ],
)
def test_what_cannot_be_used_comes_back_as_one_sentence(
    client: Client, endpoint: str, values: list[Any], sentence: str
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(*values, api_name=endpoint)
    said = str(caught.value)
    assert sentence in said
    assert "Traceback" not in said
    assert "\n" not in said


def test_fifty_questions_at_once_are_all_answered(served: Any, client: Client) -> None:
    questions = [f"{ASKED} ({number})" for number in range(50)]
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda question: client.predict(question, api_name="/ask"), questions))
    assert len(answers) == 50
    assert all(answer["text"] for answer in answers)
