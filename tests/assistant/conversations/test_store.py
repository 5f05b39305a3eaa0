"""Conversations are kept word for word, seen by their owner only, and honest about articles that changed since."""

import json
import multiprocessing
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Checks, Contrast, SameWords, Section, ShortSpan
from assistant.conversations.store import ConversationError, Conversations
from index.article import Article
from tests.assistant.conversations.kept import ARTICLE, QUOTE, TEXT, answer_from


def test_a_conversation_comes_back_as_it_was(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    answer = answer_from(ARTICLE)
    assert conversations.add_turn(conversation, "ann", "Was anything signed?", answer) == 0
    assert conversations.add_turn(conversation, "ann", "And then?", replace(answer, answered=False)) == 1
    first, second = conversations.turns(conversation, "ann")
    assert (first.question, first.answer, first.stale, first.liked) == ("Was anything signed?", answer, (), None)
    assert (second.position, second.answer.answered) == (1, False)


def test_what_the_checks_came_to_and_how_it_was_read_are_kept(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    answer = replace(
        answer_from(ARTICLE), mode="written", read_as="Did the talks end with a signature?",
        checks=Checks(sentences=3, kept=1, rewritten=1, removed=1, again=2, tokens_read=700, tokens_written=60),
    )  # fmt: skip
    conversations.add_turn(conversation, "ann", "And was it signed?", answer)
    assert conversations.turns(conversation, "ann")[0].answer == answer
    exported = conversations.markdown(conversation, "ann")
    assert "Read as: Did the talks end with a signature?" in exported
    assert "One notice." in exported
    assert (
        "Checked. The model wrote 3 sentences: 1 stands as written, 1 stands after being written once more, "
        "1 was left out." in exported
    )


def test_where_papers_differ_and_who_prints_the_same_is_kept(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    answer = answer_from(ARTICLE)
    (citation,) = answer.citations
    same = SameWords("The talks ended on Tuesday.", 0, 27, ARTICLE)
    span = ShortSpan("Nobody", citation.start, citation.start + 6, 1)
    answer = replace(
        answer,
        citations=(replace(citation, also=(same,)),),
        sections=(Section("Daily", (1,)),),
        contrasts=(Contrast("words", "", False, (span,)),),
    )
    conversations.add_turn(conversation, "ann", "And was it signed?", answer)
    assert conversations.turns(conversation, "ann")[0].answer == answer


def test_conversations_of_before_there_were_checks_are_read(
    conversations: Conversations, home_of_its_own: Path
) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Was anything signed?", answer_from(ARTICLE))
    with closing(sqlite3.connect(home_of_its_own / "conversations.sqlite3")) as db, db:
        kept = json.loads(db.execute("SELECT answer FROM turns").fetchone()[0])
        del kept["checks"], kept["read_as"], kept["contrasts"], kept["citations"][0]["also"]
        db.execute("UPDATE turns SET answer = ?", (json.dumps(kept),))
    assert conversations.turns(conversation, "ann")[0].answer == answer_from(ARTICLE)


def test_it_survives_a_restart(conversations: Conversations, home_of_its_own: Path) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Was anything signed?", answer_from(ARTICLE))
    conversations.close()
    again = Conversations(home_of_its_own, shelf=lambda _: {"a1": ARTICLE})
    assert [turn.question for turn in again.turns(conversation, "ann")] == ["Was anything signed?"]
    again.close()


def test_a_time_of_day_is_kept(conversations: Conversations, shelf: dict[str, Article]) -> None:
    shelf.clear()
    timed = replace(ARTICLE, published=datetime(2026, 2, 18, 9, 30, tzinfo=UTC))
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(timed))
    assert conversations.turns(conversation, "ann")[0].stale[0].published == timed.published


def test_a_quote_whose_article_is_gone_is_stale_and_no_citation(
    conversations: Conversations, shelf: dict[str, Article]
) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf.clear()
    (turn,) = conversations.turns(conversation, "ann")
    assert turn.answer.text == f"{QUOTE} [1]"
    assert (turn.answer.citations, turn.answer.passages) == ((), ())
    cited, near = turn.stale
    assert (cited.number, cited.quote, cited.title, cited.publisher) == (1, QUOTE, "Talks end", "Daily")
    assert cited.gone
    assert near.number == 0


def test_a_quote_that_its_article_no_longer_holds_is_stale(
    conversations: Conversations, shelf: dict[str, Article]
) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text=TEXT.replace("Nobody", "Somebody"))
    (turn,) = conversations.turns(conversation, "ann")
    assert turn.answer.citations == ()
    assert [(each.number, each.gone) for each in turn.stale] == [(1, False)]


def test_a_quote_that_moved_is_cited_where_it_now_stands(
    conversations: Conversations, shelf: dict[str, Article]
) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text="Correction: it was Tuesday.\n\n" + TEXT)
    (turn,) = conversations.turns(conversation, "ann")
    (cited,) = turn.answer.citations
    assert cited.article.text[cited.start : cited.end] == cited.quote == QUOTE
    assert turn.stale == ()


def test_a_quote_that_moved_to_two_places_is_stale(conversations: Conversations, shelf: dict[str, Article]) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    shelf["a1"] = replace(ARTICLE, text=f"Earlier: {QUOTE} Later: {QUOTE}")
    assert conversations.turns(conversation, "ann")[0].answer.citations == ()


