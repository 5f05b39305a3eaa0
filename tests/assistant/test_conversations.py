"""Conversations are kept word for word, seen by their owner only, and honest about articles that changed since."""

import html
import json
import multiprocessing
import re
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Checks, Citation, Passage
from assistant.conversations import ConversationError, Conversations
from index.article import Article

TEXT = "The talks ended on Tuesday. Nobody signed anything. “We will be back,” the envoy said."
QUOTE = "Nobody signed anything."
ARTICLE = Article(
    "a1", "Talks end", TEXT, "/news/a.txt", "Daily", "Ann Ivy", date(2026, 2, 18), "https://news.example/a(1)"
)


def answer_from(article: Article, quote: str = QUOTE) -> Answer:
    start = article.text.index(quote)
    cited = Citation(1, quote, start, start + len(quote), article)
    near = Passage(article.text[:27], 0, 27, 0.75, article)
    return Answer(f"{quote} [1]", True, (cited,), (near,), notices=("One notice.",), generation=4)


@pytest.fixture
def shelf() -> dict[str, Article]:
    """The articles that the library holds today."""
    return {"a1": ARTICLE}


@pytest.fixture
def talks(home_of_its_own: Path, shelf: dict[str, Article]) -> Iterator[Conversations]:
    found = Conversations(home_of_its_own, shelf=lambda ids: {each: shelf[each] for each in ids if each in shelf})
    yield found
    found.close()


def test_a_conversation_comes_back_as_it_was(talks: Conversations) -> None:
    conversation = talks.create("ann")
    answer = answer_from(ARTICLE)
    assert talks.add_turn(conversation, "ann", "Was anything signed?", answer) == 0
    assert talks.add_turn(conversation, "ann", "And then?", replace(answer, answered=False)) == 1
    first, second = talks.turns(conversation, "ann")
    assert (first.question, first.answer, first.stale, first.liked) == ("Was anything signed?", answer, (), None)
    assert (second.position, second.answer.answered) == (1, False)


def test_what_the_checks_came_to_and_how_it_was_read_are_kept(talks: Conversations) -> None:
    conversation = talks.create("ann")
    answer = replace(
        answer_from(ARTICLE), mode="written", read_as="Did the talks end with a signature?",
        checks=Checks(sentences=3, kept=1, rewritten=1, removed=1, again=2, tokens_read=700, tokens_written=60),
    )  # fmt: skip
    talks.add_turn(conversation, "ann", "And was it signed?", answer)
    assert talks.turns(conversation, "ann")[0].answer == answer
    exported = talks.markdown(conversation, "ann")
    assert "Read as: Did the talks end with a signature?" in exported
    assert "One notice." in exported
    assert (
        "Checked. The model wrote 3 sentences: 1 stands as written, 1 stands after being written once more, "
        "1 was left out." in exported
    )


def test_conversations_of_before_there_were_checks_are_read(talks: Conversations, home_of_its_own: Path) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Was anything signed?", answer_from(ARTICLE))
    with closing(sqlite3.connect(home_of_its_own / "conversations.sqlite3")) as db, db:
        kept = json.loads(db.execute("SELECT answer FROM turns").fetchone()[0])
        del kept["checks"], kept["read_as"]
        db.execute("UPDATE turns SET answer = ?", (json.dumps(kept),))
    assert talks.turns(conversation, "ann")[0].answer == answer_from(ARTICLE)


def test_it_survives_a_restart(talks: Conversations, home_of_its_own: Path) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Was anything signed?", answer_from(ARTICLE))
    talks.close()
    again = Conversations(home_of_its_own, shelf=lambda _: {"a1": ARTICLE})
    assert [turn.question for turn in again.turns(conversation, "ann")] == ["Was anything signed?"]
    again.close()


def test_a_time_of_day_is_kept(talks: Conversations, shelf: dict[str, Article]) -> None:
    shelf.clear()
    timed = replace(ARTICLE, published=datetime(2026, 2, 18, 9, 30, tzinfo=UTC))
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(timed))
    assert talks.turns(conversation, "ann")[0].stale[0].published == timed.published


def test_a_quote_whose_article_is_gone_is_stale_and_no_citation(
    talks: Conversations, shelf: dict[str, Article]
) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf.clear()
    (turn,) = talks.turns(conversation, "ann")
    assert turn.answer.text == f"{QUOTE} [1]"
    assert (turn.answer.citations, turn.answer.passages) == ((), ())
    cited, near = turn.stale
    assert (cited.number, cited.quote, cited.title, cited.publisher) == (1, QUOTE, "Talks end", "Daily")
    assert cited.gone
    assert near.number == 0