def test_only_the_owner_sees_a_conversation(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    assert conversations.list("bob") == []
    for attempt in (
        lambda: conversations.turns(conversation, "bob"),
        lambda: conversations.add_turn(conversation, "bob", "Mine?", answer_from(ARTICLE)),
        lambda: conversations.rate(conversation, "bob", 0, True),
        lambda: conversations.rename(conversation, "bob", "Mine"),
        lambda: conversations.markdown(conversation, "bob"),
        lambda: conversations.delete(conversation, "bob"),
    ):
        with pytest.raises(ConversationError, match="is not there"):
            attempt()
    assert len(conversations.turns(conversation, "ann")) == 1


def test_ids_cannot_be_guessed(conversations: Conversations) -> None:
    ids = {conversations.create("ann") for _ in range(100)}
    assert len(ids) == 100
    assert all(len(each) >= 32 for each in ids)


@pytest.mark.parametrize("owner", ["", "x" * 201])
def test_a_conversation_needs_an_owner(conversations: Conversations, owner: str) -> None:
    with pytest.raises(ConversationError):
        conversations.create(owner)


def test_the_list_shows_the_latest_first_titled_by_its_first_question(conversations: Conversations) -> None:
    first, second, empty = conversations.create("ann"), conversations.create("ann"), conversations.create("ann")
    conversations.add_turn(first, "ann", "Who  led\nthe talks? " + "x" * 100, answer_from(ARTICLE))
    conversations.add_turn(second, "ann", "Where?", answer_from(ARTICLE))
    conversations.add_turn(first, "ann", "When?", answer_from(ARTICLE))
    listed = conversations.list("ann")
    assert [(each.id, each.turns) for each in listed] == [(first, 2), (second, 1)]
    assert listed[0].title.startswith("Who led the talks? xxx")
    assert len(listed[0].title) <= 80
    assert empty not in [each.id for each in listed]
    conversations.rename(second, "ann", "  Places ")
    assert conversations.list("ann")[1].title == "Places"
    with pytest.raises(ConversationError):
        conversations.rename(second, "ann", " \n ")


def test_asking_again_replaces_what_came_after(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    for question in ("One?", "Two?", "Three?"):
        conversations.add_turn(conversation, "ann", question, answer_from(ARTICLE))
    assert conversations.add_turn(conversation, "ann", "Two, again?", answer_from(ARTICLE), replace_from=1) == 1
    assert [turn.question for turn in conversations.turns(conversation, "ann")] == ["One?", "Two, again?"]


def test_a_thumb_is_kept_with_question_answer_and_generation(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    conversations.rate(conversation, "ann", 0, True)
    conversations.rate(conversation, "ann", 0, False)
    assert conversations.turns(conversation, "ann")[0].liked is False
    (rating,) = conversations.ratings()
    assert (rating.liked, rating.question, rating.answer, rating.generation) == (False, "Signed?", f"{QUOTE} [1]", 4)
    conversations.rate(conversation, "ann", 0, None)
    assert conversations.ratings() == []
    with pytest.raises(ConversationError, match="not in this conversation"):
        conversations.rate(conversation, "ann", 7, True)


def test_a_thumb_down_outlives_the_answer_that_was_asked_anew_and_does_not_pass_to_the_next(
    conversations: Conversations,
) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE))
    conversations.rate(conversation, "ann", 0, False)
    conversations.add_turn(conversation, "ann", "Signed?", answer_from(ARTICLE), replace_from=0)
    assert conversations.turns(conversation, "ann")[0].liked is None
    assert len(conversations.ratings()) == 1


def test_what_is_deleted_is_gone_from_the_disk(conversations: Conversations, home_of_its_own: Path) -> None:
    conversation = conversations.create("ann")
    conversations.add_turn(conversation, "ann", "Is Zanzibarquix a word?", answer_from(ARTICLE))
    conversations.rate(conversation, "ann", 0, True)
    conversations.delete(conversation, "ann")
    assert (conversations.list("ann"), conversations.ratings()) == ([], [])
    with pytest.raises(ConversationError):
        conversations.turns(conversation, "ann")
    for file in home_of_its_own.glob("conversations*"):
        assert b"Zanzibarquix" not in file.read_bytes()


def test_the_file_is_its_users_alone(conversations: Conversations) -> None:
    assert conversations.path.stat().st_mode & 0o077 == 0


def test_questions_may_hold_any_characters(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    odd = "'; DROP TABLE turns; -- \ud800 \u202e \0 <b>"
    conversations.add_turn(conversation, "ann", odd, answer_from(ARTICLE))
    assert conversations.turns(conversation, "ann")[0].question.startswith("'; DROP TABLE turns; --")


def test_threads_add_at_the_same_time(conversations: Conversations) -> None:
    conversation = conversations.create("ann")
    with ThreadPoolExecutor(8) as pool:
        positions = list(
            pool.map(lambda n: conversations.add_turn(conversation, "ann", f"{n}?", answer_from(ARTICLE)), range(40))
        )
    assert sorted(positions) == list(range(40))


def _add_ten(home: str, conversation: str) -> None:
    conversations = Conversations(home)
    for number in range(10):
        conversations.add_turn(conversation, "ann", f"{number}?", answer_from(ARTICLE))
    conversations.close()


def test_processes_add_at_the_same_time(conversations: Conversations, home_of_its_own: Path) -> None:
    conversation = conversations.create("ann")
    context = multiprocessing.get_context("spawn")
    others = [context.Process(target=_add_ten, args=(str(home_of_its_own), conversation)) for _ in range(3)]
    for each in others:
        each.start()
    for each in others:
        each.join(120)
    assert [each.exitcode for each in others] == [0, 0, 0]
    assert [turn.position for turn in conversations.turns(conversation, "ann")] == list(range(30))


def test_a_damaged_file_is_one_sentence(home_of_its_own: Path) -> None:
    (home_of_its_own / "conversations.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(ConversationError, match="cannot be opened"):
        Conversations(home_of_its_own)