def test_a_quote_that_its_article_no_longer_holds_is_stale(talks: Conversations, shelf: dict[str, Article]) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text=TEXT.replace("Nobody", "Somebody"))
    (turn,) = talks.turns(conversation, "ann")
    assert turn.answer.citations == ()
    assert [(each.number, each.gone) for each in turn.stale] == [(1, False)]


def test_a_quote_that_moved_is_cited_where_it_now_stands(talks: Conversations, shelf: dict[str, Article]) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text="Correction: it was Tuesday.\n\n" + TEXT)
    (turn,) = talks.turns(conversation, "ann")
    (cited,) = turn.answer.citations
    assert cited.article.text[cited.start : cited.end] == cited.quote == QUOTE
    assert turn.stale == ()


def test_a_quote_that_moved_to_two_places_is_stale(talks: Conversations, shelf: dict[str, Article]) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text=f"Earlier: {QUOTE} Later: {QUOTE}")
    assert talks.turns(conversation, "ann")[0].answer.citations == ()


def test_only_the_owner_sees_a_conversation(talks: Conversations) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    assert talks.list("bob") == []
    for attempt in (
        lambda: talks.turns(conversation, "bob"),
        lambda: talks.add_turn(conversation, "bob", "Mine?", answer_from(ARTICLE)),
        lambda: talks.rate(conversation, "bob", 0, True),
        lambda: talks.rename(conversation, "bob", "Mine"),
        lambda: talks.markdown(conversation, "bob"),
        lambda: talks.delete(conversation, "bob"),
    ):
        with pytest.raises(ConversationError, match="is not there"):
            attempt()
    assert len(talks.turns(conversation, "ann")) == 1


def test_ids_cannot_be_guessed(talks: Conversations) -> None:
    ids = {talks.create("ann") for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) >= 32 for each in ids)


@pytest.mark.parametrize("owner", ["", "x" * 201])
def test_a_conversation_needs_an_owner(talks: Conversations, owner: str) -> None:
    with pytest.raises(ConversationError):
        talks.create(owner)


def test_the_list_shows_the_latest_first_titled_by_its_first_question(talks: Conversations) -> None:
    first, second, empty = talks.create("ann"), talks.create("ann"), talks.create("ann")
    talks.add_turn(first, "ann", "Who  led\nthe talks? " + "x" * 100, answer_from(ARTICLE))
    talks.add_turn(second, "ann", "Where?", answer_from(ARTICLE))
    talks.add_turn(first, "ann", "When?", answer_from(ARTICLE))
    listed = talks.list("ann")
    assert [(each.id, each.turns) for each in listed] == [(first, 2), (second, 1)]
    assert listed[0].title.startswith("Who led the talks? xxx")
    assert len(listed[0].title) <= 80
    assert empty not in [each.id for each in listed]
    talks.rename(second, "ann", "  Places ")
    assert talks.list("ann")[1].title == "Places"
    with pytest.raises(ConversationError):
        talks.rename(second, "ann", " \n ")


def test_asking_again_replaces_what_came_after(talks: Conversations) -> None:
    conversation = talks.create("ann")
    for question in ("One?", "Two?", "Three?"):
        talks.add_turn(conversation, "ann", question, answer_from(ARTICLE))
    assert talks.add_turn(conversation, "ann", "Two, again?", answer_from(ARTICLE), replace_from=1) == 1
    assert [turn.question for turn in talks.turns(conversation, "ann")] == ["One?", "Two, again?"]


def test_a_thumb_is_kept_with_question_answer_and_generation(talks: Conversations) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    talks.rate(conversation, "ann", 0, True)
    talks.rate(conversation, "ann", 0, False)
    assert talks.turns(conversation, "ann")[0].liked is False
    (rating,) = talks.ratings()
    assert (rating.liked, rating.question, rating.answer, rating.generation) == (False, "Signed?", f"{QUOTE} [1]", 4)
    talks.rate(conversation, "ann", 0, None)
    assert talks.ratings() == []
    with pytest.raises(ConversationError, match="not in this conversation"):
        talks.rate(conversation, "ann", 7, True)


def test_a_thumb_down_outlives_the_answer_that_was_asked_anew_and_does_not_pass_to_the_next(
    talks: Conversations,
) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    talks.rate(conversation, "ann", 0, False)
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE), replace_from=0)
    assert talks.turns(conversation, "ann")[0].liked is None
    assert len(talks.ratings()) == 1


def test_what_is_deleted_is_gone_from_the_disk(talks: Conversations, home_of_its_own: Path) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Is Zanzibarquix a word?", answer_from(ARTICLE))
    talks.rate(conversation, "ann", 0, True)
    talks.delete(conversation, "ann")
    assert (talks.list("ann"), talks.ratings()) == ([], [])
    with pytest.raises(ConversationError):
        talks.turns(conversation, "ann")
    for file in home_of_its_own.glob("conversations*"):
        assert b"Zanzibarquix" not in file.read_bytes()


def test_the_file_is_its_users_alone(talks: Conversations) -> None:
    assert talks.path.stat().st_mode & 0o077 == 0


def test_questions_may_hold_any_characters(talks: Conversations) -> None:
    conversation = talks.create("ann")
    odd = "'; DROP TABLE turns; -- \ud800 \u202e \0 <b>"
    talks.add_turn(conversation, "ann", odd, answer_from(ARTICLE))
    assert talks.turns(conversation, "ann")[0].question.startswith("'; DROP TABLE turns; --")


def test_the_export_gives_each_citation_as_a_footnote(talks: Conversations) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    talks.add_turn(conversation, "ann", "Really?", answer_from(ARTICLE))
    assert talks.markdown(conversation, "ann") == (
        "# Signed?\n\n"
        "## Signed?\n\n"
        "Nobody signed anything.[^1-1]\n\nOne notice.\n\n"
        "[^1-1]: “Talks end”, Daily, 18 February 2026, <https://news.example/a(1)>:\n"
        "    > Nobody signed anything.\n\n"
        "## Really?\n\n"
        "Nobody signed anything.[^2-1]\n\nOne notice.\n\n"
        "[^2-1]: “Talks end”, Daily, 18 February 2026, <https://news.example/a(1)>:\n"
        "    > Nobody signed anything.\n"
    )


def test_words_behind_a_marker_stay_apart_from_it_and_other_brackets_stay(talks: Conversations) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", replace(answer_from(ARTICLE), text="No [1] and [sic] [7]."))
    assert "\nNo[^1-1] and \\[sic\\] \\[7\\].\n" in talks.markdown(conversation, "ann")


def test_the_export_says_which_articles_are_gone(talks: Conversations, shelf: dict[str, Article]) -> None:
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf.clear()
    written = talks.markdown(conversation, "ann")
    assert "(no longer in the library):\n    > Nobody signed anything." in written


def test_nothing_in_an_export_is_markup(talks: Conversations, shelf: dict[str, Article]) -> None:
    text = "![x](https://evil.example/a.png) <img src=x onerror=alert(1)> `code` $x$\n# Heading\n1. item\n- item"
    hostile = replace(ARTICLE, title="[click](javascript:alert(1))", text=text, url="javascript:alert(1)")
    shelf["a1"] = hostile
    conversation = talks.create("ann")
    talks.add_turn(conversation, "ann", "<script>alert(1)</script> **bold**", answer_from(hostile, text))
    shown = MarkdownIt("commonmark").render(talks.markdown(conversation, "ann"))
    assert set(re.findall(r"<(\w+)", shown)) <= {"h1", "h2", "p"}
    for line in text.splitlines():
        assert html.escape(line, quote=True) in shown


def test_threads_add_at_the_same_time(talks: Conversations) -> None:
    conversation = talks.create("ann")
    with ThreadPoolExecutor(8) as pool:
        positions = list(
            pool.map(lambda n: talks.add_turn(conversation, "ann", f"{n}?", answer_from(ARTICLE)), range(40))
        )
    assert sorted(positions) == list(range(40))


def _add_ten(home: str, conversation: str) -> None:
    talks = Conversations(home)
    for number in range(10):
        talks.add_turn(conversation, "ann", f"{number}?", answer_from(ARTICLE))
    talks.close()


def test_processes_add_at_the_same_time(talks: Conversations, home_of_its_own: Path) -> None:
    conversation = talks.create("ann")
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_add_ten, args=(str(home_of_its_own), conversation)) for _ in range(3)]
    for each in others:
        each.start()
    for each in others:
        each.join(120)
    assert [each.exitcode for each in others] == [0, 0, 0]
    assert [turn.position for turn in talks.turns(conversation, "ann")] == list(range(30))


def test_a_damaged_file_is_one_sentence(home_of_its_own: Path) -> None:
    (home_of_its_own / "conversations.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(ConversationError, match="cannot be opened"):
        Conversations(home_of_its_own)
